-- Title: 主题概览 · Topics: stocks, flows and rates
-- Question: What do the reports count, by topic, and as amounts at a time, over a time, or as rates?
-- Grain: one row a topic and kind of concept for which there is a figure
-- Columns:
--   topic: 主题 · from the outside in: 经济/总量
--   kind: 存量或流量 · stock, flow or rate
--   concepts: 概念数 · for which there is a figure
--   figures: 数据数 · figures of all measures
--   targets: 目标数 · of them goals, plans, forecasts
--   bodies: 机构数 · bodies with a figure
--   first_year: 最早年份 · of the figures reached
--   last_year: 最近年份 · of the figures reached
--   most_used: 最常用指标 · concept with most figures
-- Caveats: Phrases that are not mapped to a concept have no topic: unmapped_phrases ranks them. Facts with a confidence below 0.5 are left out (see base_figures).
WITH used AS (
    SELECT
        f.indicator_id,
        count(*) AS figures,
        count(*) FILTER (WHERE f.status = 'target') AS targets,
        array_agg(DISTINCT f.organization_id) AS organization_ids,
        min(f.period_end) FILTER (WHERE f.status = 'actual') AS first_day,
        max(f.period_end) FILTER (WHERE f.status = 'actual') AS last_day
    FROM mart.base_figures AS f
    WHERE f.indicator_code IS NOT NULL
    GROUP BY f.indicator_id
)

SELECT
    i.topic,
    i.kind,
    count(*) AS concepts,
    sum(u.figures)::bigint AS figures,
    sum(u.targets)::bigint AS targets,
    (
        SELECT count(DISTINCT body)
        FROM used AS v
        JOIN kb.indicators AS j ON j.indicator_id = v.indicator_id
        CROSS JOIN LATERAL unnest(v.organization_ids) AS body
        WHERE j.topic = i.topic AND j.kind = i.kind
    ) AS bodies,
    extract(YEAR FROM min(u.first_day))::integer AS first_year,
    extract(YEAR FROM max(u.last_day))::integer AS last_year,
    (array_agg(i.name ORDER BY u.figures DESC, i.name))[1] AS most_used
FROM kb.indicators AS i
JOIN used AS u ON u.indicator_id = i.indicator_id
GROUP BY i.topic, i.kind
ORDER BY figures DESC, i.topic, i.kind
