-- Title: 分项与总量不符 · Parts that do not add up to their whole
-- Question: Where do concepts that make up another one come to more than it, or, if all are given, to another sum?
-- Grain: one row a report, body, whole, unit and period
-- Kind: plausibility
-- Severity: warning
-- Threshold: 2 per cent of the whole
-- Columns:
--   source_name: 文件名 · file that it stands in
--   organization_name: 机构名称 · whose figures they are
--   whole_code: 总量指标 · code of the whole
--   period_label: 时期 · that the figures cover
--   whole: 总量 · in the base unit; 100 for shares
--   sum_of_parts: 分项合计 · of the parts that the report gives
--   parts_given: 分项数 · parts that the report gives
--   parts_in_all: 应有分项数 · parts that make up the whole
--   unit: 基本单位 · of whole and parts
--   evidence: 证据句 · of one part
-- Caveats: Of several figures of a report those count that fit best. Which concepts make up which stands in the query.
WITH made_of (whole_code, part_codes) AS (
    VALUES
        ('GDP', ARRAY['PRIMARY_VALUE_ADDED', 'SECONDARY_VALUE_ADDED', 'TERTIARY_VALUE_ADDED']),
        ('SHARES_OF_GDP', ARRAY['PRIMARY_SHARE', 'SECONDARY_SHARE', 'TERTIARY_SHARE']),
        ('TRADE', ARRAY['EXPORTS', 'IMPORTS']),
        ('POPULATION', ARRAY['POPULATION_URBAN', 'POPULATION_RURAL']),
        ('RETAIL_SALES', ARRAY['RETAIL_URBAN', 'RETAIL_RURAL'])
),

figures AS (
    SELECT
        f.report_id, f.source_name, f.organization_id, f.organization_name, f.indicator_code, f.period_start,
        f.period_end, f.period_label, f.unit,
        min(f.value) AS lowest,
        max(f.value) AS highest,
        min(f.evidence) AS evidence
    FROM mart.base_figures AS f
    WHERE f.measure IN ('level', 'share') AND f.status = 'actual' AND f.indicator_code IS NOT NULL
    GROUP BY
        f.report_id, f.source_name, f.organization_id, f.organization_name, f.indicator_code, f.period_start,
        f.period_end, f.period_label, f.unit
),

sums AS (
    SELECT
        p.report_id, p.source_name, p.organization_id, p.organization_name, p.period_start, p.period_end,
        p.period_label, p.unit, m.whole_code,
        cardinality(m.part_codes) AS parts_in_all,
        count(*) AS parts_given,
        sum(p.lowest) AS sum_of_parts,
        sum(p.highest) AS highest_sum,
        min(p.evidence) AS evidence
    FROM made_of AS m
    JOIN figures AS p ON p.indicator_code = ANY(m.part_codes)
    GROUP BY
        p.report_id, p.source_name, p.organization_id, p.organization_name, p.period_start, p.period_end,
        p.period_label, p.unit, m.whole_code, m.part_codes
)

SELECT
    s.source_name, s.organization_name, s.whole_code, s.period_label, coalesce(w.highest, 100) AS whole,
    s.sum_of_parts, s.parts_given, s.parts_in_all, s.unit, s.evidence
FROM sums AS s
LEFT JOIN figures AS w
    ON w.report_id = s.report_id AND w.organization_id = s.organization_id AND w.indicator_code = s.whole_code
    AND w.unit = s.unit AND w.period_start = s.period_start AND w.period_end = s.period_end
WHERE
    (w.highest IS NOT NULL OR (s.whole_code = 'SHARES_OF_GDP' AND s.unit = '%'))
    AND (
        s.sum_of_parts > coalesce(w.highest, 100) * (1 + :threshold / 100.0)
        OR (s.parts_given = s.parts_in_all AND s.highest_sum < coalesce(w.lowest, 100) * (1 - :threshold / 100.0))
    )
ORDER BY s.source_name, s.organization_name, s.whole_code, s.period_start
