-- Title: 报告数与官方统计 · What reports claim beside official statistics
-- Question: How far do the figures in reports lie from the official statistics for the same place, concept and time?
-- Grain: one row a figure of a report and a row of a table of statistics
-- Columns:
--   region_code: 行政区划代码 · of the territory
--   organization_name: 机构名称 · the territory
--   indicator: 指标 · name of the concept
--   indicator_code: 指标代码 · of the concept
--   measure: 度量 · level, or growth over the year before
--   period_label: 时期 · of the claim
--   claim: 报告数 · in the base unit
--   bound: 界限 · of the claim: exact approx above below
--   statistic: 统计数 · in the base unit
--   unit: 基本单位 · of both
--   deviation: 偏差 · claim less statistic
--   deviation_pct: 偏差率 · of the statistic, %; null for percentages
--   tolerance: 容差 · deviation that rounding and wording explain, in the unit
--   is_within_tolerance: 是否吻合 · the claim, as it is bounded, fits the statistic
--   publisher: 发布来源 · of the statistic
--   statistics_source: 统计文件 · file with the statistic
--   source_name: 文件名 · file with the claim
--   report_date: 报告日期 · when the report was given
--   evidence: 证据句 · of the claim
-- Caveats: Statistics are final where reports are often early estimates. Tolerance is 1% of the statistic, 5% for 约 and 左右; 0.1 and 1 points for percentages; 以上 and 以内 are judged on their own side only. A stock at the end of a year stands beside the year. Facts with a confidence below 0.5 are left out (see base_figures).
WITH paired AS (
    SELECT
        f.region_code,
        f.organization_name,
        f.indicator,
        f.indicator_code,
        f.measure,
        f.period_label,
        f.period_end,
        f.value AS claim,
        f.bound,
        trim_scale(s.value * u.factor_numerator / u.factor_denominator) AS statistic,
        f.unit,
        s.publisher,
        source.name AS statistics_source,
        f.source_name,
        f.report_date,
        f.evidence
    FROM kb.statistics AS s
    JOIN kb.units AS u ON u.unit = s.unit
    JOIN kb.periods AS p ON p.period_id = s.period_id
    JOIN kb.indicators AS i ON i.indicator_id = s.indicator_id
    JOIN kb.sources AS source ON source.source_id = s.source_id
    JOIN mart.base_figures AS f
        ON f.region_code = s.region_code AND f.indicator_id = s.indicator_id AND f.measure = s.measure
        AND f.unit = u.base_unit AND f.period_end = p.end_date
        AND (f.period_start = p.start_date OR (i.kind = 'stock' AND f.granularity IN ('day', 'month', 'year')))
    WHERE s.problem IS NULL AND f.status = 'actual' AND f.organization_type = 'territory'
),

judged AS (
    SELECT
        p.*,
        CASE WHEN p.unit = '%' THEN CASE p.bound WHEN 'approx' THEN 1 ELSE 0.1 END
            ELSE trim_scale(abs(p.statistic) * CASE p.bound WHEN 'approx' THEN 0.05 ELSE 0.01 END) END AS tolerance
    FROM paired AS p
)

SELECT
    j.region_code,
    j.organization_name,
    j.indicator,
    j.indicator_code,
    j.measure,
    j.period_label,
    j.claim,
    j.bound,
    j.statistic,
    j.unit,
    j.claim - j.statistic AS deviation,
    CASE WHEN j.unit <> '%' THEN round(100 * (j.claim / nullif(j.statistic, 0) - 1), 2) END AS deviation_pct,
    j.tolerance,
    (j.bound = 'below' OR j.claim <= j.statistic + j.tolerance)
    AND (j.bound = 'above' OR j.claim >= j.statistic - j.tolerance) AS is_within_tolerance,
    j.publisher,
    j.statistics_source,
    j.source_name,
    j.report_date,
    j.evidence
FROM judged AS j
ORDER BY is_within_tolerance, abs(j.claim - j.statistic) / nullif(j.tolerance, 0) DESC, j.region_code, j.indicator, j.source_name
