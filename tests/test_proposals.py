"""Proposals for phrases that the catalog does not know."""

from collections.abc import Iterator

import pytest

from etl import catalog, proposals
from etl.additions import Addition


@pytest.fixture(autouse=True)
def installed() -> Iterator[None]:
    """The catalog as it is installed, after each test again."""
    yield
    catalog.use(())


@pytest.mark.parametrize(
    ("phrase", "dimension", "code"),
    [
        ("茶叶新品种植面积", "area", "TEA_AREA"),
        ("省内民营企业再就业补助资金", "money_cny", "EMPLOYMENT_FUNDS"),  # what is counted stands at the end
        ("工业企业", "count", "INDUSTRY_FIRMS"),  # of the many concepts with these words one in this unit
    ],
)
def test_what_is_near(phrase: str, dimension: str, code: str) -> None:
    assert code in proposals.nearest(phrase, frozenset({dimension}))


@pytest.mark.parametrize("phrase", ["琉璃盏鎏金", "村", ""])
def test_what_is_near_nothing(phrase: str) -> None:
    assert proposals.nearest(phrase) == ()


def test_what_users_add_is_proposed() -> None:
    assert proposals.nearest("琉璃盏烧制数量") == ()
    catalog.use([Addition(code="MY_CUPS", name="琉璃盏烧制", dimension="count")])
    assert proposals.nearest("琉璃盏烧制数量") == ("MY_CUPS",)
