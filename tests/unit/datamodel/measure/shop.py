"""A clean shop: people and their purchases, full of what looks like a defect and is none."""

from __future__ import annotations

from datetime import date, timedelta

from tests.unit.datamodel.measure.world import House, Table, World, house_of
from tests.unit.datamodel.worlds import Row

_FIRST_FR = "Marie Paul Inès Louis Jeanne Hugo Alice Karim Chloé Noah Sophie Étienne Léa Mehdi Zoé Gaël".split()
_FIRST_EN = "Mary Paul Ines Lewis Jane Hugh Alice Karim Chloe Noah Sophie Steven Leah Omar Zoe Gail".split()
_LAST = "Durand Martin Petit Robert Moreau Simon Laurent Michel Garcia Fournier Taylor Brown Walker Evans Baker Nolan".split()
_CLOSE_TO_TEST = ("Testa", "Testard", "Demoulin", "Demo-Marchand", "Essaidi", "Tester-Blanc", "Fakhry", "Foo Chen", "Doe", "Dummer")
_STORES = (("Lyon", "Lille", "Nantes"), ("Leeds", "York", "Bath"))
_MAILBOXES = ("gmail.com", "orange.fr", "free.fr", "hotmail.fr", "outlook.com")


def shop(seed: int, *, dressed: bool = False) -> World:
    """A shop of 90 to 160 customers over two to four years.

    Args:
        seed: another makes another house: its language, headers, size, prices, history.
        dressed: amounts carry their currency sign, some sales are returns, and people write from public mailboxes.
    """
    house = house_of(seed, "shop")
    draw = house.draw
    until = date(2025, 10, 31) - timedelta(days=draw.randrange(0, 40))
    start = until - timedelta(days=draw.randrange(800, 1300))
    people = [_person(house, number, start, until) for number in range(draw.randrange(105, 160))]
    sales = _sales(house, people, start, until)
    files = (
        house.one_of(["clients.csv", "export_clients.csv"], ["customers.csv", "customer_list.csv"]),
        house.one_of(["achats.csv", "commandes.csv", "ventes.csv"], ["orders.csv", "sales.csv"]),
    )
    world = World(house, {
        "people": Table(files[0], _people_headers(house), people), "sales": Table(files[1], _sales_headers(house), sales),
    })  # fmt: skip
    _look_alikes(world)
    if dressed:
        dress(world)
    return world


def with_returns(seed: int) -> World:
    """A shop with returns: negative quantities that are no defect, beside the money given back."""
    world = shop(seed)
    _returns(world)
    return world


def _returns(world: World) -> None:
    for row in world.take("sales", 9, lambda row: isinstance(row["amount"], float) and row["amount"] > 0):
        row["quantity"], row["amount"] = -1, -float(str(row["amount"]))


def with_states(seed: int) -> World:
    """A shop that writes the state of each sale: some are cancelled, all along, and states of its own stand for the rest."""
    world = shop(seed)
    world["sales"].headers["state"] = world.house.one_of(["statut", "etat_commande"], ["status", "order_status"])
    done, cancelled = world.house.one_of(["Livrée", "Remise au client"], ["Delivered", "Collected"]), world.house.say("Annulée", "Cancelled")
    share = world.draw.uniform(0.05, 0.15)
    for row in world["sales"].rows:
        row["state"] = cancelled if world.draw.random() < share else done
    return world


def with_birthdays(seed: int) -> World:
    """A shop that knows when people were born: homonyms of other days, and twins of one day who bear other first names."""
    world = shop(seed)
    world["people"].headers["born"] = world.house.one_of(["date_naissance", "Date de naissance"], ["birth_date", "Date of birth"])
    days = world.draw.sample(range(20_000), len(world["people"].rows))
    for row, day in zip(world["people"].rows, days, strict=True):
        row["born"] = date(1945, 1, 1) + timedelta(days=day) if world.draw.random() > 0.08 else None
    for _ in range(2):
        one, other = world.take("people", 2, lambda row: row["born"] is not None)
        other["last"], other["born"] = one["last"], one["born"]
        other["first"] = "Céleste" if world.house.french else "Celeste"
    return world


def dress(world: World) -> None:
    """Amounts with the one sign of the house, returns in full, public mailboxes with a company's own among them."""
    _returns(world)
    signed(world)
    public_mailboxes(world)


def signed(world: World) -> None:
    """Write every amount with the sign of the house: « 12,50 € », "£12.50"."""
    for row in world["sales"].rows:
        if isinstance(row["amount"], float):
            row["amount"] = with_sign(row["amount"], "€" if world.house.french else "£")


def with_sign(amount: float, sign: str) -> str:
    """An amount as the country of that sign writes it."""
    if sign in ("€", "CHF", "XPF", "Fr."):
        return f"{amount:.2f}".replace(".", ",") + f" {sign}"
    return f"{sign}{amount:.2f}"


def public_mailboxes(world: World) -> int:
    """People write from public mailboxes; the colleagues of a company, and lone firms, from their own. How many colleagues."""
    kept = [row for row in world["people"].rows if "contact@" in str(row["email"])]
    for number, row in enumerate(world["people"].rows):
        if row in kept:
            continue
        host = f"firm{number}.com" if number % 17 == 0 else _MAILBOXES[number % len(_MAILBOXES)]
        row["email"] = f"name{number}.x{number % 7}@{host}"
    colleagues = 1 + world.draw.randrange(4)
    for number, row in enumerate(world.take("people", colleagues)):
        row["email"] = f"person{number}@garage-martin.fr"
    return max(colleagues, len(kept))


def _person(house: House, number: int, start: date, until: date) -> Row:
    draw = house.draw
    first = draw.choice(_FIRST_FR if house.french else _FIRST_EN)
    last = draw.choice(_LAST) + draw.choice(["", "", "-" + draw.choice(_LAST)])
    joined = start + timedelta(days=draw.randrange(0, (until - start).days * 3 // 4))
    stores = _STORES[not house.french]
    return {
        "id": f"C{number:05d}", "first": first, "last": last, "email": f"{first[0]}{last}{number}@mail-{number % 9}.fr".lower(),
        "phone": f"06 {draw.randrange(10, 99)} {draw.randrange(10, 99)} {number // 100:02d} {number % 100:02d}",
        "address": f"{draw.randrange(1, 99)} rue {draw.choice(_LAST)}", "city": draw.choice(stores), "joined": joined,
        "channel": draw.choice(["Boutique", "Site web", "Parrainage"] if house.french else ["Store", "Website", "Referral"]),
        "age": draw.randrange(18, 96) if draw.random() > 0.1 else None, "grade": draw.choice(["A", "A-", "A+", "B", "B+", "C"]),
        "note": draw.choice(_notes(house)), "subject": draw.choice(_subjects(house)), "country": draw.choices(["FR", "BE", "CH"], [90, 6, 4])[0],
        "open_rate": draw.randrange(0, 101), "growth_pct": draw.randrange(-60, 240), "call_minutes": draw.randrange(1, 50),
    }  # fmt: skip


def _notes(house: House) -> list[str]:
    if house.french:
        return [
            "bon client, vient souvent le samedi", "réf. 2024-0012, colis 6A12345678901", "rendez-vous à 10h30 @Lyon", "aime le thé",
            "carte 3760012345678, rappeler en mars", "préfère le magasin du centre", "", "",
        ]  # fmt: skip
    return [
        "good customer, comes on Saturdays", "ref. 2024-0012, parcel 6A12345678901", "meet at 10:30 @York", "likes green tea",
        "card 3760012345678, call back in March", "prefers the town store", "", "",
    ]  # fmt: skip


def _subjects(house: House) -> list[str]:
    words = ["retard de livraison du colis", "question sur la facture", "demande de retour", "avis sur le magasin", "carte cadeau"]
    other = ["late delivery of a parcel", "question on the bill", "asks for a return", "word on the store", "gift card"]
    return [f"{word} {code}" for word in (words if house.french else other) for code in ("2024-01", "n° 12", "10h", "402-1234567-1234567", "10.06.2024", "")]


def _sales(house: House, people: list[Row], start: date, until: date) -> list[Row]:
    """Purchases about every two months until each leaves; the shop shuts in August, and for weeks in the last two winters."""
    draw, sales = house.draw, list[Row]()
    centre, spread = draw.uniform(2.8, 4.4), draw.uniform(0.35, 0.6)
    stores = _STORES[not house.french]
    for place, person in enumerate(people):
        if place % 19 == 7:  # known, never bought
            continue
        day: date = person["joined"]  # type: ignore[assignment]
        leaves = day + timedelta(days=int(draw.expovariate(1 / 600)) + 40)
        pace = 6 if place == 3 else draw.uniform(20, 40)
        while day <= min(until, leaves if place != 3 else until):
            if day.month != 8 and not (day.year >= until.year - 1 and day.month == 2):
                sales.append({
                    "ticket": "", "id": person["id"], "day": day, "amount": round(draw.lognormvariate(centre, spread), 2),
                    "store": draw.choice(stores), "payment": draw.choice(
                        ["Carte", "Espèces", "PayPal"] if house.french else ["Card", "Cash", "PayPal"]),
                    "quantity": draw.choice([1, 1, 1, 2, 3, 5]), "discount_pct": draw.choice([0, 0, 0, 5, 10, 20, 30, 100]),
                    "promised": day + timedelta(days=draw.randrange(1, 90)), "country": person["country"],
                    "currency": ("EUR" if house.french else "GBP"), "middle": centre,
                })  # fmt: skip
            day += timedelta(days=1 + int(draw.gammavariate(2, pace)))
    sales.sort(key=lambda row: str(row["day"]))
    for number, row in enumerate(sales):
        row["ticket"] = f"T{number:06d}"
    return sales


def _look_alikes(world: World) -> None:
    """What a hasty detector takes for a defect: none of it is."""
    people, draw = world["people"].rows, world.draw
    for _ in range(3):  # homonyms
        one, other = world.take("people", 2)
        other["first"], other["last"] = one["first"], one["last"]
    family = world.take("people", 3)  # at one address, with one mailbox and one telephone
    names = ["Anne", "Bruno", "Camille"] if world.house.french else ["Anna", "Brian", "Carol"]
    for row, name in zip(family, names, strict=True):
        row.update(first=name, last=family[0]["last"], address=family[0]["address"], email=family[0]["email"],
                   phone=family[0]["phone"])  # fmt: skip
    staff = ["Nora", "Igor", "Wanda"]
    for row, name in zip(world.take("people", 3), staff, strict=True):  # of a company that has one mailbox, one switchboard
        row["first"] = name
        row["email"], row["phone"] = "contact@atelier-du-parc.fr", "01 40 20 30 40"
    for row, name in zip(world.take("people", 4), draw.sample(_CLOSE_TO_TEST, 4), strict=True):
        row["first"] = "Nora" if name == "Doe" else row["first"]
        row.update(last=name, email=f"{name.split()[0].lower()}.{row['id']}@mail-3.fr".lower())
    for row in people[: len(people) // 25]:  # four in a hundred without a channel
        row["channel"] = None
    for row in world.take("sales", len(world["sales"].rows) // 400):
        row["amount"] = None
    middle = 2.718 ** float(str(world["sales"].rows[0]["middle"]))
    for row in world.take("sales", max(2, len(world["sales"].rows) // 150)):  # a wedding, a firm's order
        row["amount"] = round(middle * draw.uniform(6, 12), 2)
    for row in world.take("sales", 6):  # free of charge
        row["amount"] = 0.0
    for row in world.take("sales", 2):  # the same again, the same day
        world["sales"].rows.append({**row, "ticket": f"T{900000 + int(str(row['ticket'])[1:])}"})
        world.taken.add(id(world["sales"].rows[-1]))


def _people_headers(house: House) -> dict[str, str]:
    one = house.one_of
    return {
        "id": one(["id_client", "N° client", "code_client"], ["customer_id", "Customer ID", "client_id"]),
        "first": one(["prenom", "Prénom"], ["first_name", "First name"]), "last": one(["nom", "Nom"], ["last_name", "Last name"]),
        "email": one(["email", "Adresse e-mail", "courriel"], ["email", "Email address"]),
        "phone": one(["telephone", "Téléphone"], ["phone", "Phone number"]), "address": one(["adresse"], ["address"]),
        "city": one(["ville", "Ville"], ["city", "City"]),
        "joined": one(["date_inscription", "Date d'inscription"], ["signup_date", "Signup Date"]),
        "channel": one(["canal_acquisition", "Canal d'acquisition"], ["acquisition_channel", "Acquisition channel"]),
        "age": one(["age", "Âge"], ["age", "Age"]), "grade": one(["classe"], ["grade"]), "note": one(["note"], ["notes"]),
        "subject": one(["objet_appel"], ["call_subject"]),
        "country": one(["pays", "Pays"], ["country", "Country"]),
        "open_rate": one(["taux_ouverture", "Taux d'ouverture (%)"], ["open_rate", "Open rate %"]),
        "growth_pct": one(["evolution_pct"], ["growth_pct"]),
        "call_minutes": one(["duree_appel_min"], ["call_duration_min"]),
    }  # fmt: skip


def _sales_headers(house: House) -> dict[str, str]:
    one = house.one_of
    return {
        "ticket": one(["n_ticket", "numero_commande", "N° commande"], ["order_id", "Order number"]),
        "id": one(["id_client", "N° client", "code_client"], ["customer_id", "Customer ID"]),
        "day": one(["date_achat", "Date de commande"], ["order_date", "Purchase date"]),
        "amount": one(["montant_ttc", "Montant", "montant"], ["amount", "Order amount", "amount"]),
        "store": one(["magasin", "Magasin"], ["store", "Store"]),
        "payment": one(["moyen_paiement", "Moyen de paiement"], ["payment_method", "Payment method"]),
        "quantity": one(["quantite", "Quantité"], ["quantity", "Quantity"]),
        "discount_pct": one(["remise_pct", "Remise (%)"], ["discount_pct", "Discount %"]),
        "promised": one(["date_livraison_promise"], ["promised_delivery_date"]),
    }  # fmt: skip
