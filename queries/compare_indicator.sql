-- Title: 指标横向比较 · One indicator across organizations
-- Question: How do bodies compare on an indicator at a time, and who leads?
-- Grain: one row an indicator, measure, status, unit, period and body
-- Columns:
--   indicator: 指标 · name of the concept, or the phrase without marks
--   indicator_code: 指标代码 · of the concept; null while unmapped
--   measure: 度量 · level change growth pp share rank completion multiple
--   status: 性质 · actual or target
--   period_label: 时期 · one label for these days
--   position: 名次 · by value from the top, among bodies of the same type and level
--   organization_name: 机构名称 · whose figure it is
--   value: 数值 · in the base unit
--   unit: 基本单位 · of the value
--   bound: 界限 · exact approx above below
--   compared: 参比数 · bodies compared
--   claims: 说法数 · figures that reports give for this; they may differ
--   is_disputed: 是否有出入 · the figures differ
--   organization_type: 机构类型 · territory party government department …
--   region_level: 级别 · province prefecture county
--   region_code: 行政区划代码 · of the body
--   region_name: 行政区划 · full name with the names above it
--   period_start: 时期开始 · first day
--   period_end: 时期结束 · last day
--   source_name: 文件名 · of the preferred figure
--   evidence: 证据句 · of the preferred figure
--   confidence: 置信度 · of the preferred figure
-- Caveats: Of several figures the exact one is preferred, then the surest, then the latest; view conflicts shows all.
WITH ranked AS (  -- names stand beside their ids in the windows, so that a condition on a name reaches the tables
    SELECT
        f.*,
        row_number() OVER (
            PARTITION BY
                f.indicator_id, f.measure, f.status, f.unit, f.period_start, f.period_end, f.organization_id,
                f.indicator, f.indicator_code, f.period_label
            ORDER BY (f.bound = 'exact') DESC, f.confidence DESC, f.report_date DESC NULLS LAST, f.observation_id
        ) AS preference,
        count(*) OVER same AS claims,
        min(f.value) OVER same <> max(f.value) OVER same AS is_disputed
    FROM mart.base_figures AS f
    WINDOW same AS (
        PARTITION BY
            f.indicator_id, f.measure, f.status, f.unit, f.period_start, f.period_end, f.organization_id,
            f.indicator, f.indicator_code, f.period_label
    )
)

SELECT
    indicator,
    indicator_code,
    measure,
    status,
    period_label,
    rank() OVER (peers ORDER BY value DESC) AS position,
    organization_name,
    value,
    unit,
    bound,
    count(*) OVER peers AS compared,
    claims,
    is_disputed,
    organization_type,
    region_level,
    region_code,
    region_name,
    period_start,
    period_end,
    source_name,
    evidence,
    confidence
FROM ranked
WHERE preference = 1
WINDOW peers AS (
    PARTITION BY
        indicator_id, measure, status, unit, period_start, period_end, organization_type, region_level,
        indicator, indicator_code, period_label
)
ORDER BY compared DESC, indicator, measure, status, period_start DESC, position
