"""A riding club: households have riders, who enrol again each season; what a row says is of its season, and who did not enrol again has left."""

import random
from datetime import date, timedelta

import pytest

from analytics.catalog import CATALOG, Runner
from analytics.datamodel.model import LostBasis
from analytics.datamodel.roles import Role, TableKind
from tests.unit.embedded.talks import asked, converse, is_, opened, step

SEASONS = ["2021/2022", "2022/2023", "2023/2024", "2024/2025"]
LEVELS = ["Beginner", "Intermediate", "Show jumping"]


def _files():
    draw = random.Random(11)
    households, riders = [["Household no", "Town", "Email", "First joined"]], [["Rider no", "Household no", "First name", "Born", "Sex"]]
    enrolled = [["Booking no", "Season", "Rider no", "Household no", "Level", "Changed pony", "Yearly fee", "Booked on", "Status", "Stopped on"]]
    paid = [["Receipt no", "Paid on", "Household no", "Amount", "Payment method"]]
    for n in range(420):
        home, first, rider_count = f"H{n:04d}", draw.choice([0, 0, 1, 2, 3]), draw.choice([1, 1, 1, 2])
        households.append([home, draw.choice(["Leeds", "Otley"]), f"h{n}@example.org", (date(2021 + first, 7, 1) + timedelta(days=draw.randrange(80))).isoformat()])
        names = [f"R{len(riders) + k:05d}" for k in range(rider_count)]
        riders += [[name, home, draw.choice(["Ann", "Bo", "Cy"]), date(2009, 1, 1 + draw.randrange(28)).isoformat(), draw.choice("FM")] for name in names]
        for place in range(first, len(SEASONS)):
            changed, gone = draw.random() < 0.3, False
            for name in names:
                state = draw.choices(["Enrolled", "Withdrawn", "Cancelled"], [0.95, 0.03, 0.02])[0]
                stopped = (date(2022 + place, 2, 1) + timedelta(days=draw.randrange(60))).isoformat() if state == "Withdrawn" else ""
                fee = draw.choice([300, 400, 500])
                enrolled.append([f"B{len(enrolled):05d}", SEASONS[place], name, home, draw.choice(LEVELS), "yes" if changed else "no", fee,
                                 (date(2021 + place, 6, 20) + timedelta(days=draw.randrange(80))).isoformat(), state, stopped])
                if state == "Enrolled":
                    paid.append([f"P{len(paid):05d}", date(2021 + place, 10, 5).isoformat(), home, f"{fee:.2f}", "Card" if n % 3 else "Cheque"])
                gone = gone or state != "Enrolled"
            if gone or draw.random() < (0.55 if changed else 0.15):
                break
    return {"households.csv": households, "riders.csv": riders, "enrolments.csv": enrolled, "receipts.csv": paid}


@pytest.fixture(scope="module")
def club(tmp_path_factory):
    yield from opened(tmp_path_factory, "club", _files())


@pytest.fixture(scope="module")
def rows():
    return _files()["enrolments.csv"][1:]


def _said(study, question):
    step = asked(study, question)
    return Runner(study, CATALOG).run("explore", step)


def test_households_are_the_customers_and_riders_theirs(club):
    kinds = {table.file: club.model.kind(table.table) for table in club.model.tables}
    assert kinds["households.csv"] is TableKind.CUSTOMERS and kinds["riders.csv"] is TableKind.CUSTOMER_LINKS
    roles = {(binding.file, binding.name): binding.role for binding in club.model.bindings}
    assert roles["enrolments.csv", "Household no"] is Role.CUSTOMER_ID and roles["enrolments.csv", "Rider no"] is Role.CUSTOMER_LINK
    assert club.database.row("SELECT count(*) FROM customers")[0] == 420


def test_who_did_not_enrol_for_the_next_season_has_left(club, rows):
    standing = [(season, home) for _, season, _, home, *_, state, _ in rows if state != "Cancelled"]
    today = club.as_of.isoformat()
    here = {home for _, season, _, home, *_, state, stopped in rows if season == SEASONS[-1] and state != "Cancelled" and not (state == "Withdrawn" and stopped <= today)}
    assert club.model.lost.basis is LostBasis.CONTRACT_END and club.model.lost.column == "Season"
    assert club.database.row("SELECT count(*) FILTER (NOT lost) FROM customers")[0] == len(here)
    found = Runner(club, CATALOG).run("churn_rate", {"by": "Season"})
    of = {season: {home for held, home in standing if held == season} for season in SEASONS}
    told = {season: 1 - len(of[season] & of[after]) / len(of[season]) for season, after in zip(SEASONS, SEASONS[1:], strict=False)}
    assert {row[0]: row[3] for row in found.table.rows} == pytest.approx(told)
    assert "did not enrol for the next season" in found.claim.render("en")
    assert "did not enrol again for the next season" in Runner(club, CATALOG).run("lost_definition", {}).claim.render("en")


def test_what_happened_in_a_season_is_seen_to_precede_leaving(club):
    found = Runner(club, CATALOG).run("churn_drivers", {})
    assert "Changed pony" in {column for item in found.items for column in item["source_columns"]}


def test_rows_of_a_season_are_counted_and_added_up_as_rows(club, rows):
    last = [row for row in rows if row[1] == "2023/2024"]
    figures = {
        "how many households in 2023/2024?": len({row[3] for row in last}),
        "how many riders in 2023/2024?": len({row[2] for row in last}),
        "total yearly fee for 2023/2024": sum(row[6] for row in last),
        "how many riders?": len(_files()["riders.csv"]) - 1,
    }
    assert {question: _said(club, question).measures[0].value for question in figures} == figures
    by = {row[0]: row[1] for row in _said(club, "average yearly fee by level").table.rows}
    assert by == pytest.approx({level: sum(r[6] for r in rows if r[4] == level) / sum(r[4] == level for r in rows) for level in LEVELS})


def test_this_season_and_the_last_are_called_as_the_files_call_them(club):
    for question, season in {"how many riders this season?": "2024/2025", "combien de foyers la saison dernière ?": "2023/2024"}.items():
        assert asked(club, question)["purchase_filter"] == [is_("Season", season)]


@pytest.fixture(scope="module")
def early(tmp_path_factory):
    """The same club in the first days of July, when enrolments for the next season have just opened."""
    files = _files()
    for name, column in (("households.csv", 3), ("enrolments.csv", 7), ("receipts.csv", 1)):
        files[name] = [files[name][0], *(row for row in files[name][1:] if row[column] <= "2024-07-05")]
    for row in files["enrolments.csv"][1:]:
        if row[9] > "2024-07-05":
            row[8:] = ["Enrolled", ""]
    assert any(row[1] == "2024/2025" for row in files["enrolments.csv"])
    yield from opened(tmp_path_factory, "early", files)


def test_the_season_in_course_is_not_the_one_whose_enrolments_have_just_opened(early):
    assert asked(early, "how many riders this season?")["purchase_filter"] == [is_("Season", "2023/2024")]


def test_cancelled_rows_are_said_to_be_counted(club, rows):
    undone = sum(row[1] == "2023/2024" and row[8] == "Cancelled" for row in rows)
    told = [caveat.render("en") for caveat in _said(club, "total yearly fee for 2023/2024").caveats]
    assert any(f"{undone} cancelled rows (Cancelled) are counted" in caveat for caveat in told)


@pytest.mark.parametrize("question", ["how many households did not re-enrol this year?", "re-enrolment rate between 2022/2023 and 2023/2024", "combien de foyers ne se sont pas réinscrits ?"])
def test_who_enrolled_again_is_told_season_after_season(club, question):
    analysis, told = step(converse(club, question)[0])
    assert (analysis, told["by"]) == ("churn_rate", "Season")
    first = Runner(club, CATALOG).run(analysis, told).table.rows[0][0]
    assert first == ("2022/2023" if "2022" in question else "2023/2024")


def test_a_figure_of_households_says_that_it_is_not_of_riders(club):
    (reading,) = converse(club, "attrition rate of riders by town")
    assert "riders" in reading.left_out.render("en")
    assert converse(club, "attrition rate of households by town")[0].left_out is None


def test_a_follow_up_by_the_method_of_payment_keeps_the_figure(club):
    told = asked(club, "total encaissé en 2023", "et par payment method ?")
    assert (told["measure"], told["by"], told["table"]) == ("sum", ["Payment method"], "receipts.csv") and told["period"]["start"] == "2023-01-01"


def test_a_rate_of_those_who_stopped_half_way_is_no_rate_of_departure(club):
    told = asked(club, "withdrawal rate by level")
    assert told["measure"] == "share_records" and told["part"] == [is_("Status", "Withdrawn")] and told["by"] == ["Level"]


def test_the_method_of_payment_is_a_column_and_payments_its_rows(club):
    told = asked(club, "total encaissé par payment method en 2023")
    assert (told["measure"], told["column"], told["by"], told["table"]) == ("sum", "Amount", ["Payment method"], "receipts.csv")


def test_a_day_that_heads_a_column_is_no_calendar(tmp_path_factory):
    lessons = [["Lesson no", "Teaching day", "Day of lesson", "Pupil no", "Price"]]
    lessons += [[f"L{n:04d}", date(2024, 1 + n % 12, 1 + n % 28).isoformat(), ("Monday", "Friday")[n % 2], f"P{n % 70:03d}", 20 + n % 7] for n in range(400)]
    study = next(opened(tmp_path_factory, "lessons", {"lessons.csv": lessons}))
    assert asked(study, "revenue by day of lesson")["by"] == ["Day of lesson"]
    assert asked(study, "revenue by day")["by"] == ["day"]
    study.database.close()
