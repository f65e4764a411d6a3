-- Title: 事实在报告之内 · Every fact lies in its report, every report in its file
-- Question: Which spans reach beyond what they belong to?
-- Grain: one row a failing span
-- Kind: proof
-- Severity: error
-- Columns:
--   fact: 事实 · table
--   id: 主键 · its id
--   source_name: 文件名 · file that it stands in
--   char_start: 起始字符 · of its span
--   char_end: 结束字符 · of its span
-- Caveats: Reports of one file must not overlap either.
SELECT f.fact, f.id, s.name AS source_name, f.char_start, f.char_end
FROM (
    SELECT 'quantities' AS fact, quantity_id AS id, source_id, report_id, char_start, char_end FROM kb.quantities
    UNION ALL
    SELECT 'sentences', sentence_id, source_id, report_id, char_start, char_end FROM kb.sentences
    UNION ALL
    SELECT 'sections', section_id, source_id, report_id, char_start, char_end FROM kb.sections
    UNION ALL
    SELECT 'organization_mentions', mention_id, source_id, report_id, char_start, char_end FROM kb.organization_mentions
    UNION ALL
    SELECT 'initiative_mentions', mention_id, source_id, report_id, char_start, char_end FROM kb.initiative_mentions
    UNION ALL
    SELECT 'policy_citations', citation_id, source_id, report_id, char_start, char_end FROM kb.policy_citations
) AS f
JOIN kb.reports AS r ON r.report_id = f.report_id
JOIN kb.sources AS s ON s.source_id = f.source_id
WHERE f.source_id <> r.source_id OR f.char_start < r.char_start OR f.char_end > r.char_end
UNION ALL
SELECT 'reports', r.report_id, s.name, r.char_start, r.char_end
FROM kb.reports AS r
JOIN kb.sources AS s ON s.source_id = r.source_id
WHERE
    r.char_end > s.char_count
    OR EXISTS (
        SELECT FROM kb.reports AS other
        WHERE other.source_id = r.source_id AND other.ordinal < r.ordinal AND other.char_end > r.char_start
    )
ORDER BY source_name, char_start
