"""Every shape of files: one labelled table, orders with lines and payments, links of ids, several tables of events."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from analytics.customers.reduce import Reduction, customers_at, reduce
from analytics.datamodel.attributes import Timing
from analytics.datamodel.headers import counts_orders
from analytics.datamodel.model import LostBasis, LostDefinition
from analytics.datamodel.roles import Role, TableKind
from analytics.measures.state import state_sql
from tests.unit.customers.worlds import TOLD, World

AS_OF = date(2025, 6, 30)
LABEL = LostDefinition(LostBasis.LABEL, TOLD, column="Résilié", table="t0", lost_values=("Oui",))


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def run(world: World, lost: LostDefinition | None = None) -> Reduction:
    return reduce(world.database, world.model(AS_OF, lost), state_sql)


def value(world: World, reduction: Reduction, name: str, customer: str) -> object:
    """The value of an attribute or a fixed column for one customer."""
    column = next((a.column for a in reduction.attributes if a.name == name), name)
    return world.database.row(f"SELECT {column} FROM customers WHERE customer_id = ?", [customer])[0]


def names(reduction: Reduction) -> set[str]:
    return {attribute.name for attribute in reduction.attributes}


def labelled(world: World, label: list[object]) -> None:
    world.add(
        TableKind.CUSTOMERS,
        pd.DataFrame({
            "N°": ["A1", "B2", "C3", "D4"],
            "Prénom": ["Zoé", "Luc", "Ana", "Max"],
            "Contrat": ["Mensuel", "Annuel", "Mensuel", "Annuel"],
            "Ancienneté (mois)": [2, 30, 12, 40],
            "Facture": [29.85, 56.95, 70.0, 20.0],
            "Canal": ["Salon", "Web", "Web", "Salon"],
            "Résilié": label,
        }),
        {
            "N°": Role.CUSTOMER_ID, "Prénom": Role.FIRST_NAME, "Contrat": Role.CONTRACT_TYPE,
            "Ancienneté (mois)": Role.TENURE, "Facture": Role.RECURRING_AMOUNT, "Canal": Role.ACQUISITION_CHANNEL,
            "Résilié": Role.CHURN_LABEL,
        },
    )  # fmt: skip


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ([True, False, False, None], ("Oui",)),
        (["Oui", "Non", "Non", None], ("Oui",)),
        ([1.0, 0.0, 0.0, None], ("1",)),
        (["Perdu", "Actif", "Actif", None], ("Perdu", "Parti")),
    ],
)
def test_one_labelled_table(world: World, label: list[object], words: tuple[str, ...]) -> None:
    labelled(world, label)
    reduction = run(world, LostDefinition(LostBasis.LABEL, TOLD, column="Résilié", table="t0", lost_values=words))
    rows = world.database.rows("SELECT customer_id, lost, state, tenure_months, monthly_amount, channel FROM customers")
    assert rows == [
        ("A1", True, "lost", 2.0, 29.85, "Salon"),
        ("B2", False, "loyal", 30.0, 56.95, "Web"),
        ("C3", False, "routine", 12.0, 70.0, "Web"),
        ("D4", None, "loyal", 40.0, 20.0, "Salon"),
    ]
    assert names(reduction) == {"Contrat", "Ancienneté (mois)", "Facture", "Canal", "Résilié"}
    timings = {attribute.name: attribute.timing for attribute in reduction.attributes}
    assert timings == {
        "Contrat": Timing.DURING, "Ancienneté (mois)": Timing.CLOCK, "Facture": Timing.DURING,
        "Canal": Timing.AT_RECRUITMENT, "Résilié": Timing.OUTCOME,
    }  # fmt: skip
    assert reduction.tables == {"customers"}


def test_what_the_files_say_of_the_present_is_unknown_at_an_earlier_date(world: World) -> None:
    labelled(world, [True, False, False, None])
    reduction = run(world, LABEL)
    then = customers_at(world.database, reduction.query, state_sql, date(2024, 1, 1)).to_pydict()
    columns = {attribute.name: attribute.column for attribute in reduction.attributes}
    assert then[columns["Canal"]] == ["Salon", "Web", "Web", "Salon"]
    assert then[columns["Contrat"]] == [None] * 4
    assert then["lost"] == [None] * 4


def test_a_customer_listed_twice_counts_once(world: World) -> None:
    frame = pd.DataFrame({"id": ["A", "A", "B"], "ville": ["Lyon", "Paris", "Nice"]})
    world.add(TableKind.CUSTOMERS, frame, {"id": Role.CUSTOMER_ID, "ville": Role.CITY})
    reduction = run(world)
    assert world.database.row("SELECT COUNT(*) FROM customers") == (2,)
    assert value(world, reduction, "ville", "A") == "Lyon"


def shop(world: World) -> None:
    """Orders whose customer is one id per order, translated to a person by another table; lines, payments, reviews."""
    world.add(
        TableKind.TRANSACTIONS,
        pd.DataFrame({
            "order_id": ["o1", "o2", "o3", "o4"],
            "customer_id": ["k1", "k2", "k3", "k4"],
            "status": ["delivered", "delivered", "canceled", "unavailable"],
            "bought": [date(2025, 1, 5), date(2025, 3, 5), date(2025, 4, 5), date(2025, 4, 6)],
            "delivered": [date(2025, 1, 20), date(2025, 3, 7), None, None],
            "promised": [date(2025, 1, 10), date(2025, 3, 20), date(2025, 4, 20), date(2025, 4, 20)],
        }),
        {
            "order_id": Role.ORDER_ID, "customer_id": Role.CUSTOMER_ID, "status": Role.ORDER_STATUS,
            "bought": Role.PURCHASE_DATE, "delivered": Role.DELIVERY_DATE, "promised": Role.PROMISED_DATE,
        },
    )  # fmt: skip
    world.add(
        TableKind.CUSTOMER_LINKS,
        pd.DataFrame({"customer_id": ["k1", "k2", "k3", "k4"], "unique": ["P", "P", "Q", "R"], "state": ["SP", "SP", "MT", "RJ"]}),
        {"customer_id": Role.CUSTOMER_LINK, "unique": Role.CUSTOMER_ID, "state": Role.REGION},
    )
    world.key("t0", "customer_id", "t1", "customer_id", Role.CUSTOMER_ID)
    world.add(
        TableKind.ORDER_LINES,
        pd.DataFrame({
            "order_id": ["o1", "o1", "o2", "o3"], "item": [1, 2, 1, 1], "product_id": ["x", "y", "x", "y"],
            "price": [10.0, 20.5, 10.0, 20.5], "freight": [5.0, 5.0, 5.0, 5.0],
        }),
        {"order_id": Role.ORDER_ID, "item": Role.LINE_ID, "product_id": Role.PRODUCT_ID, "price": Role.UNIT_PRICE,
         "freight": Role.SHIPPING},
    )  # fmt: skip
    world.add(
        TableKind.PRODUCTS,
        pd.DataFrame({"product_id": ["x", "y"], "category": ["casa", "beleza"]}),
        {"product_id": Role.PRODUCT_ID, "category": Role.CATEGORY},
    )
    world.add(
        TableKind.PAYMENTS,
        pd.DataFrame({"order_id": ["o1", "o2", "o3", "o4", "o4"], "value": [40.5, 15.0, 25.5, 7.0, 3.0]}),
        {"order_id": Role.ORDER_ID, "value": Role.AMOUNT},
    )
    world.add(
        TableKind.SURVEYS,
        pd.DataFrame({"order_id": ["o1", "o2"], "score": [1, 5], "asked": [date(2025, 1, 25), date(2025, 3, 10)]}),
        {"order_id": Role.ORDER_ID, "score": Role.SATISFACTION, "asked": Role.EVENT_DATE},
    )


def test_orders_lines_payments_and_translated_ids(world: World) -> None:
    shop(world)
    reduction = run(world)
    rows = world.database.rows("SELECT customer_id, orders, amount, categories, first_purchase FROM customers")
    assert rows == [
        ("P", 2, Decimal("40.50"), 2, date(2025, 1, 5)),
        ("Q", 0, Decimal("0.00"), None, None),
        ("R", 0, Decimal("0.00"), None, None),
    ]
    lines = world.database.rows("SELECT order_id, amount, category, kept FROM purchases ORDER BY 1, 2")
    assert lines == [
        ("o1", Decimal("10.00"), "casa", True), ("o1", Decimal("20.50"), "beleza", True),
        ("o2", Decimal("10.00"), "casa", True), ("o3", Decimal("20.50"), "beleza", False),
        ("o4", Decimal("10.00"), None, False),
    ]  # fmt: skip
    assert value(world, reduction, "first_delivery_late", "P") is True
    assert value(world, reduction, "first_category", "P") == "beleza"
    assert value(world, reduction, "state", "P") == "SP"
    assert (value(world, reduction, "satisfaction_first", "P"), value(world, reduction, "satisfaction_last", "P")) == (1, 5)


def test_a_late_delivery_is_not_known_before_it_is_late(world: World) -> None:
    shop(world)
    reduction = run(world)
    column = next(a.column for a in reduction.attributes if a.name == "first_delivery_late")
    for day, known in ((date(2025, 1, 8), None), (date(2025, 1, 12), True), (date(2025, 2, 1), True)):
        then = customers_at(world.database, reduction.query, state_sql, day).to_pydict()
        assert then["customer_id"] == ["P"], "Q and R have not come yet"
        assert then[column] == [known]


def several(world: World) -> None:
    world.add(
        TableKind.CUSTOMERS,
        pd.DataFrame({
            "id": ["A", "B", "C"], "email": ["a@x.fr", "b@x.fr", "c@x.fr"],
            "inscription": [date(2024, 1, 1), date(2024, 6, 1), date(2025, 6, 1)], "sexe": ["F", "H", "F"],
        }),
        {"id": Role.CUSTOMER_ID, "email": Role.EMAIL, "inscription": Role.SIGNUP_DATE, "sexe": Role.GENDER},
    )  # fmt: skip
    world.add(
        TableKind.TRANSACTIONS,
        pd.DataFrame({
            "client": ["A", "A", "B", "orphelin", "ANONYME", None],
            "jour": [date(2024, 1, 11), date(2024, 9, 1), date(2024, 6, 2), date(2024, 7, 1), date(2024, 7, 1), date(2024, 7, 2)],
            "prix": [10.0, 30.0, 20.0, 15.0, 99.0, 99.0], "qte": [2, 1, 1, None, 1, 1],
            "rabais": [10.0, 0.0, 0.0, 0.0, 0.0, 0.0], "code": ["PROMO", None, "aucun", None, None, None],
        }),
        {"client": Role.CUSTOMER_ID, "jour": Role.PURCHASE_DATE, "prix": Role.UNIT_PRICE, "qte": Role.QUANTITY,
         "rabais": Role.DISCOUNT, "code": Role.PROMO_CODE},
    )  # fmt: skip
    world.add(
        TableKind.RETURNS,
        pd.DataFrame({"client": ["A"], "jour": [date(2024, 9, 20)], "rendu": [12.5]}),
        {"client": Role.CUSTOMER_ID, "jour": Role.EVENT_DATE, "rendu": Role.AMOUNT},
    )
    world.add(
        TableKind.CONTACTS,
        pd.DataFrame({
            "client": ["A", "A", "B", "inconnu9"], "jour": [date(2024, 1, 15), date(2025, 6, 1), date(2025, 6, 2), date(2025, 1, 1)],
            "type": ["Bienvenue", "Newsletter", "Newsletter", "Newsletter"], "ouvert": [None, True, False, True],
        }),
        {"client": Role.CUSTOMER_ID, "jour": Role.EVENT_DATE, "type": Role.TOPIC, "ouvert": Role.OPENED},
    )  # fmt: skip
    world.add(
        TableKind.TICKETS,
        pd.DataFrame({
            "client": ["A", "B"], "ouvert": [date(2024, 9, 2), date(2024, 6, 20)], "fini": [date(2024, 10, 1), None],
            "motif": ["Livraison", "Prix"],
        }),
        {"client": Role.CUSTOMER_ID, "ouvert": Role.EVENT_DATE, "fini": Role.RESOLVED_DATE, "motif": Role.TOPIC},
    )  # fmt: skip


def test_customers_are_the_listed_ones_and_the_buyers(world: World) -> None:
    several(world)
    reduction = run(world)
    rows = world.database.rows("SELECT customer_id, orders, amount, lost, lost_on, state FROM customers")
    assert rows == [
        ("A", 2, Decimal("27.50"), True, date(2024, 9, 1), "lost"),
        ("B", 1, Decimal("20.00"), True, date(2024, 6, 2), "lost"),
        ("C", 0, Decimal("0.00"), None, None, None),
        ("orphelin", 1, Decimal("15.00"), True, date(2024, 7, 1), "lost"),
    ]
    assert value(world, reduction, "first_on_promo", "A") is True
    assert value(world, reduction, "promo_share", "A") == 0.5
    assert value(world, reduction, "days_to_first_purchase", "A") == 10
    assert value(world, reduction, "welcome_contacts", "A") == 1
    assert value(world, reduction, "recent_open_rate", "A") == 1
    assert value(world, reduction, "recent_open_rate", "B") == 0
    assert value(world, reduction, "complaint_unresolved", "A") is False
    assert value(world, reduction, "complaint_unresolved", "B") is True
    assert value(world, reduction, "complaint_unresolved", "C") is False
    assert value(world, reduction, "has_returned_goods", "A") is True
    assert world.database.row("SELECT COUNT(*) FROM touches WHERE kind = 'contact'") == (3,)
    months = world.database.rows("SELECT month, orders, amount FROM customer_months WHERE customer_key = 0 ORDER BY 1")
    assert months == [(date(2024, 1, 1), 1, Decimal("10.00")), (date(2024, 9, 1), 1, Decimal("17.50"))]


def test_a_complaint_settled_later_was_open_then(world: World) -> None:
    several(world)
    reduction = run(world)
    column = next(a.column for a in reduction.attributes if a.name == "complaint_unresolved")
    then = customers_at(world.database, reduction.query, state_sql, date(2024, 9, 15)).to_pydict()
    assert dict(zip(then["customer_id"], then[column], strict=True)) == {"A": True, "B": True, "orphelin": False}
    assert "C" not in then["customer_id"], "signed up later"


def test_subscriptions(world: World) -> None:
    world.add(
        TableKind.SUBSCRIPTIONS,
        pd.DataFrame({
            "compte": ["A", "A", "B", "C"], "formule": ["Essai", "Pro", "Solo", "Pro"],
            "debut": [date(2023, 1, 1), date(2023, 2, 1), date(2024, 1, 1), date(2025, 5, 1)],
            "fin": [date(2023, 1, 31), None, date(2025, 1, 1), None], "mrr": [0.0, 90.0, 20.0, 90.0],
            "essai": [True, False, False, False],
        }),
        {"compte": Role.CUSTOMER_ID, "formule": Role.PLAN, "debut": Role.START_DATE, "fin": Role.END_DATE,
         "mrr": Role.RECURRING_AMOUNT, "essai": Role.TRIAL},
    )  # fmt: skip
    ended = LostDefinition(LostBasis.CONTRACT_END, TOLD, column="fin", table="t0")
    reduction = run(world, ended)
    rows = world.database.rows("SELECT customer_id, started, ended, monthly_amount, lost, lost_on, state, orders FROM customers")
    assert rows == [
        ("A", date(2023, 1, 1), None, 90.0, False, None, "loyal", None),
        ("B", date(2024, 1, 1), date(2025, 1, 1), 20.0, True, date(2025, 1, 1), "lost", None),
        ("C", date(2025, 5, 1), None, 90.0, False, None, "new", None),
    ]
    assert value(world, reduction, "trial_recruited", "A") is True
    assert value(world, reduction, "plan", "A") == "Pro"
    then = customers_at(world.database, reduction.query, state_sql, date(2024, 6, 1)).to_pydict()
    assert then["customer_id"] == ["A", "B"]
    assert then["ended"] == [None, None]
    assert then["state"] == ["routine", "new"]


def test_a_log_of_changes_beside_dated_contracts_is_no_contract(world: World) -> None:
    """Each change of formula holds an amount before and after it: none of them runs on its own, and the bill counts once."""
    world.add(
        TableKind.SUBSCRIPTIONS,
        pd.DataFrame({
            "adherent": ["A", "A", "B"], "formule": ["Solo", "Duo", "Solo"], "mensualite": [20.0, 35.0, 20.0],
            "debut": [date(2023, 1, 1), date(2024, 3, 1), date(2024, 1, 1)], "fin": [date(2024, 3, 1), None, None],
        }),
        {"adherent": Role.CUSTOMER_ID, "formule": Role.PLAN, "mensualite": Role.RECURRING_AMOUNT, "debut": Role.START_DATE, "fin": Role.END_DATE},
    )  # fmt: skip
    world.add(
        TableKind.SUBSCRIPTIONS,
        pd.DataFrame({"adherent": ["A"], "change_le": [date(2024, 3, 1)], "avant": ["Solo"], "mensualite_avant": [20.0], "mensualite_apres": [35.0]}),
        {"adherent": Role.CUSTOMER_ID, "change_le": Role.OTHER_DATE, "avant": Role.PLAN, "mensualite_avant": Role.RECURRING_AMOUNT, "mensualite_apres": Role.RECURRING_AMOUNT},
    )  # fmt: skip
    reduction = run(world, LostDefinition(LostBasis.CONTRACT_END, TOLD, column="fin", table="t0"))
    assert [value(world, reduction, "monthly_amount", who) for who in ("A", "B")] == [35.0, 20.0]
    assert [value(world, reduction, "plan", who) for who in ("A", "B")] == ["Duo", "Solo"]


def test_contracts_of_one_customer_say_who_they_are(world: World) -> None:
    """Several a customer, each repeats the person's town and, for the first, the channel they came by."""
    world.add(
        TableKind.SUBSCRIPTIONS,
        pd.DataFrame({
            "compte": ["A", "A", "B"], "debut": [date(2024, 2, 1), date(2023, 1, 1), date(2024, 1, 1)],
            "fin": [None, date(2023, 1, 31), date(2025, 1, 1)], "ville": ["Lyon", "Lyon", "Nice"],
            "canal": ["Web", "Agence", "Salon"],
        }),
        {"compte": Role.CUSTOMER_ID, "debut": Role.START_DATE, "fin": Role.END_DATE, "ville": Role.CITY,
         "canal": Role.ACQUISITION_CHANNEL},
    )  # fmt: skip
    reduction = run(world, LostDefinition(LostBasis.CONTRACT_END, TOLD, column="fin", table="t0"))
    assert world.database.rows("SELECT customer_id, channel, lost FROM customers") == [
        ("A", "Agence", False), ("B", "Salon", True),
    ]  # fmt: skip
    assert [value(world, reduction, name, "A") for name in ("ville", "canal")] == ["Lyon", "Agence"]


def test_the_channel_of_the_first_purchase_is_the_channel_of_the_customer(world: World) -> None:
    """One file of sales, each with the channel its customer came by."""
    world.add(
        TableKind.TRANSACTIONS,
        pd.DataFrame({
            "client": ["A", "A", "B"], "jour": [date(2024, 2, 1), date(2023, 1, 1), date(2024, 1, 1)],
            "montant": [5.0, 6.0, 7.0], "origine": ["Web", "Salon", "Web"],
        }),
        {"client": Role.CUSTOMER_ID, "jour": Role.PURCHASE_DATE, "montant": Role.AMOUNT, "origine": Role.ACQUISITION_CHANNEL},
    )  # fmt: skip
    run(world)
    assert world.database.rows("SELECT customer_id, channel FROM customers") == [("A", "Salon"), ("B", "Web")]


def test_no_customer_is_made_where_no_column_names_one(world: World) -> None:
    frame = pd.DataFrame({"jour": [date(2025, 1, 1)], "montant": [3.0]})
    world.add(TableKind.TRANSACTIONS, frame, {"jour": Role.PURCHASE_DATE, "montant": Role.AMOUNT})
    run(world)
    assert world.database.row("SELECT (SELECT count(*) FROM customers), (SELECT count(*) FROM purchases), (SELECT sum(amount) FROM unnamed_purchases)") == (0, 0, 3)


def test_a_summary_in_weeks_is_read_in_days(world: World) -> None:
    """The summary of the BG/NBD papers: recency is the age at the last purchase, in weeks."""
    frame = pd.DataFrame({"ID": ["1", "2"], "frequency": [2, 1], "recency": [30.43, 1.71], "T": [38.86, 38.86]})
    roles = {"ID": Role.CUSTOMER_ID, "frequency": Role.FREQUENCY, "recency": Role.LAST_PURCHASE_AGE, "T": Role.AGE_OBSERVED}
    world.add(TableKind.CUSTOMERS, frame, roles)
    run(world)
    rows = world.database.rows("SELECT orders, recency_days, lost FROM customers")
    assert rows == [(3, 59, False), (2, 260, True)]  # 38.86 - 30.43 weeks = 59 days; 37.15 weeks = 260 days


def basket(n: int = 40) -> pd.DataFrame:
    """Orders of one to three lines, priced by line; totals per order beside."""
    rows = []
    for order in range(n):
        prices = [10.0 + (order * 7 + line * 3) % 23 + line for line in range(1 + order % 3)]
        rows += [(f"O{order}", f"C{order % 9}", date(2025, 1, 1 + order % 28), price, round(sum(prices), 2)) for price in prices]
    return pd.DataFrame(rows, columns=["commande", "client", "jour", "prix", "total"])


def test_a_total_repeated_on_each_line_counts_once(world: World) -> None:
    lines = basket()
    roles = {"commande": Role.ORDER_ID, "client": Role.CUSTOMER_ID, "jour": Role.PURCHASE_DATE, "total": Role.AMOUNT,
             "prix": Role.UNIT_PRICE}  # fmt: skip
    world.add(TableKind.TRANSACTIONS, lines, roles)
    run(world)
    assert float(world.database.row("SELECT SUM(amount) FROM purchases")[0]) == pytest.approx(lines["prix"].sum())
    by_order = dict(world.database.rows("SELECT order_id, SUM(amount) FROM purchases GROUP BY 1"))
    expected = lines.groupby("commande")["total"].max().to_dict()
    assert {order: float(total) for order, total in by_order.items()} == expected


def test_a_row_that_counts_its_orders_is_so_many(world: World) -> None:
    """A month of a customer: its orders share its amount to the cent, its other figures stand once, one without orders is none."""
    months = pd.DataFrame({
        "mois": [date(2025, 1, 1), date(2025, 2, 1), date(2025, 1, 1), date(2025, 3, 1)], "client": ["A", "A", "B", "B"],
        "Nb commandes": [3, 1, 2, 0], "ca": [100.0, 20.0, 50.0, 0.0], "points": [10, 2, 5, 0],
    })  # fmt: skip
    roles = {"client": Role.CUSTOMER_ID, "mois": Role.PURCHASE_DATE, "ca": Role.AMOUNT, "Nb commandes": Role.QUANTITY, "points": Role.MEASURE}
    world.add(TableKind.TRANSACTIONS, months, roles)
    reduction = run(world)
    assert world.database.rows("SELECT customer_id, orders, CAST(amount AS DOUBLE) FROM customers ORDER BY 1") == [("A", 4, 120.0), ("B", 2, 50.0)]
    points = next(attribute.column for attribute in reduction.purchase_attributes if attribute.name == "points")
    assert world.database.row(f"SELECT SUM({points}), SUM(quantity), COUNT(DISTINCT order_id) FROM purchases") == (17.0, None, 6)


@pytest.mark.parametrize(("header", "counts"), [("Nb commandes", True), ("number_of_orders", True), ("Orders", True), ("Qté commandée", False), ("order quantity", False), ("Nb articles", False)])
def test_which_headers_count_orders(header: str, counts: bool) -> None:
    assert counts_orders(header) is counts


def test_lines_of_one_flat_price_are_not_a_repeated_total(world: World) -> None:
    lines = basket().assign(total=12.0).drop(columns=["prix"])
    roles = {"commande": Role.ORDER_ID, "client": Role.CUSTOMER_ID, "jour": Role.PURCHASE_DATE, "total": Role.AMOUNT}
    world.add(TableKind.TRANSACTIONS, lines, roles)
    run(world)
    assert float(world.database.row("SELECT SUM(amount) FROM purchases")[0]) == 12.0 * len(lines)


def varied(n: int = 60) -> pd.DataFrame:
    """Orders of one to three goods, of many amounts that do not grow with the number of lines, without any price."""
    rows = []
    for order in range(n):
        total = round(8 + (order * 37 % 101) * 1.7, 2)
        rows += [(f"O{order}", f"C{order % 9}", date(2025, 1, 1 + order % 28), f"G{(order + 5 * line) % 11}", total) for line in range(1 + order % 3)]
    return pd.DataFrame(rows, columns=["commande", "client", "jour", "article", "montant"])


VARIED = {"commande": Role.ORDER_ID, "client": Role.CUSTOMER_ID, "jour": Role.PURCHASE_DATE, "article": Role.PRODUCT, "montant": Role.AMOUNT}


def test_one_amount_on_the_several_goods_of_each_order_is_the_order_s(world: World) -> None:
    """Different goods of one order bear one amount, and orders bear many: it is the order's, and counts once."""
    lines = varied()
    world.add(TableKind.TRANSACTIONS, lines, VARIED)
    run(world)
    expected = lines.groupby("commande")["montant"].max().sum()
    assert float(world.database.row("SELECT SUM(amount) FROM purchases")[0]) == pytest.approx(expected)


def test_one_good_sold_several_times_at_its_price_is_no_repeated_total(world: World) -> None:
    """Seats of one show at the price of that show: as many amounts as lines."""
    lines = varied()
    lines["article"] = lines["commande"]
    world.add(TableKind.TRANSACTIONS, lines, VARIED)
    run(world)
    assert float(world.database.row("SELECT SUM(amount) FROM purchases")[0]) == pytest.approx(lines["montant"].sum())


@pytest.mark.parametrize(("factor", "extra", "wins"), [(0.9, 0.0, True), (1.0, 0.0, False), (1.0, 4.9, False)])
def test_an_order_discount_lowers_its_lines_and_shipping_does_not_raise_them(
    world: World, factor: float, extra: float, wins: bool
) -> None:
    lines = basket()
    heads = lines.groupby(["commande", "client", "jour"], as_index=False)["prix"].sum()
    heads["payé"] = (heads["prix"] * factor + extra).round(2)
    world.add(
        TableKind.TRANSACTIONS, heads.drop(columns=["prix"]),
        {"commande": Role.ORDER_ID, "client": Role.CUSTOMER_ID, "jour": Role.PURCHASE_DATE, "payé": Role.AMOUNT},
    )  # fmt: skip
    world.add(TableKind.ORDER_LINES, lines[["commande", "prix"]], {"commande": Role.ORDER_ID, "prix": Role.AMOUNT})
    run(world)
    expected = heads["payé"].sum() if wins else lines["prix"].sum()
    assert float(world.database.row("SELECT SUM(amount) FROM customers")[0]) == pytest.approx(round(expected, 2))
    assert world.database.row("SELECT SUM(orders) FROM customers") == (40,)


def test_accounts_their_users_and_their_tickets(world: World) -> None:
    """Another date of the customers' file says whether it has happened; a referent gone; how long an answer took."""
    world.add(
        TableKind.CUSTOMERS,
        pd.DataFrame({"compte": ["A", "B"], "formation": [date(2024, 3, 1), None], "naissance": [date(1980, 5, 1), date(1700, 1, 1)],
                      "arrivée": [date(2024, 1, 1), date(2024, 1, 1)]}),
        {"compte": Role.ACCOUNT_ID, "formation": Role.OTHER_DATE, "naissance": Role.BIRTH_DATE, "arrivée": Role.SIGNUP_DATE},
    )  # fmt: skip
    world.add(
        TableKind.USERS,
        pd.DataFrame({"user": ["u1", "u2", "u3"], "compte": ["A", "A", "B"], "rôle": ["Référent", "Lecteur", "Référent"],
                      "fin": [date(2024, 9, 1), None, None]}),
        {"user": Role.ROW_ID, "compte": Role.ACCOUNT_ID, "rôle": Role.ATTRIBUTE, "fin": Role.END_DATE},
    )  # fmt: skip
    world.add(
        TableKind.TICKETS,
        pd.DataFrame({"user": ["u1", "u3"], "jour": [date(2024, 5, 1), date(2024, 5, 1)], "sujet": ["Export", "Export"],
                      "priorité": ["Critique", "Basse"], "fin": [date(2024, 5, 31), date(2024, 5, 3)]}),
        {"user": Role.ROW_ID, "jour": Role.EVENT_DATE, "sujet": Role.TOPIC, "priorité": Role.ATTRIBUTE, "fin": Role.RESOLVED_DATE},
    )  # fmt: skip
    world.key("t2", "user", "t1", "user", Role.ROW_ID)
    reduction = run(world, LostDefinition(LostBasis.NONE, TOLD))
    assert [value(world, reduction, "formation", account) for account in "AB"] == [True, False]
    assert [value(world, reduction, "user_left_a", account) for account in "AB"] == [True, False]
    assert [value(world, reduction, "slowest_answer_b", account) for account in "AB"] == [30, 0], "Basse, Critique"
    assert [value(world, reduction, "age_band", account) for account in "AB"] == ["40–49", None]
    then = customers_at(world.database, reduction.query, state_sql, date(2024, 2, 1)).to_pydict()
    columns = {attribute.name: attribute.column for attribute in reduction.attributes}
    assert (then[columns["formation"]], then[columns["user_left_a"]]) == ([False, False], [False, False])


def test_the_term_of_who_is_said_to_be_here_stops_no_age(world: World) -> None:
    """Two contracts of a year begun in 2022: who is here has three years behind them, who has left had one."""
    people = pd.DataFrame({
        "id": ["A", "B"], "begun": [date(2022, 6, 30)] * 2, "over": [date(2023, 6, 30)] * 2, "left": ["no", "yes"],
    })  # fmt: skip
    roles = {"id": Role.CUSTOMER_ID, "begun": Role.START_DATE, "over": Role.END_DATE, "left": Role.CHURN_LABEL}
    world.add(TableKind.CUSTOMERS, people, roles)
    label = LostDefinition(LostBasis.LABEL, TOLD, column="left", table="t0", lost_values=("yes",))
    reduce(world.database, world.model(date(2025, 6, 30), label), state_sql)
    rows = world.database.rows("SELECT customer_id, round(tenure_months), ended, lost_on FROM customers ORDER BY 1")
    assert rows == [("A", 36, None, None), ("B", 12, date(2023, 6, 30), date(2023, 6, 30))]


def test_bills_say_the_plan_they_are_for(world: World) -> None:
    """A subscription known by its bills: revenue by plan is revenue by what each bill says."""
    world.add(
        TableKind.INVOICES,
        pd.DataFrame({
            "client": ["A", "A", "B"], "jour": [date(2024, 1, 1), date(2024, 2, 1), date(2024, 1, 1)],
            "montant": [19.0, 39.0, 19.0], "formule": ["Solo", "Pro", "Solo"],
        }),
        {"client": Role.CUSTOMER_ID, "jour": Role.PURCHASE_DATE, "montant": Role.AMOUNT, "formule": Role.PLAN},
    )  # fmt: skip
    plan = next(a for a in run(world).purchase_attributes if a.role is Role.PLAN)
    rows = world.database.rows(f"SELECT {plan.column}, SUM(amount) FROM purchases GROUP BY 1 ORDER BY 1")
    assert rows == [("Pro", Decimal("39.00")), ("Solo", Decimal("38.00"))]
