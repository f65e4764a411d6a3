-- Title: 变化最大 · Biggest changes from year to year
-- Question: Which figures rose or fell most against the year before?
-- Grain: one row a body, concept, unit and year with levels for it and for the year before
-- Columns:
--   organization_name: 机构名称 · whose figure it is
--   organization_type: 机构类型 · territory party government department …
--   region_code: 行政区划代码 · of the body
--   topic: 主题 · of the concept
--   indicator: 指标 · name of the concept
--   indicator_code: 指标代码 · of the concept
--   year: 年份 · of the figure
--   previous_value: 上年数值 · in the base unit
--   value: 数值 · in the base unit
--   unit: 基本单位 · of both
--   change: 变化 · value less previous value
--   change_pct: 变化率 · %; points for percentages stand in change
--   times: 倍数 · larger over smaller of the two; the order of the rows
--   previous_source: 上年来源 · file
--   source_name: 来源 · file
--   previous_evidence: 上年证据句 · the sentence
--   evidence: 证据句 · the sentence
-- Caveats: At the top stand misreadings and changed definitions beside true leaps: see both sentences. Concepts with one figure a body and time only. Facts with a confidence below 0.5 are left out (see base_figures).
WITH yearly AS MATERIALIZED (
    SELECT DISTINCT ON (f.organization_id, f.indicator_id, f.unit, f.period_start)
        f.*
    FROM mart.base_figures AS f
    JOIN kb.indicators AS i ON i.indicator_id = f.indicator_id
    WHERE f.granularity = 'year' AND f.status = 'actual' AND f.measure = 'level' AND i.scope = 'one'
    ORDER BY
        f.organization_id, f.indicator_id, f.unit, f.period_start,
        (f.bound = 'exact') DESC, f.confidence DESC, f.report_date DESC NULLS LAST, f.observation_id
)

SELECT
    now.organization_name,
    now.organization_type,
    now.region_code,
    now.topic,
    now.indicator,
    now.indicator_code,
    extract(YEAR FROM now.period_start)::integer AS year,
    before.value AS previous_value,
    now.value,
    now.unit,
    now.value - before.value AS change,
    CASE WHEN now.unit <> '%' THEN round(100 * (now.value / before.value - 1), 1) END AS change_pct,
    round(greatest(now.value / before.value, before.value / now.value), 2) AS times,
    before.source_name AS previous_source,
    now.source_name,
    before.evidence AS previous_evidence,
    now.evidence
FROM yearly AS now
JOIN yearly AS before
    ON before.organization_id = now.organization_id AND before.indicator_id = now.indicator_id
    AND before.unit = now.unit AND before.period_start = (now.period_start - INTERVAL '1 year')::date
WHERE now.value > 0 AND before.value > 0
ORDER BY times DESC, now.organization_name, now.indicator, year
