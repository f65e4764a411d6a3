-- Title: 机构报告一览 · The reports of a body
-- Question: Which reports of a body are there, for which years, and how much do they say?
-- Grain: one row a report whose issuer can be told
-- Columns:
--   organization_name: 机构名称 · who gives the report
--   organization_type: 机构类型 · territory party government department …
--   region_code: 行政区划代码 · of the region that the report is about
--   year: 年份 · that it looks back on, else in which it was given
--   kind: 文种 · kind of report
--   title: 报告标题 · null if none can be told
--   report_date: 报告日期 · when it was given
--   period_label: 报告期 · the time that it looks back on
--   figures: 数据数 · numeric facts
--   targets: 目标数 · of them goals, plans, forecasts
--   mapped_pct: 已归类比例 · facts mapped to a concept, %
--   initiatives: 举措数 · different initiatives that it names
--   policies: 政策数 · different documents that it names
--   previous_year: 上一年份 · of the body's report before this one, of the same kind
--   is_gap: 是否缺年 · there is no report of this kind for the year before
--   source_name: 文件名 · file that it stands in
-- Caveats: Copies of reports are left out. A year without a report may only not have been loaded.
SELECT
    o.name AS organization_name,
    o.type AS organization_type,
    r.region_code,
    r.year,
    r.kind,
    r.title,
    r.report_date,
    r.period_label,
    coalesce(facts.figures, 0) AS figures,
    coalesce(facts.targets, 0) AS targets,
    facts.mapped_pct,
    (
        SELECT count(DISTINCT m.initiative_id) FROM kb.initiative_mentions AS m WHERE m.report_id = r.report_id
    ) AS initiatives,
    (SELECT count(DISTINCT c.policy_id) FROM kb.policy_citations AS c WHERE c.report_id = r.report_id) AS policies,
    lag(r.year) OVER series AS previous_year,
    coalesce(r.year - lag(r.year) OVER series > 1, FALSE) AS is_gap,
    s.name AS source_name
FROM (
    SELECT
        report.*,
        p.label AS period_label,
        extract(YEAR FROM coalesce(p.end_date, report.report_date))::integer AS year,
        coalesce(same.same_as_id, report.issuer_id) AS organization_id
    FROM kb.reports AS report
    LEFT JOIN kb.same_organizations AS same ON same.organization_id = report.issuer_id
    LEFT JOIN kb.periods AS p ON p.period_id = report.period_id
    WHERE NOT EXISTS (SELECT FROM kb.report_copies AS copy WHERE copy.report_id = report.report_id)
) AS r
JOIN kb.sources AS s ON s.source_id = r.source_id
JOIN kb.organizations AS o ON o.organization_id = r.organization_id
LEFT JOIN (
    SELECT
        f.report_id,
        count(*) AS figures,
        count(*) FILTER (WHERE f.status = 'target') AS targets,
        round(100.0 * count(i.code) / count(*), 1) AS mapped_pct
    FROM kb.observations AS f
    JOIN kb.indicators AS i ON i.indicator_id = f.indicator_id
    GROUP BY f.report_id
) AS facts ON facts.report_id = r.report_id
WHERE NOT o.is_redacted
WINDOW series AS (PARTITION BY r.organization_id, r.kind ORDER BY r.year, r.report_date, r.report_id)
ORDER BY o.name, r.year, r.report_date, s.name, r.ordinal
