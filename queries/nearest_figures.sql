-- Title: 最近可比数据 · The nearest figure where one is missing
-- Question: A body gives no figure for a year in which others do: which is its nearest one of the same kind?
-- Grain: one row a concept, measure, unit, year with figures of others, and body of the same type and level without one
-- Columns:
--   indicator: 指标 · name of the concept
--   indicator_code: 指标代码 · of the concept
--   measure: 度量 · level growth share
--   asked_year: 所求年份 · in which others give a figure
--   organization_name: 机构名称 · that gives none for it
--   nearest_year: 最近年份 · for which it gives one
--   distance: 相差年数 · nearest less asked year
--   value: 数值 · of the nearest year, in the base unit
--   unit: 基本单位 · of the value
--   bound: 界限 · exact approx above below
--   given_by: 有数机构数 · bodies that give a figure for the asked year
--   organization_type: 机构类型 · territory party government department …
--   region_level: 级别 · province prefecture county
--   region_code: 行政区划代码 · of the body
--   source_name: 文件名 · of the figure
--   evidence: 证据句 · of the figure
-- Caveats: Whole years stand beside whole years only, never beside halves or five-year plans, and at most five years away; of two equally near the earlier one. compare_indicator has the figures that need no such help. Facts with a confidence below 0.5 are left out (see base_figures).
WITH yearly AS (
    SELECT DISTINCT ON (f.indicator_id, f.measure, f.unit, f.organization_id, f.period_start)
        f.*,
        extract(YEAR FROM f.period_start)::integer AS year
    FROM mart.base_figures AS f
    JOIN kb.indicators AS i ON i.indicator_id = f.indicator_id
    WHERE
        f.granularity = 'year' AND f.status = 'actual' AND f.measure IN ('level', 'growth', 'share')
        AND i.scope = 'one'
    ORDER BY
        f.indicator_id, f.measure, f.unit, f.organization_id, f.period_start,
        (f.bound = 'exact') DESC, f.confidence DESC, f.report_date DESC NULLS LAST, f.observation_id
),

asked AS (
    SELECT
        y.*,
        offered.year AS asked_year,
        count(*) FILTER (WHERE y.year = offered.year) OVER (
            PARTITION BY y.indicator_id, y.measure, y.unit, y.organization_type, y.region_level, offered.year
        ) AS given_by
    FROM yearly AS y
    CROSS JOIN LATERAL generate_series(y.year - 5, y.year + 5) AS offered (year)
),

candidates AS (
    SELECT DISTINCT ON (a.indicator_id, a.measure, a.unit, a.asked_year, a.organization_id)
        a.*
    FROM asked AS a
    WHERE a.given_by > 0
    ORDER BY a.indicator_id, a.measure, a.unit, a.asked_year, a.organization_id, abs(a.year - a.asked_year), a.year
)

SELECT
    c.indicator,
    c.indicator_code,
    c.measure,
    c.asked_year,
    c.organization_name,
    c.year AS nearest_year,
    c.year - c.asked_year AS distance,
    c.value,
    c.unit,
    c.bound,
    c.given_by,
    c.organization_type,
    c.region_level,
    c.region_code,
    c.source_name,
    c.evidence
FROM candidates AS c
WHERE c.year <> c.asked_year
ORDER BY c.given_by DESC, c.indicator, c.measure, c.unit, c.asked_year DESC, abs(c.year - c.asked_year), c.organization_name
