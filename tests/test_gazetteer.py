"""The gazetteer: codes, names and what they mean where."""

from datetime import date

import pytest

from etl import gazetteer


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("延安", "610600"),
        ("延安市", "610600"),
        ("麦积", "620503"),
        ("恩施州", "422800"),
        ("内蒙古", "150000"),
        ("广西", "450000"),
        ("肃南县", "620721"),
        ("肃南", "620721"),
        ("德宏州", "533100"),
        ("西双版纳", "532800"),
        ("潜江", "429005"),
        ("天水市麦积区", "620503"),
        ("甘肃省天水市麦积区", "620503"),
        ("安徽潜山", "340882"),
        ("上海市虹口区", "310109"),
    ],
)
def test_a_name_leads_to_one_code(name: str, code: str) -> None:
    assert [r.code for r in gazetteer.lookup(name)] == [code]


def test_full_name_and_ancestors() -> None:
    assert gazetteer.full_name("620503") == "甘肃省天水市麦积区"
    assert [r.name for r in gazetteer.ancestors("620503")] == ["天水市", "甘肃省"]
    assert gazetteer.full_name("429005") == "湖北省潜江市"
    assert gazetteer.by_code("999999") is None


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("140000", "山西省"),
        ("610600", "延安市"),
        ("620503", "天水市麦积区"),
        ("310109", "上海市虹口区"),
        ("421087", "松滋市"),
        ("620721", "肃南裕固族自治县"),
    ],
)
def test_a_territory_has_one_name_as_an_organization(code: str, name: str) -> None:
    region = gazetteer.by_code(code)
    assert region is not None
    assert gazetteer.territory_name(region) == name


def test_organization_names_of_today_are_unique() -> None:
    names = [gazetteer.territory_name(r) for r in gazetteer.all_regions() if not r.is_former]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("name", "on", "found"),
    [
        ("襄樊", date(2005, 6, 1), "襄樊市"),
        ("监利", date(2015, 6, 1), "监利县"),
        ("监利", date(2022, 6, 1), "监利市"),
        ("蓬莱", date(2018, 6, 1), "蓬莱市"),
    ],
)
def test_a_name_is_read_as_of_its_day(name: str, on: date, found: str) -> None:
    assert [r.name for r in gazetteer.lookup(name, on=on)] == [found]


@pytest.mark.parametrize(
    ("code", "name", "successor"),
    [("530200", "东川市", "530113"), ("371200", "莱芜市", "370116"), ("421023", "监利县", "421088")],
)
def test_an_abolished_code_leads_to_that_of_today(code: str, name: str, successor: str) -> None:
    region = gazetteer.by_code(code)
    assert region is not None
    assert (region.name, region.successor_code, region.is_former) == (name, successor, True)


@pytest.mark.parametrize(
    ("name", "context", "code"),
    [
        ("城关区", "620100", "620102"),
        ("城关区", "540000", "540102"),
        ("城关区", "350000", None),
        ("吉林", "110000", "220000"),
        ("恩施", "420000", "422800"),
        ("海南", "630000", "632500"),
        ("海南", "440000", "460000"),
        ("朝阳", "110101", "110105"),
    ],
)
def test_context_decides_between_namesakes(name: str, context: str, code: str | None) -> None:
    region = gazetteer.resolve(gazetteer.lookup(name), context)
    assert (region and region.code) == code


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("荆州区、沙市区和公安县", ["荆州区", "沙市区", "公安县"]),
        ("长江西岸、黄河南岸", []),
        ("上海路和北京西路改造", []),
        ("赴江西、广东考察", ["江西", "广东"]),
        ("建成县级中心、新县城", []),
        ("陕西安康", ["陕西", "安康"]),
        ("复合肥增产、荆州区位优势", []),
    ],
)
def test_names_are_found_where_they_stand_alone(text: str, names: list[str]) -> None:
    assert [text[m.start : m.end] for m in gazetteer.find(text)] == names


def test_short_names_that_are_words_are_marked() -> None:
    assert [m.is_word for m in gazetteer.find("加强合作")] == [True]


def test_every_parent_and_successor_is_known_and_every_place_of_today_has_coordinates() -> None:
    for region in gazetteer.all_regions():
        for code in (region.parent_code, region.successor_code):
            assert code is None or gazetteer.by_code(code) is not None
        assert (region.parent_code is None) == (region.level == "province")
        assert region.is_former or region.latitude is not None or region.code[:2] in {"71", "81", "82"}
