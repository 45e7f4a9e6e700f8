"""Defects of sales."""

from __future__ import annotations

from datetime import date, timedelta

from tests.unit.datamodel.measure.case import Mark
from tests.unit.datamodel.measure.shop import with_sign
from tests.unit.datamodel.measure.world import World
from tests.unit.datamodel.worlds import TODAY, Row

_SYMBOLS = {"USD": "dollars"}
_FAR = [["NC", "Nouvelle-Calédonie", "JP", "Algérie"], ["JP", "Japan", "NC", "Algeria"]]


def _paid(row: Row) -> bool:
    return isinstance(row["amount"], float) and row["amount"] > 0


def _more(world: World, rows: list[Row]) -> None:
    world["sales"].rows += rows
    world.taken |= {id(row) for row in rows}


def copies(world: World) -> Mark:
    """One sale in a hundred pasted twice, or up to eight."""
    rows = world.take("sales", world.some("sales", 1, 0.08))
    _more(world, [dict(row) for row in rows])
    return Mark("sales", count=len(rows))


def file_pasted_twice(world: World) -> Mark:
    """The whole file stands in itself two or three times, and no sale has a number."""
    table = world["sales"]
    del table.headers["ticket"]
    once = list({str([row.get(key) for key in table.headers]): row for row in table.rows}.values())
    times = world.draw.choice([2, 3])
    table.rows = [dict(row) for row in once for _ in range(times)]
    return Mark("sales", count=len(table.rows) - len(once))


def typed_twice(world: World) -> Mark:
    """Sales typed again under another number, with other capitals here and there."""
    rows = world.take("sales", world.some("sales", 6, 0.06), _paid)
    again = [{**row, "ticket": f"R{place:06d}"} for place, row in enumerate(rows)]
    _more(world, again)
    return Mark("sales")


def missing_amounts(world: World) -> Mark:
    """From one amount in a hundred to one in three is empty."""
    empty = sum(row["amount"] is None for row in world["sales"].rows)
    rows = world.take("sales", world.some("sales", len(world["sales"].rows) // 100, 0.3), _paid)
    for row in rows:
        row["amount"] = None
    return Mark("sales", "amount", len(rows) + empty)


def missing_days(world: World) -> Mark:
    """From two dates to one in ten are empty."""
    rows = world.take("sales", world.some("sales", 2, 0.1))
    for row in rows:
        row["day"] = None
    return Mark("sales", "day", len(rows))


def future_sales(world: World) -> Mark:
    """From one sale to one in fifty dated after today, by a day or by six years."""
    rows = world.take("sales", world.some("sales", 1, 0.02))
    for row in rows:
        row["day"] = TODAY + timedelta(days=world.draw.choice([1, 30, 365, 5 * 365, 6 * 365]))
    return Mark("sales", "day", len(rows))


def old_sales(world: World) -> Mark:
    """Sales of a date no till has: the noughts of a spreadsheet, a year of two digits."""
    rows = world.take("sales", world.some("sales", 1, 0.02))
    for row in rows:
        row["day"] = world.draw.choice([date(1900, 1, 1), date(1925, 3, 4), date(1899, 12, 30)])
    return Mark("sales", "day", len(rows))


def stray_sale(world: World) -> Mark:
    """The files stop more than a year ago, but for one sale."""
    for row in world["sales"].rows:
        row["day"] = row["day"] - timedelta(days=600)  # type: ignore[operator]
    for row in world["people"].rows:
        row["joined"] = row["joined"] - timedelta(days=600)  # type: ignore[operator]
    world.take("sales", 1)[0]["day"] = TODAY - timedelta(days=world.draw.randrange(0, 90))
    return Mark("sales", "day", 1)


def outliers(world: World) -> Mark:
    """One to three amounts a hundred times over or more: cents, a telephone number in the wrong box."""
    rows = world.take("sales", 1 + world.draw.randrange(3), _paid)
    middle = 2.718 ** float(str(rows[0]["middle"]))
    for row in rows:
        row["amount"] = round(middle * 10 ** world.draw.uniform(2, 5), 2)
    return Mark("sales", "amount", len(rows))


def refunds(world: World) -> Mark:
    """From one refund to one sale in twenty."""
    rows = world.take("sales", world.some("sales", 1, 0.05), _paid)
    for row in rows:
        row["amount"], row["quantity"] = -float(str(row["amount"])), -1
    return Mark("sales", "amount", len(rows))


def negative_quantities(world: World) -> Mark:
    """Articles sold by minus three, for money received."""
    rows = world.take("sales", world.some("sales", 1, 0.1), _paid)
    for row in rows:
        row["quantity"] = -world.draw.randrange(1, 5)
    return Mark("sales", "quantity", len(rows))


def discounts_above_a_hundred(world: World) -> Mark:
    """Discounts of 101 % and more."""
    rows = world.take("sales", world.some("sales", 1, 0.1))
    for row in rows:
        row["discount_pct"] = world.draw.choice([101, 150, 200, 1000])
    return Mark("sales", "discount_pct", len(rows))


def month_not_exported(world: World) -> Mark:
    """One or two whole months of the middle of the history lack, with forty sales at least; a month that is closed anyway may adjoin."""
    sales = world["sales"]
    months = sorted({(row["day"].year, row["day"].month) for row in sales.rows})  # type: ignore[attr-defined]

    def within(lacking: list[tuple[int, int]]) -> list[Row]:
        return [row for row in sales.rows if (row["day"].year, row["day"].month) in lacking]  # type: ignore[attr-defined]

    spans = [months[place : place + length] for length in (1, 2) for place in range(5, len(months) - 2 - length)]
    lacking = world.draw.choice([span for span in spans if len(within(span)) >= 40])
    gone = {id(row) for row in within(lacking)}
    sales.rows = [row for row in sales.rows if id(row) not in gone]
    middle = date(*lacking[0], 15)
    days = [row["day"] for row in sales.rows]
    before, after = max(day for day in days if day < middle), min(day for day in days if day > middle)  # type: ignore[operator, type-var]
    return Mark("sales", "day", (after - before).days - 1)  # type: ignore[operator]


def unknown_customers(world: World) -> Mark:
    """Sales of customers no file holds, from one to one in ten."""
    rows = world.take("sales", world.some("sales", 1, 0.1))
    for place, row in enumerate(rows):
        row["id"] = f"Z{place // 2:05d}"
    return Mark("sales", "id", len(rows))


def sales_of_nobody(world: World) -> Mark:
    """Sales without a customer, from one to one in four."""
    rows = world.take("sales", world.some("sales", 1, 0.25))
    for row in rows:
        row["id"] = None
    return Mark("sales", "id", len(rows))


def sales_of_anonymous(world: World) -> Mark:
    """Sales whose customer is called « anonyme », « passage », "guest"."""
    word = world.house.one_of(["ANONYME", "passage", "Client de passage", "inconnu"], ["guest", "Anonymous", "walk-in", "unknown"])
    rows = world.take("sales", world.some("sales", 1, 0.25))
    for row in rows:
        row["id"] = word
    return Mark("sales", "id", len(rows))


def no_customer_column(world: World) -> Mark:
    """Sales whose file has no column of customers at all."""
    del world["sales"].headers["id"]
    return Mark("sales")


def till_number(world: World) -> Mark:
    """From a quarter to half of the sales rung up under one number that is the till's."""
    sales = world["sales"].rows
    for row in world.take("sales", int(world.draw.uniform(0.25, 0.5) * len(sales)), lambda row: row["id"] != "C00003"):
        row["id"] = "C99999"
    return Mark("sales", "id", sum(row["id"] == "C99999" for row in sales))


def words_for_days(world: World) -> Mark:
    """Words in the place of a date."""
    rows = world.take("sales", world.some("sales", 1, 0.04))
    for row in rows:
        row["day"] = world.house.one_of(["bientôt", "voir avec Paul", "31/02/2024"], ["soon", "ask Paul", "2024-02-31"])
    return Mark("sales", "day", len(rows))


def words_for_amounts(world: World) -> Mark:
    """Words in the place of an amount."""
    rows = world.take("sales", world.some("sales", 1, 0.04))
    for row in rows:
        row["amount"] = world.house.one_of(["offert", "voir devis", "12,5O"], ["gift", "see quote", "12.5O"])
    return Mark("sales", "amount", len(rows))


def broken_lines(world: World) -> Mark:
    """Lines with a cell too many: a separator written by hand in a cell."""
    table, mark = world["sales"], world.house.delimiter
    chosen = {id(row) for row in world.take("sales", world.some("sales", 1, 0.03))}
    places = [place for place, row in enumerate(table.rows) if id(row) in chosen]
    for place in places:
        table.spoil[place] = lambda line: line.rstrip("\n") + f"{mark}x{mark}y\n"
    return Mark("sales", count=len(places))


def currency_column(world: World) -> Mark:
    """A column of codes with a second currency, on one sale in a hundred to one in three; a third now and then."""
    house = world.house
    world["sales"].headers["currency"] = house.one_of(["devise", "Devise"], ["currency", "Currency"])
    codes = world.draw.sample(["USD", "CHF", "XPF", "CAD"], 1 + (world.draw.random() < 0.3))
    for code in codes:
        written = world.draw.choice([code, code.lower(), _SYMBOLS.get(code, code)])
        for row in world.take("sales", world.some("sales", len(world["sales"].rows) // 100, 0.15)):
            row["currency"] = written
    return Mark("sales", "currency", 1 + len(codes))


def country_of_the_sale(world: World) -> Mark:
    """Amounts of one country, named on the sale, in a currency nobody names, worth a thirtieth to a hundred-and-fiftieth."""
    world["sales"].headers["country"] = world.house.one_of(["pays", "Pays"], ["country", "Country"])
    rows = world.take("sales", 25 + world.draw.randrange(40), _paid)
    rate, far = world.draw.uniform(30, 150), world.house.one_of(*_FAR)
    for row in rows:
        row["country"], row["amount"] = far, round(float(str(row["amount"])) * rate, 2)
    return Mark("sales", "amount", len(rows))


def country_of_the_customer(world: World) -> Mark:
    """The same where only the customers' file says the country: three customers in a hundred at least."""
    sales, people = world["sales"].rows, world["people"].rows
    counts = {str(one["id"]): sum(row["id"] == one["id"] for row in sales) for one in people}
    busy = [one for one in people if id(one) not in world.taken and counts[str(one["id"])] >= 8 and one["id"] != "C00003"]
    far = world.house.one_of(*_FAR)
    there = {str(one["id"]) for one in world.draw.sample(busy, 4 + world.draw.randrange(6))}
    for one in people:
        if one["id"] in there:
            one["country"] = far
            world.taken.add(id(one))
    rate, moved = world.draw.uniform(30, 150), 0
    for row in sales:
        if row["id"] in there and _paid(row):
            row["amount"], moved = round(float(str(row["amount"])) * rate, 2), moved + 1
    return Mark("sales", "amount", moved)


def signs_in_cells(world: World) -> Mark:
    """« 12,50 € » beside « $14.00 » in one column: from one sale to one in three under another sign, or two others."""
    usual = "€" if world.house.french else "£"
    others = world.draw.sample(["$", "CHF", "XPF", "£" if world.house.french else "€"], 1 + (world.draw.random() < 0.3))
    written = {"$": world.draw.choice(["$", "US$"]), "CHF": world.draw.choice(["CHF", "Fr."]), "XPF": "XPF", "£": "£", "€": "€"}
    chosen = [(written[sign], world.take("sales", world.some("sales", 1, 0.15), _paid)) for sign in others]
    for row in world["sales"].rows:
        if isinstance(row["amount"], float):
            sign = next((sign for sign, rows in chosen if any(row is one for one in rows)), usual)
            row["amount"] = with_sign(row["amount"], sign)
    return Mark("sales", "amount", 1 + len(others))


def sign_against_header(world: World) -> Mark:
    """The header says euros and the cells say nothing, but for some that say dollars."""
    world["sales"].headers["amount"] = world.house.one_of(["montant (€)", "Montant EUR"], ["amount (EUR)", "amount_eur"])
    for row in world.take("sales", world.some("sales", 1, 0.2), _paid):
        row["amount"] = with_sign(float(str(row["amount"])), "$")
    return Mark("sales", "amount", 2)


def day_or_month(world: World) -> Mark:
    """No day above the twelfth, and nothing else that tells day from month."""
    world.house.day = "%m/%d/%Y" if world.house.day == "%m/%d/%Y" else "%d/%m/%Y"
    for row in world["sales"].rows:
        day = row["day"]
        row["day"] = day.replace(day=1 + (day.day * 7 + day.month) % 12) if isinstance(day, date) else day
    del world["people"].headers["joined"], world["sales"].headers["promised"]
    return Mark("sales", "day", len(world["sales"].rows))


def other_spellings(world: World) -> Mark:
    """One store or means of payment with other capitals, accents or signs, from one sale to one in four."""
    column = world.draw.choice(["payment", "store"])
    word = world["sales"].rows[0][column]
    rows = world.take("sales", world.some("sales", 1, 0.1), lambda row: row[column] == word)
    other = world.draw.choice([str(word).upper(), str(word).lower(), f"{word}.", str(word)[:3] + " " + str(word)[3:]])
    for row in rows:
        row[column] = other
    return Mark("sales", column, len(rows))


def state_under_another_word(world: World) -> Mark:
    """From a day on, another tool writes cancelled sales, and the others, in words of its own."""
    days = sorted(row["day"] for row in world["sales"].rows if isinstance(row["day"], date))
    since = days[int(world.draw.uniform(0.35, 0.65) * len(days))]
    gone, done = world.house.one_of(["Sortie B2", "Code 7"], ["Exit B2", "Code 7"]), world.house.say("Expédiée", "Shipped")
    rows = [row for row in world["sales"].rows if isinstance(row["day"], date) and row["day"] > since]
    for row in rows:
        row["state"] = gone if str(row["state"]).startswith(("Annul", "Cancel")) else done
    return Mark("sales", "state", sum(row["state"] == gone for row in rows))


def powers_of_ten(world: World) -> Mark:
    """Customers by a long number, that a spreadsheet wrote with a power of ten in from a tenth to two thirds of the sales."""
    numbers = {row["id"]: str(310000000000 + 41 * place) for place, row in enumerate(world["people"].rows)}
    sales = world["sales"].rows
    for row in (*world["people"].rows, *sales):
        row["id"] = numbers.get(row["id"], row["id"])
    rows = world.take("sales", int(world.draw.uniform(0.1, 0.66) * len(sales)), lambda row: str(row["id"]).isdigit())
    comma = world.draw.choice([",", "."])
    for row in rows:
        row["id"] = f"{float(str(row['id'])):.2E}".replace(".", comma)
    return Mark("sales", "id", len(rows))
