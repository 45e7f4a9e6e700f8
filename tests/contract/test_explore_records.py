"""`explore` on the lines of one file, against counts done by hand on a few requests and answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.explore.records import records_of
from assistant.session import Session
from tests.contract.asking import found
from vocabulary.errors import UserError
from vocabulary.finding import Finding, NotApplicable

CUSTOMERS = "customer_id,segment,signup_date\n" + "".join(f"{n},{'Large' if n % 4 == 0 else 'Small'},2023-01-{n:02d}\n" for n in range(1, 29))
TICKETS = "ticket_id,customer_id,opened_at,topic,closed_at\n" + "".join(
    f"{900 + n},{n % 28 + 1},2025-0{n % 6 + 1}-10,{'Billing' if n % 3 else 'Bug'},{'' if n % 5 == 0 else f'2025-0{n % 6 + 1}-{14 if n % 3 else 20}'}\n"
    for n in range(60)
)
SCORES = "response_id,customer_id,survey_date,nps_score\n" + "".join(f"{n},{n % 28 + 1},2025-0{n % 6 + 1}-15,{(10, 9, 8, 3)[n % 4]}\n" for n in range(56))


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    folder: Path = tmp_path_factory.mktemp("records")
    for name, text in (("customers.csv", CUSTOMERS), ("tickets.csv", TICKETS), ("nps_responses.csv", SCORES)):
        (folder / name).write_text(text, encoding="utf-8")
    opened = Session()
    opened.load(sorted(folder.glob("*.csv")))
    return opened


def _by(finding: Finding, name: str) -> dict[object, object]:
    return {item[name]: item[finding.measures[0].name] for item in finding.items}


def test_lines_are_counted_split_and_filtered(session: Session) -> None:
    assert found(session, measure="records", table="tickets.csv").measures[0].value == 60
    assert _by(found(session, measure="records", table="tickets.csv", by=["topic"]), "topic") == {"Billing": 40, "Bug": 20}
    still_open = [{"field": "closed_at", "operator": "is null", "values": []}]
    assert found(session, measure="records", table="tickets.csv", purchase_filter=still_open).measures[0].value == 12
    january = {"start": "2025-01-01", "end": "2025-01-31"}
    assert found(session, measure="records", table="tickets.csv", period=january).measures[0].value == 10


def test_shares_of_lines_carry_their_interval(session: Session) -> None:
    bug = [{"field": "topic", "operator": "=", "values": ["Bug"]}]
    share = found(session, measure="share_records", table="tickets.csv", part=bug).measures[0]
    assert share.value == pytest.approx(1 / 3) and share.low is not None and share.low < 1 / 3 < (share.high or 0)


def test_the_delay_runs_from_opening_to_closing(session: Session) -> None:
    assert _by(found(session, measure="delay", table="tickets.csv", by=["topic"]), "topic") == {"Billing": 4.0, "Bug": 10.0}


def test_a_delay_between_two_dates_said(session: Session) -> None:
    told = found(session, measure="delay", table="tickets.csv", since="opened_at", column="closed_at", by=["topic"])
    assert _by(told, "topic") == {"Billing": 4.0, "Bug": 10.0}
    assert "from “opened_at” to “closed_at”" in told.claim.render("en")
    assert isinstance(session.runner.run("explore", {"measure": "delay", "table": "tickets.csv", "since": "opened_at", "column": "topic"}), NotApplicable)


def test_the_net_promoter_score_is_promoters_less_detractors(session: Session) -> None:
    assert found(session, measure="nps", table="nps_responses.csv").measures[0].value == pytest.approx(25)
    by = _by(found(session, measure="nps", table="nps_responses.csv", by=["segment"]), "segment")
    assert by == {"Large": pytest.approx(-100), "Small": pytest.approx(200 / 3)}  # the customer's column, by the customer the line names


def test_what_a_file_does_not_hold_is_told(session: Session) -> None:
    assert isinstance(session.runner.run("explore", {"measure": "nps", "table": "tickets.csv"}), NotApplicable)
    assert isinstance(session.runner.run("explore", {"measure": "mean", "column": "topic", "table": "tickets.csv"}), NotApplicable)
    with pytest.raises(UserError):
        records_of(session.study, "elsewhere.csv")


def test_the_sentence_names_the_file_in_both_languages(session: Session) -> None:
    claim = found(session, measure="records", table="tickets.csv").claim
    assert claim.render("fr") == "Nombre de «\xa0tickets\xa0»\xa0: 60."
    assert claim.render("en") == "Number of “tickets”: 60."


def test_what_the_first_make_of_the_whole(session: Session) -> None:
    first = found(session, measure="share_records", table="tickets.csv", by=["topic"], top=1)
    assert first.measures[0].name == "share_of_shown" and first.measures[0].value == pytest.approx(2 / 3)


def test_companies_are_called_by_their_names(tmp_path: Path) -> None:
    """A firm comes with its name beside its code, wherever customers are ranked."""
    firms = "client_code,company_name,city\n" + "".join(f"K{n:02d},Garage {n},{'Lyon' if n % 2 else 'Metz'}\n" for n in range(1, 9))
    orders = "order_id,client_code,order_date,amount\n" + "".join(f"{n},K{n % 8 + 1:02d},2024-0{n % 6 + 1}-10,{10 * (n % 8 + 1)}\n" for n in range(64))
    for name, text in (("clients.csv", firms), ("orders.csv", orders)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    opened = Session()
    opened.load(sorted(tmp_path.glob("*.csv")))
    told = found(opened, measure="amount", by=["customer_id"], top=3)
    assert [(item["customer_id"], item["name"]) for item in told.items] == [("K08", "Garage 8"), ("K07", "Garage 7"), ("K06", "Garage 6")]
    assert "Garage 8 (K08)" in told.claim.render("en")
    assert told.table is not None and told.table.rows[0][0] == "K08" and told.table.rows[0][-1] == "Garage 8"
