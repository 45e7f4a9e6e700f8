"""Charts: axes whose ticks differ, names that are never cut, colours that keep their meaning, dates that stay on their day."""

from __future__ import annotations

import json
from datetime import date

import pytest
import vl_convert
from streamlit.testing.v1 import AppTest

from analytics.churn.driver_words import KIND_NAMES
from assistant.chart_style import LIGHT, date_axis, money_labels, number_format
from assistant.charts import vega_lite
from tests.app.files import NASTY
from vocabulary.estimate import Unit
from vocabulary.finding import Chart, ChartKind, Column, DriverKind, Finding, Table
from vocabulary.language import Text
from vocabulary.sentence import say

_NAME = Column("name", Text("groupe", "group"))
_RATE = Column("rate", Text("part", "share"), Unit.RATIO)
_LOW, _HIGH = Column("low", Text("bas", "low"), Unit.RATIO), Column("high", Text("haut", "high"), Unit.RATIO)


def _finding(rows, *, kind=ChartKind.BAR, columns=(_NAME, _RATE, _LOW, _HIGH), analysis="churn_rate", color=None, x="rate", y="name"):
    chart = Chart(kind, say("Titre", "Title"), x, y, color, "low", "high")
    return Finding(analysis, say("Dit", "Said"), table=Table(tuple(columns), tuple(rows)), chart=chart)


def _texts(spec):
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == "text"]


@pytest.mark.parametrize(("high", "digits"), [(0.9, 0), (0.05, 0), (0.01, 1), (0.0012, 2)])
def test_two_ticks_of_a_share_never_read_the_same(high, digits):
    """Five ticks over the reach, written with the axis's own number of decimals, are five different words."""
    assert number_format(Unit.RATIO, [0.0, high]) == f".{digits}%"
    step = high / 5
    assert len({f"{100 * step * k:.{digits}f}" for k in range(6)}) == 6


def test_amounts_under_one_are_not_written_in_thousandths():
    """d3's `~s` writes 0.2 as 200m, which a manager reads as millions."""
    assert number_format(Unit.MONEY, [0.0, 0.8]) == ",.2~f"
    assert number_format(Unit.MONEY, [0.0, 2_000_000]) == "~s"


@pytest.mark.parametrize(
    ("high", "language", "currency", "expected"),
    [
        (90_000, "fr", "EUR", ["0", "20\u202fk€", "80\u202fk€"]), (90_000, "en", "GBP", ["0", "£20k", "£80k"]),
        (1_400_000, "fr", "EUR", ["0", "0,5\u202fM€", "1\u202fM€"]), (90_000, "fr", None, ["0", "20\u202fk", "80\u202fk"]),
    ],
)  # fmt: skip
def test_large_amounts_bear_their_currency_as_the_reader_writes_it(high, language, currency, expected):
    """Written by the drawing library itself, in a chart: never a bare "100k" in French."""
    columns = (_NAME, Column("rate", Text("montant", "amount"), Unit.MONEY), *(Column(name, Text(name, name), Unit.MONEY) for name in ("low", "high")))
    rows = [("a", high, high, high), ("b", high / 3, high / 3, high / 3)]
    spec = vega_lite(_finding(rows, kind=ChartKind.LINE, columns=columns, x="name", y="rate"), language, currency)
    drawn = vl_convert.vegalite_to_svg(json.dumps(spec))
    assert all(f">{tick}</text>" in drawn for tick in expected)
    assert money_labels([0.0, 900.0], language, currency) is None


def test_a_few_months_have_each_their_mark_once():
    """Three months: three marks, at the dates drawn; nine years: whole years."""
    few = date_axis([date(2023, 10, 1), date(2023, 11, 1), date(2023, 12, 1)])
    assert [mark["month"] for mark in few["values"]] == [10, 11, 12]
    long = date_axis([date(2005 + k // 12, 1 + k % 12, 1) for k in range(9 * 12)])
    assert (long["format"], long["tickCount"]["interval"]) == ("%Y", "year")


def test_a_date_is_drawn_on_its_day_wherever_the_reader_is():
    """A bare date is midnight in London; with a time and no zone it is the reader's own midnight."""
    columns = (Column("name", Text("mois", "month")), _RATE, _LOW, _HIGH)
    rows = [(date(2024, month, 1), 0.1, 0.05, 0.2) for month in (1, 2)]
    spec = vega_lite(_finding(rows, kind=ChartKind.LINE, columns=columns, x="name", y="rate"), "fr")
    assert {value["c0"] for value in spec["data"]["values"]} == {"2024-01-01T00:00:00", "2024-02-01T00:00:00"}


def test_long_names_stand_whole_above_their_bar():
    """No axis to cut them; a layer writes them, and another the numbers."""
    spec = vega_lite(_finding([("Aucun contact « Bienvenue » dans les premières semaines", 0.586, 0.55, 0.62)]), "fr")
    assert spec["layer"][0]["encoding"]["y"]["axis"] is None
    assert [layer["encoding"]["text"]["field"] for layer in _texts(spec)] == ["said", "c1"]
    assert spec["data"]["values"][0]["said"] == "58,6\u202f%"


def test_bare_numbers_are_named_by_their_axis():
    """Steps 1, 2, 3 say nothing unless the axis says what they count; names say it themselves."""
    numbered = vega_lite(_finding([("1", 0.3, 0.2, 0.4), ("4–6", 0.2, 0.1, 0.3)]), "fr")
    named = vega_lite(_finding([("Lyon", 0.3, 0.2, 0.4), ("Lille", 0.2, 0.1, 0.3)]), "fr")
    assert numbered["layer"][0]["encoding"]["y"]["axis"]["title"] == "groupe"
    assert named["layer"][0]["encoding"]["y"]["axis"]["title"] is None


def test_a_kind_of_driver_keeps_its_colour():
    """A chart with profiles only must not paint them as causes."""
    columns = (_NAME, _RATE, _LOW, _HIGH, Column("kind", Text("nature", "kind")))
    rows = [("A", 0.3, 0.2, 0.4, KIND_NAMES[DriverKind.PROFILE])]
    scale = vega_lite(_finding(rows, columns=columns, color="kind"), "fr")["layer"][0]["encoding"]["color"]["scale"]
    assert scale == {"domain": ["profil"], "range": [LIGHT.categories[1]]}


def test_segments_are_drawn_from_the_largest_down():
    """Their table follows the order of their rules; other charts keep the order of theirs."""
    rows = [("a", 0.1, 0.0, 0.2), ("b", 0.5, 0.4, 0.6), ("c", 0.3, 0.2, 0.4)]
    order = [value["c1"] for value in vega_lite(_finding(rows, analysis="segments"), "fr")["data"]["values"]]
    kept = [value["c1"] for value in vega_lite(_finding(rows), "fr")["data"]["values"]]
    assert (order, kept) == (["b", "c", "a"], ["a", "b", "c"])


def test_a_value_of_a_file_is_data_and_never_an_expression():
    """T12: nothing in the spec is evaluated, and the value stands in the data as it is."""
    spec = vega_lite(_finding([(NASTY, 0.3, 0.2, 0.4), ("datum.constructor", 0.2, 0.1, 0.3)]), "fr")
    assert not {"expr", "labelExpr", "transform", "signal", "href", "url"} & set(_keys(spec))
    assert [value["c1"] for value in spec["data"]["values"]] == [NASTY, "datum.constructor"]
    json.dumps(spec)


def _keys(part):
    if isinstance(part, dict):
        for key, value in part.items():
            yield key
            yield from _keys(value)
    elif isinstance(part, list):
        for one in part:
            yield from _keys(one)


def _listed() -> None:
    from ui.parts.chart import show_exhibit
    from vocabulary.estimate import Unit
    from vocabulary.finding import Column, Finding, Table
    from vocabulary.language import Text
    from vocabulary.sentence import say

    for contact in (False, True):
        marks = (Column("contact", Text("contact", "contact")),) if contact else ()
        names = (Column("customer", Text("client", "customer")), *marks, Column("score", Text("risque", "risk"), Unit.RATIO),
                 Column("value", Text("valeur", "value"), Unit.MONEY), Column("at_stake", Text("exposée", "at stake"), Unit.MONEY))  # fmt: skip
        rows = tuple((f"C{i}", *((None,) if contact else ()), 0.5, 10.0, 5.0) for i in range(3))
        show_exhibit(Finding("at_risk", say("x", "x"), items=({"customer": "C0"},), table=Table(names, rows)), "fr", None, key=f"k{contact}")


def test_a_phone_leaves_out_what_is_at_stake_and_keeps_the_risk() -> None:
    """Whether or not a mark stands between the customer and the risk: the column left out is found by its name."""
    page = AppTest.from_function(_listed).run()
    assert not page.exception
    keys = [block.proto.id for block in _blocks(page.main) if "words-k" in block.proto.id]
    assert ["-p3-" in keys[0], "-p4-" in keys[1]] == [True, True]
    assert [list(table.value.columns)[place] for table, place in zip(page.table, (2, 3), strict=True)] == ["Exposée", "Exposée"]


def _blocks(block):
    found = [block] if getattr(block, "proto", None) is not None and hasattr(block.proto, "id") else []
    return found + [inner for child in getattr(block, "children", {}).values() for inner in _blocks(child)]
