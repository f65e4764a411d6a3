-- Title: 报告间不一致 · Reports that give different figures for the same thing
-- Question: Which reports give values of one concept, body and period that cannot all be right?
-- Grain: one row a body, concept, measure, status, unit and period
-- Kind: plausibility
-- Severity: notice
-- Threshold: 1 per cent between the report with the lower and the one with the higher value
-- Columns:
--   organization_name: 机构名称 · whose figure it is
--   indicator: 指标 · name of the concept
--   measure: 度量 · level change growth pp share completion multiple
--   status: 性质 · actual or target
--   period_label: 时期 · that the figures cover
--   lower: 较低值 · in the base unit
--   higher: 较高值 · in the base unit
--   unit: 基本单位 · of both
--   reports: 报告数 · that give a value
--   lower_source: 较低值来源 · file with the lower value
--   higher_source: 较高值来源 · file with the higher value
--   lower_evidence: 较低值证据句 · its sentence
--   higher_evidence: 较高值证据句 · its sentence
-- Caveats: Statistics are revised in later years: an honest difference. A report with several values counts with the one nearest to the others. Targets are left out: plans change.
WITH given AS (
    SELECT
        f.report_id, f.organization_id, f.organization_name, f.indicator_id, f.indicator, f.measure, f.status, f.unit,
        f.period_start, f.period_end, f.period_label, f.source_name,
        min(f.value) AS lowest,
        max(f.value) AS highest,
        (array_agg(f.evidence ORDER BY f.value, f.observation_id))[1] AS lowest_evidence,
        (array_agg(f.evidence ORDER BY f.value DESC, f.observation_id))[1] AS highest_evidence
    FROM mart.base_figures AS f
    JOIN kb.indicators AS i ON i.indicator_id = f.indicator_id
    WHERE i.scope = 'one' AND f.bound = 'exact' AND f.measure <> 'rank' AND f.status = 'actual'
    GROUP BY
        f.report_id, f.organization_id, f.organization_name, f.indicator_id, f.indicator, f.measure, f.status, f.unit,
        f.period_start, f.period_end, f.period_label, f.source_name
)

SELECT
    g.organization_name,
    g.indicator,
    g.measure,
    g.status,
    g.period_label,
    min(g.highest) AS lower,
    max(g.lowest) AS higher,
    g.unit,
    count(*) AS reports,
    (array_agg(g.source_name ORDER BY g.highest, g.report_id))[1] AS lower_source,
    (array_agg(g.source_name ORDER BY g.lowest DESC, g.report_id))[1] AS higher_source,
    (array_agg(g.highest_evidence ORDER BY g.highest, g.report_id))[1] AS lower_evidence,
    (array_agg(g.lowest_evidence ORDER BY g.lowest DESC, g.report_id))[1] AS higher_evidence
FROM given AS g
GROUP BY
    g.organization_id, g.organization_name, g.indicator_id, g.indicator, g.measure, g.status, g.unit,
    g.period_start, g.period_end, g.period_label
HAVING max(g.lowest) - min(g.highest) > :threshold / 100.0 * greatest(abs(max(g.lowest)), abs(min(g.highest)))
ORDER BY g.organization_name, g.indicator, g.period_start, g.measure
