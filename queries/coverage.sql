-- Title: 读取覆盖 · What was read of each report
-- Question: How many of a report's numbers were read, masked, passed over by name, or not understood?
-- Grain: one row a report
-- Columns:
--   source_name: 文件名 · file that it stands in
--   ordinal: 序号 · from 1, in its file
--   title: 报告标题 · null if none can be told
--   kind: 文种 · kind of report
--   issuer_name: 发文机构 · who gives it
--   report_date: 报告日期 · when it was given
--   characters: 字符数 · length of the report
--   numbers: 数字数 · numbers in it
--   read: 已读 · claimed by an observation, with a value
--   masked: 隐去 · digits masked in the source
--   passed_over: 略过 · no facts, by the name of a rule
--   unclaimed: 未读懂 · neither read nor passed over: the debt
--   unclaimed_pct: 未读懂比例 · of the numbers that were not passed over, %
--   mean_confidence: 平均置信度 · of its observations
--   organizations: 机构数 · different bodies that it names
--   initiatives: 举措数 · different initiatives that it names
--   policies: 政策数 · different documents that it names
-- Caveats: A number that was read may have been read wrongly; confidence says how far to trust it.
SELECT
    s.name AS source_name,
    r.ordinal,
    r.title,
    r.kind,
    o.name AS issuer_name,
    r.report_date,
    r.char_end - r.char_start AS characters,
    coalesce(q.numbers, 0) AS numbers,
    coalesce(q.read, 0) AS read,
    coalesce(q.masked, 0) AS masked,
    coalesce(q.passed_over, 0) AS passed_over,
    coalesce(q.unclaimed, 0) AS unclaimed,
    round(100.0 * q.unclaimed / nullif(q.numbers - q.passed_over, 0), 1) AS unclaimed_pct,
    (SELECT round(avg(f.confidence), 2) FROM kb.observations AS f WHERE f.report_id = r.report_id) AS mean_confidence,
    (
        SELECT count(DISTINCT m.organization_id) FROM kb.organization_mentions AS m WHERE m.report_id = r.report_id
    ) AS organizations,
    (
        SELECT count(DISTINCT m.initiative_id) FROM kb.initiative_mentions AS m WHERE m.report_id = r.report_id
    ) AS initiatives,
    (SELECT count(DISTINCT c.policy_id) FROM kb.policy_citations AS c WHERE c.report_id = r.report_id) AS policies
FROM kb.reports AS r
JOIN kb.sources AS s ON s.source_id = r.source_id
LEFT JOIN kb.organizations AS o ON o.organization_id = r.issuer_id
LEFT JOIN (
    SELECT
        report_id,
        count(*) AS numbers,
        count(*) FILTER (WHERE disposition = 'claimed' AND NOT is_redacted) AS read,
        count(*) FILTER (WHERE disposition <> 'passed_over' AND is_redacted) AS masked,
        count(*) FILTER (WHERE disposition = 'passed_over') AS passed_over,
        count(*) FILTER (WHERE disposition = 'unclaimed' AND NOT is_redacted) AS unclaimed
    FROM kb.quantities
    GROUP BY report_id
) AS q ON q.report_id = r.report_id
ORDER BY unclaimed DESC, s.name, r.ordinal
