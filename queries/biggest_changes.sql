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
WITH yearly AS (  -- names stand beside their ids, so that a condition on a name reaches the tables
    SELECT DISTINCT ON (
        f.organization_id, f.indicator_id, f.unit, f.period_start, f.organization_name, f.indicator, f.indicator_code
    )
        f.*
    FROM mart.base_figures AS f
    JOIN kb.indicators AS i ON i.indicator_id = f.indicator_id
    WHERE f.granularity = 'year' AND f.status = 'actual' AND f.measure = 'level' AND i.scope = 'one' AND f.value > 0
    ORDER BY
        f.organization_id, f.indicator_id, f.unit, f.period_start, f.organization_name, f.indicator, f.indicator_code,
        (f.bound = 'exact') DESC, f.confidence DESC, f.report_date DESC NULLS LAST, f.observation_id
),

beside AS (
    SELECT
        y.*,
        lag(y.period_start) OVER series AS previous_start,
        lag(y.value) OVER series AS previous_value,
        lag(y.source_name) OVER series AS previous_source,
        lag(y.evidence) OVER series AS previous_evidence
    FROM yearly AS y
    WINDOW series AS (
        PARTITION BY
            y.organization_id, y.indicator_id, y.unit, y.organization_name, y.indicator, y.indicator_code
        ORDER BY y.period_start
    )
)

SELECT
    b.organization_name,
    b.organization_type,
    b.region_code,
    b.topic,
    b.indicator,
    b.indicator_code,
    extract(YEAR FROM b.period_start)::integer AS year,
    b.previous_value,
    b.value,
    b.unit,
    b.value - b.previous_value AS change,
    CASE WHEN b.unit <> '%' THEN round(100 * (b.value / b.previous_value - 1), 1) END AS change_pct,
    round(greatest(b.value / b.previous_value, b.previous_value / b.value), 2) AS times,
    b.previous_source,
    b.source_name,
    b.previous_evidence,
    b.evidence
FROM beside AS b
WHERE b.previous_start = (b.period_start - INTERVAL '1 year')::date
ORDER BY times DESC, b.organization_name, b.indicator, year
