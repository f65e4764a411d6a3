-- Title: 分项大于总量 · Parts above their whole
-- Question: Where do the figures behind 其中 come to more than the figure before it?
-- Grain: one row a whole with its parts in one sentence
-- Kind: plausibility
-- Severity: warning
-- Threshold: 1 per cent of the whole
-- Columns:
--   source_name: 文件名 · file that it stands in
--   organization_name: 机构名称 · whose figures they are
--   indicator: 指标 · of the whole
--   whole: 总量 · in the base unit
--   parts: 分项数 · figures behind 其中, up to the next semicolon
--   largest_part: 最大分项 · in the base unit
--   sum_of_parts: 分项合计 · in the base unit
--   unit: 基本单位 · of all of them
--   evidence: 证据句 · the sentence
-- Caveats: Parts that overlap (其中 within 其中) come to more than their whole although each is right. Averages and rates are left out.
WITH figures AS (
    SELECT
        f.source_name, f.organization_name, f.indicator, f.value, f.unit, f.measure, f.status, f.evidence,
        o.sentence_id, q.source_id, q.char_start,
        marks.char_start + strpos(marks.content, '其中') - 1 AS among,
        marks.char_start + strpos(marks.content, '其中')
        + coalesce(nullif(strpos(substr(marks.content, strpos(marks.content, '其中')), '；'), 0), 100000) AS until
    FROM mart.base_figures AS f
    JOIN kb.observations AS o ON o.observation_id = f.observation_id
    JOIN kb.quantities AS q ON q.quantity_id = o.quantity_id
    JOIN (
        SELECT e.sentence_id, e.char_start, kb.source_text(s.name, e.char_start, e.char_end) AS content
        FROM kb.sentences AS e
        JOIN kb.sources AS s ON s.source_id = e.source_id
        WHERE e.content LIKE '%其中%'
    ) AS marks ON marks.sentence_id = o.sentence_id AND strpos(marks.content, '其中') > 0
    JOIN kb.indicators AS i ON i.indicator_id = f.indicator_id
    WHERE
        f.measure = 'level' AND f.unit <> '%' AND i.kind IS DISTINCT FROM 'rate'
        AND f.indicator !~ '平均|人均|户均|均价|密度|每|率$'
)

SELECT
    whole.source_name, whole.organization_name, whole.indicator, whole.value AS whole, parts.parts,
    parts.largest_part, parts.sum_of_parts, whole.unit, whole.evidence
FROM (
    SELECT DISTINCT ON (sentence_id) *
    FROM figures
    WHERE char_start < among
    ORDER BY sentence_id, char_start DESC
) AS whole
JOIN LATERAL (
    SELECT count(*) AS parts, max(part.value) AS largest_part, sum(part.value) AS sum_of_parts
    FROM figures AS part
    WHERE
        part.sentence_id = whole.sentence_id AND part.char_start BETWEEN whole.among AND whole.until
        AND part.unit = whole.unit AND part.status = whole.status
) AS parts ON parts.sum_of_parts > whole.value * (1 + :threshold / 100.0)
ORDER BY whole.source_name, whole.evidence
