-- Title: 目标与完成相差悬殊 · Outcomes far from the target
-- Question: Which amounts planned for a time came out far below or far above the plan?
-- Grain: one row a body, concept, period and target
-- Kind: plausibility
-- Severity: notice
-- Threshold: 30 per cent of the target
-- Columns:
--   organization_name: 机构名称 · whose target it is
--   indicator: 指标 · name of the concept
--   period_label: 时期 · for which it was set
--   target: 目标值 · in the base unit
--   outcome: 完成值 · in the base unit
--   unit: 基本单位 · of both
--   deviation_pct: 偏离 · outcome above the target, %
--   target_source: 目标来源 · file
--   outcome_source: 完成来源 · file
--   target_evidence: 目标证据句 · the sentence
--   outcome_evidence: 完成证据句 · the sentence
-- Caveats: A modest target may be left far behind in earnest; a target for a part beside the whole's outcome is a wrong reading.
SELECT
    t.organization_name,
    t.indicator,
    t.period_label,
    t.target,
    t.outcome,
    t.unit,
    round(100 * (t.outcome / t.target - 1), 1) AS deviation_pct,
    t.target_source,
    t.outcome_source,
    t.target_evidence,
    t.outcome_evidence
FROM mart.target_vs_outcome AS t
WHERE
    t.indicator_code IS NOT NULL AND t.measure = 'level' AND t.unit <> '%' AND t.target > 0
    AND abs(t.outcome / t.target - 1) > :threshold / 100.0
ORDER BY t.organization_name, t.indicator, t.period_label
