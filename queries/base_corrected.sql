-- Title: 更正后的观测 · Observations as corrected
-- Question: What is read, with what a person has corrected in its place?
-- Grain: one row a numeric fact that no person has rejected
-- Columns:
--   observation_id: 主键 · stable id of the fact
--   report_id: 报告编号 · report that it stands in
--   source_id: 文件编号 · file that it stands in
--   quantity_id: 数量编号 · the number in the text
--   sentence_id: 句子编号 · the sentence
--   section_id: 章节编号 · the section
--   indicator_id: 指标编号 · of the concept, or of the phrase while it is unmapped
--   indicator_text: 指标原文 · in the report's own words
--   measure: 度量 · level change growth pp share rank completion multiple
--   status: 性质 · actual or target
--   period_id: 时期编号 · the time that it covers
--   period_is_explicit: 时期是否明示 · said in the same sentence
--   organization_id: 机构编号 · whose figure it is, as read or corrected; judgements on sameness come later
--   region_code: 行政区划代码 · of the territory; null where the organization was corrected
--   corrected_value: 更正数值 · in the unit as printed; null if the value was not corrected
--   rule: 规则 · name of the rule that read it
--   confidence: 置信度 · 0 to 1; 1 if a person has corrected it
--   is_corrected: 是否更正 · a person has corrected it
-- Caveats: Made for other views. Two branches instead of one join with coalesce(): so the planner keeps what it knows of status, measure and concept.
SELECT
    o.observation_id,
    o.report_id,
    o.source_id,
    o.quantity_id,
    o.sentence_id,
    o.section_id,
    o.indicator_id,
    o.indicator_text,
    o.measure,
    o.status,
    o.period_id,
    o.period_is_explicit,
    o.organization_id,
    o.region_code,
    NULL::numeric AS corrected_value,
    o.rule,
    o.confidence,
    FALSE AS is_corrected
FROM kb.observations AS o
WHERE NOT EXISTS (SELECT FROM kb.corrected_observations AS x WHERE x.observation_id = o.observation_id)
UNION ALL
SELECT
    o.observation_id,
    o.report_id,
    o.source_id,
    o.quantity_id,
    o.sentence_id,
    o.section_id,
    coalesce(x.indicator_id, o.indicator_id) AS indicator_id,
    o.indicator_text,
    o.measure,
    coalesce(x.status, o.status) AS status,
    coalesce(x.period_id, o.period_id) AS period_id,
    o.period_is_explicit,
    coalesce(x.organization_id, o.organization_id) AS organization_id,
    CASE WHEN x.organization_id IS NULL THEN o.region_code END AS region_code,
    x.value AS corrected_value,
    o.rule,
    1 AS confidence,
    TRUE AS is_corrected
FROM kb.observations AS o
JOIN kb.corrected_observations AS x ON x.observation_id = o.observation_id
WHERE NOT x.is_rejected
