-- Title: 单位换算自洽 · Every unit leads to its base unit
-- Question: Which units have a base unit that is unknown, of another dimension, or not worth one of itself?
-- Grain: one row a failing unit
-- Kind: proof
-- Severity: error
-- Columns:
--   unit: 单位 · the unit
--   dimension: 量纲 · its dimension
--   base_unit: 基本单位 · in which the dimension is compared
--   factor: 换算系数 · numerator over denominator
-- Caveats: Whether a factor is right is the vocabulary's matter; this proves that conversions agree with each other.
SELECT u.unit, u.dimension, u.base_unit, u.factor_numerator || '/' || u.factor_denominator AS factor
FROM kb.units AS u
LEFT JOIN kb.units AS base ON base.unit = u.base_unit
WHERE
    (u.unit = u.base_unit AND u.factor_numerator <> u.factor_denominator)
    OR (u.dimension IS NOT NULL AND base.unit IS NOT NULL AND base.dimension IS DISTINCT FROM u.dimension)
    OR (u.unit <> u.base_unit AND u.dimension IS NULL)
ORDER BY u.unit
