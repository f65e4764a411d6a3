-- Title: 数据出入 · Figures that disagree
-- Question: Where do reports, or parts of one report, give different figures for the same thing?
-- Grain: one row a body, indicator, measure, status, unit and period with figures more than 1% apart
-- Columns:
--   organization_name: 机构名称 · whose figure it is
--   indicator: 指标 · name of the concept, or the phrase without marks
--   indicator_code: 指标代码 · of the concept; null while unmapped
--   measure: 度量 · level change growth pp share rank completion multiple
--   status: 性质 · actual or target
--   period_label: 时期 · that the figures cover
--   unit: 基本单位 · of the values
--   lowest: 最低值 · lowest figure
--   highest: 最高值 · highest figure
--   spread_pct: 差幅 · highest above lowest, %
--   figures: 说法数 · figures in all
--   sources: 来源数 · files that they stand in
--   lowest_source: 最低值来源 · a file with the lowest figure
--   highest_source: 最高值来源 · a file with the highest figure
--   lowest_evidence: 最低值证据句 · its sentence
--   highest_evidence: 最高值证据句 · its sentence
-- Caveats: One phrase may mean two things in two places (a part and its whole); the evidence tells. Exact figures only.
WITH grouped AS (
    SELECT
        f.organization_id,
        f.organization_name,
        f.indicator_id,
        f.indicator,
        f.indicator_code,
        f.measure,
        f.status,
        f.period_start,
        f.period_label,
        f.unit,
        min(f.value) AS lowest,
        max(f.value) AS highest,
        count(*) AS figures,
        count(DISTINCT f.source_name) AS sources,
        (array_agg(f.source_name ORDER BY f.value, f.observation_id))[1] AS lowest_source,
        (array_agg(f.source_name ORDER BY f.value DESC, f.observation_id))[1] AS highest_source,
        (array_agg(f.evidence ORDER BY f.value, f.observation_id))[1] AS lowest_evidence,
        (array_agg(f.evidence ORDER BY f.value DESC, f.observation_id))[1] AS highest_evidence
    FROM mart.base_figures AS f
    WHERE f.bound = 'exact' AND f.measure <> 'rank'
    GROUP BY
        f.organization_id, f.organization_name, f.indicator_id, f.indicator, f.indicator_code, f.measure, f.status,
        f.period_start, f.period_end, f.period_label, f.unit
)

SELECT
    organization_name,
    indicator,
    indicator_code,
    measure,
    status,
    period_label,
    unit,
    lowest,
    highest,
    round(100 * (highest - lowest) / nullif(abs(lowest), 0), 1) AS spread_pct,
    figures,
    sources,
    lowest_source,
    highest_source,
    lowest_evidence,
    highest_evidence
FROM grouped
WHERE highest - lowest > 0.01 * abs(highest)
ORDER BY sources DESC, (indicator_code IS NULL), organization_name, indicator, period_start
