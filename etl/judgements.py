"""What people say of what the rules read: corrections of facts, and whether two names mean one thing.

Judgements are rows of their own, keyed by what was judged (a number at a place in a file, two names), never a change
of what was read. `apply` works out what follows from them for the present rows, in small tables that the views join:
whatever is loaded, forgotten or read again, the judgements stay, and taking one back undoes it.
"""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from itertools import combinations, product
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from sqlalchemy import Connection, Table, delete, func, insert, select, text, update
from sqlalchemy.dialects import postgresql

from etl import initiative_scopes
from etl.keys import concept_of, describe_period, stable_id
from schema import tables as t

Row = dict[str, Any]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
SPAN = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
KINDS = ("organization", "initiative")
NUMERAL = re.compile("[0-9一二三四五六七八九十]")  # 第一中学 and 中学 are two
LIKE = 0.8  # least likeness of two names that are shown for review (difflib's ratio)


class JudgementError(Exception):
    """A judgement that makes no sense. The message says why and what to do."""


class Judged(BaseModel):
    """Who says so, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: Words
    by: Words


class Correction(Judged):
    """What is right of one fact. The place and the sentence find it again after any reload."""

    source: Words
    sha256: str | None = None
    char_start: int = Field(ge=0)
    char_end: int = Field(ge=1)
    surface: Words
    ordinal: int = Field(default=1, ge=1)
    evidence: Words
    field: Literal["value", "indicator", "period", "organization", "status", "reject"]
    read: str | None = None
    right: Words

    @model_validator(mode="after")
    def is_possible(self) -> Correction:
        if self.field == "value":
            number(self.right)
        elif self.field == "period":
            period(self.right)
        elif self.field == "status" and self.right not in t.STATUSES:
            raise ValueError(f"a status is {' or '.join(t.STATUSES)}, not {self.right!r}")
        elif self.field == "reject" and self.right != "yes":
            raise ValueError("a fact is rejected with reject=yes; to take that back, undo the correction")
        return self

    @property
    def id(self) -> int:
        return stable_id("correction", self.source, self.char_start, self.char_end, self.ordinal, self.field)


class Identity(Judged):
    """Whether two names mean one body or one initiative; of the same ones the first name is shown."""

    kind: Literal["organization", "initiative"]
    name: Words
    other: Words
    verdict: Literal["same", "different", "unsure"]

    @model_validator(mode="after")
    def is_possible(self) -> Identity:
        if self.name == self.other:
            raise ValueError(f"{self.name} and {self.other} are one name")
        return self

    @property
    def id(self) -> int:
        return stable_id("judgement", self.kind, *sorted((self.name, self.other)))


class Judgements(BaseModel):
    """A file of judgements, as teams keep it in their version control."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fact: tuple[Correction, ...] = ()
    identity: tuple[Identity, ...] = ()


def number(written: str) -> Decimal:
    """The exact number that a person wrote: 47500, 4.75.

    Raises:
        ValueError: it is none.
    """
    try:
        found = Decimal(written.replace(",", ""))
    except InvalidOperation:
        raise ValueError(f"{written!r} is no number; write it out in the fact's unit: 47500") from None
    if not found.is_finite():
        raise ValueError(f"{written!r} is no number")
    return found


def period(written: str) -> tuple[date, date]:
    """First and last day of 2021, 2021-11, 2021-11-30, or of two of them with .. between.

    Raises:
        ValueError: it is none of these.
    """
    first, _, last = written.partition("..")
    start, end = _days(first)[0], _days(last or first)[1]
    if start > end:
        raise ValueError(f"{written!r} ends before it begins")
    return start, end


def _days(written: str) -> tuple[date, date]:
    match = SPAN.fullmatch(written.strip())
    if match is None:
        raise ValueError(f"{written!r} is no time: write 2021, 2021-11, 2021-11-30 or 2021-01..2021-11")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if not 1 <= month <= 12:
        raise ValueError(f"{written!r}: there is no month {month}")
    if day is None:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


# ---------------------------------------------------------------- to and from files


def read_file(path: Path) -> Judgements:
    """The judgements in a TOML file: [[fact]] and [[identity]], with the fields of `Correction` and `Identity`.

    Raises:
        JudgementError: the file is not as it should be; the message names the place.
    """
    try:
        return Judgements.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise JudgementError(f"{path}: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = " ".join(str(part + 1) if isinstance(part, int) else part for part in first["loc"])
        raise JudgementError(f"{path}: {place}: {first['msg']}") from error


def as_toml(judgements: Judgements) -> str:
    """Judgements as a TOML file that `read_file` reads."""
    lines = ["# Judgements of people on what was read; `kb correct file` takes them in."]
    for name, entries in (("fact", judgements.fact), ("identity", judgements.identity)):
        for entry in entries:
            lines += ["", f"[[{name}]]"]
            lines += [f"{key} = {_toml_value(value)}" for key, value in entry.model_dump(exclude_none=True).items()]
    return "\n".join(lines) + "\n"


def _toml_value(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'.replace("\t", "\\t")


# ---------------------------------------------------------------- storing


def store(connection: Connection, judgements: Judgements) -> None:
    """Keep judgements, each in the place of an earlier one on the same thing."""
    for correction in judgements.fact:
        given = correction.model_dump(exclude={"source", "sha256", "by", "read", "right"})
        _upsert(
            connection,
            t.corrections,
            correction_id=correction.id,
            source_name=correction.source,
            source_sha256=correction.sha256,
            value_read=correction.read,
            value_right=correction.right,
            made_by=correction.by,
            **given,
        )
    for judgement in judgements.identity:
        given = judgement.model_dump(exclude={"other", "by"})
        _upsert(
            connection,
            t.identity_judgements,
            judgement_id=judgement.id,
            other_name=judgement.other,
            made_by=judgement.by,
            **given,
        )


def _upsert(connection: Connection, table: Table, **row: Any) -> None:
    """Insert a judgement; one that says something else than before is of now."""
    statement = postgresql.insert(table).values(**row)
    (key,) = table.primary_key
    new = {column: statement.excluded[column] for column in row if column != key.name}
    old = [table.c[column] for column in new]
    is_other = func.row(*old).is_distinct_from(func.row(*new.values()))
    connection.execute(
        statement.on_conflict_do_update(index_elements=[key], set_={**new, "made_at": func.now()}, where=is_other)
    )


def stored(connection: Connection) -> Judgements:
    """All judgements, in an order that does not depend on when they were made."""
    c, j = t.corrections.c, t.identity_judgements.c
    facts = connection.execute(
        select(
            c.source_name.label("source"), c.source_sha256.label("sha256"), c.char_start, c.char_end, c.surface,
            c.ordinal, c.evidence, c.field, c.value_read.label("read"), c.value_right.label("right"), c.reason,
            c.made_by.label("by"),
        ).order_by(c.source_name, c.char_start, c.char_end, c.ordinal, c.field)
    )  # fmt: skip
    identities = connection.execute(
        select(j.kind, j.name, j.other_name.label("other"), j.verdict, j.reason, j.made_by.label("by")).order_by(
            j.kind, j.name, j.other_name
        )
    )
    return Judgements(
        fact=tuple(Correction(**row) for row in facts.mappings()),
        identity=tuple(Identity(**row) for row in identities.mappings()),
    )


def take_back(connection: Connection, number_: int) -> bool:
    """Drop the correction or judgement of this number; whether there was one."""
    dropped = [
        connection.execute(delete(table).where(next(iter(table.primary_key)) == number_)).rowcount
        for table in (t.corrections, t.identity_judgements)
    ]
    return any(dropped)


def correction_of(
    connection: Connection, observation_id: int, field: str, right: str, reason: str, by: str
) -> Correction:
    """A correction of a fact that is there now.

    Raises:
        JudgementError: there is no such fact, or what is said to be right cannot be.
    """
    row = connection.execute(text(FACT), {"observation_id": observation_id}).mappings().one_or_none()
    if row is None:
        raise JudgementError(f"There is no observation {observation_id}; `kb query v_observations` shows their numbers")
    read = row.get(field)
    place = {key: row[key] for key in ("source", "sha256", "char_start", "char_end", "surface", "ordinal", "evidence")}
    said = {"field": field, "read": None if read is None else str(read), "right": right, "reason": reason, "by": by}
    try:
        return Correction.model_validate({**place, **said})
    except ValidationError as error:
        raise JudgementError(error.errors()[0]["msg"].removeprefix("Value error, ")) from error


def identity_of(kind: str, name: str, other: str, verdict: str, reason: str, by: str) -> Identity:
    """A judgement on two names.

    Raises:
        JudgementError: it makes no sense.
    """
    said = {"kind": kind, "name": name, "other": other, "verdict": verdict, "reason": reason, "by": by}
    try:
        return Identity.model_validate(said)
    except ValidationError as error:
        raise JudgementError(error.errors()[0]["msg"].removeprefix("Value error, ")) from error


FACT = """
    SELECT
        s.name AS source, s.sha256, q.char_start, q.char_end, q.value_text AS surface, o.ordinal,
        e.content AS evidence, trim_scale(q.value) AS value, o.indicator_text AS indicator,
        p.start_date || '..' || p.end_date AS period, b.name AS organization, o.status, NULL AS reject
    FROM kb.observations o
    JOIN kb.sources s USING (source_id)
    JOIN kb.quantities q USING (quantity_id)
    JOIN kb.sentences e ON e.sentence_id = o.sentence_id
    LEFT JOIN kb.periods p ON p.period_id = o.period_id
    LEFT JOIN kb.organizations b ON b.organization_id = o.organization_id
    WHERE o.observation_id = :observation_id
"""


# ---------------------------------------------------------------- what follows from them

# A correction finds its fact at its place, if the sentence there is still the same or the file is; else, in a file
# that has changed, where the same number stands in the same sentence, if that is one place only.
FOUND = """
    WITH candidates AS (
        SELECT
            c.correction_id, o.observation_id, s.sha256 IS DISTINCT FROM c.source_sha256 AS source_changed,
            q.unit, o.measure,
            (q.char_start, q.char_end) = (c.char_start, c.char_end)
                AND (s.sha256 IS NOT DISTINCT FROM c.source_sha256 OR e.content = c.evidence) AS in_place,
            CASE c.field
                WHEN 'value' THEN trim_scale(q.value)::text
                WHEN 'indicator' THEN o.indicator_text
                WHEN 'period' THEN p.start_date || '..' || p.end_date
                WHEN 'organization' THEN b.name
                WHEN 'status' THEN o.status
            END AS read_now
        FROM kb.corrections c
        JOIN kb.sources s ON s.name = c.source_name OR s.sha256 = c.source_sha256
        JOIN kb.quantities q ON q.source_id = s.source_id AND q.value_text = c.surface
        JOIN kb.observations o ON o.quantity_id = q.quantity_id AND o.ordinal = c.ordinal
        JOIN kb.sentences e ON e.sentence_id = o.sentence_id
        LEFT JOIN kb.periods p ON p.period_id = o.period_id
        LEFT JOIN kb.organizations b ON b.organization_id = o.organization_id
        WHERE (q.char_start, q.char_end) = (c.char_start, c.char_end) OR e.content = c.evidence
    ), counted AS (
        SELECT *, count(*) OVER (PARTITION BY correction_id, in_place) AS alike,
            bool_or(in_place) OVER (PARTITION BY correction_id) AS has_place
        FROM candidates
    )
    SELECT
        c.correction_id, c.source_name, c.surface, c.evidence, c.field, c.value_read, c.value_right, c.reason,
        c.made_by, f.observation_id, f.unit, f.measure, f.read_now, f.source_changed, f.in_place,
        EXISTS (SELECT FROM kb.sources s WHERE s.name = c.source_name OR s.sha256 = c.source_sha256) AS has_source
    FROM kb.corrections c
    LEFT JOIN counted f ON f.correction_id = c.correction_id AND f.alike = 1 AND f.in_place = f.has_place
    ORDER BY c.correction_id
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """A correction, and what has become of the fact that it corrects."""

    row: Row

    @property
    def is_upset(self) -> bool:
        """Whether a person should look at it again."""
        return self.state in ("lost", "source changed", "read anew")

    @property
    def state(self) -> str:
        """applies; agrees (the rules read it so now); read anew (they read something else than before); lost …"""
        row = self.row
        if row["observation_id"] is None:
            return "lost" if row["has_source"] else "not loaded"
        if row["read_now"] == plainly(row["field"], row["value_right"]):
            return "agrees"
        if row["source_changed"]:
            return "source changed"
        return "applies" if row["read_now"] == row["value_read"] else "read anew"


def plainly(field: str, right: str) -> str:
    """What is right, written as the database writes what was read."""
    if field == "value":
        return f"{number(right).normalize():f}"
    if field == "period":
        return "..".join(map(str, period(right)))
    return right


def standings(connection: Connection) -> list[Standing]:
    """All corrections with the facts that they find now."""
    return [Standing(dict(row)) for row in connection.execute(text(FOUND)).mappings()]


def apply(connection: Connection) -> None:
    """Work out anew what follows from all judgements for the rows that are there."""
    _replace(connection, t.same_organizations, _same_organizations(connection))
    _replace(connection, t.same_initiatives, _same_initiatives(connection))
    _replace(connection, t.corrected_observations, _corrected(connection))


def _judged(connection: Connection, kind: str) -> list[tuple[str, str, str]]:
    """Name, other name and verdict of all judgements of a kind, in an order that does not change."""
    c = t.identity_judgements.c
    rows = connection.execute(select(c.name, c.other_name, c.verdict).where(c.kind == kind).order_by(c.judgement_id))
    return [(name, other, verdict) for name, other, verdict in rows]


def _same_organizations(connection: Connection) -> list[Row]:
    judged = _judged(connection, "organization")
    names = {name for one, other, _ in judged for name in (one, other)}
    c = t.organizations.c
    present = connection.execute(select(c.organization_id, c.name).where(c.name.in_(names), c.scope == ""))
    ids = {name: id_ for id_, name in present}
    merged = merge(judged, ids)
    return [{"organization_id": ids[name], "same_as_id": ids[shown]} for name, shown in sorted(merged.items())]


def _same_initiatives(connection: Connection) -> list[Row]:
    """Initiatives that are another one: what reports side by side show, and over that what people say.

    A judgement speaks of a label, 清风行动（湖北省黄石市）, or of a name wherever it stands: within each scope.
    """
    judged = _judged(connection, "initiative")
    apart = frozenset(frozenset((one, other)) for one, other, verdict in judged if verdict == "different")
    rows = [initiative_scopes.Named(*row) for row in connection.execute(text(INITIATIVES))]
    by_key = {(row.name, row.scope): row for row in rows}
    shown: dict[int, int] = {}
    for id_, (name, scope) in initiative_scopes.one(rows, apart).items():
        if (name, scope) not in by_key:
            kind = max((row for row in rows if row.name == name), key=lambda row: (row.mentions, row.id)).kind
            by_key[name, scope] = _nationwide(connection, name, kind)
        shown[id_] = by_key[name, scope].id
    labels: dict[str, list[initiative_scopes.Named]] = {}
    for row in by_key.values():
        for label in {row.name, initiative_scopes.label(row.name, row.scope)}:
            labels.setdefault(label, []).append(row)
    for other, name in merge(judged, labels).items():
        for row in labels[other]:
            target = _in_scope(labels[name], row.scope)
            if target and target.id != row.id:
                shown[row.id] = shown.get(target.id, target.id)
    ends = {id_: _end(shown, id_) for id_ in shown}
    return [{"initiative_id": id_, "same_as_id": end} for id_, end in sorted(ends.items()) if id_ != end]


def _nationwide(connection: Connection, name: str, kind: str) -> initiative_scopes.Named:
    """The row of what only territories' reports name, but so many that it is used throughout the country."""
    number_ = _ensure(
        connection, t.initiatives, stable_id("initiative", name, ""), name=name, kind=kind, scope="", region_code=None
    )
    connection.execute(update(t.initiatives).where(t.initiatives.c.initiative_id == number_).values(kind=kind))
    return initiative_scopes.Named(number_, name, kind, "", 0)


def _in_scope(rows: list[initiative_scopes.Named], scope: str) -> initiative_scopes.Named | None:
    """Of rows of one name the one of a scope, else that of the whole country, else the only one."""
    by_scope = {row.scope: row for row in rows}
    return by_scope.get(scope) or by_scope.get("") or (rows[0] if len(rows) == 1 else None)


def _end(shown: dict[int, int], start: int) -> int:
    """Where a chain of rows that are shown as others ends."""
    seen = {start}
    at = start
    while at in shown and shown[at] not in seen:
        at = shown[at]
        seen.add(at)
    return at


INITIATIVES = """
    SELECT i.initiative_id, i.name, i.kind, i.scope, count(m.mention_id)
    FROM kb.initiatives i LEFT JOIN kb.initiative_mentions m USING (initiative_id)
    GROUP BY i.initiative_id ORDER BY i.initiative_id
"""


def merge(judged: Iterable[tuple[str, str, str]], present: Iterable[str]) -> dict[str, str]:
    """Which names are shown under which other: (name, other name, verdict) → other name → name.

    Names judged the same form a group; a group in which two are judged different contradicts itself and stays apart.
    Shown is a name that is nobody's other name, or else the first in order.
    """
    groups: dict[str, set[str]] = {}
    judged = list(judged)
    known = set(present)
    others = {other for _, other, verdict in judged if verdict == "same"}
    for name, other, verdict in judged:
        if verdict == "same":
            joined = groups.get(name, {name}) | groups.get(other, {other})
            groups.update(dict.fromkeys(joined, joined))
    for name, other, verdict in judged:
        if verdict == "different" and other in groups.get(name, ()):
            for member in groups[name]:
                groups[member] = set()
    merged: dict[str, str] = {}
    for members in groups.values():
        there = sorted(members & known, key=lambda name: (name in others, name))
        merged.update((name, there[0]) for name in there[1:])
    return merged


def contradictions(judged: Iterable[Identity]) -> list[Identity]:
    """Names that are judged different although others' judgements make them the same."""
    judged = list(judged)
    found = []
    for kind in KINDS:
        own = [entry for entry in judged if entry.kind == kind]
        same = [(entry.name, entry.other, entry.verdict) for entry in own if entry.verdict == "same"]
        shown = merge(same, {name for pair in same for name in pair[:2]})
        found += [
            entry
            for entry in own
            if entry.verdict == "different" and shown.get(entry.name, entry.name) == shown.get(entry.other, entry.other)
        ]
    return found


def _corrected(connection: Connection) -> list[Row]:
    """A row for each fact that corrections find; indicators, periods and bodies that they name get their rows."""
    rows: dict[int, Row] = {}
    for standing in standings(connection):
        found = standing.row
        if found["observation_id"] is None:
            continue
        row = rows.setdefault(
            found["observation_id"],
            {
                "observation_id": found["observation_id"], "value": None, "indicator_id": None, "period_id": None,
                "organization_id": None, "status": None, "is_rejected": False,
            },
        )  # fmt: skip
        right = found["value_right"]
        match found["field"]:
            case "value":
                row["value"] = number(right)
            case "status":
                row["status"] = right
            case "reject":
                row["is_rejected"] = True
            case "indicator":
                name = concept_of(right, found["unit"], found["measure"])
                row["indicator_id"] = _ensure(connection, t.indicators, stable_id("indicator", name), name=name)
            case "organization":
                row["organization_id"] = _ensure(
                    connection, t.organizations, stable_id("organization", right, ""), name=right, scope="",
                    type="other", is_redacted=False,
                )  # fmt: skip
            case "period":
                start, end = period(right)
                granularity, label = describe_period(start, end)
                row["period_id"] = _ensure(
                    connection, t.periods, stable_id("period", start, end), start_date=start, end_date=end,
                    granularity=granularity, label=label,
                )  # fmt: skip
    return [rows[key] for key in sorted(rows)]


def _ensure(connection: Connection, table: Table, key: int, **row: Any) -> int:
    """Id of a row of a dimension, which is made if it is not there."""
    (column,) = table.primary_key
    connection.execute(postgresql.insert(table).values({column.name: key, **row}).on_conflict_do_nothing())
    return key


def _replace(connection: Connection, table: Table, rows: list[Row]) -> None:
    """Make these the rows of a small table that follows from others."""
    connection.execute(delete(table))
    if rows:
        connection.execute(insert(table), rows)


# ---------------------------------------------------------------- what is unsure


NAMES = {  # of things that may be one, with how often they are named
    "organization": """
        SELECT o.name, o.type || ' ' || coalesce(o.region_code, '') AS group_, count(m.mention_id) AS mentions
        FROM kb.organizations o LEFT JOIN kb.organization_mentions m USING (organization_id)
        WHERE NOT o.is_redacted AND o.type <> 'territory'
        GROUP BY o.organization_id
    """,
}


def unsure_names(connection: Connection, kind: str) -> list[tuple[Any, ...]]:
    """What speaks for it, name, mentions, other name, its mentions of pairs that may be one and nobody has judged."""
    if kind == "initiative":
        return _unsure_initiatives(connection)
    rows = connection.execute(text(NAMES[kind])).all()
    mentions = {row.name: row.mentions for row in rows}
    groups: dict[str, list[str]] = {}
    for row in rows:
        groups.setdefault(row.group_, []).append(row.name)
    judged = {frozenset((entry.name, entry.other)) for entry in stored(connection).identity if entry.kind == kind}
    pairs = [
        ("short form" if likeness > 1 else "part", long, mentions[long], short, mentions[short])
        for group in groups.values()
        for likeness, short, long in alike(group)
        if frozenset((short, long)) not in judged
    ]
    return sorted(pairs, key=lambda pair: (pair[0] == "part", -pair[2] * pair[4], pair[1], pair[3]))


def _unsure_initiatives(connection: Connection) -> list[tuple[Any, ...]]:
    """Pairs of initiatives that may be one, the most used first.

    Looked at are names that stand in one territory or of which one is the country's, that are of one kind, and that
    differ by words which seldom tell two apart; what is one already, by the wording or by a judgement, is one name.
    """
    settled = dict(
        connection.execute(select(t.same_initiatives.c.initiative_id, t.same_initiatives.c.same_as_id)).all()
    )
    rows = {row.id: row for row in (initiative_scopes.Named(*row) for row in connection.execute(text(INITIATIVES)))}
    mentions: dict[int, int] = {}
    for id_, row in rows.items():
        shown = settled.get(id_, id_)
        mentions[shown] = mentions.get(shown, 0) + row.mentions
    groups: dict[str, list[initiative_scopes.Named]] = {}
    for id_ in mentions:
        groups.setdefault(rows[id_].kind, []).append(rows[id_])
    judged = {
        frozenset((entry.name, entry.other)) for entry in stored(connection).identity if entry.kind == "initiative"
    }
    pairs = []
    for group in groups.values():
        named: dict[str, list[initiative_scopes.Named]] = {}
        for row in group:
            named.setdefault(row.name, []).append(row)
        for likeness, short, long in alike(named):
            if likeness < LIKE + 1 and not _tells_little(short, long):
                continue
            for one, other in product(named[long], named[short]):
                labels = [initiative_scopes.label(row.name, row.scope) for row in (one, other)]
                if (
                    not _may_meet(one.scope, other.scope)
                    or frozenset(labels) in judged
                    or frozenset((long, short)) in judged
                ):
                    continue
                why = "short form" if likeness > 1 else "part"
                pairs.append((why, labels[0], mentions[one.id], labels[1], mentions[other.id]))
    return sorted(pairs, key=lambda pair: (-min(pair[2], pair[4]), -pair[2] - pair[4], pair[1], pair[3]))


def _may_meet(one: str, other: str) -> bool:
    """Whether what belongs to two scopes can be one: one territory, a territory and the one above it, the country."""
    if one == other or "" in (one, other):
        return True
    return initiative_scopes.is_above(one, other) or initiative_scopes.is_above(other, one)


def _tells_little(short: str, long: str) -> bool:
    """Whether what one name has more than the other seldom tells two initiatives apart."""
    matcher = SequenceMatcher(None, short, long, autojunk=False)
    more = [long[a:b] for tag, _, _, a, b in matcher.get_opcodes() if tag == "insert"]
    return all(initiative_scopes.tells_nothing(part) for part in more)


def alike(names: Iterable[str]) -> list[tuple[float, str, str]]:
    """Pairs of names that may mean one thing, with their likeness: one is the other with characters left out.

    Characters left out at several places, or a single one, speak for a short form (卫健委, 卫生健康委): such pairs come
    with a likeness above 1. One stretch that is left out may as well tell two things apart (北京理工大学, 北京大学).
    """
    first: dict[str, list[str]] = {}
    for name in sorted(set(names)):
        first.setdefault(name[:2], []).append(name)
    found = []
    for group in first.values():
        for short, long in combinations(sorted(group, key=len), 2):
            if len(short) >= 4 and len(long) - len(short) <= 6 and is_part(short, long):
                matcher = SequenceMatcher(None, short, long, autojunk=False)
                if matcher.ratio() >= LIKE:
                    left_out = [long[a:b] for tag, _, _, a, b in matcher.get_opcodes() if tag == "insert"]
                    is_short_form = len(left_out) > 1 or len(left_out[0]) == 1
                    if not NUMERAL.search("".join(left_out)):
                        found.append((matcher.ratio() + is_short_form, short, long))
    return sorted(found, reverse=True)


def is_part(short: str, long: str) -> bool:
    """Whether the one name is the other with characters left out, and both end alike: 省卫健委, 省卫生健康委."""
    rest = iter(long)
    return len(short) < len(long) and short[-1] == long[-1] and all(character in rest for character in short)
