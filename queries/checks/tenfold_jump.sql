-- Title: 十倍跳变 · Levels that jump tenfold within a year
-- Question: Which concepts jump to ten times or a tenth from one year to the next?
-- Grain: one row a body, concept and year
-- Kind: plausibility
-- Severity: warning
-- Threshold: 10 times
-- Columns:
--   organization_name: 机构名称 · whose figure it is
--   indicator: 指标 · name of the concept
--   year: 年份 · after the jump
--   previous_value: 上年数值 · in the base unit
--   value: 数值 · in the base unit
--   unit: 基本单位 · of both
--   evidence: 证据句 · after the jump
-- Caveats: Often a part was taken for the whole. Levels below 10 are left out.
SELECT o.organization_name, o.indicator, o.year, o.previous_value, o.value, o.unit, o.evidence
FROM mart.indicator_over_time AS o
JOIN kb.indicators AS i ON i.code = o.indicator_code AND i.scope = 'one'
WHERE
    greatest(abs(o.value), abs(o.previous_value)) >= 10
    AND greatest(abs(o.value), abs(o.previous_value)) >= :threshold * least(abs(o.value), abs(o.previous_value))
ORDER BY o.organization_name, o.indicator, o.year
