-- Title: 观测 · Numeric facts
-- Question: What figures do the reports give, of what, of whom, for what time?
-- Grain: one row a numeric fact
-- Columns:
--   observation_id: 主键 · stable id of the fact
--   report_id: 报告编号 · report that it stands in
--   source_name: 文件名 · file that it stands in
--   report_title: 报告标题 · null if the report has none
--   section_path: 章节路径 · headings above it, from the outside in
--   char_start: 起始字符 · of the number in the text of the file
--   char_end: 结束字符 · code point behind the number
--   value_text: 数值原文 · as printed, with its magnitude word, without unit
--   value: 数值 · in the unit, magnitude multiplied out; null when masked
--   value_high: 数值上限 · upper end of a range
--   from_value: 原数值 · the value that it replaced
--   unit: 单位 · as printed, magnitude removed; '' if none
--   base_value: 基本单位数值 · converted to the base unit, for comparison
--   base_unit: 基本单位 · in which the dimension is compared
--   measure: 度量 · level change growth pp share rank completion multiple
--   status: 性质 · actual, or target (goal, plan, forecast)
--   bound: 界限 · exact approx above below
--   indicator_id: 指标编号 · of the concept, or of the phrase while it is unmapped
--   indicator_text: 指标原文 · in the report's own words
--   indicator_code: 指标代码 · of the concept; null while unmapped
--   indicator_name: 指标名称 · of the concept; null while unmapped
--   topic: 主题 · of the concept; null while unmapped
--   period_start: 时期开始 · first day that the figure covers
--   period_end: 时期结束 · last day; a stock at a moment has start = end
--   period_label: 时期 · one label for these days
--   period_is_explicit: 时期是否明示 · said in the same sentence
--   organization_id: 机构编号 · whose figure it is
--   organization_name: 机构名称 · full canonical name; null if it cannot be told
--   organization_type: 机构类型 · territory party government department …
--   region_code: 行政区划代码 · of the territory, or of the institution's
--   region_name: 行政区划 · full name with the names above it
--   is_redacted: 是否隐去 · digits masked in the source
--   evidence: 证据句 · the sentence, repaired for reading
--   rule: 规则 · name of the rule that read it
--   confidence: 置信度 · how far to trust it, 0 to 1
--   is_trusted: 是否可信 · confidence of 0.5 or more; the views of figures leave out the others
--   is_corrected: 是否更正 · a person has corrected it: what is shown is what the person says
--   is_copy: 是否重复 · stands in a copy of a report that is counted elsewhere; the views of figures leave it out
--   evidence_masked: 隐名证据句 · the sentence with the names of people masked: 张××
-- Caveats: Every reading is kept, also those of low confidence: filter on is_trusted or confidence. Reports that disagree both stay. What a person has rejected is left out.
SELECT
    o.observation_id,
    o.report_id,
    s.name AS source_name,
    r.title AS report_title,
    c.path AS section_path,
    q.char_start,
    q.char_end,
    q.value_text,
    coalesce(o.corrected_value, q.value) AS value,
    q.value_high,
    q.from_value,
    q.unit,
    trim_scale(coalesce(o.corrected_value, q.value) * u.factor_numerator / u.factor_denominator) AS base_value,
    u.base_unit,
    o.measure,
    o.status,
    q.bound,
    i.indicator_id,
    o.indicator_text,
    i.code AS indicator_code,
    CASE WHEN i.code IS NOT NULL THEN i.name END AS indicator_name,
    i.topic,
    p.start_date AS period_start,
    p.end_date AS period_end,
    p.label AS period_label,
    o.period_is_explicit,
    b.organization_id,
    b.name AS organization_name,
    b.type AS organization_type,
    g.region_code,
    g.full_name AS region_name,
    q.is_redacted,
    e.content AS evidence,
    o.rule,
    o.confidence,
    o.is_corrected OR o.confidence >= 0.5 AS is_trusted,
    o.is_corrected,
    copy.report_id IS NOT NULL AS is_copy,
    coalesce(e.content_masked, e.content) AS evidence_masked
FROM mart.base_corrected AS o  -- what people select by comes first: PostgreSQL orders eight joins, not more
JOIN kb.indicators AS i ON i.indicator_id = o.indicator_id
LEFT JOIN kb.same_organizations AS same ON same.organization_id = o.organization_id
LEFT JOIN kb.organizations AS b ON b.organization_id = coalesce(same.same_as_id, o.organization_id)
JOIN kb.sources AS s ON s.source_id = o.source_id
JOIN kb.reports AS r ON r.report_id = o.report_id
LEFT JOIN kb.periods AS p ON p.period_id = o.period_id
JOIN kb.quantities AS q ON q.quantity_id = o.quantity_id
JOIN kb.units AS u ON u.unit = q.unit
JOIN kb.sentences AS e ON e.sentence_id = o.sentence_id
LEFT JOIN kb.report_copies AS copy ON copy.report_id = o.report_id
LEFT JOIN kb.sections AS c ON c.section_id = o.section_id
LEFT JOIN kb.regions AS g ON g.region_code = coalesce(o.region_code, b.region_code)
