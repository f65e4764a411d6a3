-- Title: 比重超出范围 · Shares outside 0 to 100 per cent
-- Question: Which shares cannot be?
-- Grain: one row a failing observation
-- Kind: plausibility
-- Severity: error
-- Columns:
--   observation_id: 主键 · its id
--   source_name: 文件名 · file that it stands in
--   indicator: 指标 · concept or phrase
--   value: 数值 · in %
--   evidence: 证据句 · the sentence
-- Caveats: None.
SELECT f.observation_id, f.source_name, f.indicator, f.value, f.evidence
FROM mart.base_figures AS f
WHERE f.measure = 'share' AND f.unit = '%' AND f.value NOT BETWEEN 0 AND 100
ORDER BY f.source_name, f.observation_id
