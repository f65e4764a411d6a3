-- Title: 报告之后的实际数 · Actual figures for a time after the report
-- Question: Which figures are called actual although their time begins after the report was given?
-- Grain: one row a failing observation
-- Kind: plausibility
-- Severity: warning
-- Columns:
--   observation_id: 主键 · its id
--   source_name: 文件名 · file that it stands in
--   indicator: 指标 · concept or phrase
--   period_label: 时期 · that it is said to cover
--   report_date: 报告日期 · when the report was given
--   evidence: 证据句 · the sentence
-- Caveats: Either the status, the period or the report's date was read wrongly.
SELECT f.observation_id, f.source_name, f.indicator, f.period_label, f.report_date, f.evidence
FROM mart.base_figures AS f
WHERE f.status = 'actual' AND f.period_start > f.report_date
ORDER BY f.source_name, f.observation_id
