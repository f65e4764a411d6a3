-- Title: 举措提及 · Where initiatives are named
-- Question: Which campaigns, programmes, reforms, projects, mechanisms and awards does a report name, and whose are they?
-- Grain: one row a place where an initiative is named
-- Columns:
--   mention_id: 主键 · stable id of the mention
--   report_id: 报告编号 · report that it stands in
--   source_name: 文件名 · file that it stands in
--   initiative_id: 举措编号 · initiative that is meant
--   initiative_name: 举措名称 · canonical, without the marks round it
--   initiative_kind: 举措类型 · campaign program reform project mechanism award
--   initiative_region_code: 举措所属代码 · territory whose own it is; null if the whole country's or unknown
--   initiative_region_name: 举措所属地区 · full name of that territory
--   initiative_since_year: 举措起始年份 · in which a national one began, as far as known
--   initiative_lead_name: 举措牵头机构 · body that leads a national one, as far as known
--   surface: 原文 · the name as printed
--   organization_id: 机构编号 · who carries it out
--   organization_name: 机构名称 · who carries it out; null if it cannot be told
--   period_start: 开始日期 · first day; null if it cannot be told
--   period_end: 结束日期 · last day; null if it cannot be told
--   char_start: 起始字符 · in the text of the file
--   char_end: 结束字符 · code point behind the name
--   rule: 规则 · name of the rule that read it
--   confidence: 置信度 · how far to trust it, 0 to 1
-- Caveats: Kind is what most mentions say. One name in two territories is two initiatives, unless a superior or four provinces name it too.
SELECT
    m.mention_id,
    m.report_id,
    s.name AS source_name,
    i.initiative_id,
    i.name AS initiative_name,
    i.kind AS initiative_kind,
    i.region_code AS initiative_region_code,
    g.full_name AS initiative_region_name,
    i.since_year AS initiative_since_year,
    i.lead_name AS initiative_lead_name,
    m.surface,
    o.organization_id,
    o.name AS organization_name,
    p.start_date AS period_start,
    p.end_date AS period_end,
    m.char_start,
    m.char_end,
    m.rule,
    m.confidence
FROM kb.initiative_mentions AS m
JOIN kb.sources AS s ON s.source_id = m.source_id
LEFT JOIN kb.same_initiatives AS one ON one.initiative_id = m.initiative_id
JOIN kb.initiatives AS i ON i.initiative_id = coalesce(one.same_as_id, m.initiative_id)
LEFT JOIN kb.regions AS g ON g.region_code = i.region_code
LEFT JOIN kb.same_organizations AS same ON same.organization_id = m.organization_id
LEFT JOIN kb.organizations AS o ON o.organization_id = coalesce(same.same_as_id, m.organization_id)
LEFT JOIN kb.periods AS p ON p.period_id = m.period_id
