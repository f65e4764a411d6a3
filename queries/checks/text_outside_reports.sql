-- Title: 未归属文字 · Text that belongs to no report and is not set aside
-- Question: Which stretches of a file were lost between reports?
-- Grain: one row a stretch of text
-- Kind: plausibility
-- Severity: warning
-- Columns:
--   source_name: 文件名 · the file
--   char_start: 起始字符 · of the stretch
--   char_end: 结束字符 · of the stretch
--   content: 原文 · its first hundred characters
-- Caveats: Blanks and the marks of Markdown do not count.
SELECT s.name AS source_name, lower(gap) AS char_start, upper(gap) AS char_end, left(t.content, 100) AS content
FROM kb.sources AS s
CROSS JOIN LATERAL (
    SELECT int4multirange(int4range(0, s.char_count)) - coalesce(range_agg(int4range(c.char_start, c.char_end)), '{}')
        AS gaps
    FROM (
        SELECT char_start, char_end FROM kb.reports AS r WHERE r.source_id = s.source_id
        UNION ALL
        SELECT char_start, char_end FROM kb.boilerplate_spans AS b WHERE b.source_id = s.source_id
    ) AS c
) AS uncovered
CROSS JOIN LATERAL unnest(uncovered.gaps) AS gap
CROSS JOIN LATERAL (SELECT kb.source_text(s.name, lower(gap), upper(gap)) AS content) AS t
WHERE s.char_count > 0 AND t.content ~ '[^[:space:]#*>|=_-]'
ORDER BY source_name, char_start
