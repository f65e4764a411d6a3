-- Title: 检查结果 · What the data checks found
-- Question: Which figures look wrong, contradict one another or miss their plan, and what did the last load bring?
-- Grain: one row a finding
-- Columns:
--   severity: 严重程度 · error warning notice
--   check_name: 检查 · name of the check
--   organization_name: 机构名称 · whose figure it is, where the check is about a body
--   indicator: 指标 · concept or phrase, where the check is about one
--   period: 时期 · label or year
--   source_name: 文件名 · file, where the check is about one
--   evidence: 证据句 · the sentence, or the first of two
--   is_new: 是否新增 · first found after the last run
--   found_in_run: 加载批次 · run after which it was found first
--   detail: 详情 · the whole failing row
-- Caveats: A finding is a reason to look, no verdict: every check says in its own caveats what else explains it. `kb load` runs the plausibility checks when something changed, `kb check` runs all.
SELECT
    f.severity,
    f.check_name,
    f.detail ->> 'organization_name' AS organization_name,
    f.detail ->> 'indicator' AS indicator,
    coalesce(f.detail ->> 'period_label', f.detail ->> 'year') AS period,
    coalesce(f.detail ->> 'source_name', f.detail ->> 'lower_source', f.detail ->> 'outcome_source') AS source_name,
    coalesce(
        f.detail ->> 'evidence', f.detail ->> 'lower_evidence', f.detail ->> 'lowest_evidence',
        f.detail ->> 'outcome_evidence'
    ) AS evidence,
    f.load_run_id = (SELECT max(load_run_id) FROM kb.load_runs) AS is_new,
    f.load_run_id AS found_in_run,
    f.detail
FROM kb.findings AS f
ORDER BY array_position(ARRAY['error', 'warning', 'notice'], f.severity), f.check_name, f.finding_id
