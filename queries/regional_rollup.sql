-- Title: 下级汇总 · Regions beside the one above them
-- Question: What do the figures of cities (counties) add up to, beside the figure of their province (city)?
-- Grain: one row a region, concept, unit and period for which regions directly below it give levels
-- Columns:
--   region_code: 行政区划代码 · of the region above
--   region_name: 行政区划 · full name with the names above it
--   region_level: 级别 · province prefecture
--   indicator: 指标 · name of the concept
--   indicator_code: 指标代码 · of the concept
--   period_label: 时期 · one label for these days
--   below: 有数下级数 · regions directly below that give a figure
--   below_in_all: 下级总数 · regions directly below
--   sum_of_below: 下级合计 · in the base unit
--   own_value: 本级数值 · that the region itself gives; null if no report does
--   share_pct: 合计占比 · sum of those below in the region's own figure, %
--   unit: 基本单位 · of both
--   largest_below: 最大下级 · region with the highest figure
--   largest_value: 最大值 · its figure
-- Caveats: Amounts of concepts with one figure a region and time; rates do not add up and are left out. Sums of cities may exceed their province where branches are counted twice. Facts with a confidence below 0.5 are left out (see base_figures).
WITH preferred AS (
    SELECT DISTINCT ON (f.region_code, f.indicator_id, f.unit, f.period_start, f.period_end)
        f.region_code, f.organization_name, f.indicator_id, f.indicator, f.indicator_code, f.unit, f.period_start,
        f.period_end, f.period_label, f.value
    FROM mart.base_figures AS f
    JOIN kb.indicators AS i ON i.indicator_id = f.indicator_id
    WHERE
        f.measure = 'level' AND f.status = 'actual' AND f.organization_type = 'territory' AND f.unit <> '%'
        AND i.kind IN ('stock', 'flow') AND i.scope = 'one' AND f.region_code IS NOT NULL
    ORDER BY
        f.region_code, f.indicator_id, f.unit, f.period_start, f.period_end,
        (f.bound = 'exact') DESC, f.confidence DESC, f.report_date DESC NULLS LAST, f.observation_id
),

placed AS (  -- each figure twice: as its region's own, and as one of those below the region above
    SELECT p.region_code AS above_code, TRUE AS is_own, p.*
    FROM preferred AS p
    UNION ALL
    SELECT place.parent_code, FALSE, p.*
    FROM preferred AS p
    JOIN kb.regions AS place ON place.region_code = p.region_code
)

SELECT
    above.region_code,
    above.full_name AS region_name,
    above.level AS region_level,
    f.indicator,
    f.indicator_code,
    f.period_label,
    count(*) FILTER (WHERE NOT f.is_own) AS below,
    max(territories.below_in_all) AS below_in_all,
    sum(f.value) FILTER (WHERE NOT f.is_own) AS sum_of_below,
    max(f.value) FILTER (WHERE f.is_own) AS own_value,
    round(
        100 * sum(f.value) FILTER (WHERE NOT f.is_own) / nullif(max(f.value) FILTER (WHERE f.is_own), 0), 1
    ) AS share_pct,
    f.unit,
    (array_agg(f.organization_name ORDER BY f.value DESC, f.organization_name) FILTER (WHERE NOT f.is_own))[1]
        AS largest_below,
    max(f.value) FILTER (WHERE NOT f.is_own) AS largest_value
FROM placed AS f
JOIN kb.regions AS above ON above.region_code = f.above_code
JOIN (
    SELECT r.parent_code, count(*) AS below_in_all FROM kb.regions AS r WHERE r.valid_to IS NULL GROUP BY r.parent_code
) AS territories ON territories.parent_code = above.region_code
GROUP BY
    above.region_code, above.full_name, above.level, f.indicator_id, f.indicator, f.indicator_code, f.unit,
    f.period_start, f.period_end, f.period_label
HAVING count(*) FILTER (WHERE NOT f.is_own) > 0
ORDER BY below DESC, above.region_code, f.indicator, f.period_start
