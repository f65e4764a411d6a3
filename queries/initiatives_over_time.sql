-- Title: 举措演变 · Initiatives over time
-- Question: When did an initiative turn up, spread and fade?
-- Grain: one row an initiative and year in which reports speak of it
-- Columns:
--   initiative_name: 举措名称 · canonical
--   initiative_kind: 举措类型 · campaign program reform project mechanism award
--   initiative_region_name: 举措所属地区 · territory whose own it is; null if the whole country's or unknown
--   year: 年份 · that the report looks back on, else the year in which it was given
--   bodies: 机构数 · bodies that speak of it: who carries it out, else who gives the report
--   bodies_before: 上期机构数 · in the last year before with a mention; null in the first
--   new_bodies: 新增机构数 · that speak of it for the first time
--   reports: 报告数 · that name it
--   mentions: 提及数 · places where it is named
--   years: 年数 · years in which it is named, in all
-- Caveats: Reports that are not loaded leave gaps; coverage shows what there is. Copies of reports and masked bodies are left out.
WITH mentioned AS (
    SELECT
        i.initiative_id,
        i.name,
        i.kind,
        whose.full_name AS region_name,
        extract(YEAR FROM coalesce(p.end_date, r.report_date))::integer AS year,
        o.organization_id,
        m.report_id
    FROM kb.initiative_mentions AS m
    LEFT JOIN kb.same_initiatives AS one ON one.initiative_id = m.initiative_id
    JOIN kb.initiatives AS i ON i.initiative_id = coalesce(one.same_as_id, m.initiative_id)
    LEFT JOIN kb.regions AS whose ON whose.region_code = i.region_code
    JOIN kb.reports AS r ON r.report_id = m.report_id
    LEFT JOIN kb.periods AS p ON p.period_id = r.period_id
    LEFT JOIN kb.same_organizations AS same ON same.organization_id = coalesce(m.organization_id, r.issuer_id)
    JOIN kb.organizations AS o ON o.organization_id = coalesce(same.same_as_id, m.organization_id, r.issuer_id)
    WHERE
        NOT o.is_redacted
        AND coalesce(p.end_date, r.report_date) IS NOT NULL
        AND NOT EXISTS (SELECT FROM kb.report_copies AS copy WHERE copy.report_id = m.report_id)
),

firsts AS (
    SELECT first.initiative_id, first.year, count(*) AS new_bodies
    FROM (
        SELECT initiative_id, organization_id, min(year) AS year FROM mentioned GROUP BY initiative_id, organization_id
    ) AS first
    GROUP BY first.initiative_id, first.year
)

SELECT
    m.name AS initiative_name,
    m.kind AS initiative_kind,
    m.region_name AS initiative_region_name,
    m.year,
    count(DISTINCT m.organization_id) AS bodies,
    lag(count(DISTINCT m.organization_id)) OVER (PARTITION BY m.initiative_id ORDER BY m.year) AS bodies_before,
    coalesce(max(f.new_bodies), 0) AS new_bodies,
    count(DISTINCT m.report_id) AS reports,
    count(*) AS mentions,
    count(*) OVER (PARTITION BY m.initiative_id) AS years
FROM mentioned AS m
LEFT JOIN firsts AS f ON f.initiative_id = m.initiative_id AND f.year = m.year
GROUP BY m.initiative_id, m.name, m.kind, m.region_name, m.year
ORDER BY years DESC, m.name, m.region_name, m.year
