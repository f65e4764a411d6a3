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
WITH marks AS MATERIALIZED (  -- the text of a sentence is put together once, not for every figure
    SELECT e.sentence_id, e.char_start, kb.source_text(s.name, e.char_start, e.char_end) AS content
    FROM kb.sentences AS e
    JOIN kb.sources AS s ON s.source_id = e.source_id
    WHERE e.content LIKE '%其中%'
),

figures AS MATERIALIZED (
    SELECT
        f.source_name, f.organization_name, f.indicator, f.value, f.unit, f.measure, f.status, f.evidence,
        o.sentence_id, q.source_id, q.char_start,
        marks.char_start + strpos(marks.content, '其中') - 1 AS among,
        marks.char_start + strpos(marks.content, '其中')
        + coalesce(nullif(strpos(substr(marks.content, strpos(marks.content, '其中')), '；'), 0), 100000) AS until
    FROM mart.base_figures AS f
    JOIN kb.observations AS o ON o.observation_id = f.observation_id
    JOIN kb.quantities AS q ON q.quantity_id = o.quantity_id
    JOIN marks ON marks.sentence_id = o.sentence_id AND strpos(marks.content, '其中') > 0
    JOIN kb.indicators AS i ON i.indicator_id = f.indicator_id
    WHERE
        f.measure = 'level' AND f.unit <> '%' AND i.kind IS DISTINCT FROM 'rate'
        AND f.indicator !~ '平均|人均|户均|均价|密度|每|率$'
),

wholes AS MATERIALIZED (
    SELECT DISTINCT ON (sentence_id) *
    FROM figures
    WHERE char_start < among
    ORDER BY sentence_id, char_start DESC
),

parts AS (
    SELECT w.sentence_id, count(*) AS parts, max(f.value) AS largest_part, sum(f.value) AS sum_of_parts
    FROM wholes AS w
    JOIN figures AS f ON f.sentence_id = w.sentence_id AND f.unit = w.unit AND f.status = w.status
    WHERE f.char_start BETWEEN w.among AND w.until
    GROUP BY w.sentence_id
)

SELECT
    w.source_name, w.organization_name, w.indicator, w.value AS whole, p.parts, p.largest_part, p.sum_of_parts, w.unit,
    w.evidence
FROM wholes AS w
JOIN parts AS p ON p.sentence_id = w.sentence_id
WHERE p.sum_of_parts > w.value * (1 + :threshold / 100.0)
ORDER BY w.source_name, w.evidence
