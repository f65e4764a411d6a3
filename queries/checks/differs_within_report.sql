-- Title: 报告内不一致 · One report, different figures for the same thing
-- Question: Where does a report give different values for one concept of one body and period?
-- Grain: one row a report, body, concept, measure, status, unit and period
-- Kind: plausibility
-- Severity: warning
-- Threshold: 1 per cent between the lowest and the highest value
-- Columns:
--   source_name: 文件名 · file that it stands in
--   organization_name: 机构名称 · whose figure it is
--   indicator: 指标 · name of the concept
--   measure: 度量 · level change growth pp share completion multiple
--   status: 性质 · actual or target
--   period_label: 时期 · that the figures cover
--   lowest: 最低值 · in the base unit
--   highest: 最高值 · in the base unit
--   unit: 基本单位 · of both
--   lowest_evidence: 最低值证据句 · its sentence
--   highest_evidence: 最高值证据句 · its sentence
-- Caveats: Exact figures, in two sentences, of concepts that have one figure a body and period. Often a part was taken for the whole.
SELECT
    f.source_name,
    f.organization_name,
    f.indicator,
    f.measure,
    f.status,
    f.period_label,
    min(f.value) AS lowest,
    max(f.value) AS highest,
    f.unit,
    (array_agg(f.evidence ORDER BY f.value, f.observation_id))[1] AS lowest_evidence,
    (array_agg(f.evidence ORDER BY f.value DESC, f.observation_id))[1] AS highest_evidence
FROM mart.base_figures AS f
JOIN kb.indicators AS i ON i.indicator_id = f.indicator_id
WHERE i.scope = 'one' AND f.bound = 'exact' AND f.measure <> 'rank'
GROUP BY
    f.report_id, f.source_name, f.organization_id, f.organization_name, f.indicator_id, f.indicator, f.measure,
    f.status, f.unit, f.period_start, f.period_end, f.period_label
HAVING
    max(f.value) - min(f.value) > :threshold / 100.0 * greatest(abs(max(f.value)), abs(min(f.value)))
    AND (array_agg(f.evidence ORDER BY f.value))[1] <> (array_agg(f.evidence ORDER BY f.value DESC))[1]
ORDER BY f.source_name, f.organization_name, f.indicator, f.period_start, f.measure
