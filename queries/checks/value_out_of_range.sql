-- Title: 数值超出合理范围 · Amounts outside the plausible range of their concept
-- Question: Which amounts cannot be, by the range that the catalog gives their concept?
-- Grain: one row a failing observation
-- Kind: plausibility
-- Severity: warning
-- Columns:
--   observation_id: 主键 · its id
--   source_name: 文件名 · file that it stands in
--   organization_name: 机构名称 · whose figure it is
--   indicator: 指标 · name of the concept
--   period_label: 时期 · that it covers
--   value: 数值 · in the base unit
--   unit: 基本单位 · of the value
--   low: 合理下限 · of the concept
--   high: 合理上限 · of the concept
--   evidence: 证据句 · the sentence
-- Caveats: Ranges hold for a whole country down to a county; percentages have a check of their own.
SELECT
    f.observation_id, f.source_name, f.organization_name, f.indicator, f.period_label, f.value, f.unit, i.low, i.high,
    f.evidence
FROM mart.base_figures AS f
JOIN kb.indicators AS i ON i.indicator_id = f.indicator_id
WHERE f.measure = 'level' AND f.unit <> '%' AND (f.value < i.low OR f.value > i.high)
ORDER BY f.source_name, f.observation_id
