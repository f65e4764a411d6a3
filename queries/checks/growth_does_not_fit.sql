-- Title: 增速与水平不符 · Claimed growth far from the levels
-- Question: Where is a claimed growth far from the one that the two levels give?
-- Grain: one row a body, concept and year
-- Kind: plausibility
-- Severity: notice
-- Threshold: 10 percentage points
-- Columns:
--   organization_name: 机构名称 · whose figure it is
--   indicator: 指标 · name of the concept
--   year: 年份 · of the growth
--   previous_value: 上年数值 · in the base unit
--   value: 数值 · in the base unit
--   claimed_growth_pct: 报告增速 · %
--   computed_growth_pct: 计算增速 · %
--   evidence: 证据句 · of the level
-- Caveats: Growth at constant prices, new territories and changed definitions make honest differences.
SELECT
    o.organization_name, o.indicator, o.year, o.previous_value, o.value, o.claimed_growth_pct, o.computed_growth_pct,
    o.evidence
FROM mart.indicator_over_time AS o
JOIN kb.indicators AS i ON i.code = o.indicator_code AND i.scope = 'one'
WHERE abs(o.difference_pp) > :threshold
ORDER BY o.organization_name, o.indicator, o.year
