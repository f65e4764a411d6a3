-- Title: 增速与目标相差悬殊 · Growth far from its target
-- Question: Which rates of growth came out far below or far above what was planned?
-- Grain: one row a body, concept, period and target
-- Kind: plausibility
-- Severity: notice
-- Threshold: 8 percentage points
-- Columns:
--   organization_name: 机构名称 · whose target it is
--   indicator: 指标 · name of the concept
--   period_label: 时期 · for which it was set
--   target_pct: 目标增速 · %
--   outcome_pct: 实际增速 · %
--   difference_pp: 差异 · outcome less target, percentage points
--   target_source: 目标来源 · file
--   outcome_source: 完成来源 · file
--   target_evidence: 目标证据句 · the sentence
--   outcome_evidence: 完成证据句 · the sentence
-- Caveats: In years of crisis or recovery plans and outcomes lie honestly apart.
SELECT
    t.organization_name,
    t.indicator,
    t.period_label,
    t.target AS target_pct,
    t.outcome AS outcome_pct,
    t.difference AS difference_pp,
    t.target_source,
    t.outcome_source,
    t.target_evidence,
    t.outcome_evidence
FROM mart.target_vs_outcome AS t
WHERE t.indicator_code IS NOT NULL AND t.measure = 'growth' AND t.unit = '%' AND abs(t.difference) > :threshold
ORDER BY t.organization_name, t.indicator, t.period_label
