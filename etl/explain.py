"""What was read in a piece of text, in the names of the public interface; `kb explain` needs no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from etl import catalog, gazetteer, keys, layout, vocabulary
from etl.extract import organizations
from etl.records import Observation, Quantity, Report, ReportFacts, SourceText, TimeSpan


def report_of(content: str, day: date | None, issuer: str | None) -> Report:
    """A piece of text as a report, with its issuer's type and region read from the name."""
    source = SourceText("text", "", "", len(content.encode()), "text/plain", None, content)
    report = Report(1, 0, len(content), layout.paragraphs(source), report_date=day, issuer_name=issuer)
    if issuer is None:
        return report
    title = Report(1, 0, len(issuer), (layout.reading(issuer),))
    named = next((m for m in organizations.extract(title) if m.start == 0 and m.end == len(issuer)), None)
    regions = gazetteer.find(issuer)
    region = gazetteer.resolve(regions[0].candidates, None) if regions else None
    code = named.region_code if named else region.code if region else None
    return replace(
        report,
        issuer_type=named.type if named else None,
        region_code=code,
        region_name=gazetteer.full_name(code) if code else None,
    )


def explained(content: str, facts: ReportFacts) -> dict[str, list[dict[str, Any]]]:
    """What was read, in the names of the public interface; start and end are offsets into the text given."""

    def place(paragraph: int, start: int, end: int) -> dict[str, Any]:
        start, end = facts.report.paragraphs[paragraph].span(start, end)
        return {"start": start, "end": end, "text": content[start:end]}

    def number(quantity: Quantity) -> dict[str, Any]:
        found = place(*key(quantity))
        return found | {"value_text": found["text"]} | explained_amount(quantity)

    def key(quantity: Quantity) -> tuple[int, int, int]:
        return quantity.paragraph, quantity.start, quantity.end

    claims = {key(o.quantity): number for number, o in enumerate(facts.observations)}
    quantities = {**{key(q): q for q in facts.quantities}, **{key(o.quantity): o.quantity for o in facts.observations}}
    return {
        "observations": [number(o.quantity) | explained_observation(o, facts.report) for o in facts.observations],
        "quantities": [
            number(quantity)
            | {
                "observation": claims.get(where),
                "passed_over": None if where in claims else quantity.passed_over,
                "rule": quantity.rule,
            }
            for where, quantity in sorted(quantities.items())
        ],
        "periods": [
            place(p.paragraph, p.start, p.end)
            | explained_period(p.span, "start_date", "end_date", "label")
            | {"rule": p.rule}
            for p in facts.periods
        ],
        "organizations": [
            place(m.paragraph, m.start, m.end)
            | {
                "organization_name": m.name,
                "organization_type": m.type,
                "region_code": m.region_code,
                "surface": m.surface,
                "role": m.role,
                "is_redacted": m.is_redacted,
                "rule": m.rule,
                "confidence": m.confidence,
            }
            for m in facts.organizations
        ],
        "initiatives": [
            place(m.paragraph, m.start, m.end)
            | {
                "initiative_name": m.name,
                "initiative_kind": m.kind,
                "surface": m.surface,
                "organization_name": m.organization_name,
                **explained_period(m.span, "period_start", "period_end", "period_label"),
                "rule": m.rule,
                "confidence": m.confidence,
            }
            for m in facts.initiatives
        ],
        "policies": [
            place(c.paragraph, c.start, c.end)
            | {
                "policy_title": c.title,
                "document_number": c.document_number,
                "surface": c.surface,
                "rule": c.rule,
                "confidence": c.confidence,
            }
            for c in facts.policies
        ],
    }


def explained_amount(quantity: Quantity) -> dict[str, Any]:
    unit = vocabulary.units().get(quantity.unit)
    factor = Fraction(unit.factor_numerator, unit.factor_denominator) if unit else Fraction(1)
    return {
        "value": quantity.value,
        "value_high": quantity.value_high,
        "from_value": quantity.from_value,
        "unit": quantity.unit,
        "base_value": None if quantity.value is None else float(Fraction(quantity.value) * factor),
        "base_unit": unit.base_unit if unit else quantity.unit,
        "bound": quantity.bound,
        "is_redacted": quantity.is_redacted,
    }


def explained_period(span: TimeSpan | None, start: str, end: str, label: str) -> dict[str, Any]:
    if span is None:
        return {start: None, end: None, label: None}
    return {start: span.start, end: span.end, label: keys.describe_period(span.start, span.end)[1]}


def explained_observation(observation: Observation, report: Report) -> dict[str, Any]:
    name = keys.concept_of(observation.indicator_text, observation.quantity.unit, observation.measure)
    concept = catalog.concepts().get(catalog.names().get(name, ""))
    code = observation.region_code
    return {
        "measure": observation.measure,
        "status": observation.status,
        "indicator_text": observation.indicator_text,
        "indicator_code": concept.code if concept else None,
        "indicator_name": concept.name if concept else None,
        "topic": concept.topic if concept else None,
        **explained_period(observation.span, "period_start", "period_end", "period_label"),
        "period_is_explicit": observation.period_is_explicit,
        "organization_name": observation.organization_name,
        "organization_type": observation.organization_type,
        "region_code": code,
        "region_name": gazetteer.full_name(code) if code and gazetteer.by_code(code) else None,
        "section_path": " > ".join(observation.section) or None,
        "evidence": report.paragraphs[observation.quantity.paragraph].text[slice(*observation.evidence)],
        "rule": observation.rule,
        "confidence": observation.confidence,
    }
