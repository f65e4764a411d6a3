"""From a file to facts: read → lay out → split → extract. `load.write_file` stores what comes out.

`read_file` is pure: it takes a path and returns facts, so that it can run in a process of its own.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from etl import compilation, layout, ocr, readers, statistics, vocabulary
from etl.extract import (
    initiative_owners,
    initiatives,
    observations,
    organizations,
    people,
    periods,
    policies,
    quantities,
    tables,
)
from etl.records import FileFacts, Report, ReportFacts


def read_file(path: Path) -> FileFacts:
    """Read one file into facts.

    Raises:
        ReadError: the file cannot be read; the message says why and what to do.
    """
    source = readers.read(path)
    if statistics.is_table(source):
        whole = (0, len(source.text), "table of statistics")
        return FileFacts(source, boilerplate=(whole,), statistics=statistics.read(source))
    paragraphs = layout.paragraphs(source)
    reports, boilerplate = compilation.split(source, paragraphs)
    facts = tuple(read_report(report) for report in reports)
    if any(note.startswith(ocr.NOTE) for note in source.notes):
        facts = tuple(map(_doubted, facts))
    return FileFacts(source, facts, boilerplate)


def read_report(report: Report) -> ReportFacts:
    """Everything that can be read in one report."""
    found_policies = policies.extract(report)
    found_organizations = organizations.extract(report)
    found_periods = periods.extract(report)
    owner = observations.owner(report.issuer_name, report.issuer_type, report.region_code, report.issuer_is_redacted)
    found_initiatives = initiative_owners.attribute(
        report, initiatives.extract(report), found_periods, found_organizations, owner.name
    )
    found_quantities = quantities.extract(report)
    facts, found_quantities = observations.bind(
        report, found_quantities, found_periods, found_organizations, found_initiatives
    )
    cells, found_quantities = tables.extract(report, found_quantities, found_periods)
    facts = tuple(sorted((*facts, *cells), key=lambda fact: (fact.quantity.paragraph, fact.quantity.start)))
    return people.leave_out(
        ReportFacts(
            report, facts, found_quantities, found_periods, found_organizations, found_initiatives, found_policies
        )
    )


def _doubted(facts: ReportFacts) -> ReportFacts:
    """The facts with less trust in them: OCR may have misread a character."""
    factor = vocabulary.confidence().factors["read_by_ocr"]
    return replace(
        facts,
        observations=tuple(replace(o, confidence=round(o.confidence * factor, 2)) for o in facts.observations),
        organizations=tuple(replace(o, confidence=round(o.confidence * factor, 2)) for o in facts.organizations),
        initiatives=tuple(replace(i, confidence=round(i.confidence * factor, 2)) for i in facts.initiatives),
        policies=tuple(replace(p, confidence=round(p.confidence * factor, 2)) for p in facts.policies),
    )
