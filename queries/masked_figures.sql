-- Title: 隐去的数据 · Figures masked in the source
-- Question: Which figures were blacked out (xx万人次), of whom and of what?
-- Grain: one row a numeric fact whose digits are masked
-- Columns:
--   source_name: 文件名 · file that it stands in
--   report_title: 报告标题 · null if the report has none
--   issuer_name: 发文机构 · who gives the report
--   organization_name: 机构名称 · whose figure it is; null if it cannot be told
--   indicator: 指标 · name of the concept, or the phrase without marks
--   indicator_code: 指标代码 · of the concept; null while unmapped
--   value_text: 数值原文 · as printed
--   unit: 单位 · as printed, magnitude removed
--   measure: 度量 · level change growth pp share rank completion multiple
--   status: 性质 · actual or target
--   period_label: 时期 · that it covers
--   masked_in_report: 本报告隐去数 · masked figures in the report
--   evidence: 证据句 · the sentence
-- Caveats: A report that masks all its figures was made anonymous: its bodies cannot be told either. Copies of reports are left out.
SELECT
    s.name AS source_name,
    r.title AS report_title,
    issuer.name AS issuer_name,
    b.name AS organization_name,
    i.name AS indicator,
    i.code AS indicator_code,
    q.value_text,
    q.unit,
    o.measure,
    o.status,
    p.label AS period_label,
    count(*) OVER (PARTITION BY o.report_id) AS masked_in_report,
    coalesce(e.content_masked, e.content) AS evidence
FROM kb.observations AS o
JOIN kb.quantities AS q ON q.quantity_id = o.quantity_id
JOIN kb.indicators AS i ON i.indicator_id = o.indicator_id
JOIN kb.reports AS r ON r.report_id = o.report_id
JOIN kb.sources AS s ON s.source_id = o.source_id
JOIN kb.sentences AS e ON e.sentence_id = o.sentence_id
LEFT JOIN kb.organizations AS issuer ON issuer.organization_id = r.issuer_id
LEFT JOIN kb.organizations AS b ON b.organization_id = o.organization_id
LEFT JOIN kb.periods AS p ON p.period_id = o.period_id
WHERE q.is_redacted AND NOT EXISTS (SELECT FROM kb.report_copies AS copy WHERE copy.report_id = o.report_id)
ORDER BY masked_in_report DESC, s.name, q.char_start
