"""The best shop is the one that brings in most; whether amounts hold tax is no sum of them; one word about the last sale is of its day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.planner import Dialogue
from assistant.session import Session


@pytest.fixture(scope="module")
def florist(tmp_path_factory: pytest.TempPathFactory) -> Session:
    rows = ["Facture;Cliente;Jour;Fleur;Boutique;Fleuriste;Total TTC"]
    for n in range(600):
        day = date(2024, 1, 3) + timedelta(days=n)
        rows.append(f"F{n:04d};K{n % 140:03d};{day:%d/%m/%Y};{('Rose', 'Tulipe', 'Lys')[n % 3]};{('Annecy', 'Thonon')[n % 5 > 1]};{('Iris', 'Flore')[n % 2]};{12 + n % 9},00")
    path: Path = tmp_path_factory.mktemp("florist") / "bouquets.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    opened = Session()
    opened.load([path])
    return opened


def steps(session: Session, question: str, language: str) -> list[tuple[str, dict[str, object]]]:
    reading = session.planner.read(question, language, Dialogue(), session.study)  # type: ignore[arg-type]
    return [(step.analysis, dict(step.arguments)) for step in reading.steps]


@pytest.mark.parametrize(("question", "language", "field"), [
    ("Quelle est la meilleure boutique ?", "fr", "store"), ("best shop?", "en", "store"), ("Le classement des boutiques", "fr", "store"), ("Which is the worst shop?", "en", "store"),
])  # fmt: skip
def test_shops_are_ranked_by_what_they_bring_in(florist: Session, question: str, language: str, field: str) -> None:
    [(analysis, told)] = steps(florist, question, language)
    assert (analysis, told["measure"], told["by"]) == ("explore", "amount", [field])


@pytest.mark.parametrize(("question", "language"), [
    ("Les montants sont-ils TTC ?", "fr"), ("C'est du TTC ou du HT ?", "fr"), ("Do the amounts include tax?", "en"), ("Does the revenue include VAT?", "en"), ("vos chiffres incluent-ils la TVA", "fr"),
])  # fmt: skip
def test_whether_amounts_hold_tax_is_the_definition_of_money(florist: Session, question: str, language: str) -> None:
    assert [analysis for analysis, _ in steps(florist, question, language)] == ["money_definition"]


@pytest.mark.parametrize(("question", "language"), [("Quel est le CA TTC 2025 ?", "fr"), ("How much revenue in 2025, VAT included?", "en")])
def test_a_sum_with_tax_stays_a_sum(florist: Session, question: str, language: str) -> None:
    assert all(analysis != "money_definition" for analysis, _ in steps(florist, question, language))


@pytest.mark.parametrize(("question", "language", "end"), [("dernière vente ?", "fr", "last"), ("first purchase", "en", "first"), ("la dernière facture", "fr", "last")])
def test_one_thing_sold_is_asked_for_its_day(florist: Session, question: str, language: str, end: str) -> None:
    [(analysis, told)] = steps(florist, question, language)
    assert (analysis, told["edge"]) == ("explore", end)


@pytest.mark.parametrize(("question", "language"), [("première et dernière date", "fr"), ("first and last date of my data", "en")])
def test_the_first_and_last_date_are_those_of_the_files(florist: Session, question: str, language: str) -> None:
    assert steps(florist, question, language) == [("data_health", {"days": True})]


@pytest.mark.parametrize(("question", "language"), [("Quelle part des commandes contient des roses ?", "fr"), ("share of orders containing Tulipe", "en")])
def test_what_an_order_contains(florist: Session, question: str, language: str) -> None:
    [(analysis, told)] = steps(florist, question, language)
    assert (analysis, told["measure"]) == ("explore", "share_orders") and told["part"][0]["field"] == "product"  # type: ignore[index]


@pytest.mark.parametrize("question", ["Plus gros ticket ?", "plus petit ticket", "le plus gros ticket"])
def test_a_ticket_is_said_in_both_languages(question: str) -> None:
    from assistant.embedded.language import detect_language

    assert detect_language(question, "fr") == "fr"


@pytest.mark.parametrize(("question", "field", "order"), [
    ("quel est le plus vendu ?", "product", None), ("quelle est la boutique la moins chère à tenir ?", None, None), ("Quelle fleur est la moins vendue ?", "product", "asc"), ("quelle est la fleur la plus achetée", "product", None),
])  # fmt: skip
def test_what_sells_most_or_least(florist: Session, question: str, field: str | None, order: str | None) -> None:
    told = [arguments for analysis, arguments in steps(florist, question, "fr") if analysis == "explore" and "by" in arguments and arguments["measure"] in ("amount", "orders", "quantity")]
    assert [(one["by"], one.get("order")) for one in told] == ([] if field is None else [([field], order)])


@pytest.mark.parametrize(("question", "language", "measure", "by"), [
    ("plus gros panier ?", "fr", "highest_basket", None), ("largest basket", "en", "highest_basket", None), ("smallest basket in Annecy", "en", "lowest_basket", None),
    ("quelle boutique a le plus gros panier ?", "fr", "average_basket", ["store"]), ("panier moyen", "fr", "average_basket", None),
])  # fmt: skip
def test_the_largest_basket_is_one_and_a_shop_is_ranked_by_its_mean(florist: Session, question: str, language: str, measure: str, by: list[str] | None) -> None:
    [(analysis, told)] = steps(florist, question, language)
    assert (analysis, told["measure"], told.get("by")) == ("explore", measure, by)
