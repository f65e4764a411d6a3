-- Title: 指标时间序列 · An indicator over time, claimed growth beside the computed
-- Question: How did a body's figure develop, and does the growth that it claims fit its own levels?
-- Grain: one row a body, indicator, unit and year with a level
-- Columns:
--   organization_name: 机构名称 · whose figure it is
--   indicator: 指标 · name of the concept, or the phrase without marks
--   indicator_code: 指标代码 · of the concept; null while unmapped
--   year: 年份 · that the level covers
--   value: 数值 · level in the base unit
--   unit: 基本单位 · of the value
--   previous_value: 上年数值 · level of the year before; null if no report gives it
--   computed_growth_pct: 计算增速 · from the two levels, %
--   claimed_growth_pct: 报告增速 · as a report claims it for the year, %
--   difference_pp: 差异 · claimed less computed, percentage points
--   bound: 界限 · of the level: exact approx above below
--   region_code: 行政区划代码 · of the body
--   source_name: 文件名 · of the level
--   evidence: 证据句 · of the level
-- Caveats: Claimed growth is often at constant prices and levels are at current ones: a few points apart is no error.
WITH preferred AS (
    SELECT DISTINCT ON (f.organization_id, f.indicator_id, f.measure, f.unit, f.period_start)
        f.*
    FROM mart.base_figures AS f
    WHERE f.granularity = 'year' AND f.status = 'actual' AND f.measure IN ('level', 'growth')
    ORDER BY
        f.organization_id, f.indicator_id, f.measure, f.unit, f.period_start,
        (f.bound = 'exact') DESC, f.confidence DESC, f.report_date DESC NULLS LAST, f.observation_id
)

SELECT
    level.organization_name,
    level.indicator,
    level.indicator_code,
    extract(YEAR FROM level.period_start)::integer AS year,
    level.value,
    level.unit,
    before.value AS previous_value,
    round(100 * (level.value / nullif(before.value, 0) - 1), 2) AS computed_growth_pct,
    growth.value AS claimed_growth_pct,
    growth.value - round(100 * (level.value / nullif(before.value, 0) - 1), 2) AS difference_pp,
    level.bound,
    level.region_code,
    level.source_name,
    level.evidence
FROM preferred AS level
LEFT JOIN preferred AS before
    ON before.organization_id = level.organization_id
    AND before.indicator_id = level.indicator_id
    AND before.measure = 'level'
    AND before.unit = level.unit
    AND before.period_start = (level.period_start - INTERVAL '1 year')::date
LEFT JOIN preferred AS growth
    ON growth.organization_id = level.organization_id
    AND growth.indicator_id = level.indicator_id
    AND growth.measure = 'growth'
    AND growth.unit = '%'
    AND growth.period_start = level.period_start
WHERE level.measure = 'level'
ORDER BY level.organization_name, level.indicator, year
