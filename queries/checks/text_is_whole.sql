-- Title: 原文完整 · The text of every file is whole
-- Question: Which files lack a piece of their text?
-- Grain: one row a failing file
-- Kind: proof
-- Severity: error
-- Columns:
--   source_name: 文件名 · the file
--   char_count: 字符数 · code points that it should have
--   stored: 存储字符数 · code points in its pieces
-- Caveats: Every piece but the last has 4,096 code points.
SELECT s.name AS source_name, s.char_count, coalesce(sum(char_length(t.content)), 0) AS stored
FROM kb.sources AS s
LEFT JOIN kb.source_texts AS t ON t.source_id = s.source_id
GROUP BY s.source_id, s.name, s.char_count
HAVING
    coalesce(sum(char_length(t.content)), 0) <> s.char_count
    OR count(t.piece) <> (s.char_count + 4095) / 4096
    OR count(*) FILTER (WHERE char_length(t.content) <> least(4096, s.char_count - 4096 * t.piece)) > 0
ORDER BY source_name
