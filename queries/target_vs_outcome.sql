-- Title: 目标与完成 · Target against outcome
-- Question: Which targets were set, what came of them, and were they reached?
-- Grain: one row a target, once however many reports set it, for which a report gives the outcome
-- Columns:
--   organization_name: 机构名称 · whose target it is
--   indicator: 指标 · name of the concept, or the phrase without marks
--   indicator_code: 指标代码 · of the concept; null while unmapped
--   measure: 度量 · level change growth pp share
--   period_label: 时期 · that the target is set for
--   target: 目标值 · in the base unit
--   target_bound: 目标界限 · above: at least, below: at most
--   outcome: 完成值 · in the base unit
--   unit: 基本单位 · of both
--   difference: 差额 · outcome less target
--   is_reached: 是否达到 · outcome on the right side of the target; at most for bound below, else at least
--   region_code: 行政区划代码 · of the body
--   target_source: 目标来源 · file that sets the target
--   outcome_source: 完成来源 · file that gives the outcome
--   target_evidence: 目标证据句 · sentence of the target
--   outcome_evidence: 完成证据句 · sentence of the outcome
-- Caveats: For what should fall (unemployment, energy use) a target without 以内 or 不超过 is taken as a minimum.
SELECT
    target.organization_name,
    target.indicator,
    target.indicator_code,
    target.measure,
    target.period_label,
    target.value AS target,
    target.bound AS target_bound,
    outcome.value AS outcome,
    target.unit,
    outcome.value - target.value AS difference,
    CASE WHEN target.bound = 'below' THEN outcome.value <= target.value ELSE outcome.value >= target.value END
        AS is_reached,
    target.region_code,
    target.source_name AS target_source,
    outcome.source_name AS outcome_source,
    target.evidence AS target_evidence,
    outcome.evidence AS outcome_evidence
FROM (
    SELECT DISTINCT ON (organization_id, indicator_id, measure, unit, period_start, period_end, value, bound)
        *
    FROM mart.base_figures
    WHERE status = 'target' AND measure IN ('level', 'change', 'growth', 'pp', 'share')
    ORDER BY
        organization_id, indicator_id, measure, unit, period_start, period_end, value, bound,
        confidence DESC, report_date NULLS LAST, observation_id
) AS target
JOIN (
    SELECT DISTINCT ON (organization_id, indicator_id, measure, unit, period_start, period_end)
        *
    FROM mart.base_figures
    WHERE status = 'actual'
    ORDER BY
        organization_id, indicator_id, measure, unit, period_start, period_end,
        (bound = 'exact') DESC, confidence DESC, report_date DESC NULLS LAST, observation_id
) AS outcome
    USING (organization_id, indicator_id, measure, unit, period_start, period_end)
ORDER BY target.organization_name, target.indicator, target.period_start
