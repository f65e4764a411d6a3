-- Title: 位次 · Ranks that bodies claim
-- Question: Where do bodies say that they stand first, second, among the best ten?
-- Grain: one row a claimed rank
-- Columns:
--   organization_name: 机构名称 · who claims it
--   organization_type: 机构类型 · territory party government department …
--   region_code: 行政区划代码 · of the body
--   indicator: 指标 · name of the concept, or the phrase without marks
--   indicator_code: 指标代码 · of the concept; null while unmapped
--   claimed_rank: 位次 · 1 for the first
--   bound: 界限 · below: 前10位; exact approx above
--   status: 性质 · actual or target
--   period_label: 时期 · for which it is claimed
--   others_claiming: 同称说法数 · claims of other bodies of the same type and level with the same rank, indicator and time
--   source_name: 文件名 · file that it stands in
--   evidence: 证据句 · says among whom
-- Caveats: Among whom a body ranks (province, country) is said in the sentence only; two firsts need not contradict each other. Facts with a confidence below 0.5 are left out (see base_figures).
SELECT
    f.organization_name,
    f.organization_type,
    f.region_code,
    f.indicator,
    f.indicator_code,
    f.value AS claimed_rank,
    f.bound,
    f.status,
    f.period_label,
    count(*) OVER (
        PARTITION BY
            f.indicator_id, f.value, f.status, f.period_start, f.period_end, f.organization_type, f.region_level
    ) - count(*) OVER (
        PARTITION BY
            f.indicator_id, f.value, f.status, f.period_start, f.period_end, f.organization_type, f.region_level,
            f.organization_id
    ) AS others_claiming,
    f.source_name,
    f.evidence
FROM mart.base_figures AS f
WHERE f.measure = 'rank'
ORDER BY others_claiming DESC, f.indicator, f.value, f.organization_name, f.source_name, f.observation_id
