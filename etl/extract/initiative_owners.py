"""Who carries out an initiative, and when: told by its sentence, else by the report."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from etl.records import InitiativeMention, OrganizationMention, PeriodMention, Report, TimeSpan

SENTENCE_END = re.compile("[。！？；]")
CLAUSE_END = re.compile("[。！？；，：]")
# What stands behind a body that is no subject of its clause: one of several, or the place of something.
NO_SUBJECT = re.compile("[、和与及的]|[^，。]{0,2}(?:领导|支持|批准|印发|出台)")


def attribute(
    report: Report,
    initiatives: Iterable[InitiativeMention],
    periods: Iterable[PeriodMention],
    organizations: Iterable[OrganizationMention],
    owner: str | None,
) -> tuple[InitiativeMention, ...]:
    """The initiatives with the body that carries each out and the time that its sentence names.

    Args:
        owner: Whose work the report speaks of where nothing else is said; None if it cannot be told.
    """
    spans: dict[int, list[PeriodMention]] = {}
    for period in periods:
        spans.setdefault(period.paragraph, []).append(period)
    bodies: dict[tuple[int, int], OrganizationMention] = {(body.paragraph, body.start): body for body in organizations}
    return tuple(
        replace(
            mention,
            organization_name=_subject(report.paragraphs[mention.paragraph].text, mention, bodies, owner),
            span=_span(report.paragraphs[mention.paragraph].text, mention, spans.get(mention.paragraph, [])),
        )
        for mention in initiatives
    )


def _subject(
    text: str, mention: InitiativeMention, bodies: dict[tuple[int, int], OrganizationMention], owner: str | None
) -> str | None:
    """The body at the head of the clause in which an initiative is named, if it stands there alone."""
    start = max((match.end() for match in CLAUSE_END.finditer(text, 0, mention.start)), default=0)
    body = bodies.get((mention.paragraph, start))
    if body is None or body.end > mention.start or NO_SUBJECT.match(text, body.end):
        return owner
    return None if body.is_redacted else body.name


def _span(text: str, mention: InitiativeMention, periods: list[PeriodMention]) -> TimeSpan | None:
    """The one time that the sentence has named by the end of the initiative's clause; None where it names several."""
    start = max((match.end() for match in SENTENCE_END.finditer(text, 0, mention.start)), default=0)
    stop = CLAUSE_END.search(text, mention.end)
    end = stop.start() if stop else len(text)
    named = {
        period.span
        for period in periods
        if period.span and start <= period.start < end and not mention.start <= period.start < mention.end
    }
    return named.pop() if len(named) == 1 else None
