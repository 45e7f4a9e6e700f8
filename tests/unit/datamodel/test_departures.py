"""What a departure leaves in the other columns settles who left, when and why, whatever the headers."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from analytics.datamodel.model import Corrections, DataModel, LostBasis
from analytics.datamodel.roles import SALES, Role, TableKind
from tests.unit.datamodel.worlds import Row, model_of

_ROWS = 160


def _members(rng: random.Random, state: str, here: str, gone: str, day: str = "", why: str = "", **more: list[object]) -> list[Row]:
    """Members, a quarter of whom left: the state, and, where asked, the day and the reason of those only."""
    found = []
    for place in range(_ROWS):
        left = rng.random() < 0.25
        joined = date(2021, 1, 1) + timedelta(days=rng.randrange(700))
        row: Row = {"Member No": f"M{place:04}", "Surname": rng.choice(("Durand", "Patel", "Smith", "Garcia")), "Joined": joined.isoformat()}
        row[state] = gone if left else here
        if day:
            row[day] = (joined + timedelta(days=rng.randrange(60, 600))).isoformat() if left else ""
        if why:
            row[why] = rng.choice(("Price", "Moved", "Service")) if left else ""
        row.update({name: rng.choice(values) for name, values in more.items()})
        found.append(row)
    return found


def _model(rows: list[Row], corrections: Corrections | None = None) -> DataModel:
    return model_of({"members.csv": rows}, corrections)


def _role(model: DataModel, name: str) -> Role | None:
    return next((binding.role for binding in model.bindings if binding.name == name), None)


@pytest.mark.parametrize(("state", "here", "gone", "day"), [
    ("IsActiveClubMember", "Yes", "No", "CancelDate"),
    ("Enrolment Status", "Current", "Exited", "Exit Date"),
    ("On Roll", "Y", "N", "DOL"),
    ("Engagement", "Active", "Disengaged", "Date disengaged"),
    ("Permit State", "Live", "Surrendered", "Surrendered On"),
])  # fmt: skip
def test_a_state_and_the_day_only_those_who_left_have_agree(state, here, gone, day):
    model = _model(_members(random.Random(1), state, here, gone, day))
    assert model.lost.basis is LostBasis.LABEL and (model.lost.column, model.lost.lost_values) == (state, (gone,))
    assert _role(model, state) in (Role.CHURN_LABEL, Role.ACCOUNT_STATUS) and _role(model, day) is Role.END_DATE


@pytest.mark.parametrize("day", ["LossDate", "Offboarded On", "Date Deducted", "Vacated", "Out of Service", "Désinstallé le"])
def test_beside_a_sure_label_the_day_only_those_who_left_have_is_their_departure(day):
    model = _model(_members(random.Random(2), "Lost", "N", "Y", day, "Loss Type"))
    assert _role(model, day) is Role.END_DATE and _role(model, "Loss Type") is Role.CHURN_REASON


@pytest.mark.parametrize("day", ["Vacated", "Date Removed", "Offboarded On", "Surrendered On", "Interrompu le"])
def test_a_day_of_leaving_alone_says_who_left(day):
    rows = [{name: value for name, value in row.items() if name != "State"} for row in _members(random.Random(3), "State", "a", "b", day)]
    model = _model(rows)
    assert model.lost.basis is LostBasis.CONTRACT_END and model.lost.column == day


@pytest.mark.parametrize("day", ["Last complaint date", "Newsletter consent date", "Upgraded on", "Photo taken on"])
def test_a_day_of_something_else_is_no_departure(day):
    rows = [{name: value for name, value in row.items() if name != "State"} for row in _members(random.Random(4), "State", "a", "b", day)]
    model = _model(rows)
    assert model.lost.basis is LostBasis.NONE and _role(model, day) is not Role.END_DATE


@pytest.mark.parametrize("day", ["Trial end", "Promo end date"])
def test_the_end_of_a_trial_or_of_an_offer_loses_nobody(day):
    rows = [{name: value for name, value in row.items() if name != "State"} for row in _members(random.Random(4), "State", "a", "b", day)]
    assert _model(rows).lost.basis is LostBasis.NONE


def test_days_to_come_are_no_departure():
    """An end agreed in advance for some of the contracts is not the day they left."""
    rows = _members(random.Random(5), "Contract type", "Open-ended", "Fixed term", "Out")
    for row in rows:
        if row["Out"]:
            row["Out"] = "2027-06-30"
    assert _model(rows).lost.basis is LostBasis.NONE


def test_a_state_whose_day_is_spread_over_it_stays_what_its_words_say():
    """A date of upgrade on active and suspended members alike says nothing of either."""
    rng = random.Random(6)
    rows = _members(rng, "Status", "Active", "Suspended")
    for row in rows:
        row["End of offer"] = "2023-05-01" if rng.random() < 0.4 else ""
    assert _model(rows).lost.basis is LostBasis.NONE


def test_a_column_that_resembles_a_label_beside_a_sure_one_describes():
    rows = _members(random.Random(7), "IsActiveClubMember", "Yes", "No", "CancelDate", PickupMember=["Yes", "No"])
    assert _role(_model(rows), "PickupMember") is not Role.CHURN_LABEL


@pytest.mark.parametrize(("header", "values", "role"), [
    ("Tarif", [120, 210, 240], Role.RECURRING_AMOUNT), ("Honoraires HT", [812.5, 940.25, 1310.0], Role.RECURRING_AMOUNT),
    ("Fees", [60, 80], Role.RECURRING_AMOUNT), ("Honoraires %", [6, 7, 8], None),
])  # fmt: skip
def test_the_only_dues_of_a_file_of_members_are_what_each_pays(header, values, role):
    found = _role(_model(_members(random.Random(11), "Lost", "N", "Y", **{header: values})), header)
    assert (found is role) if role else (found is not Role.RECURRING_AMOUNT)


def test_what_the_manager_said_of_the_file_stays():
    rows = _members(random.Random(8), "Lost", "N", "Y", "LossDate")
    told = Corrections(columns={"members.csv": {"LossDate": Role.OTHER_DATE}})
    assert _role(_model(rows, told), "LossDate") is Role.OTHER_DATE


def test_what_is_meant_for_next_season_is_asked_about_and_nobody_is_called_lost_by_it():
    model = _model(_members(random.Random(9), "Returning", "Yes", "No"))
    assert model.lost.basis is LostBasis.NONE
    assert model.question is not None and model.question.column == "Returning"


def test_a_day_no_word_explains_is_asked_about_and_the_answer_followed():
    rows = [{name: value for name, value in row.items() if name != "State"} for row in _members(random.Random(10), "State", "a", "b", "Zorbed")]
    model = _model(rows)
    assert model.lost.basis is LostBasis.NONE and model.question is not None and model.question.column == "Zorbed"
    yes, no = (answer.corrections for answer in model.question.answers)
    followed, refused = _model(rows, yes), _model(rows, no)
    assert followed.lost.basis is LostBasis.CONTRACT_END and followed.lost.column == "Zorbed"
    assert refused.lost.basis is LostBasis.NONE and refused.question is None


def _contracts(rng: random.Random) -> list[Row]:
    """Machines lent, several a customer, each from its day; those taken back have their day too, and the state says so."""
    found = []
    for place in range(_ROWS):
        over = rng.random() < 0.25
        begun = date(2020, 1, 1) + timedelta(days=rng.randrange(1200))
        found.append({
            "A/C": f"WC{rng.randrange(90):04}", "Company": f"House {rng.randrange(90)} Ltd", "Asset No": f"CLR{place:05}",
            "Rental pcm": rng.choice((12.5, 18.0)), "Install Date": begun.isoformat(), "On Hire": "N" if over else "Y",
            "Off Hire Date": (begun + timedelta(days=rng.randrange(60, 500))).isoformat() if over else "",
        })  # fmt: skip
    return found


def test_rows_that_begin_and_of_which_some_end_are_relations_not_sales():
    model = model_of({"sites.csv": _contracts(random.Random(12))})
    assert model.readings[0].kind in (TableKind.SUBSCRIPTIONS, TableKind.CUSTOMERS)
    assert model.lost.basis is LostBasis.LABEL and (model.lost.column, model.lost.lost_values) == ("On Hire", ("N",))


@pytest.mark.parametrize(("number", "day", "state", "here", "over", "end"), [
    ("Order No", "Order Date", "Status", "Complete", "Cancelled", "Cancelled At"),  # ends an order: nobody's relation
    ("Ticket", "Date", "Statut", "Ouvert", "Clôturé", "Fin"),  # a job done
])  # fmt: skip
def test_orders_cancelled_and_jobs_closed_are_sales_still(number, day, state, here, over, end):
    rng, rows = random.Random(13), list[Row]()
    for place in range(_ROWS):
        begun, ended = date(2023, 1, 1) + timedelta(days=rng.randrange(600)), rng.random() < 0.3
        rows.append({
            number: f"O{place:05}", "Client": f"C{rng.randrange(50):03}", day: begun.isoformat(), "Total TTC": round(rng.uniform(10, 900), 2),
            state: over if ended else here, end: (begun + timedelta(days=9)).isoformat() if ended else "",
        })  # fmt: skip
    assert model_of({"sales.csv": rows}).readings[0].kind in SALES


def test_a_state_nobody_can_read_is_gone_where_it_has_its_day():
    rows = _members(random.Random(14), "Situation", "Active", "Closed", "End date")
    for row in rows[::7]:
        if row["End date"]:
            row["Situation"] = "Transferred"
    model = _model(rows)
    assert model.lost.basis is LostBasis.LABEL and set(model.lost.lost_values) == {"Closed", "Transferred"}


def test_the_place_on_the_list_is_nobodys_number():
    """« S.No » counts the lines: whoever leaves the list moves the others."""
    rows = [{"S.No": place, "Adm No": f"A{2000 + place * 3}", **row} for place, row in enumerate(_members(random.Random(15), "Lost", "N", "Y"), 1)]
    for row in rows:
        del row["Member No"]
    model = _model(rows)
    assert _role(model, "Adm No") is Role.CUSTOMER_ID and _role(model, "S.No") is None


def test_the_number_of_each_account_is_surer_than_its_holder():
    rows = [{"Account no": row["Member No"], "Account holder": f"{row['Surname']} {place % 40}", **row} for place, row in enumerate(_members(random.Random(16), "Lost", "N", "Y"))]
    for row in rows:
        del row["Member No"], row["Surname"]
    assert _role(_model(rows), "Account no") is Role.CUSTOMER_ID


def test_who_was_removed_from_something_is_not_lost_where_purchases_tell():
    """A shop's file of customers has a day of removal, from who knows what: they buy, or not, in the other file."""
    rng = random.Random(18)
    rows = [{name: value for name, value in row.items() if name != "State"} for row in _members(rng, "State", "a", "b", "Removed on")]
    sales: list[Row] = [
        {"Ticket": f"T{place:05}", "Member No": f"M{rng.randrange(_ROWS):04}", "Date": (date(2021, 1, 1) + timedelta(days=rng.randrange(1400))).isoformat(),
         "Amount": round(rng.uniform(5, 80), 2)} for place in range(2400)
    ]  # fmt: skip
    model = model_of({"members.csv": rows, "sales.csv": sales})
    assert model.lost.basis is LostBasis.RHYTHM


@pytest.mark.parametrize(("other", "gone"), [("With Rival", True), ("Suspended", False)])
def test_a_state_nobody_can_read_is_gone_where_it_has_its_reason_of_leaving(other, gone):
    """« Moved Broker » beside "Lapsed", both with their reason; a pause has one too, and is no departure."""
    rng, rows = random.Random(5), _members(random.Random(4), "Tenancy Status", "Current", "Terminated", why="Termination Reason")
    for row in rows:
        if row["Tenancy Status"] == "Current" and rng.random() < 0.15:
            row["Tenancy Status"], row["Termination Reason"] = other, rng.choice(("Price", "Moved"))
    model = _model(rows)
    assert model.lost.basis is LostBasis.LABEL and (other in model.lost.lost_values) is gone and "Terminated" in model.lost.lost_values


def test_beside_a_state_that_has_its_day_one_asleep_has_not_left():
    """« Fermé » has its day of closing, « Inactif » never has: the account sleeps."""
    rng, rows = random.Random(6), _members(random.Random(7), "Account State", "Active", "Closed", "Closed On")
    for row in rows:
        if row["Account State"] == "Active" and rng.random() < 0.2:
            row["Account State"] = "Inactive"
    model = _model(rows)
    assert model.lost.basis is LostBasis.LABEL and model.lost.lost_values == ("Closed",)


def test_the_end_of_a_price_is_no_departure_beside_the_day_they_left():
    """A line goes on at another tariff once the fixed one is over."""
    rng, rows = random.Random(8), _members(random.Random(9), "Bundle", "Fixed", "Fixed", "Line Loss Date", "Loss Reason")
    for row in rows:
        row["Bundle"] = rng.choice(("Fixed", "Variable", "Green"))
        row["Tariff End Date"] = date(2022, rng.randrange(1, 13), rng.randrange(1, 29)).isoformat() if rng.random() < 0.7 else ""
    model = _model(rows)
    assert _role(model, "Line Loss Date") is Role.END_DATE and _role(model, "Tariff End Date") is not Role.END_DATE
    assert (model.lost.basis, model.lost.column) == (LostBasis.CONTRACT_END, "Line Loss Date")


def test_a_day_beside_the_reason_of_a_departure_is_the_day_they_left() -> None:
    """A burglar-alarm centre: "Unplugged" says nothing by itself, the reason of leaving stands on the same rows; on half of them, it does not."""
    rows = _members(random.Random(21), "Panel", "A", "A", day="Unplugged", why="Reason for leaving")
    assert _role(_model(rows), "Unplugged") is Role.END_DATE
    assert _model(rows).lost.column == "Unplugged"
    apart = [{**row, "Unplugged": row["Unplugged"] if n % 2 else ""} for n, row in enumerate(rows)]
    assert _role(_model(apart), "Unplugged") is not Role.END_DATE


def test_departures_are_among_the_days_that_files_know() -> None:
    """The last to come came long before the last to leave: all who left have left."""
    rows = _members(random.Random(22), "Desk", "Window", "Corridor", day="Vacated", Floor=["1", "2"])
    model = _model(rows)
    assert model.as_of == max(date.fromisoformat(str(row["Vacated"])) for row in rows if row["Vacated"])


@pytest.mark.parametrize("header", ["Current?", "Actuel"])
def test_who_is_here_now_is_asked_about(header: str) -> None:
    """One who is not « actuel » may have left, or be on a waiting list."""
    model = _model(_members(random.Random(23), header, "Yes", "No"))
    assert model.lost.basis is LostBasis.NONE and model.question is not None and model.question.column == header
