-- Title: 数值换算正确 · Every value is what is printed
-- Question: Which values differ from their printed digits times the magnitude words?
-- Grain: one row a failing quantity
-- Kind: proof
-- Severity: error
-- Columns:
--   quantity_id: 主键 · its id
--   source_name: 文件名 · file that it stands in
--   char_start: 起始字符 · of its span
--   value_text: 数值原文 · as printed
--   stored: 存储数值 · value that is stored
--   computed: 重算数值 · value read again from the print
-- Caveats: Reads Arabic digits with magnitude words again, by other means than the loader; Chinese numerals are left out. The magnitude of a table cell may stand in the head of its column or row (万吨). The sign is not in the print: a fall is negative.
SELECT q.quantity_id, s.name AS source_name, q.char_start, q.value_text, q.value AS stored, printed.value AS computed
FROM kb.quantities AS q
JOIN kb.sources AS s ON s.source_id = q.source_id
CROSS JOIN LATERAL (
    SELECT regexp_match(
        translate(regexp_replace(q.value_text, '[\s,，]', '', 'g'), '０１２３４５６７８９．', '0123456789.'),
        '^(\d+(?:\.\d+)?)[个多余]*(十|百|千|万|十万|百万|千万|亿|十亿|百亿|千亿|万亿)?[多余]?$'
    ) AS parts
) AS split
CROSS JOIN LATERAL (
    SELECT split.parts[1]::numeric * CASE split.parts[2]
        WHEN '十' THEN 10 WHEN '百' THEN 100 WHEN '千' THEN 1000 WHEN '万' THEN 10000 WHEN '十万' THEN 100000
        WHEN '百万' THEN 1000000 WHEN '千万' THEN 10000000 WHEN '亿' THEN 100000000 WHEN '十亿' THEN 1000000000
        WHEN '百亿' THEN 10000000000 WHEN '千亿' THEN 100000000000 WHEN '万亿' THEN 1000000000000 ELSE 1
    END AS value
) AS printed
WHERE q.disposition = 'claimed' AND q.value_high IS NULL AND abs(q.value) <> printed.value
    AND NOT (q.rule = 'table cell' AND abs(q.value) IN (
        10 * printed.value, 100 * printed.value, 1000 * printed.value, 10000 * printed.value, 100000 * printed.value,
        1000000 * printed.value, 10000000 * printed.value, 100000000 * printed.value, 10000000000 * printed.value,
        1000000000000 * printed.value
    ))
ORDER BY source_name, q.char_start
