-- Title: 人名成行 · People who became organizations, initiatives or indicators
-- Question: Which rows hold the name of a person whom a report names?
-- Grain: one row a person and a row with the name
-- Kind: plausibility
-- Severity: error
-- Columns:
--   table_name: 表 · organizations, initiatives or indicators
--   name: 名称 · of the row
--   person: 人名 · three characters and more, as a sentence names the person
-- Caveats: People are known by the masks in sentences with figures. One row may rightly bear a famous name.
WITH people AS (
    SELECT DISTINCT
        substr(
            e.content,
            regexp_instr(e.content_masked, '.×{2,}', 1, n),
            length(regexp_substr(e.content_masked, '.×{2,}', 1, n))
        ) AS person
    FROM kb.sentences AS e
    CROSS JOIN LATERAL generate_series(1, regexp_count(e.content_masked, '.×{2,}')) AS n
    WHERE e.content_masked IS NOT NULL
),

names AS (
    SELECT 'organizations' AS table_name, name FROM kb.organizations
    UNION ALL
    SELECT 'initiatives', name FROM kb.initiatives
    UNION ALL
    SELECT 'indicators', name FROM kb.indicators WHERE code IS NULL
)

SELECT
    names.table_name,
    names.name,
    people.person
FROM people
JOIN names ON strpos(names.name, people.person) > 0
WHERE strpos(people.person, '×') = 0 AND strpos(people.person, '某') = 0
ORDER BY names.table_name, names.name, people.person
