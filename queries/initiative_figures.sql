-- Title: 举措数据 · Figures of an initiative
-- Question: Which figures do reports give of an initiative?
-- Grain: one row a figure that stands behind the name of an initiative in one sentence
-- Columns:
--   initiative_name: 举措名称 · canonical
--   initiative_kind: 举措类型 · campaign program reform project mechanism award
--   initiative_region_name: 举措所属地区 · territory whose own it is; null if the whole country's or unknown
--   indicator: 指标 · name of the concept, or the phrase without marks
--   value: 数值 · in base units
--   unit: 基本单位 · base unit
--   measure: 度量 · level change growth pp share rank completion multiple
--   status: 性质 · actual or target
--   period_label: 时期 · that it covers
--   organization_name: 机构名称 · whose figure it is
--   source_name: 文件名 · file that it stands in
--   evidence: 证据句 · the sentence
-- Caveats: A figure belongs to the last initiative named before it in its sentence, at most 40 characters back.
SELECT
    i.name AS initiative_name,
    i.kind AS initiative_kind,
    whose.full_name AS initiative_region_name,
    f.indicator,
    f.value,
    f.unit,
    f.measure,
    f.status,
    f.period_label,
    f.organization_name,
    f.source_name,
    f.evidence
FROM (
    SELECT DISTINCT ON (o.observation_id)
        o.observation_id,
        m.initiative_id
    FROM kb.sentences AS s
    JOIN kb.observations AS o ON o.sentence_id = s.sentence_id
    JOIN kb.quantities AS q ON q.quantity_id = o.quantity_id
    JOIN kb.initiative_mentions AS m
        ON m.report_id = o.report_id
        AND m.char_start >= s.char_start
        AND m.char_end BETWEEN q.char_start - 40 AND q.char_start
    ORDER BY o.observation_id, m.char_end DESC, m.mention_id
) AS told
JOIN mart.base_figures AS f ON f.observation_id = told.observation_id
LEFT JOIN kb.same_initiatives AS one ON one.initiative_id = told.initiative_id
JOIN kb.initiatives AS i ON i.initiative_id = coalesce(one.same_as_id, told.initiative_id)
LEFT JOIN kb.regions AS whose ON whose.region_code = i.region_code
ORDER BY i.name, whose.full_name, f.indicator, f.period_label, f.organization_name, f.observation_id
