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
-- Caveats: A masked body is one per report, so its profile is that report's.
SELECT
    o.organization_id,
    o.name AS organization_name,
    o.type AS organization_type,
    parent.name AS parent_name,
    g.region_code,
    g.full_name AS region_name,
    (
        SELECT string_agg(a.alias, '、' ORDER BY a.alias)
        FROM kb.organization_aliases AS a WHERE a.organization_id = o.organization_id
    ) AS other_names,
    (SELECT count(*) FROM kb.reports AS r WHERE r.issuer_id = o.organization_id) AS reports_issued,
    coalesce(named.reports, 0) AS reports_naming,
    coalesce(named.mentions, 0) AS mentions,
    coalesce(figures.observations, 0) AS observations,
    coalesce(figures.indicators, 0) AS indicators,
    (
        SELECT count(DISTINCT m.initiative_id)
        FROM kb.initiative_mentions AS m WHERE m.organization_id = o.organization_id
    ) AS initiatives,
    figures.first_period_start,
    figures.last_period_end
FROM kb.organizations AS o
LEFT JOIN kb.organizations AS parent ON parent.organization_id = o.parent_id
LEFT JOIN kb.regions AS g ON g.region_code = o.region_code
LEFT JOIN (
    SELECT organization_id, count(DISTINCT report_id) AS reports, count(*) AS mentions
    FROM kb.organization_mentions GROUP BY organization_id
) AS named ON named.organization_id = o.organization_id
LEFT JOIN (
    SELECT
        f.organization_id,
        count(*) AS observations,
        count(DISTINCT f.indicator_id) AS indicators,
        min(p.start_date) FILTER (WHERE f.status = 'actual') AS first_period_start,
        max(p.end_date) FILTER (WHERE f.status = 'actual') AS last_period_end
    FROM kb.observations AS f
    LEFT JOIN kb.periods AS p ON p.period_id = f.period_id
    GROUP BY f.organization_id
) AS figures ON figures.organization_id = o.organization_id
ORDER BY observations DESC, mentions DESC, o.name
