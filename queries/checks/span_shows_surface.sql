-- Title: 片段与原文一致 · Every span shows what was stored
-- Question: Where does the text at a stored span differ from the surface that is stored with it?
-- Grain: one row a failing fact
-- Kind: proof
-- Severity: error
-- Columns:
--   fact: 事实 · table of the fact
--   id: 主键 · its id
--   source_name: 文件名 · file that it stands in
--   char_start: 起始字符 · of its span
--   char_end: 结束字符 · of its span
--   stored: 存储原文 · surface stored with it
--   found: 实际原文 · what stands at the span
-- Caveats: Reads every span again, which takes a second for some ten thousand facts.
SELECT f.fact, f.id, s.name AS source_name, f.char_start, f.char_end, f.stored, t.found
FROM (
    SELECT 'quantities' AS fact, quantity_id AS id, source_id, char_start, char_end, value_text AS stored
    FROM kb.quantities
    UNION ALL
    SELECT 'organization_mentions', mention_id, source_id, char_start, char_end, surface FROM kb.organization_mentions
    UNION ALL
    SELECT 'initiative_mentions', mention_id, source_id, char_start, char_end, surface FROM kb.initiative_mentions
    UNION ALL
    SELECT 'policy_citations', citation_id, source_id, char_start, char_end, surface FROM kb.policy_citations
) AS f
JOIN kb.sources AS s ON s.source_id = f.source_id
CROSS JOIN LATERAL (SELECT kb.source_text(s.name, f.char_start, f.char_end) AS found) AS t
WHERE t.found IS DISTINCT FROM f.stored
ORDER BY source_name, f.char_start
