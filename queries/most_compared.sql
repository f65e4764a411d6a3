-- Title: 可比指标 · What can be compared
-- Question: Which indicators do several bodies of one kind give for the same time, and how far are they apart?
-- Grain: one row an indicator, measure, status, unit, period, type and level with two bodies or more
-- Columns:
--   indicator: 指标 · name of the concept, or the phrase without marks
--   indicator_code: 指标代码 · of the concept; null while unmapped
--   measure: 度量 · level change growth pp share rank completion multiple
--   status: 性质 · actual or target
--   period_label: 时期 · one label for these days
--   organization_type: 机构类型 · territory party government department …
--   region_level: 级别 · province prefecture county
--   bodies: 机构数 · bodies that give a figure
--   lowest: 最低值 · in the base unit
--   median: 中位数 · in the base unit
--   highest: 最高值 · in the base unit
--   unit: 基本单位 · of the values
--   highest_body: 最高者 · body with the highest figure
--   granularity: 粒度 · day month quarter half year plan span
-- Caveats: Where reports differ on a body, its highest figure counts here; compare_indicator has the preferred one.
SELECT
    b.indicator,
    b.indicator_code,
    b.measure,
    b.status,
    b.period_label,
    b.organization_type,
    b.region_level,
    count(*) AS bodies,
    min(b.value) AS lowest,
    trim_scale(percentile_disc(0.5) WITHIN GROUP (ORDER BY b.value)) AS median,
    max(b.value) AS highest,
    b.unit,
    (array_agg(b.organization_name ORDER BY b.value DESC, b.organization_name))[1] AS highest_body,
    b.granularity
FROM (
    SELECT
        f.indicator_id, f.indicator, f.indicator_code, f.measure, f.status, f.period_label, f.granularity,
        f.organization_type, f.region_level, f.unit, f.organization_id, f.organization_name, max(f.value) AS value
    FROM mart.base_figures AS f
    GROUP BY
        f.indicator_id, f.indicator, f.indicator_code, f.measure, f.status, f.period_label, f.granularity,
        f.organization_type, f.region_level, f.unit, f.organization_id, f.organization_name
) AS b
GROUP BY
    b.indicator_id, b.indicator, b.indicator_code, b.measure, b.status, b.period_label, b.granularity,
    b.organization_type, b.region_level, b.unit
HAVING count(*) > 1
ORDER BY (b.indicator_code IS NULL), bodies DESC, b.indicator, b.measure, b.period_label
