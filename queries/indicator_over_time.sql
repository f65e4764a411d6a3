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
WITH preferred AS (  -- names stand beside their ids, so that a condition on a name reaches the tables
    SELECT DISTINCT ON (
        f.organization_id, f.indicator_id, f.measure, f.unit, f.period_start,
        f.organization_name, f.indicator, f.indicator_code
    )
        f.*
    FROM mart.base_figures AS f
    WHERE f.granularity = 'year' AND f.status = 'actual' AND f.measure IN ('level', 'growth')
    ORDER BY
        f.organization_id, f.indicator_id, f.measure, f.unit, f.period_start,
        f.organization_name, f.indicator, f.indicator_code,
        (f.bound = 'exact') DESC, f.confidence DESC, f.report_date DESC NULLS LAST, f.observation_id
),

beside AS (
    SELECT
        p.*,
        CASE
            WHEN lag(p.period_start) OVER series = (p.period_start - INTERVAL '1 year')::date
                THEN lag(p.value) OVER series
        END AS previous_value,
        max(p.value) FILTER (WHERE p.measure = 'growth' AND p.unit = '%') OVER (
            PARTITION BY
                p.organization_id, p.indicator_id, p.period_start, p.organization_name, p.indicator, p.indicator_code
        ) AS claimed_growth_pct
    FROM preferred AS p
    WINDOW series AS (
        PARTITION BY
            p.organization_id, p.indicator_id, p.measure, p.unit, p.organization_name, p.indicator, p.indicator_code
        ORDER BY p.period_start
    )
)

SELECT
    b.organization_name,
    b.indicator,
    b.indicator_code,
    extract(YEAR FROM b.period_start)::integer AS year,
    b.value,
    b.unit,
    b.previous_value,
    round(100 * (b.value / nullif(b.previous_value, 0) - 1), 2) AS computed_growth_pct,
    b.claimed_growth_pct,
    b.claimed_growth_pct - round(100 * (b.value / nullif(b.previous_value, 0) - 1), 2) AS difference_pp,
    b.bound,
    b.region_code,
    b.source_name,
    b.evidence
FROM beside AS b
WHERE b.measure = 'level'
ORDER BY b.organization_name, b.indicator, year
