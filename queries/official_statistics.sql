-- Title: 官方统计 · Rows of tables of statistics
-- Question: Which official statistics were loaded, and which rows could not be used, and why?
-- Grain: one row a row of a table of statistics
-- Columns:
--   source_name: 文件名 · file with the table
--   region_text: 地区原文 · as the table gives it
--   indicator_text: 指标原文 · as the table gives it
--   period_text: 时期原文 · as the table gives it
--   value_text: 数值原文 · as the table gives it
--   unit_text: 单位原文 · as the table gives it
--   publisher: 发布来源 · as the table gives it
--   problem: 隔离原因 · why the row cannot be used; null if all of it is understood
--   region_code: 行政区划代码 · of the territory
--   region_name: 行政区划 · full name with the names above it
--   indicator: 指标 · name of the concept
--   indicator_code: 指标代码 · of the concept
--   measure: 度量 · level, or growth over the year before
--   period_label: 时期 · one label for these days
--   value: 数值 · in the base unit
--   unit: 基本单位 · of the value
--   claims: 报告数 · figures of reports for the same place, concept, measure and time
-- Caveats: `kb load` takes CSV files and workbooks whose first row names region, indicator, period, value, unit, source (or 地区 指标 时期 数值 单位 来源).
SELECT
    source.name AS source_name,
    s.region_text,
    s.indicator_text,
    s.period_text,
    s.value_text,
    s.unit_text,
    s.publisher,
    s.problem,
    s.region_code,
    g.full_name AS region_name,
    i.name AS indicator,
    i.code AS indicator_code,
    s.measure,
    p.label AS period_label,
    trim_scale(s.value * u.factor_numerator / u.factor_denominator) AS value,
    u.base_unit AS unit,
    coalesce(reported.claims, 0) AS claims
FROM kb.statistics AS s
JOIN kb.sources AS source ON source.source_id = s.source_id
LEFT JOIN kb.regions AS g ON g.region_code = s.region_code
LEFT JOIN kb.indicators AS i ON i.indicator_id = s.indicator_id
LEFT JOIN kb.periods AS p ON p.period_id = s.period_id
LEFT JOIN kb.units AS u ON u.unit = s.unit
LEFT JOIN (
    SELECT f.region_code, f.indicator_id, f.measure, f.period_end, count(*) AS claims
    FROM mart.base_figures AS f
    WHERE f.status = 'actual' AND f.organization_type = 'territory'
    GROUP BY f.region_code, f.indicator_id, f.measure, f.period_end
) AS reported
    ON reported.region_code = s.region_code AND reported.indicator_id = s.indicator_id
    AND reported.measure = s.measure AND reported.period_end = p.end_date
ORDER BY (s.problem IS NULL), source.name, s.char_start
