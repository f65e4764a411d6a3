-- Title: 机构概况 · Profile of an organization
-- Question: What does the knowledge base hold of a body?
-- Grain: one row a body
-- Columns:
--   organization_id: 主键 · stable id of the body
--   organization_name: 机构名称 · canonical and full
--   organization_type: 机构类型 · territory party government department …
--   parent_name: 上级机构 · as most reports read it
--   region_code: 行政区划代码 · of the body
--   region_name: 行政区划 · full name with the names above it
--   other_names: 别称 · names under which reports mention it
--   reports_issued: 发布报告数 · reports that it gives
--   reports_naming: 提及报告数 · reports that name it
--   mentions: 提及数 · places where it is named
--   observations: 观测数 · figures that are its own
--   indicators: 指标数 · different indicators among them
--   initiatives: 举措数 · different initiatives that it carries out
--   first_period_start: 最早数据 · start of the earliest period with an actual figure
--   last_period_end: 最近数据 · end of the latest period with an actual figure
--   since_year: 成立年份 · of a body of the state, by law or reform; null if not listed
--   until_year: 撤销年份 · in which it ceased; null if it did not or is not listed
--   successor_name: 承接机构 · who took over its work
-- Caveats: A masked body is one per report, so its profile is that report's. Figures of copies of reports count once.
WITH shown AS (
    SELECT o.organization_id, o.name, coalesce(same.same_as_id, o.organization_id) AS shown_id
    FROM kb.organizations AS o
    LEFT JOIN kb.same_organizations AS same ON same.organization_id = o.organization_id
),

names AS (
    SELECT n.shown_id, string_agg(DISTINCT n.name, '、' ORDER BY n.name) AS other_names
    FROM (
        SELECT shown_id, name FROM shown WHERE organization_id <> shown_id
        UNION ALL
        SELECT s.shown_id, a.alias FROM shown AS s JOIN kb.organization_aliases AS a USING (organization_id)
    ) AS n
    JOIN kb.organizations AS o ON o.organization_id = n.shown_id
    WHERE n.name <> o.name
    GROUP BY n.shown_id
),

issued AS (
    SELECT s.shown_id, count(*) AS reports
    FROM shown AS s JOIN kb.reports AS r ON r.issuer_id = s.organization_id
    GROUP BY s.shown_id
),

named AS (
    SELECT s.shown_id, count(DISTINCT m.report_id) AS reports, count(*) AS mentions
    FROM shown AS s JOIN kb.organization_mentions AS m USING (organization_id)
    GROUP BY s.shown_id
),

initiatives AS (
    SELECT s.shown_id, count(DISTINCT coalesce(one.same_as_id, m.initiative_id)) AS initiatives
    FROM shown AS s
    JOIN kb.initiative_mentions AS m USING (organization_id)
    LEFT JOIN kb.same_initiatives AS one ON one.initiative_id = m.initiative_id
    GROUP BY s.shown_id
),

figures AS (
    SELECT
        s.shown_id,
        count(*) AS observations,
        count(DISTINCT f.indicator_id) AS indicators,
        min(p.start_date) FILTER (WHERE f.status = 'actual') AS first_period_start,
        max(p.end_date) FILTER (WHERE f.status = 'actual') AS last_period_end
    FROM shown AS s
    JOIN kb.observations AS f USING (organization_id)
    LEFT JOIN kb.periods AS p ON p.period_id = f.period_id
    WHERE NOT EXISTS (SELECT FROM kb.report_copies AS c WHERE c.report_id = f.report_id)
    GROUP BY s.shown_id
)

SELECT
    o.organization_id,
    o.name AS organization_name,
    o.type AS organization_type,
    parent.name AS parent_name,
    g.region_code,
    g.full_name AS region_name,
    names.other_names,
    coalesce(issued.reports, 0) AS reports_issued,
    coalesce(named.reports, 0) AS reports_naming,
    coalesce(named.mentions, 0) AS mentions,
    coalesce(figures.observations, 0) AS observations,
    coalesce(figures.indicators, 0) AS indicators,
    coalesce(initiatives.initiatives, 0) AS initiatives,
    figures.first_period_start,
    figures.last_period_end,
    o.since_year,
    o.until_year,
    o.successor_name
FROM shown
JOIN kb.organizations AS o ON o.organization_id = shown.organization_id
LEFT JOIN kb.organizations AS parent ON parent.organization_id = o.parent_id
LEFT JOIN kb.regions AS g ON g.region_code = o.region_code
LEFT JOIN names ON names.shown_id = o.organization_id
LEFT JOIN issued ON issued.shown_id = o.organization_id
LEFT JOIN named ON named.shown_id = o.organization_id
LEFT JOIN initiatives ON initiatives.shown_id = o.organization_id
LEFT JOIN figures ON figures.shown_id = o.organization_id
WHERE shown.shown_id = o.organization_id
ORDER BY observations DESC, mentions DESC, o.name
