-- Title: 政策引用 · Where documents are named
-- Question: Which laws, plans and documents does a report name?
-- Grain: one row a place where a document is named
-- Columns:
--   citation_id: 主键 · stable id of the citation
--   report_id: 报告编号 · report that it stands in
--   source_name: 文件名 · file that it stands in
--   policy_id: 政策编号 · document that is meant
--   policy_title: 文件标题 · without 《》; null where only a number is given
--   document_number: 文号 · of this citation, else as most citations of the document give it
--   surface: 原文 · as printed
--   char_start: 起始字符 · in the text of the file
--   char_end: 结束字符 · code point behind the citation
--   rule: 规则 · name of the rule that read it
--   confidence: 置信度 · how far to trust it, 0 to 1
-- Caveats: Documents of one title are one document, whatever their year.
SELECT
    c.citation_id,
    c.report_id,
    s.name AS source_name,
    c.policy_id,
    p.title AS policy_title,
    coalesce(c.document_number, p.document_number) AS document_number,
    c.surface,
    c.char_start,
    c.char_end,
    c.rule,
    c.confidence
FROM kb.policy_citations AS c
JOIN kb.sources AS s ON s.source_id = c.source_id
JOIN kb.policies AS p ON p.policy_id = c.policy_id
