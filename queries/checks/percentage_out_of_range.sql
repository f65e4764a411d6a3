-- Title: 百分比超出范围 · Percentages that cannot be
-- Question: Which shares lie outside 0 to 100, which falls are deeper than 100, which rates outside their concept's range?
-- Grain: one row a failing observation
-- Kind: plausibility
-- Severity: error
-- Columns:
--   observation_id: 主键 · its id
--   source_name: 文件名 · file that it stands in
--   indicator: 指标 · concept or phrase
--   measure: 度量 · level growth share completion
--   value: 数值 · in %
--   low: 下限 · that it may have
--   high: 上限 · that it may have; null for none
--   evidence: 证据句 · the sentence
-- Caveats: A profit may fall by more than 100% into a loss: such concepts are left out.
SELECT f.observation_id, f.source_name, f.indicator, f.measure, f.value, allowed.low, allowed.high, f.evidence
FROM mart.base_figures AS f
JOIN kb.indicators AS i ON i.indicator_id = f.indicator_id
CROSS JOIN LATERAL (
    SELECT
        CASE f.measure WHEN 'growth' THEN -100 WHEN 'level' THEN i.low ELSE 0 END AS low,
        CASE f.measure WHEN 'share' THEN 100 WHEN 'level' THEN i.high END AS high
) AS allowed
WHERE
    f.unit = '%'
    AND f.measure IN ('level', 'growth', 'share', 'completion')
    AND NOT (f.measure = 'growth' AND f.indicator ~ '利润|收益|差额|顺差|逆差|净')
    AND (f.measure <> 'level' OR i.dimension = 'ratio')
    AND (f.value < allowed.low OR f.value > allowed.high)
ORDER BY f.source_name, f.observation_id
