-- Title: 略过与未读懂的数字 · Numbers that became no fact
-- Question: Which rules pass numbers over, how often, and what is left unclaimed?
-- Grain: one row a rule; one for the numbers that no rule claims
-- Columns:
--   rule: 规则 · name of the rule; unclaimed for those that none claims
--   numbers: 数字数 · numbers passed over by it
--   reports: 报告数 · reports in which it did so
--   examples: 例子 · the most frequent numbers with their unit
-- Caveats: Only numbers that were seen as such are counted.
SELECT
    coalesce(q.passed_over, 'unclaimed') AS rule,
    sum(q.numbers) AS numbers,
    (
        SELECT count(DISTINCT r.report_id) FROM kb.quantities AS r
        WHERE r.disposition <> 'claimed' AND r.passed_over IS NOT DISTINCT FROM q.passed_over
    ) AS reports,
    string_agg(q.printed, ' ' ORDER BY q.numbers DESC, q.printed) FILTER (WHERE q.place <= 8) AS examples
FROM (
    SELECT
        passed_over,
        value_text || unit AS printed,
        count(*) AS numbers,
        row_number() OVER (PARTITION BY passed_over ORDER BY count(*) DESC, value_text || unit) AS place
    FROM kb.quantities
    WHERE disposition <> 'claimed'
    GROUP BY passed_over, value_text || unit
) AS q
GROUP BY q.passed_over
ORDER BY numbers DESC
