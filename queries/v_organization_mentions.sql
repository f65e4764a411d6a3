-- Title: 机构提及 · Where bodies are named
-- Question: Which bodies and territories does a report name, and in which part?
-- Grain: one row a place where a body is named
-- Columns:
--   mention_id: 主键 · stable id of the mention
--   report_id: 报告编号 · report that it stands in
--   source_name: 文件名 · file that it stands in
--   organization_id: 机构编号 · body that is meant
--   organization_name: 机构名称 · canonical and full
--   organization_type: 机构类型 · territory party government congress cppcc department court procuratorate enterprise school …
--   region_code: 行政区划代码 · of the body
--   surface: 原文 · the name as printed
--   role: 角色 · issuer subject partner mentioned
--   char_start: 起始字符 · in the text of the file
--   char_end: 结束字符 · code point behind the name
--   rule: 规则 · name of the rule that read it
--   confidence: 置信度 · how far to trust it, 0 to 1
-- Caveats: Type and region are what most mentions of the body say. A masked body is one per report and joins nothing.
SELECT
    m.mention_id,
    m.report_id,
    s.name AS source_name,
    o.organization_id,
    o.name AS organization_name,
    o.type AS organization_type,
    o.region_code,
    m.surface,
    m.role,
    m.char_start,
    m.char_end,
    m.rule,
    m.confidence
FROM kb.organization_mentions AS m
JOIN kb.sources AS s ON s.source_id = m.source_id
LEFT JOIN kb.same_organizations AS same ON same.organization_id = m.organization_id
JOIN kb.organizations AS o ON o.organization_id = coalesce(same.same_as_id, m.organization_id)
