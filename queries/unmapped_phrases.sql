-- Title: 未归类指标 · Phrases that mean no concept yet
-- Question: Which indicator phrases occur often and are not in the catalog?
-- Grain: one row a phrase
-- Columns:
--   phrase: 指标短语 · without marks and spaces
--   observations: 观测数 · figures for it
--   reports: 报告数 · reports that use it
--   organizations: 机构数 · bodies that have a figure for it
--   units: 单位 · units that its figures are in
--   measures: 度量 · measures that occur
--   example: 例句 · a sentence with it
-- Caveats: `kb catalog unknown` proposes concepts for each; `kb catalog add` adds a frequent one to the catalog, `kb catalog remap` maps what is loaded.
SELECT
    i.name AS phrase,
    count(*) AS observations,
    count(DISTINCT o.report_id) AS reports,
    count(DISTINCT o.organization_id) AS organizations,
    string_agg(DISTINCT q.unit, ' ' ORDER BY q.unit) AS units,
    string_agg(DISTINCT o.measure, ' ' ORDER BY o.measure) AS measures,
    (array_agg(e.content ORDER BY length(e.content), o.observation_id))[1] AS example
FROM kb.indicators AS i
JOIN kb.observations AS o ON o.indicator_id = i.indicator_id
JOIN kb.quantities AS q ON q.quantity_id = o.quantity_id
JOIN kb.sentences AS e ON e.sentence_id = o.sentence_id
WHERE i.code IS NULL
GROUP BY i.indicator_id, i.name
ORDER BY reports DESC, observations DESC, i.name
