"""Phrases become concepts: the words of a report are brought into one form and looked up in the catalog.

A phrase means a concept only as a whole. 民营经济增加值 is not 地区生产总值, although it ends like it, and 新增贷款
is not the balance of loans. What the catalog does not know stays itself, in a form in which equal phrases meet:
发放宣传单 and 宣传单发放. The concepts are in schema/vocabulary/indicators/, the words round them in catalog.toml.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import ahocorasick_rs

from etl import additions, families, vocabulary
from etl.additions import Addition
from etl.vocabulary import IndicatorConcept

ANY_CONCEPT = frozenset({"growth", "pp", "share", "rank", "completion", "multiple"})  # measures that say no amount
EXACT, SUFFIX, PATTERN = 1.0, 0.97, 0.95  # confidence by how a phrase was found
_OPTIONAL_ACT = re.compile(r"(?<=新)\(([改扩续迁、]+)\)(?=建)|(?<=新建)\(([改扩续迁]建)\)")  # 新(改)建, 新建(改建)
_ASIDES = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]")
_NUMBERED = re.compile(r"^(?:\d{1,3}\.|[①-⑳]|[((]?[一二三四五六七八九十]+是|\d{4}年)(?=\D)")
_MARKS = re.compile(r"[\s“”\"'‘’「」《》〈〉()、，,。.：:；;!?·—\-_*&/【】\[\]{}|…的]+")
_SHARE = re.compile(r"占|比重$|占比$|比例$")
_NEW_TOTAL = re.compile(r"新(?:增|建|设|登记|认定|培育|引进).*总[量数]$")  # 新增企业41家、总量达1198家: not what is new


class Match(NamedTuple):
    """The concept that a phrase means, how that was found (alias, suffix, pattern), and how sure it is (0 to 1)."""

    code: str
    how: str
    confidence: float


class Problem(NamedTuple):
    """Something wrong in the catalog, for the person who edits it."""

    rule: str
    code: str
    detail: str


# ---------------------------------------------------------------- one form for a phrase


@cache
def _dressing() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = vocabulary.catalog_words()
    either = vocabulary.alternatives
    return (
        re.compile(f"(?:{either(words.openings)})+"),
        re.compile(f"(?:{either(words.closings)})+$"),
        re.compile(f"(?:{either(words.inner_verbs)})(?={either(words.inner_nouns)})"),
    )


@cache
def _spellings() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), plain) for pattern, plain in vocabulary.catalog_words().spellings)


@lru_cache(maxsize=200_000)
def plain(phrase: str) -> str:
    """The phrase without marks, asides and the words that say nothing of what is counted, in one spelling.

    全市完成“固定资产投资”(不含农户) → 固定资产投资; but 新(改)建公路 is 新改建公路. Never empty, unless the phrase
    is nothing but marks.
    """
    text = _OPTIONAL_ACT.sub(r"\1\2", unicodedata.normalize("NFKC", phrase).upper())
    bare = _MARKS.sub("", _NUMBERED.sub("", _ASIDES.sub("", text))) or _MARKS.sub("", text)
    for pattern, spelling in _spellings():
        bare = pattern.sub(spelling, bare)
    openings, closings, inner = _dressing()
    found = openings.match(bare)
    if found and len(bare) - found.end() >= 2:
        bare = bare[found.end() :]
    found = closings.search(bare)
    if found and found.start() >= 2:
        bare = bare[: found.start()]
    return inner.sub("", bare) or bare


@cache
def _verbs() -> dict[str, str]:
    """Verb → the verb that stands for it."""
    groups = vocabulary.catalog_words().verbs
    return {word: verb for verb, synonyms in groups.items() for word in (verb, *synonyms)}


@cache
def _verb_chains() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    one = vocabulary.alternatives(_verbs())
    return re.compile(one), re.compile(f"(?:(?:{one})[和与及并]?)+"), re.compile(f"(?:{one})+$")


@lru_cache(maxsize=200_000)
def normal_form(phrase: str) -> str:
    """The form in which equal phrases meet: verbs first, one for its synonyms, whatever their place was.

    宣传单发放 and 派发宣传单 → 发放宣传单. Applied twice it changes nothing.
    """
    verb, leading, trailing = _verb_chains()
    said: set[str] = set()
    core, before = plain(phrase), ""
    while core != before:  # 项目实现开工: what stands between goes when the verb has gone
        before = core
        found = leading.match(core)
        if found and len(core) - found.end() >= 2:
            said.update(_verbs()[word] for word in verb.findall(found[0]))
            core = core[found.end() :]
        found = trailing.search(core)
        if found and found.start() >= 2:
            said.update(_verbs()[word] for word in verb.findall(found[0]))
            core = core[: found.start()]
        core = plain(core)
    return "".join(sorted(said)) + core


# ---------------------------------------------------------------- the catalog as an index


class _Index(NamedTuple):
    aliases: dict[str, tuple[str, ...]]  # plain form → codes, in the order of the catalog
    cores: dict[str, tuple[str, ...]]  # plain form without the word of amount at its end → codes
    anchors: ahocorasick_rs.AhoCorasick
    patterns: tuple[tuple[str, str], ...]  # code and pattern by the number of their anchor; compiled when one is met


_added: tuple[Addition, ...] = ()


def use(added: Iterable[Addition]) -> None:
    """Take what users have added into the catalog, in the place of what was added before."""
    global _added
    if _added != (added := tuple(added)):
        _added = added
        for cached in (indicators, concepts, names, bureau_names, _index, match):
            cached.cache_clear()


def added() -> tuple[Addition, ...]:
    """What users have added."""
    return _added


@cache
def indicators() -> tuple[IndicatorConcept, ...]:
    """The catalog, additions included."""
    return additions.extended(families.indicators(), _added)


@cache
def concepts() -> dict[str, IndicatorConcept]:
    """The catalog by code."""
    return {concept.code: concept for concept in indicators()}


@cache
def names() -> dict[str, str]:
    """Name of a concept → its code."""
    return {concept.name: concept.code for concept in indicators()}


@cache
def bureau_names() -> dict[str, str]:
    """Names of the National Bureau of Statistics, where one concept alone bears them, → code."""
    told = Counter(concept.nbs_name for concept in indicators() if concept.nbs_name)
    return {c.nbs_name: c.code for c in indicators() if c.nbs_name and told[c.nbs_name] == 1}


def version() -> str:
    """Hash of all that decides which concept a phrase means: what another version has mapped is mapped again."""
    digest = hashlib.sha256(repr(_added).encode())
    for path in files():
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def files() -> list[Path]:
    """The rules and the vocabulary that decide which concept a phrase means, and nothing else."""
    words = (vocabulary.FOLDER / name for name in ("catalog.toml", "families.toml"))
    tables = (path for folder in ("indicators", "breakdowns") for path in (vocabulary.FOLDER / folder).glob("*.csv"))
    return [Path(__file__), Path(additions.__file__), *words, *sorted(tables)]


@cache
def _index() -> _Index:
    aliases: defaultdict[str, list[str]] = defaultdict(list)
    cores: defaultdict[str, list[str]] = defaultdict(list)
    patterns: list[tuple[str, str]] = []
    runs: list[str] = []
    for code, phrases, forms in by_precedence():
        for phrase in phrases:
            for form in {plain(phrase), normal_form(phrase)}:
                aliases[form].append(code)
                cores[_core(form)].append(code)
        for pattern in forms:
            for run in anchors(pattern):
                patterns.append((code, pattern))
                runs.append(run)
    matcher = ahocorasick_rs.AhoCorasick(runs)
    return _Index(_distinct(aliases), _distinct(cores), matcher, tuple(patterns))


def forms() -> dict[str, tuple[str, ...]]:
    """The phrases of the catalog in their plain form → the codes of what they mean, the first one first."""
    return _index().aliases


def _distinct(groups: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {form: tuple(dict.fromkeys(codes)) for form, codes in groups.items()}


def by_precedence() -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Code, phrases and patterns: what users say of a phrase goes before what the catalog says."""
    for addition in _added:
        code = code_of(addition)
        if code:
            yield code, addition.phrases, addition.patterns
    for concept in concepts().values():
        yield concept.code, _phrases(concept), concept.patterns


def code_of(addition: Addition) -> str | None:
    """The concept that an addition adds to: the one of its code, or of its name."""
    return addition.code if addition.code in concepts() else names().get(addition.name or "")


def _phrases(concept: IndicatorConcept) -> tuple[str, ...]:
    return concept.name, *concept.aliases


def expanded(pattern: str) -> str:
    """A pattern of the catalog as a regular expression: {build} is any chain of the words of that
    set, {new+} one of at least one word.

    Raises:
        KeyError: catalog.toml has no such set.
    """
    sets = vocabulary.catalog_words().sets
    either = vocabulary.alternatives
    return re.sub(r"\{([a-z]+)(\+?)\}", lambda found: f"(?:{either(sets[found[1]])}){found[2] or '*'}", pattern)


@cache
def _compiled(pattern: str) -> re.Pattern[str] | None:
    """A pattern of the catalog, compiled; None where it is none."""
    try:
        return re.compile(expanded(pattern))
    except (re.error, KeyError):
        return None


_TOKEN = re.compile(r"\(\?:|\||\)[?*]?\+?|\{[a-z]+\+?\}|\[[^\]]*\][?*+]?|.(?:[?*]|\{[\d,]+\})?")


def anchors(pattern: str) -> frozenset[str]:
    """Runs of plain characters of which every match of the pattern holds at least one.

    With their help few patterns are tried on a phrase: 农村公路 is the one of {build}农村公路(?:里程)?, and of
    (?:中欧|中亚)班列(?:开行)? it is 班列. Empty if there are none of two characters or more.
    """
    stack: list[tuple[list[frozenset[str]], list[frozenset[str]]]] = [([], [])]  # alternatives, parts of the last one
    run = ""
    for token in [*_TOKEN.findall(pattern), "|"]:
        if len(token) == 1 and token not in "|)":
            run += token
            continue
        alternatives, parts = stack[-1]
        parts.append(frozenset({run}))
        run = ""
        if token == "(?:":
            stack.append(([], []))
        elif token == "|" or token[0] == ")":
            alternatives.append(max(parts, key=lambda runs: min(map(len, runs))))
            parts.clear()
            if token[0] == ")":
                stack.pop()
                required = not token.endswith(("?", "*"))
                stack[-1][1].append(frozenset().union(*alternatives) if required else frozenset({""}))
    found = frozenset().union(*stack[0][0])
    return found if min(map(len, found)) >= 2 else frozenset()


@cache
def _endings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = vocabulary.catalog_words()
    either = vocabulary.alternatives
    return re.compile(f"(?:{either(words.amounts)})$"), re.compile(f"(?:{either(words.growth)})+$")


def _core(form: str) -> str:
    """The form without a word of amount at its end, if three characters stay: 市场主体总数 → 市场主体.

    What is shorter says too little: 企业总数 is not every figure of 企业.
    """
    found = _endings()[0].search(form)
    return form[: found.start()] if found and found.start() >= 3 and not _NEW_TOTAL.match(form) else form


# ---------------------------------------------------------------- matching


@lru_cache(maxsize=200_000)
def match(indicator_text: str, unit_dimension: str | None, measure: str) -> Match | None:
    """The concept that a phrase means, or None.

    `unit_dimension` is that of the figure's unit in units.csv (None for an unknown unit or none), `measure` one of
    `records.Measure`. An amount must be in a unit of the concept's dimension: 高速公路 in 公里 is the length of the
    network, in 条 it is not. Growth, shares, ranks and the like are said of any concept.
    """
    form = plain(indicator_text)
    found = _find(form, unit_dimension, measure)
    if found:
        return found
    trimmed = _endings()[1].sub("", form)
    if trimmed != form and len(trimmed) >= 2 and measure in ("growth", "pp", "rank", "level", "multiple"):
        # 固定资产投资增速 6%: a growth, whatever the measure that was read
        return _find(trimmed, unit_dimension, "growth" if unit_dimension in ("ratio", None) else measure)
    return None


def _find(form: str, unit_dimension: str | None, measure: str) -> Match | None:
    index = _index()
    for known, text, how, confidence in (
        (index.aliases, form, "alias", EXACT),
        (index.aliases, normal_form(form), "alias", EXACT),
        (index.cores, _core(form), "suffix", SUFFIX),
    ):
        codes = [code for code in known.get(text, ()) if _fits(concepts()[code], unit_dimension, measure)]
        if codes and (how == "alias" or len(codes) == 1):
            return Match(codes[0], how, confidence)
    if _NEW_TOTAL.match(form):
        return None
    hits = {number for number, _, _ in index.anchors.find_matches_as_indexes(form, overlapping=True)}
    for number in sorted(hits):
        code, pattern = index.patterns[number]
        if _fits(concepts()[code], unit_dimension, measure):
            compiled = _compiled(pattern)
            if compiled and compiled.fullmatch(form):
                return Match(code, "pattern", PATTERN)
    return None


def _fits(concept: IndicatorConcept, unit_dimension: str | None, measure: str) -> bool:
    if measure in ANY_CONCEPT:
        return True
    dimension = unit_dimension or "none"
    return dimension in concept.dimensions or (
        dimension.startswith("money_") and any(own.startswith("money_") for own in concept.dimensions)
    )


# ---------------------------------------------------------------- keeping the catalog


def check(of: Container[str] | None = None) -> list[Problem]:
    """What is wrong in the catalog: each problem with the code of its concept, in the order of the file.

    `of` are the codes of the concepts to check, all if it is None.

    Rules: duplicate_code, duplicate_name, unknown_dimension, empty_range, no_anchor (a pattern that could be tried on
    no phrase fast), bad_pattern, lost_phrase (a name or alias that does not lead to its own concept, unless a user
    says otherwise), and of additions no_concept (the catalog does not know the code), other_concept (the catalog
    means something else by it), taken_name (a phrase is another concept's own name).
    """
    codes = Counter(concept.code for concept in indicators())
    called = Counter(concept.name for concept in indicators())
    judged = {plain(phrase) for addition in _added for phrase in addition.phrases}
    problems: list[Problem] = []
    for concept in indicators():
        if of is None or concept.code in of:
            found = [("duplicate_code", concept.code)] if codes[concept.code] > 1 else []
            found += [("duplicate_name", concept.name)] if called[concept.name] > 1 else []
            found += _check_values(concept)
            found += [(rule, pattern) for pattern in concept.patterns if (rule := _flaw(pattern))]
            found += [
                ("lost_phrase", phrase)
                for phrase in _phrases(concept)
                if plain(phrase) not in judged and _is_lost(concept, phrase)
            ]
            problems += [Problem(rule, concept.code, detail) for rule, detail in found]
    added = [addition for addition in _added if of is None or addition.code in of]
    return problems + [problem for addition in added for problem in _check_addition(addition)]


def _check_values(concept: IndicatorConcept) -> Iterator[tuple[str, str]]:
    known = {unit.dimension for unit in vocabulary.units().values()} | {"none"}
    for dimension in sorted(concept.dimensions - known):
        yield "unknown_dimension", dimension
    if concept.low is not None and concept.high is not None and concept.low >= concept.high:
        yield "empty_range", f"{concept.low} to {concept.high}"


def _check_addition(addition: Addition) -> Iterator[Problem]:
    concept = concepts().get(code_of(addition) or "")
    if concept is None:
        yield Problem("no_concept", addition.code, ", ".join(addition.phrases))
    elif addition.name and concept.name != addition.name:
        yield Problem("other_concept", addition.code, f"{concept.name}, added as {addition.name}")
    else:
        for phrase in addition.phrases:
            if names().get(phrase, concept.code) != concept.code:
                yield Problem("taken_name", addition.code, phrase)
            elif _is_lost(concept, phrase):
                yield Problem("lost_phrase", addition.code, phrase)


def _flaw(pattern: str) -> str | None:
    if _compiled(pattern) is None:
        return "bad_pattern"
    return None if anchors(pattern) else "no_anchor"


def _is_lost(concept: IndicatorConcept, phrase: str) -> bool:
    """Whether the phrase leads to another concept, whichever of the concept's units a figure is in."""
    found = {match(phrase, dimension, "level") for dimension in concept.dimensions}
    return all(hit is None or hit.code != concept.code for hit in found)
