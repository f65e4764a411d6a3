-- Title: 目标清单 · Targets that bodies set themselves
-- Question: Which targets did a body set, for when, and how far are they from what was reached the year before?
-- Grain: one row a body, indicator, measure, unit, period and target
-- Columns:
--   organization_name: 机构名称 · whose target it is
--   organization_type: 机构类型 · territory party government department …
--   region_code: 行政区划代码 · of the body
--   topic: 主题 · of the concept
--   indicator: 指标 · name of the concept, or the phrase without marks
--   indicator_code: 指标代码 · of the concept; null while unmapped
--   measure: 度量 · level change growth pp share completion multiple
--   period_label: 时期 · for which the target is set
--   period_end: 时期结束 · last day
--   target: 目标值 · in the base unit
--   bound: 界限 · above: at least; below: at most
--   unit: 基本单位 · of both values
--   year_before: 上年完成值 · actual figure of the same measure for the year before, where the target is for a year
--   needed_change_pct: 所需变化 · from the year before to the target, %; null for percentages
--   reports: 报告数 · reports that set it
--   source_name: 文件名 · of the first of them
--   evidence: 证据句 · in that file
-- Caveats: A target without a time of its own has that of the report's plan part. Facts with a confidence below 0.5 are left out (see base_figures).
SELECT
    t.organization_name,
    t.organization_type,
    t.region_code,
    t.topic,
    t.indicator,
    t.indicator_code,
    t.measure,
    t.period_label,
    t.period_end,
    t.value AS target,
    t.bound,
    t.unit,
    reached.value AS year_before,
    CASE WHEN t.unit <> '%' THEN round(100 * (t.value / nullif(reached.value, 0) - 1), 1) END AS needed_change_pct,
    t.reports,
    t.source_name,
    t.evidence
FROM (
    SELECT
        f.organization_id, f.organization_name, f.organization_type, f.region_code, f.topic, f.indicator_id,
        f.indicator, f.indicator_code, f.measure, f.period_label, f.period_start, f.period_end, f.granularity,
        f.value, f.bound, f.unit,
        CASE WHEN f.granularity = 'year' THEN (f.period_start - INTERVAL '1 year')::date END AS start_before,
        count(DISTINCT f.report_id) AS reports,
        (array_agg(f.source_name ORDER BY f.report_date, f.observation_id))[1] AS source_name,
        (array_agg(f.evidence ORDER BY f.report_date, f.observation_id))[1] AS evidence
    FROM mart.base_figures AS f
    WHERE f.status = 'target' AND f.measure <> 'rank'
    GROUP BY
        f.organization_id, f.organization_name, f.organization_type, f.region_code, f.topic, f.indicator_id,
        f.indicator, f.indicator_code, f.measure, f.period_label, f.period_start, f.period_end, f.granularity,
        f.value, f.bound, f.unit
) AS t
LEFT JOIN (
    SELECT DISTINCT ON (organization_id, indicator_id, measure, unit, period_start)
        organization_id, indicator_id, measure, unit, period_start, value
    FROM mart.base_figures
    WHERE status = 'actual' AND granularity = 'year'
    ORDER BY
        organization_id, indicator_id, measure, unit, period_start,
        (bound = 'exact') DESC, confidence DESC, report_date DESC NULLS LAST, observation_id
) AS reached
    ON reached.organization_id = t.organization_id AND reached.indicator_id = t.indicator_id
    AND reached.measure = t.measure AND reached.unit = t.unit AND reached.period_start = t.start_before
ORDER BY t.organization_name, t.period_end DESC, (t.indicator_code IS NULL), t.indicator, t.measure, t.value
