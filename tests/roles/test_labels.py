"""What columns say who left, which way round, and when that is not sure (`labels.yaml`): the worst mistakes of a reading."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from analytics.datamodel.labels import SURE, WORTH_ASKING, read_label
from analytics.datamodel.model import ColumnProfile, ColumnType
from analytics.datamodel.roles import Role
from analytics.loading.words import YES_NO

_CASES = yaml.safe_load((Path(__file__).parent / "labels.yaml").read_text(encoding="utf-8"))


def _column(header: str, values: str) -> ColumnProfile:
    counted = [(value.partition("*")[0].strip(), int(value.partition("*")[2] or 1)) for value in values.split(";")]
    words = [word for word, _ in counted]
    rows = 100 * sum(count for _, count in counted)
    flag = len(words) == 2 and any({word.lower() for word in words} <= yes | no for _, yes, no in YES_NO)
    number = all(word.replace(".", "", 1).isdigit() for word in words)
    kind = ColumnType.FLAG if flag else (ColumnType.NUMBER if number else ColumnType.CATEGORY)
    if all(len(word) == 10 and word[4] == "-" for word in words):
        kind = ColumnType.DATE
    top = tuple((word, 100 * count) for word, count in counted) if kind in (ColumnType.FLAG, ColumnType.CATEGORY) else ()
    return ColumnProfile(
        header, "c0", kind, rows, rows, len(words), examples=tuple(words[:5]), top=top, integer="." not in values
    )  # fmt: skip


def _split(line: str) -> tuple[ColumnProfile, str]:
    header, values, expected = (part.strip() for part in line.rsplit("|", 2))
    return _column(header, values), expected


@pytest.mark.parametrize("line", _CASES["certain"])
def test_a_label_is_read_the_right_way_round(line):
    column, expected = _split(line)
    found = read_label(column)
    assert found is not None and found.confidence >= SURE, found
    assert found.values == tuple(value.strip() for value in expected.split(";"))


@pytest.mark.parametrize("line", _CASES["asked"])
def test_a_doubtful_label_is_asked_about(line):
    found = read_label(_split(line)[0])
    assert found is not None and WORTH_ASKING <= found.confidence < SURE, found


@pytest.mark.parametrize("line", _CASES["never"])
def test_what_only_looks_like_a_label_is_never_used(line):
    found = read_label(_split(line)[0])
    assert found is None or found.confidence < SURE, found


@pytest.mark.parametrize(("crossed", "sure"), [(18, True), (80, False)])
def test_a_cross_says_who_left_where_few_are_crossed(crossed, sure):
    """« Parti : X », and nothing for the others; crosses nearly everywhere may as well leave out what is not known."""
    column = ColumnProfile("Parti", "c0", ColumnType.CATEGORY, 100, crossed, 1, examples=("X",), top=(("X", crossed),))
    found = read_label(column)
    assert found is not None and found.values == ("X",) and (found.confidence >= SURE) is sure


def test_who_has_not_renewed_may_still_have_time_to():
    """Beside the date when a term ends, « Renouvelé : non » is asked about."""
    column = _column("Renouvelé", "oui*4;non")
    alone, dated = read_label(column), read_label(column, {Role.END_DATE})
    assert alone is not None and dated is not None and dated.confidence < SURE <= alone.confidence


@pytest.mark.parametrize("line", ["Ceased | Y;N*5", "closed_flag | 1;0*5", "Désabonné | oui;non*4", "Carte résiliée | Oui;Non*5"])
def test_beside_what_is_paid_for_and_since_when_a_departure_is_sure(line):
    """Of a file, of the newsletter, of a programme: asked; of a subscription with its plan and its start: sure."""
    column = _column(*(part.strip() for part in line.split("|")))
    alone, held = read_label(column), read_label(column, {Role.PLAN, Role.START_DATE})
    assert alone is None or alone.confidence < SURE
    assert held is not None and held.confidence >= SURE


@pytest.mark.parametrize("line", ["Carte fidélité active | oui*2;non", "Programme fidélité actif | oui;non*2", "Loyalty active | Yes*2;No"])
def test_the_programme_is_not_what_is_paid_for(line):
    """Beside a subscription too: who has no loyalty card has not left."""
    column = _column(*(part.strip() for part in line.split("|")))
    found = read_label(column, {Role.PLAN, Role.START_DATE, Role.RECURRING_AMOUNT})
    assert found is None or found.confidence < SURE


def test_a_header_without_words_is_no_subscription():
    found = read_label(_column("2024", "actif*5;perdu*2;prospect"))
    assert found is None or found.confidence < SURE
