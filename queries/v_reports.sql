-- Title: 报告 · Reports
-- Question: Which reports are there, who gave them, when, and about what time?
-- Grain: one row a report; a compilation file holds many
-- Columns:
--   report_id: 主键 · stable id of the report
--   source_name: 文件名 · file that it stands in, without folders
--   ordinal: 序号 · from 1, in its file
--   title: 标题 · null if none can be told
--   title_is_inferred: 标题是否推断 · not printed as a title
--   kind: 文种 · 综述 工作总结 工作计划 总结与计划 讲话 发言 致辞 新闻报道 评论 政府工作报告 统计公报 其他
--   issuer_id: 发文机构编号 · organization that gives the report
--   issuer_name: 发文机构 · its full canonical name; a masked one as printed
--   issuer_type: 机构类型 · territory party government department …
--   issuer_is_redacted: 发文机构是否隐名 · the name is masked in the source
--   region_code: 行政区划代码 · GB/T 2260 code of the region that the report is about
--   region_name: 行政区划 · full name with the names above it
--   report_date: 报告日期 · when it was given
--   period_start: 报告期开始 · first day of the time that it looks back on
--   period_end: 报告期结束 · last day of that time
--   char_start: 起始字符 · in the text of the file
--   char_end: 结束字符 · code point behind the report
--   duplicate_of: 原报告编号 · the fullest copy of the same report, which comparisons count; null if it is this one
--   is_copy: 是否重复 · the same report is counted elsewhere
--   original_source_name: 原报告文件名 · file in which the counted copy stands
-- Caveats: Title, issuer, date and period are null where the text does not tell them. Copies are found by fingerprint.
SELECT
    r.report_id,
    s.name AS source_name,
    r.ordinal,
    r.title,
    r.title_is_inferred,
    r.kind,
    o.organization_id AS issuer_id,
    o.name AS issuer_name,
    o.type AS issuer_type,
    coalesce(o.is_redacted, FALSE) AS issuer_is_redacted,
    r.region_code,
    g.full_name AS region_name,
    r.report_date,
    p.start_date AS period_start,
    p.end_date AS period_end,
    r.char_start,
    r.char_end,
    copy.original_id AS duplicate_of,
    copy.report_id IS NOT NULL AS is_copy,
    original.name AS original_source_name
FROM kb.reports AS r
JOIN kb.sources AS s ON s.source_id = r.source_id
LEFT JOIN kb.same_organizations AS same ON same.organization_id = r.issuer_id
LEFT JOIN kb.organizations AS o ON o.organization_id = coalesce(same.same_as_id, r.issuer_id)
LEFT JOIN kb.report_copies AS copy ON copy.report_id = r.report_id
LEFT JOIN kb.reports AS counted ON counted.report_id = copy.original_id
LEFT JOIN kb.sources AS original ON original.source_id = counted.source_id
LEFT JOIN kb.regions AS g ON g.region_code = r.region_code
LEFT JOIN kb.periods AS p ON p.period_id = r.period_id
