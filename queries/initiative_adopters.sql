-- Title: 举措推广 · Who adopted an initiative
-- Question: Which bodies report on an initiative, since when, and how much?
-- Grain: one row an initiative and a body that speaks of it
-- Columns:
--   initiative_name: 举措名称 · canonical
--   initiative_kind: 举措类型 · campaign program reform project mechanism award
--   initiative_region_name: 举措所属地区 · territory whose own it is; null if the whole country's or unknown
--   adopters: 采用机构数 · bodies that speak of the initiative
--   organization_name: 机构名称 · who carries it out, else who gives the report
--   organization_type: 机构类型 · territory party government department …
--   region_code: 行政区划代码 · of the body
--   region_name: 行政区划 · full name with the names above it
--   first_period_start: 最早时间 · start of the first report period in which it stands
--   last_period_end: 最近时间 · end of the last report period in which it stands
--   reports: 报告数 · reports of the body that name it
--   mentions: 提及数 · places where it is named
-- Caveats: To name an initiative is not yet to carry it out. Masked bodies are left out; copies of reports count once.
SELECT
    i.name AS initiative_name,
    i.kind AS initiative_kind,
    whose.full_name AS initiative_region_name,
    count(*) OVER (PARTITION BY i.initiative_id) AS adopters,
    o.name AS organization_name,
    o.type AS organization_type,
    g.region_code,
    g.full_name AS region_name,
    min(p.start_date) AS first_period_start,
    max(p.end_date) AS last_period_end,
    count(DISTINCT m.report_id) AS reports,
    count(*) AS mentions
FROM kb.initiative_mentions AS m
LEFT JOIN kb.same_initiatives AS one ON one.initiative_id = m.initiative_id
JOIN kb.initiatives AS i ON i.initiative_id = coalesce(one.same_as_id, m.initiative_id)
JOIN kb.reports AS r ON r.report_id = m.report_id
LEFT JOIN kb.same_organizations AS same ON same.organization_id = coalesce(m.organization_id, r.issuer_id)
JOIN kb.organizations AS o ON o.organization_id = coalesce(same.same_as_id, m.organization_id, r.issuer_id)
LEFT JOIN kb.regions AS whose ON whose.region_code = i.region_code
LEFT JOIN kb.regions AS g ON g.region_code = o.region_code
LEFT JOIN kb.periods AS p ON p.period_id = r.period_id
WHERE NOT o.is_redacted AND NOT EXISTS (SELECT FROM kb.report_copies AS c WHERE c.report_id = m.report_id)
GROUP BY i.initiative_id, i.name, i.kind, whose.full_name, o.organization_id, o.name, o.type, g.region_code, g.full_name
ORDER BY adopters DESC, i.name, whose.full_name, reports DESC, o.name
