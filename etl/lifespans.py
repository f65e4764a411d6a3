"""When bodies of the state began and ceased to be, and who took over their work.

Bodies that are listed have their years in organizations.csv; those of the departments of every territory are in
schema/vocabulary/reforms.csv.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from etl.vocabulary import known_organizations, rows


class Reform(BaseModel):
    """A department that reforms founded, renamed or dissolved, without the name of its territory."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    level: str  # "province", or "" for all levels that have no line of their own
    name: str
    type: str
    since: int | None
    until: int | None
    successor: str | None


@cache
def reforms() -> dict[tuple[str, str], Reform]:
    """schema/vocabulary/reforms.csv by level and name."""
    lines = ({key: value or None for key, value in row.items()} for row in rows("reforms.csv"))
    found = (Reform.model_validate({**line, "level": line["level"] or ""}) for line in lines)
    return {(reform.level, reform.name): reform for reform in found}


class Lifespan(NamedTuple):
    """The years in which a body began and ceased to be, None for unknown or not yet, and who took over its work."""

    since: int | None
    until: int | None
    successor: str | None


def lifespan(name: str) -> Lifespan | None:
    """The years of a body of the state, or of a territory's department: 延安市环境保护局; None if it is not listed."""
    if known := _lifespans().get(name):
        return known
    for cut in range(2, len(name)):
        territory, work = name[:cut], name[cut:]
        level = "province" if territory.endswith(("省", "自治区")) else ""
        reform = reforms().get((level, work)) or reforms().get(("", work))
        if reform and territory[-1] in "省市区县州盟旗":
            return Lifespan(reform.since, reform.until, territory + reform.successor if reform.successor else None)
    return None


@cache
def _lifespans() -> dict[str, Lifespan]:
    return {
        body.name: Lifespan(body.since, body.until, body.successor)
        for body in known_organizations()
        if body.since or body.until
    }
