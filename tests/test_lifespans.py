"""When bodies of the state began and ended, and what followed them: those listed, and departments by their names."""

from dataclasses import replace

import pytest
from handmade import example, undone, write
from sqlalchemy import text

from etl import lifespans, views, vocabulary
from etl.cli.database import connect


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("中华人民共和国环境保护部", (2008, 2018, "中华人民共和国生态环境部")),
        ("国家环境保护总局", (1998, 2008, "中华人民共和国环境保护部")),
        ("国家发展和改革委员会", (2003, None, None)),
        ("甘肃省环境保护厅", (None, 2018, "甘肃省生态环境厅")),
        ("天水市麦积区卫生局", (None, 2014, "天水市麦积区卫生和计划生育局")),
        ("山西省安全生产监督管理局", (2001, 2018, "山西省应急管理厅")),
        ("延安市安全生产监督管理局", (2001, 2019, "延安市应急管理局")),
        ("延安市退役军人事务局", (2018, None, None)),
        ("延安市林业局", None),
        ("延安市", None),
    ],
)
def test_lifespans(name: str, expected: tuple[int | None, int | None, str | None] | None) -> None:
    assert lifespans.lifespan(name) == expected


def test_successors_of_listed_bodies_are_listed() -> None:
    names = {body.name for body in vocabulary.known_organizations()}
    successors = {body.successor for body in vocabulary.known_organizations() if body.successor}
    assert successors <= names
    assert all(body.until for body in vocabulary.known_organizations() if body.successor)


def test_they_reach_the_database(database: str) -> None:
    with connect(database).begin() as connection:
        views.upgrade(connection)
    facts = example()
    report = facts.reports[0]
    first, *others = report.organizations
    renamed = replace(report, organizations=(replace(first, name="延安市环境保护局", type="department"), *others))
    with undone(database) as connection:
        write(connection, replace(facts, reports=(renamed, *facts.reports[1:])))
        row = connection.execute(
            text("SELECT since_year, until_year, successor_name FROM kb.organizations WHERE name = '延安市环境保护局'")
        ).one()
        assert tuple(row) == (None, 2019, "延安市生态环境局")
