-- Title: 政策引用 · Documents most cited
-- Question: Which laws, plans and documents do reports name most, and who names them?
-- Grain: one row a document
-- Columns:
--   policy_name: 政策 · title, or the document number where no title is given
--   document_number: 文号 · as most citations give it
--   bodies: 机构数 · bodies whose reports name it
--   reports: 报告数 · that name it
--   citations: 引用数 · places where it is named
--   first_report_date: 最早报告日期 · of a report that names it
--   last_report_date: 最近报告日期 · of a report that names it
--   cited_by: 引用机构 · up to five bodies, those that name it most first
--   example: 原文 · one citation as printed
-- Caveats: One document under two titles (full and short) is two rows. Copies of reports are left out.
SELECT
    by_body.policy_name,
    by_body.document_number,
    count(*) FILTER (WHERE by_body.body IS NOT NULL) AS bodies,
    sum(by_body.reports)::bigint AS reports,
    sum(by_body.citations)::bigint AS citations,
    min(by_body.first_report_date) AS first_report_date,
    max(by_body.last_report_date) AS last_report_date,
    array_to_string(
        (array_agg(by_body.body ORDER BY by_body.citations DESC, by_body.body) FILTER (WHERE by_body.body IS NOT NULL))[:5],
        '、'
    ) AS cited_by,
    min(by_body.example) AS example
FROM (
    SELECT
        p.policy_id,
        p.name AS policy_name,
        p.document_number,
        CASE WHEN NOT o.is_redacted THEN o.name END AS body,
        count(DISTINCT c.report_id) AS reports,
        count(*) AS citations,
        min(r.report_date) AS first_report_date,
        max(r.report_date) AS last_report_date,
        min(c.surface) AS example
    FROM kb.policy_citations AS c
    JOIN kb.policies AS p ON p.policy_id = c.policy_id
    JOIN kb.reports AS r ON r.report_id = c.report_id
    LEFT JOIN kb.same_organizations AS same ON same.organization_id = r.issuer_id
    LEFT JOIN kb.organizations AS o ON o.organization_id = coalesce(same.same_as_id, r.issuer_id)
    WHERE NOT EXISTS (SELECT FROM kb.report_copies AS copy WHERE copy.report_id = c.report_id)
    GROUP BY p.policy_id, p.name, p.document_number, CASE WHEN NOT o.is_redacted THEN o.name END
) AS by_body
GROUP BY by_body.policy_id, by_body.policy_name, by_body.document_number
ORDER BY reports DESC, citations DESC, by_body.policy_name
