"""Facts become rows. The only writer of the knowledge base.

A file is one transaction: its rows are copied into temporary stages, merged into the tables by their stable ids, and
what the file no longer says is deleted. Rows that are already right are not touched, so that a second load changes
nothing. What files share (the dimensions) is inserted as met, and `settle` then decides what most of the files say of
it, so that the order of loading does not matter.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text, update
from sqlalchemy.dialects import postgresql

from etl import catalog, converters, fingerprint, gazetteer, initiative_scopes, judgements, lifespans, ocr, vocabulary
from etl.keys import concept_of, describe_period, stable_id
from etl.records import (
    FileFacts,
    Paragraph,
    ParagraphKind,
    PersonMention,
    ReadError,
    Report,
    ReportFacts,
    SourceText,
    Statistic,
    TimeSpan,
)
from schema import tables as t

PIECE = 4096  # code points in a row of source_texts; kb.source_text() counts on it
FACTS = (  # parents before children
    t.source_texts,
    t.boilerplate_spans,
    t.reports,
    t.sections,
    t.sentences,
    t.quantities,
    t.observations,
    t.organization_readings,
    t.organization_mentions,
    t.initiative_mentions,
    t.policy_citations,
    t.statistics,
)
DIMENSIONS = (t.regions, t.units, t.organizations, t.periods, t.indicators, t.initiatives, t.policies)
MASK = re.compile(r"[XxＸｘ×*＊○]{2,}|某")  # XX镇, **局, 某县

Row = dict[str, Any]


@cache
def primary_key(table: Table) -> tuple[str, ...]:
    return tuple(table.primary_key.columns.keys())


def reader_version() -> str:
    """Hash of the rules and the vocabulary: files read by another version are read again.

    Without the catalog: `remapping` maps the facts that are there anew, and no file is read for it.
    """
    folder = Path(__file__).parent
    rules = {
        path
        for path in folder.rglob("*.py")
        if path.parent.name != "cli"
        and path.name not in ("explain.py", "judgements.py", "remapping.py", "server.py", "views.py")
    }
    words = {path for path in vocabulary.FOLDER.rglob("*") if path.suffix in (".csv", ".toml", ".txt")}
    digest = hashlib.sha256()
    for path in sorted((rules | words) - set(catalog.files()), key=lambda path: path.as_posix()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


# ---------------------------------------------------------------- what is to be read


@dataclass(frozen=True, slots=True)
class Known:
    """A file as the knowledge base knows it. `sha256` is of the bytes last tried, read or not."""

    name: str
    path: str
    sha256: str | None
    status: str
    reader_version: str
    reason: str | None = None
    remedy: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done with a file: read it (again), leave it, or say that it is a copy of another."""

    action: str  # read unchanged duplicate moved
    name: str  # under which it is stored
    known: Known | None = None


class Inventory:
    """The files that are known, those of the present run included."""

    def __init__(self, version: str, known: Iterable[Known] = ()) -> None:
        self.version = version
        self.by_name: dict[str, Known] = {}
        self.by_path: dict[str, Known] = {}
        self.by_content: dict[str, Known] = {}  # SHA-256 → a loaded file
        for entry in known:
            self.note(entry)

    def decide(self, path: Path, sha256: str) -> Decision:
        """What to do with a file of this content.

        Names are unique: of two different files called 总结.txt the second is stored as 总结~1a2b3c4d.txt, after its
        content. A file that is gone from where it was and turns up elsewhere, with the same name or the same content,
        has moved.
        """
        known = self.by_path.get(str(path))
        if known:
            is_same = known.sha256 == sha256 and known.reader_version == self.version
            done = is_same and not is_remedied(known)
            return Decision("unchanged" if done else "read", known.name, known)
        same = self.by_content.get(sha256)
        if same:
            return Decision("duplicate" if Path(same.path).exists() else "moved", same.name, same)
        namesake = self.by_name.get(path.name)
        if namesake is None or not Path(namesake.path).exists():
            return Decision("read", path.name, namesake)
        return Decision("read", f"{path.stem}~{sha256[:8]}{path.suffix}")

    def note(self, known: Known) -> None:
        """Take a file into account, in the place of what was known under its name."""
        before = self.by_name.get(known.name)
        if before:
            self.by_path.pop(before.path, None)
            self.by_content.pop(before.sha256 or "", None)
        self.by_name[known.name] = self.by_path[known.path] = known
        if known.sha256 and known.status == "loaded":
            self.by_content[known.sha256] = known


def is_remedied(known: Known) -> bool:
    """Whether what a quarantined file lacked has been installed since: OCR, a converter."""
    if not known.remedy:
        return False
    suffix = Path(known.path).suffix.lower()
    if ocr.REMEDY in known.remedy:
        return ocr.is_installed()
    return converters.REMEDY in known.remedy and converters.is_installed(suffix)


def inventory(connection: Connection) -> Inventory:
    """The files that the knowledge base holds."""
    s = t.sources.c
    tried = func.coalesce(s.rejected_sha256, s.sha256)
    rows = connection.execute(select(s.name, s.path, tried, s.status, s.reader_version, s.reason, s.remedy))
    return Inventory(reader_version(), (Known(*row) for row in rows))


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes.

    Raises:
        ReadError: it cannot be opened.
    """
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ReadError(f"{path}: cannot be opened ({error.strerror}); check that it exists and may be read") from error


# ---------------------------------------------------------------- runs


def begin_run(connection: Connection, version: str, paths: Iterable[str], *, is_mapped: bool = False) -> int:
    """Open a run, make its stages, bring the reference data up to date. Returns its number.

    `is_mapped`: the catalog is that of the run before; then reference data change with the reader only.
    """
    for table in (*DIMENSIONS, *FACTS, t.indicator_aliases):
        stage = f"CREATE TEMP TABLE IF NOT EXISTS {_stage(table)} (LIKE {table.fullname}) ON COMMIT DELETE ROWS"
        connection.execute(text(stage))
    before = select(t.load_runs.c.reader_version).order_by(t.load_runs.c.load_run_id.desc()).limit(1)
    if not is_mapped or connection.execute(before).scalar() != version:
        _write_reference(connection)
    opened = insert(t.load_runs).values(started_at=func.now(), reader_version=version, paths=list(paths))
    return int(connection.execute(opened.returning(t.load_runs.c.load_run_id)).scalar_one())


def end_run(connection: Connection, run: int) -> None:
    """Close a run, after `settle`."""
    connection.execute(update(t.load_runs).where(t.load_runs.c.load_run_id == run).values(finished_at=func.now()))


def is_unsettled(connection: Connection) -> bool:
    """Whether a run was broken off, so that the dimensions are not settled."""
    unfinished = select(t.load_runs).where(t.load_runs.c.finished_at.is_(None)).exists()
    return bool(connection.execute(select(unfinished)).scalar_one())


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file as rows, ready to be written. Made where the file is read, so that the writer only writes."""

    name: str  # under which it is stored
    source: SourceText
    rows: Rows


def prepare(facts: FileFacts, name: str | None = None) -> Prepared:
    """A file as rows; `name` where it is not to be stored under its own.

    Raises:
        ReadError: the text holds what PostgreSQL cannot store.
    """
    name = name or facts.source.name
    if "\0" in facts.source.text:
        raise ReadError(f"{name}: the text holds NUL characters; the file is damaged or binary, get it again")
    return Prepared(name, facts.source, rows_of(facts, name))


def write_file(connection: Connection, prepared: Prepared, run: int, *, version: str) -> Row:
    """Store one file, in the caller's transaction. Returns its change row."""
    name, source, rows = prepared.name, prepared.source, prepared.rows
    before = connection.execute(
        select(t.sources.c.sha256, t.sources.c.status).where(t.sources.c.name == name)
    ).one_or_none()
    _upsert_source(
        connection,
        name=name,
        path=source.path,
        sha256=source.sha256,
        byte_count=source.byte_count,
        media_type=source.media_type,
        encoding=source.encoding,
        char_count=len(source.text),
        status="loaded",
        notes=list(source.notes),
        reader_version=version,
        load_run_id=run,
    )
    for table in DIMENSIONS:
        _insert_new(connection, table, rows.of(table))
    changes = {table: _merge(connection, table, rows.of(table)) for table in FACTS}
    source_id = stable_id("source", name)
    removed = {table: _delete_stale(connection, table, source_id) for table in reversed(FACTS)}
    added, changed = changes[t.observations]
    revalued = changes[t.quantities][1]
    of_revalued = {row["observation_id"] for row in rows.of(t.observations) if row["quantity_id"] in revalued}
    had_facts = before is not None and before.status != "quarantined"
    same_bytes = before is not None and before.sha256 == source.sha256
    return _note_change(
        connection,
        run,
        name,
        source.path,
        "loaded" if not had_facts else "reread" if same_bytes else "changed",
        observations_added=added,
        observations_changed=len(changed | of_revalued) if had_facts else 0,
        observations_removed=removed[t.observations],
    )


def write_quarantine(
    connection: Connection, path: Path, message: str, run: int, *, version: str, name: str, sha256: str | None
) -> Row:
    """Record that a file could not be read. What an earlier version of it said stays, marked as stale."""
    reason, _, remedy = message.partition("; ")
    was_loaded = connection.execute(
        select(t.sources.c.status).where(t.sources.c.name == name, t.sources.c.status != "quarantined")
    ).scalar_one_or_none()
    values: Row = {
        "path": str(path),
        "reason": reason,
        "remedy": remedy or None,
        "rejected_sha256": sha256,
        "reader_version": version,
        "load_run_id": run,
    }
    if was_loaded:
        connection.execute(update(t.sources).where(t.sources.c.name == name).values(status="stale", **values))
    else:
        _upsert_source(connection, name=name, status="quarantined", char_count=0, notes=[], **values)
    return _note_change(connection, run, name, str(path), "quarantined", detail=message)


def note_duplicate(connection: Connection, path: Path, original: Known, run: int) -> Row:
    """Record that a file holds what another one, already stored, holds."""
    return _note_change(connection, run, path.name, str(path), "duplicate", detail=original.path)


def move(connection: Connection, name: str, path: Path) -> None:
    """Record where a stored file lies now."""
    connection.execute(update(t.sources).where(t.sources.c.name == name).values(path=str(path)))


def forget(connection: Connection, name: str, path: str, run: int) -> Row:
    """Take a file out of the knowledge base. `settle` takes out what only it had brought."""
    source_id = stable_id("source", name)
    removed = {table: _delete_stale(connection, table, source_id) for table in reversed(FACTS)}
    connection.execute(t.sources.delete().where(t.sources.c.source_id == source_id))
    return _note_change(connection, run, name, path, "forgotten", observations_removed=removed[t.observations])


def write_findings(connection: Connection, check_name: str, severity: str, details: list[str]) -> int:
    """Keep what a check finds now, one JSON object a row; what it finds no longer goes. Returns how many are new.

    A finding keeps the run after which it was found first.
    """
    f = t.findings.c
    rows = connection.execute(select(f.finding_id, f.detail).where(f.check_name == check_name))
    known = {json.dumps(detail, sort_keys=True): finding_id for finding_id, detail in rows}
    found = {json.dumps(json.loads(detail), sort_keys=True): json.loads(detail) for detail in details}
    gone = [finding_id for detail, finding_id in known.items() if detail not in found]
    connection.execute(t.findings.delete().where(f.finding_id.in_(gone)))
    connection.execute(update(t.findings).where(f.check_name == check_name).values(severity=severity))
    run = connection.execute(select(func.max(t.load_runs.c.load_run_id))).scalar()
    common = {"load_run_id": run, "check_name": check_name, "severity": severity, "found_at": func.now()}
    new = [detail for said, detail in found.items() if said not in known]
    for start in range(0, len(new), 1000):
        batch = [{**common, "detail": detail} for detail in new[start : start + 1000]]
        connection.execute(insert(t.findings).values(batch))
    return len(new)


def _upsert_source(connection: Connection, **values: Any) -> None:
    row = {"source_id": stable_id("source", values["name"]), "loaded_at": func.now(), **values}
    cleared = {"reason": None, "remedy": None, "rejected_sha256": None} if values["status"] == "loaded" else {}
    statement = postgresql.insert(t.sources).values(**row, **cleared)
    updated = {column: statement.excluded[column] for column in (*row, *cleared) if column != "source_id"}
    connection.execute(statement.on_conflict_do_update(index_elements=["source_id"], set_=updated))


def _note_change(connection: Connection, run: int, name: str, path: str, action: str, **values: Any) -> Row:
    row: Row = {
        "load_run_id": run,
        "source_name": name,
        "path": path,
        "action": action,
        "detail": None,
        "observations_added": 0,
        "observations_changed": 0,
        "observations_removed": 0,
        **values,
    }
    connection.execute(insert(t.load_changes).values(**row))
    return row


# ---------------------------------------------------------------- stages and merging


def _stage(table: Table) -> str:
    return f"stage_{table.name}"


def _copy(connection: Connection, table: Table, rows: list[Row]) -> None:
    columns = table.columns.keys()
    driver = connection.connection.driver_connection
    assert driver is not None
    with driver.cursor() as cursor, cursor.copy(f"COPY {_stage(table)} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([row.get(column) for column in columns])


def _insert_new(connection: Connection, table: Table, rows: list[Row]) -> None:
    """Insert the rows that are not there yet."""
    if rows:
        _copy(connection, table, rows)
        connection.execute(text(f"INSERT INTO {table.fullname} SELECT * FROM {_stage(table)} ON CONFLICT DO NOTHING"))


def _merge(connection: Connection, table: Table, rows: list[Row]) -> tuple[int, set[int]]:
    """Insert new rows and update those that differ. Returns how many are new and the ids of those that differed."""
    if not rows:
        return 0, set()
    _copy(connection, table, rows)
    columns = table.columns.keys()
    key = primary_key(table)
    others = [column for column in columns if column not in key]
    assignments = ", ".join(f"{column} = excluded.{column}" for column in others)
    old = ", ".join(f"old.{column}" for column in others)
    new = ", ".join(f"excluded.{column}" for column in others)
    merged = connection.execute(
        text(f"""
            WITH merged AS (
                INSERT INTO {table.fullname} AS old ({", ".join(columns)})
                SELECT {", ".join(columns)} FROM {_stage(table)}
                ON CONFLICT ({", ".join(key)}) DO UPDATE SET {assignments}
                WHERE ({old}) IS DISTINCT FROM ({new})
                RETURNING old.{key[0]} AS id, xmax = 0 AS is_new
            )
            SELECT count(*) FILTER (WHERE is_new), array_agg(id) FILTER (WHERE NOT is_new) FROM merged
        """)
    ).one()
    return merged[0], set(merged[1] or ())


def _delete_stale(connection: Connection, table: Table, source_id: int) -> int:
    """Delete what the file said before and is not on the stage; how many rows that were."""
    same = " AND ".join(f"stage.{column} = old.{column}" for column in primary_key(table))
    deleted = connection.execute(
        text(f"""
            DELETE FROM {table.fullname} AS old
            WHERE source_id = :source_id AND NOT EXISTS (SELECT FROM {_stage(table)} AS stage WHERE {same})
        """),
        {"source_id": source_id},
    )
    return deleted.rowcount


def _write_reference(connection: Connection) -> None:
    """Regions, units and the indicator catalog, from the vocabulary."""
    rows = Rows()
    for region in gazetteer.all_regions():
        columns = {c.name: getattr(region, c.name) for c in t.regions.columns if hasattr(region, c.name)}
        rows.add(t.regions, region_code=region.code, full_name=gazetteer.full_name(region.code), **columns)
    notes = {row["unit"]: row["note"] for row in vocabulary.rows("units.csv")}
    for unit, entry in vocabulary.units().items():
        rows.add(t.units, unit=unit, note=notes.get(unit) or None, **entry.model_dump(exclude={"unit"}))
    for concept in catalog.indicators():
        indicator_id = stable_id("indicator", concept.name)
        described = concept.model_dump(exclude={"aliases"})
        rows.add(t.indicators, indicator_id=indicator_id, **described)
    for code, phrases, _ in catalog.by_precedence():
        name = catalog.concepts()[code].name
        for alias in phrases:
            if alias != name:
                rows.add(t.indicator_aliases, alias=alias, indicator_id=stable_id("indicator", name))
    _release_concepts(connection, {row["indicator_id"]: row["code"] for row in rows.of(t.indicators)})
    for table in (t.regions, t.units, t.indicators, t.indicator_aliases):
        _merge(connection, table, rows.of(table))
    known = f"SELECT FROM {_stage(t.indicator_aliases)} AS stage WHERE stage.alias = old.alias"
    connection.execute(text(f"DELETE FROM {t.indicator_aliases.fullname} AS old WHERE NOT EXISTS ({known})"))
    for table in (t.regions, t.units, t.indicators, t.indicator_aliases):
        connection.execute(text(f"TRUNCATE {_stage(table)}"))


def _release_concepts(connection: Connection, codes: dict[int, str]) -> None:
    """Rows whose concept the catalog calls otherwise now, or no more, become phrases; their codes are free again."""
    i = t.indicators.c
    stored = connection.execute(select(i.indicator_id, i.code).where(i.code.is_not(None)))
    gone = [indicator_id for indicator_id, code in stored if codes.get(indicator_id) != code]
    described = {column.name: None for column in t.indicators.columns if column.name not in ("indicator_id", "name")}
    connection.execute(update(t.indicators).where(i.indicator_id.in_(gone)).values(**described))


# ---------------------------------------------------------------- facts to rows


class Rows:
    """Rows by table, each once: the first row of a key counts."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[tuple[Any, ...], Row]] = {}

    def add(self, table: Table, **row: Any) -> None:
        key = tuple(row[column] for column in primary_key(table))
        self.tables.setdefault(table.name, {}).setdefault(key, row)

    def of(self, table: Table) -> list[Row]:
        return list(self.tables.get(table.name, {}).values())

    def add_period(self, span: TimeSpan | None) -> int | None:
        if span is None:
            return None
        period_id = stable_id("period", span.start, span.end)
        granularity, label = describe_period(span.start, span.end)
        days = {"start_date": span.start, "end_date": span.end}
        self.add(t.periods, period_id=period_id, **days, granularity=granularity, label=label)
        return period_id

    def add_unit(self, unit: str) -> None:
        """A unit that the vocabulary does not know is comparable with itself only."""
        self.add(t.units, unit=unit, base_unit=unit, factor_numerator=1, factor_denominator=1)


def rows_of(facts: FileFacts, name: str) -> Rows:
    """All rows that a file gives, dimensions included."""
    rows = Rows()
    source_id = stable_id("source", name)
    body = facts.source.text
    for piece, start in enumerate(range(0, len(body), PIECE)):
        rows.add(t.source_texts, source_id=source_id, piece=piece, content=body[start : start + PIECE])
    for start, end, reason in facts.boilerplate:
        span_id = stable_id("boilerplate", name, start)
        where = {"source_id": source_id, "char_start": start, "char_end": end}
        rows.add(t.boilerplate_spans, boilerplate_span_id=span_id, **where, reason=reason)
    for report in facts.reports:
        ReportRows(rows, name, body, report).add_all()
    for statistic in facts.statistics:
        add_statistic(rows, name, statistic)
    return rows


def add_statistic(rows: Rows, name: str, statistic: Statistic) -> None:
    """The row of a figure of a table of statistics, understood or not."""
    concept = statistic.concept_name
    is_known = statistic.unit in vocabulary.units()
    rows.add(
        t.statistics,
        statistic_id=stable_id("statistic", name, statistic.char_start),
        source_id=stable_id("source", name),
        char_start=statistic.char_start,
        char_end=statistic.char_end,
        region_text=statistic.region_text,
        indicator_text=statistic.indicator_text,
        period_text=statistic.period_text,
        value_text=statistic.value_text,
        unit_text=statistic.unit_text,
        publisher=statistic.publisher,
        region_code=statistic.region_code,
        indicator_id=stable_id("indicator", concept) if concept else None,
        measure=statistic.measure,
        period_id=rows.add_period(statistic.span),
        value=statistic.value,
        unit=statistic.unit if is_known else None,
        problem=statistic.problem,
    )


class ReportRows:
    """The rows of one report. Ids of facts derive from the file's name and the span, ids of dimensions from names."""

    def __init__(self, rows: Rows, source_name: str, body: str, facts: ReportFacts) -> None:
        self.rows = rows
        self.source_name = source_name
        self.source_id = stable_id("source", source_name)
        self.body = body
        self.facts = facts
        self.report: Report = facts.report
        self.report_id = stable_id("report", source_name, self.report.ordinal)
        self.masked = {mention.name for mention in facts.organizations if mention.is_redacted}
        if self.report.issuer_is_redacted and self.report.issuer_name:
            self.masked.add(self.report.issuer_name)
        self.people: defaultdict[int, list[PersonMention]] = defaultdict(list)  # by paragraph
        for person in facts.people:
            self.people[person.paragraph].append(person)
        self.readings: Counter[tuple[int, str | None, str | None, int | None]] = Counter()
        self.sections: list[tuple[int, int]] = []  # start and id, in reading order

    def add_all(self) -> None:
        self.add_report()
        self.add_sections()
        self.add_organizations()
        self.add_numbers()
        self.add_initiatives()
        self.add_policies()
        self.add_readings()

    def add_report(self) -> None:
        report = self.report
        self.rows.add(
            t.reports,
            report_id=self.report_id,
            source_id=self.source_id,
            char_start=report.char_start,
            char_end=report.char_end,
            ordinal=report.ordinal,
            title=report.title,
            title_is_inferred=report.title_is_inferred,
            kind=report.kind,
            issuer_id=self.organization(report.issuer_name, report.issuer_type, report.region_code),
            region_code=self.region(report.region_code, report.region_name),
            report_date=report.report_date,
            period_id=self.rows.add_period(report.period),
            evidence=list(report.evidence),
            fingerprint=str(fingerprint.fingerprint(paragraph.text for paragraph in report.paragraphs)),
        )

    def add_sections(self) -> None:
        """Headings, each with the text up to the next heading of its own or a higher level."""
        headings = [p for p in self.report.paragraphs if p.kind is ParagraphKind.HEADING and p.text]
        above: list[tuple[Paragraph, int, str]] = []
        for number, heading in enumerate(headings):
            above = [entry for entry in above if entry[0].level < heading.level]
            section_id = stable_id("section", self.source_name, heading.char_start)
            path = " > ".join([entry[0].text for entry in above] + [heading.text])
            below = (later.char_start for later in headings[number + 1 :] if later.level <= heading.level)
            self.rows.add(
                t.sections,
                section_id=section_id,
                report_id=self.report_id,
                source_id=self.source_id,
                char_start=heading.char_start,
                char_end=max(next(below, self.report.char_end), heading.char_end),
                parent_id=above[-1][1] if above else None,
                level=heading.level,
                title=heading.text,
                path=path,
            )
            self.sections.append((heading.char_start, section_id))
            above.append((heading, section_id, path))

    def add_organizations(self) -> None:
        for mention in self.facts.organizations:
            organization_id = self.organization(mention.name, mention.type, mention.region_code, mention.parent_name)
            where = self.span(mention.paragraph, mention.start, mention.end)
            self.rows.add(
                t.organization_mentions,
                mention_id=self.fact_id("organization_mention", where, organization_id),
                **where,
                organization_id=organization_id,
                surface=self.surface(where),
                role=mention.role,
                rule=mention.rule,
                confidence=str(mention.confidence),
            )

    def add_numbers(self) -> None:
        """Every quantity once, and the observations that claim one."""
        observations = self.facts.observations
        claimed = {(o.quantity.paragraph, o.quantity.start, o.quantity.end): o.quantity for o in observations}
        read = {(q.paragraph, q.start, q.end): q for q in self.facts.quantities}
        for key, quantity in {**read, **claimed}.items():
            where = self.span(*key)
            disposition = "claimed" if key in claimed else "passed_over" if quantity.passed_over else "unclaimed"
            self.rows.add_unit(quantity.unit)
            self.rows.add(
                t.quantities,
                quantity_id=self.fact_id("quantity", where),
                **where,
                value_text=self.surface(where),
                value=quantity.value,
                value_high=quantity.value_high,
                from_value=quantity.from_value,
                unit=quantity.unit,
                bound=quantity.bound,
                is_redacted=quantity.is_redacted,
                disposition=disposition,
                passed_over=quantity.passed_over if disposition == "passed_over" else None,
                rule=quantity.rule,
            )
        said: Counter[int] = Counter()
        for observation in observations:
            quantity = observation.quantity
            quantity_id = self.fact_id("quantity", self.span(quantity.paragraph, quantity.start, quantity.end))
            said[quantity_id] += 1
            sentence = self.span(quantity.paragraph, *observation.evidence)
            section_id = self.section_at(sentence["char_start"])
            sentence_id = self.fact_id("sentence", sentence)
            paragraph = self.report.paragraphs[quantity.paragraph]
            content = paragraph.text[slice(*observation.evidence)]
            self.rows.add(
                t.sentences,
                sentence_id=sentence_id,
                **sentence,
                section_id=section_id,
                content=content,
                content_masked=self.masked_people(quantity.paragraph, observation.evidence),
            )
            self.rows.add(
                t.observations,
                observation_id=stable_id("observation", quantity_id, said[quantity_id]),
                report_id=self.report_id,
                source_id=self.source_id,
                quantity_id=quantity_id,
                ordinal=said[quantity_id],
                sentence_id=sentence_id,
                section_id=section_id,
                indicator_id=self.indicator(observation.indicator_text, quantity.unit, observation.measure),
                indicator_text=observation.indicator_text,
                measure=observation.measure,
                status=observation.status,
                period_id=self.rows.add_period(observation.span),
                period_text=observation.span.label if observation.span else None,
                period_is_explicit=observation.period_is_explicit,
                organization_id=self.organization(
                    observation.organization_name, observation.organization_type, observation.region_code
                ),
                region_code=self.region(observation.region_code),
                rule=observation.rule,
                confidence=str(observation.confidence),
            )

    def add_initiatives(self) -> None:
        for mention in self.facts.initiatives:
            where = self.span(mention.paragraph, mention.start, mention.end)
            initiative_id = self.initiative(mention.name, mention.kind)
            self.rows.add(
                t.initiative_mentions,
                mention_id=self.fact_id("initiative_mention", where, initiative_id),
                **where,
                initiative_id=initiative_id,
                surface=self.surface(where),
                kind_read=mention.kind,
                organization_id=self.organization(mention.organization_name),
                period_id=self.rows.add_period(mention.span),
                rule=mention.rule,
                confidence=str(mention.confidence),
            )

    def add_policies(self) -> None:
        for citation in self.facts.policies:
            name = citation.title or citation.document_number or citation.surface
            policy_id = stable_id("policy", name)
            where = self.span(citation.paragraph, citation.start, citation.end)
            number = None if citation.title else citation.document_number
            self.rows.add(t.policies, policy_id=policy_id, name=name, title=citation.title, document_number=number)
            self.rows.add(
                t.policy_citations,
                citation_id=self.fact_id("policy_citation", where, policy_id),
                **where,
                policy_id=policy_id,
                surface=self.surface(where),
                document_number=citation.document_number,
                rule=citation.rule,
                confidence=str(citation.confidence),
            )

    def add_readings(self) -> None:
        """What the report takes each body to be, one vote for every time."""
        for (organization_id, kind, region_code, parent_id), votes in self.readings.items():
            self.rows.add(
                t.organization_readings,
                reading_id=stable_id("reading", self.report_id, organization_id, kind, region_code, parent_id),
                source_id=self.source_id,
                report_id=self.report_id,
                organization_id=organization_id,
                type=kind,
                region_code=region_code,
                parent_id=parent_id,
                votes=votes,
            )

    def span(self, paragraph: int, start: int, end: int) -> Row:
        """The columns that say where a fact stands, from a reading span."""
        char_start, char_end = self.report.paragraphs[paragraph].span(start, end)
        place = {"char_start": char_start, "char_end": char_end}
        return {"report_id": self.report_id, "source_id": self.source_id, **place}

    def surface(self, where: Row) -> str:
        return self.body[where["char_start"] : where["char_end"]]

    def fact_id(self, table: str, where: Row, *more: object) -> int:
        return stable_id(table, self.source_name, where["char_start"], where["char_end"], *more)

    def masked_people(self, paragraph: int, sentence: tuple[int, int]) -> str | None:
        """A sentence with the names of people masked; None where it names nobody."""
        start, end = sentence
        content = self.report.paragraphs[paragraph].text[start:end]
        characters = list(content)
        for person in self.people[paragraph]:
            for at in range(max(person.start + 1, start), min(person.end, end)):  # 赵立新 → 赵××
                characters[at - start] = "×"
        masked = "".join(characters)
        return None if masked == content else masked

    def section_at(self, char_start: int) -> int | None:
        """The innermost section that a place lies in."""
        return next((section_id for start, section_id in reversed(self.sections) if start <= char_start), None)

    def organization(
        self, name: str | None, kind: str | None = None, region_code: str | None = None, parent_name: str | None = None
    ) -> int | None:
        """Id of a body, which gets its row and a vote for what it is taken to be."""
        if not name:
            return None
        is_redacted = name in self.masked or bool(MASK.search(name))
        scope = f"{self.source_name}#{self.report.ordinal}" if is_redacted else ""
        organization_id = stable_id("organization", name, scope)
        self.rows.add(
            t.organizations,
            organization_id=organization_id,
            name=name,
            scope=scope,
            type="other",
            parent_id=None,
            region_code=None,
            is_redacted=is_redacted,
        )
        parent_id = self.organization(parent_name) if parent_name != name else None
        if kind or region_code or parent_id:
            self.readings[organization_id, kind, self.region(region_code), parent_id] += 1
        return organization_id

    def initiative(self, name: str, kind: str) -> int:
        """Id of an initiative, the country's or a territory's own."""
        report = self.report
        issuer = None if report.issuer_is_redacted else report.issuer_name
        whose = issuer or f"{self.source_name}#{report.ordinal}"
        scope = initiative_scopes.scope_of(name, kind, report.region_code, whose)
        initiative_id = stable_id("initiative", name, scope)
        self.rows.add(
            t.initiatives,
            initiative_id=initiative_id,
            name=name,
            kind=kind,
            scope=scope,
            region_code=self.region(scope) if scope.isdigit() else None,
        )
        return initiative_id

    def region(self, code: str | None, full_name: str | None = None) -> str | None:
        """A region's code. One that GB/T 2260 does not list gets a row of its own that says so."""
        if code:
            name = full_name or code
            self.rows.add(t.regions, region_code=code, name=name, short_name=name, full_name=name, level="unknown")
        return code

    def indicator(self, phrase: str, unit: str, measure: str) -> int:
        """Id of the concept that a phrase means, else of the phrase itself."""
        name = concept_of(phrase, unit, measure)
        indicator_id = stable_id("indicator", name)
        self.rows.add(t.indicators, indicator_id=indicator_id, name=name)
        return indicator_id


# ---------------------------------------------------------------- what files share

SETTLE = (
    # A body is what most of its readings say; of equals the first in order, so that nothing depends on chance.
    """
    WITH types AS (
        SELECT DISTINCT ON (organization_id) organization_id, type
        FROM kb.organization_readings WHERE type IS NOT NULL
        GROUP BY organization_id, type ORDER BY organization_id, sum(votes) DESC, type
    ), places AS (
        SELECT DISTINCT ON (organization_id) organization_id, region_code
        FROM kb.organization_readings WHERE region_code IS NOT NULL
        GROUP BY organization_id, region_code ORDER BY organization_id, sum(votes) DESC, region_code
    ), parents AS (
        SELECT DISTINCT ON (organization_id) organization_id, parent_id
        FROM kb.organization_readings WHERE parent_id IS NOT NULL
        GROUP BY organization_id, parent_id ORDER BY organization_id, sum(votes) DESC, parent_id
    ), settled AS (
        SELECT o.organization_id, coalesce(types.type, 'other') AS type, places.region_code, parents.parent_id
        FROM kb.organizations o
        LEFT JOIN types USING (organization_id)
        LEFT JOIN places USING (organization_id)
        LEFT JOIN parents USING (organization_id)
    )
    UPDATE kb.organizations o SET type = s.type, region_code = s.region_code, parent_id = s.parent_id
    FROM settled s
    WHERE s.organization_id = o.organization_id
      AND (o.type, o.region_code, o.parent_id) IS DISTINCT FROM (s.type, s.region_code, s.parent_id)
    """,
    """
    UPDATE kb.initiatives i SET kind = s.kind_read
    FROM (
        SELECT DISTINCT ON (initiative_id) initiative_id, kind_read
        FROM kb.initiative_mentions
        GROUP BY initiative_id, kind_read ORDER BY initiative_id, count(*) DESC, kind_read
    ) s
    WHERE s.initiative_id = i.initiative_id AND i.kind <> s.kind_read
    """,
    """
    UPDATE kb.policies p SET document_number = s.document_number
    FROM (
        SELECT DISTINCT ON (policy_id) policy_id, document_number
        FROM kb.policy_citations
        GROUP BY policy_id, document_number
        ORDER BY policy_id, document_number IS NULL, count(*) DESC, document_number
    ) s
    WHERE s.policy_id = p.policy_id AND p.document_number IS DISTINCT FROM s.document_number
    """,
    """
    WITH wanted AS (
        SELECT DISTINCT m.organization_id, regexp_replace(m.surface, '\\s', '', 'g') AS alias
        FROM kb.organization_mentions m
    ), gone AS (
        DELETE FROM kb.organization_aliases a
        WHERE NOT EXISTS (SELECT FROM wanted w WHERE (w.organization_id, w.alias) = (a.organization_id, a.alias))
    )
    INSERT INTO kb.organization_aliases (organization_id, alias)
    SELECT w.organization_id, w.alias FROM wanted w JOIN kb.organizations o USING (organization_id)
    WHERE w.alias <> o.name
    ON CONFLICT DO NOTHING
    """,
    """
    WITH wanted AS (
        SELECT DISTINCT m.initiative_id, regexp_replace(m.surface, '\\s', '', 'g') AS alias
        FROM kb.initiative_mentions m
    ), gone AS (
        DELETE FROM kb.initiative_aliases a
        WHERE NOT EXISTS (SELECT FROM wanted w WHERE (w.initiative_id, w.alias) = (a.initiative_id, a.alias))
    )
    INSERT INTO kb.initiative_aliases (initiative_id, alias)
    SELECT w.initiative_id, w.alias FROM wanted w JOIN kb.initiatives i USING (initiative_id)
    WHERE w.alias <> i.name
    ON CONFLICT DO NOTHING
    """,
)

DESCRIBE = """
    WITH known AS (
        SELECT i.initiative_id, k.since_year, k.lead_name
        FROM kb.initiatives i
        LEFT JOIN unnest(
            cast(:names AS text[]), cast(:scopes AS text[]), cast(:years AS smallint[]), cast(:leads AS text[])
        ) AS k (name, scope, since_year, lead_name) USING (name, scope)
    )
    UPDATE kb.initiatives i SET since_year = k.since_year, lead_name = k.lead_name
    FROM known k
    WHERE k.initiative_id = i.initiative_id
      AND (i.since_year, i.lead_name) IS DISTINCT FROM (k.since_year, k.lead_name)
"""

LIFESPANS = """
    WITH listed AS (
        SELECT * FROM unnest(
            cast(:ids AS bigint[]), cast(:since AS smallint[]), cast(:until AS smallint[]), cast(:successors AS text[])
        ) AS k (organization_id, since_year, until_year, successor_name)
    )
    UPDATE kb.organizations o
    SET since_year = k.since_year, until_year = k.until_year, successor_name = k.successor_name
    FROM kb.organizations known LEFT JOIN listed k USING (organization_id)
    WHERE known.organization_id = o.organization_id
      AND (o.since_year, o.until_year, o.successor_name)
          IS DISTINCT FROM (k.since_year, k.until_year, k.successor_name)
"""

ORPHANS = (  # what goes when nothing refers to it any more
    (t.initiatives, "TRUE"),
    (t.policies, "TRUE"),
    (t.organizations, "TRUE"),
    (t.periods, "TRUE"),
    (t.indicators, "code IS NULL"),
    (t.units, "dimension IS NULL"),
    (t.regions, "level = 'unknown'"),
)


def settle(connection: Connection) -> None:
    """Decide what most files say of the things they share, and drop what no file speaks of any more."""
    for statement in SETTLE:
        connection.execute(text(statement))
    judgements.apply(connection)
    _describe_initiatives(connection)
    _describe_organizations(connection)
    _link_copies(connection)
    for table, condition in ORPHANS:
        _delete_orphans(connection, table, condition)
    everything = ", ".join(table.fullname for table in t.metadata.sorted_tables)
    # The empty ones too: PostgreSQL takes one that it has never looked at for full, and views take minutes.
    connection.execute(text(f"ANALYZE {everything}"))


def _describe_initiatives(connection: Connection) -> None:
    """Say of initiatives known throughout the country when they began and who leads them."""
    known = vocabulary.known_initiatives()
    described = {
        "names": [entry.name for entry in known],
        "scopes": [entry.scope for entry in known],
        "years": [entry.since for entry in known],
        "leads": [entry.lead or None for entry in known],
    }
    connection.execute(text(DESCRIBE), described)


def _describe_organizations(connection: Connection) -> None:
    """Say of bodies of the state, and of departments that reforms changed, when they began and what followed them."""
    bodies = connection.execute(select(t.organizations.c.organization_id, t.organizations.c.name))
    listed = [(body.organization_id, years) for body in bodies if (years := lifespans.lifespan(body.name))]
    described = {
        "ids": [organization_id for organization_id, _ in listed],
        "since": [years.since for _, years in listed],
        "until": [years.until for _, years in listed],
        "successors": [years.successor for _, years in listed],
    }
    connection.execute(text(LIFESPANS), described)


def _link_copies(connection: Connection) -> None:
    """Find reports that stand in the knowledge base more than once; the fullest of them is the one to be counted."""
    prints = connection.execute(
        text("""
            SELECT r.report_id, r.fingerprint
            FROM kb.reports r JOIN kb.sources s USING (source_id)
            LEFT JOIN (
                SELECT report_id, count(*) AS figures FROM kb.quantities WHERE value IS NOT NULL GROUP BY report_id
            ) q USING (report_id)
            WHERE r.fingerprint IS NOT NULL
            ORDER BY coalesce(q.figures, 0) DESC, s.name, r.ordinal
        """)
    )
    found = fingerprint.copies({row.report_id: row.fingerprint for row in prints})
    connection.execute(t.report_copies.delete())
    if found:
        rows = [{"report_id": copy, "original_id": original} for copy, original in sorted(found.items())]
        connection.execute(insert(t.report_copies), rows)


def _delete_orphans(connection: Connection, table: Table, condition: str) -> None:
    (key,) = table.primary_key
    references = [
        (other.fullname, column.name)
        for other in t.metadata.sorted_tables
        for column in other.columns
        if column.references(key) and not other.name.endswith("_aliases")  # aliases go with what they name
    ]
    unused = " AND ".join(
        f"NOT EXISTS (SELECT FROM {other} AS child WHERE child.{column} = parent.{key.name})"
        for other, column in references
    )
    delete = text(f"DELETE FROM {table.fullname} AS parent WHERE {condition} AND {unused}")
    while connection.execute(delete).rowcount:  # again: a body may have been the last child of another
        pass
