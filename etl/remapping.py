"""The catalog in the knowledge base: what users add to it, and mapping the facts that are there when it has changed.

Which concept a phrase means depends on the phrase, its unit, its measure and the catalog alone. So facts are mapped
anew from their rows; no file is read for that, and the outcome is what reading all of them again would give.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, select, text, update
from sqlalchemy.dialects import postgresql

from etl import catalog, load, statistics
from etl.additions import Addition, joined
from etl.keys import concept_of, stable_id
from schema import tables as t

Row = dict[str, Any]


class Move(NamedTuple):
    """Facts of one phrase, unit and measure that mean something else now; concepts and phrases come with their names.

    The name may stay, where a phrase has become a concept that is called so.
    """

    phrase: str
    unit: str
    measure: str
    before: str
    before_code: str | None
    after: str
    after_code: str | None
    observations: int


# ---------------------------------------------------------------- what the facts make of the catalog


def usage(connection: Connection) -> dict[str, int]:
    """Code of a concept → how many observations mean it."""
    said = connection.execute(
        text("SELECT i.code, count(*) FROM kb.observations JOIN kb.indicators i USING (indicator_id) GROUP BY i.code")
    )
    return {code: observations for code, observations in said if code}


def facts_of(connection: Connection, name: str) -> Row:
    """How much the reports say of a concept: observations, reports, bodies, first and last year."""
    sql = """
        SELECT count(*) AS observations, count(DISTINCT o.report_id) AS reports,
            count(DISTINCT o.organization_id) AS organizations,
            min(p.start_date) AS first, max(p.end_date) AS last
        FROM kb.indicators i JOIN kb.observations o USING (indicator_id) LEFT JOIN kb.periods p USING (period_id)
        WHERE i.name = :name
    """
    return dict(connection.execute(text(sql), {"name": name}).mappings().one())


def phrases_of(connection: Connection, name: str) -> list[Row]:
    """The phrases that mean a concept, most frequent first."""
    sql = """
        SELECT o.indicator_text AS phrase, q.unit, o.measure, count(*) AS observations,
            count(DISTINCT o.report_id) AS reports
        FROM kb.indicators i JOIN kb.observations o USING (indicator_id) JOIN kb.quantities q USING (quantity_id)
        WHERE i.name = :name
        GROUP BY o.indicator_text, q.unit, o.measure
        ORDER BY observations DESC, phrase, q.unit, o.measure
    """
    return [dict(row) for row in connection.execute(text(sql), {"name": name}).mappings()]


def unknown(connection: Connection, part: str, kind: str | None) -> list[Row]:
    """Phrases that mean no concept and hold `part`, in reports of a kind or of all; in most reports first.

    Copies of reports do not count. `dimensions` are those of the units that the figures are in.
    """
    sql = """
        SELECT i.name AS phrase, count(DISTINCT o.report_id) AS reports, count(*) AS observations,
            string_agg(DISTINCT q.unit, ' ' ORDER BY q.unit) AS units,
            array_agg(DISTINCT coalesce(u.dimension, 'none')) AS dimensions,
            (array_agg(e.content ORDER BY length(e.content), o.observation_id))[1] AS example
        FROM kb.indicators i
        JOIN kb.observations o USING (indicator_id)
        JOIN kb.quantities q USING (quantity_id)
        JOIN kb.units u USING (unit)
        JOIN kb.sentences e ON e.sentence_id = o.sentence_id
        JOIN kb.reports r ON r.report_id = o.report_id
        WHERE i.code IS NULL AND strpos(i.name, :part) > 0 AND r.kind = coalesce(:kind, r.kind)
          AND NOT EXISTS (SELECT FROM kb.report_copies c WHERE c.report_id = o.report_id)
        GROUP BY i.indicator_id
        ORDER BY reports DESC, observations DESC, phrase
    """
    return [dict(row) for row in connection.execute(text(sql), {"part": part, "kind": kind}).mappings()]


def times_said(connection: Connection, phrases: Iterable[str]) -> int:
    """How many observations of no concept say one of these phrases."""
    forms = sorted({catalog.normal_form(phrase) for phrase in phrases})
    sql = """
        SELECT count(*) FROM kb.observations JOIN kb.indicators i USING (indicator_id)
        WHERE i.code IS NULL AND i.name = ANY(:forms)
    """
    return int(connection.execute(text(sql), {"forms": forms}).scalar_one())


# ---------------------------------------------------------------- additions


def stored(connection: Connection) -> tuple[Addition, ...]:
    """What users have added to the catalog, by code."""
    a = t.catalog_additions.c
    rows = connection.execute(select(*(a[field] for field in Addition.model_fields)).order_by(a.code))
    return tuple(Addition.model_validate(dict(row)) for row in rows.mappings())


def store(connection: Connection, additions: Iterable[Addition], by: str) -> None:
    """Keep additions, joined with earlier ones of the same codes."""
    known = {addition.code: addition for addition in stored(connection)}
    for addition in additions:
        before = known.get(addition.code)
        whole = known[addition.code] = joined(before, addition) if before else addition
        row = {**whole.model_dump(), "aliases": list(whole.aliases), "patterns": list(whole.patterns), "made_by": by}
        statement = postgresql.insert(t.catalog_additions).values(**row)
        new = {column: statement.excluded[column] for column in row if column != "code"}
        connection.execute(
            statement.on_conflict_do_update(index_elements=["code"], set_={**new, "made_at": func.now()})
        )


def take_back(connection: Connection, what: str) -> list[str]:
    """Drop the addition of this code or name, else this phrase or pattern of all additions. Returns what is gone."""
    a = t.catalog_additions
    gone = []
    for addition in stored(connection):
        mine = a.c.code == addition.code
        if what in (addition.code, addition.name):
            connection.execute(delete(a).where(mine))
            gone.append(f"{addition.code} ({', '.join((*addition.phrases, *addition.patterns))})")
            continue
        left = addition.model_copy(
            update={field: tuple(p for p in getattr(addition, field) if p != what) for field in ("aliases", "patterns")}
        )
        if left != addition:
            values = {"aliases": list(left.aliases), "patterns": list(left.patterns)}
            is_empty = not (left.name or left.aliases or left.patterns)
            connection.execute(delete(a).where(mine) if is_empty else update(a).where(mine).values(**values))
            gone.append(f"{what} of {addition.code}")
    return gone


# ---------------------------------------------------------------- mapping anew


def is_due(connection: Connection) -> bool:
    """Whether the facts that are there are mapped by another catalog than the present one."""
    r = t.load_runs.c
    last = select(r.catalog_version).where(r.catalog_version.is_not(None)).order_by(r.load_run_id.desc()).limit(1)
    return bool(connection.execute(last).scalar() != catalog.version())


def open_run(
    connection: Connection, version: str, paths: Iterable[str], *, must_map: bool = False
) -> tuple[int, list[Move] | None]:
    """Open a run, in the caller's transaction; facts that another catalog has mapped are mapped first.

    Returns the run and what has moved, None where nothing had to be mapped; else `load.settle` has to follow.
    """
    if not (must_map or is_due(connection)):
        return load.begin_run(connection, version, paths, is_mapped=True), None
    moved = moves(connection)
    run = load.begin_run(connection, version, paths)
    _move_observations(connection, moved)
    moved += _move_statistics(connection)
    mapped_by = {"catalog_version": catalog.version()}
    connection.execute(update(t.load_runs).where(t.load_runs.c.load_run_id == run).values(**mapped_by))
    return run, moved


def moves(connection: Connection) -> list[Move]:
    """What mapping anew would change of the observations, most frequent first."""
    said = connection.execute(
        text("""
            SELECT o.indicator_text, q.unit, o.measure, i.name, i.code, count(*) AS observations
            FROM kb.observations o
            JOIN kb.quantities q USING (quantity_id)
            JOIN kb.indicators i USING (indicator_id)
            GROUP BY o.indicator_text, q.unit, o.measure, i.name, i.code
            ORDER BY observations DESC, o.indicator_text, q.unit, o.measure
        """)
    )
    found = []
    for phrase, unit, measure, before, before_code, observations in said:
        after = concept_of(phrase, unit, measure)
        after_code = catalog.names().get(after)
        if (before, before_code) != (after, after_code):
            found.append(Move(phrase, unit, measure, before, before_code, after, after_code, observations))
    return found


def _move_observations(connection: Connection, moved: list[Move]) -> None:
    if not moved:
        return
    ids = {move.after: stable_id("indicator", move.after) for move in moved}
    dimension = postgresql.insert(t.indicators).on_conflict_do_nothing()
    connection.execute(dimension, [{"indicator_id": id_, "name": name} for name, id_ in sorted(ids.items())])
    connection.execute(text("CREATE TEMP TABLE moved (phrase text, unit text, measure text, id bigint) ON COMMIT DROP"))
    connection.execute(
        text("INSERT INTO moved VALUES (:phrase, :unit, :measure, :id)"),
        [{**move._asdict(), "id": ids[move.after]} for move in moved],
    )
    connection.execute(text("ANALYZE moved"))
    connection.execute(
        text("""
            UPDATE kb.observations o SET indicator_id = moved.id
            FROM moved, kb.quantities q
            WHERE q.quantity_id = o.quantity_id
              AND (o.indicator_text, q.unit, o.measure) = (moved.phrase, moved.unit, moved.measure)
        """)
    )
    connection.execute(text("DROP TABLE moved"))


def _move_statistics(connection: Connection) -> list[Move]:
    """Rows of official statistics: another catalog may understand what was not understood, and the other way round."""
    s = t.statistics.c
    before = {row.indicator_id: row for row in connection.execute(select(t.indicators))}
    moved = []
    for row in connection.execute(select(t.statistics)).mappings().all():
        said = {column: row[f"{column}_text"] for column in ("region", "indicator", "period", "value", "unit")}
        read = statistics.understood({**said, "source": row["publisher"] or ""}, row["char_start"], row["char_end"])
        name = read.concept_name
        values = {
            "indicator_id": stable_id("indicator", name) if name else None,
            "measure": read.measure,
            "problem": read.problem,
        }
        if any(row[column] != value for column, value in values.items()):
            connection.execute(update(t.statistics).where(s.statistic_id == row["statistic_id"]).values(**values))
            old = before.get(row["indicator_id"])
            moved.append(
                Move(
                    phrase=row["indicator_text"],
                    unit=row["unit_text"],
                    measure=read.measure or "",
                    before=old.name if old else "",
                    before_code=old.code if old else None,
                    after=name or "",
                    after_code=catalog.names().get(name or ""),
                    observations=1,
                )
            )
    return moved
