-- Title: 可比数据 · Figures fit for comparison
-- Question: Which figures can stand beside others: of whom, of what, for what time, in one unit?
-- Grain: one row a numeric fact with a value, a body and a time, read with enough confidence
-- Columns:
--   observation_id: 主键 · stable id of the fact
--   report_id: 报告编号 · report that it stands in
--   source_name: 文件名 · file that it stands in
--   indicator_id: 指标编号 · of the concept, or of the phrase while it is unmapped
--   indicator: 指标 · name of the concept, or the phrase without marks
--   indicator_code: 指标代码 · of the concept; null while unmapped
--   topic: 主题 · of the concept
--   measure: 度量 · level change growth pp share rank completion multiple
--   status: 性质 · actual or target
--   value: 数值 · in the base unit
--   unit: 基本单位 · of the value
--   bound: 界限 · exact approx above below
--   period_start: 时期开始 · first day
--   period_end: 时期结束 · last day
--   period_label: 时期 · one label for these days
--   granularity: 粒度 · day month quarter half year plan span
--   organization_id: 机构编号 · whose figure it is
--   organization_name: 机构名称 · its full name
--   organization_type: 机构类型 · territory party government department …
--   region_code: 行政区划代码 · of the body
--   region_name: 行政区划 · full name with the names above it
--   region_level: 级别 · province prefecture county
--   report_date: 报告日期 · when the report was given
--   evidence: 证据句 · the sentence, repaired for reading
--   confidence: 置信度 · how far to trust it, 0 to 1
-- Caveats: Facts with a confidence below 0.5 are left out, here and in every view of figures; `SET kb.min_confidence = 0` (kb query --min-confidence 0) brings them in. Masked figures and those of masked bodies are left out, and so are copies of reports and what a person has rejected. Periods are comparable only with their like.
SELECT
    o.observation_id,
    o.report_id,
    s.name AS source_name,
    i.indicator_id,
    i.name AS indicator,
    i.code AS indicator_code,
    i.topic,
    o.measure,
    o.status,
    trim_scale(coalesce(o.corrected_value, q.value) * u.factor_numerator / u.factor_denominator) AS value,
    u.base_unit AS unit,
    q.bound,
    p.start_date AS period_start,
    p.end_date AS period_end,
    p.label AS period_label,
    p.granularity,
    b.organization_id,
    b.name AS organization_name,
    b.type AS organization_type,
    g.region_code,
    g.full_name AS region_name,
    g.level AS region_level,
    r.report_date,
    coalesce(e.content_masked, e.content) AS evidence,
    o.confidence
FROM mart.base_corrected AS o  -- what people select by comes first: PostgreSQL orders eight joins, not more
JOIN kb.indicators AS i ON i.indicator_id = o.indicator_id
LEFT JOIN kb.same_organizations AS same ON same.organization_id = o.organization_id
JOIN kb.organizations AS b ON b.organization_id = coalesce(same.same_as_id, o.organization_id)
JOIN kb.sources AS s ON s.source_id = o.source_id
JOIN kb.reports AS r ON r.report_id = o.report_id
JOIN kb.periods AS p ON p.period_id = o.period_id
JOIN kb.quantities AS q ON q.quantity_id = o.quantity_id
JOIN kb.units AS u ON u.unit = q.unit
JOIN kb.sentences AS e ON e.sentence_id = o.sentence_id
LEFT JOIN kb.regions AS g ON g.region_code = coalesce(b.region_code, o.region_code)
WHERE
    coalesce(o.corrected_value, q.value) IS NOT NULL
    AND NOT b.is_redacted
    AND NOT EXISTS (SELECT FROM kb.report_copies AS copy WHERE copy.report_id = o.report_id)
    AND (
        o.is_corrected
        OR o.confidence >= coalesce(nullif(current_setting('kb.min_confidence', TRUE), '')::numeric, 0.5)
    )
