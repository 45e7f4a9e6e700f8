"""Cells of one column, drawn from a short recipe such as `fr 2021..2024` or `pick Oui;Non*3 ?10`; every draw is repeatable."""

from __future__ import annotations

import hashlib
import random
import re
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

Cells = list[str]
_DAYS = {
    "iso": "%Y-%m-%d", "fr": "%d/%m/%Y", "us": "%m/%d/%Y", "dt": "%Y-%m-%d %H:%M:%S", "frdt": "%d/%m/%Y %H:%M",
    "ts": "%Y-%m-%dT%H:%M:%SZ", "compact": "%Y%m%d", "short": "%d/%m/%y", "month": "%Y-%m", "dash": "%d-%m-%Y",
    "isot": "%Y-%m-%dT%H:%M:%S", "ms": "%Y-%m-%d %H:%M:%S.000", "dashshort": "%d-%m-%y", "minute": "%Y-%m-%d %H:%M",
    "usdt": "%m/%d/%Y %H:%M", "clock": "%H:%M", "yymmdd": "%y%m%d", "week": "%Y-%m-01",
}  # fmt: skip
_WORDS = {
    "first": "Marie Paul Inès Louis Jeanne Hugo Alice Karim Chloé Noah Emma Jack Olivia Liam Ava Mia",
    "last": "Durand Martin Petit Robert Moreau Simon Laurent Michel Garcia Fournier Smith Patel Jones Brown Walker Reed",
    "cityfr": "Lyon Lille Nantes Rennes Bordeaux Strasbourg Toulouse Nice Dijon Angers Brest Reims",
    "cityen": "Leeds York Bristol Austin Denver Boston Chicago Portland Seattle Dublin Glasgow Cardiff",
    "product": "Théière Bougie Carnet Plaid Mug Lampe Coussin Savon Miel Vase Panier Tapis Cadre Bol",
    "street": "Lilas Gare Moulin Château Fontaine Écoles Victor-Hugo Remparts",
}
_PROSE = {
    "prose": ("the delivery was late but the team answered quickly", "too expensive for what it is, I will not come back",
              "everything was fine as usual, thank you very much", "the quality went down since last year"),
    "prosefr": ("la livraison est arrivée en retard mais le conseiller a rappelé", "trop cher pour ce que c’est, je ne reviendrai pas",
                "tout s’est très bien passé, merci encore à l’équipe", "la qualité a baissé depuis l’année dernière"),
}  # fmt: skip


def cells(recipe: str, rows: int, seed: str, written: dict[str, Cells]) -> Cells:
    """Draw `rows` cells.

    Args:
        recipe: what to draw, `?30` at its end for 30 % of empty cells.
        rows: how many.
        seed: makes the draw this column's own.
        written: cells of the columns already drawn, by header, for `after`.
    """
    rng = random.Random(seed)
    empty = re.search(r"\s\?(\d+)$", recipe)
    share = int(empty[1]) / 100 if empty else 0.0
    name, _, rest = re.sub(r"\s\?\d+$", "", recipe).partition(" ")
    drawn = _draw(name, rest.strip(), rows, rng, written)
    return ["" if share and rng.random() < share else cell for cell in drawn]


def _draw(name: str, rest: str, rows: int, rng: random.Random, written: dict[str, Cells]) -> Cells:
    if name in _DAYS:
        return _dates(_DAYS[name], rest, rows, rng)
    if name == "after":
        return _after(rest, rows, rng, written)
    if name == "same":
        return list(_of(rest, written))
    if name == "by":
        return _by(rest, rows, rng, written)
    if name in _LINKED:
        return _LINKED[name](rest, rows, rng, written)
    if name in ("times", "plus", "minus"):
        return _computed(name, rest, written)
    if name == "where":
        return _where(rest, rows, rng, written)
    if name == "filled":
        return _filled(rest, rng, written)
    if name == "map":
        return _mapped(rest, written)
    if name in _SIMPLE:
        return _SIMPLE[name](rest, rows, rng)
    if name in _WORDS:
        words = _WORDS[name].split()
        return [rng.choice(words) for _ in range(rows)]
    if name in _PROSE:
        return [f"{rng.choice(_PROSE[name])} ({rng.randrange(rows)})" for _ in range(rows)]
    raise ValueError(f"unknown recipe: {name} {rest}")


def _numbered(rest: str, rows: int, rng: random.Random) -> list[int]:
    """Numbers behind codes: one a row, or `of K` different ones that come back."""
    found = re.search(r"of (\d+)$", rest)
    if not found:
        return list(range(rows))
    return [min(int(rng.expovariate(2.5 / int(found[1]))), int(found[1]) - 1) if rng.random() < 0.3 else rng.randrange(int(found[1]))
            for _ in range(rows)]  # fmt: skip


def _code(rest: str, rows: int, rng: random.Random) -> Cells:
    """`code C-{:05} of 120`; the number starts at what `+` says (`code {} +1000`)."""
    shape = re.sub(r"\s*of \d+$", "", rest)
    start = re.search(r"\s\+(\d+)$", shape)
    shape = re.sub(r"\s\+\d+$", "", shape)
    first = int(start[1]) if start else 1
    return [shape.format(first + number) for number in _numbered(rest, rows, rng)]


def _hashed(rest: str, rows: int, rng: random.Random) -> Cells:
    length = int(re.match(r"\d+", rest)[0]) if re.match(r"\d+", rest) else 32  # type: ignore[index]
    return [hashlib.sha256(f"{rest}{number}".encode()).hexdigest()[:length] for number in _numbered(rest, rows, rng)]


def _uuid(rest: str, rows: int, rng: random.Random) -> Cells:
    """`uuid` or `uuid of 200`: the same ids in both, so that two files join."""
    return [str(uuid.uuid5(uuid.NAMESPACE_OID, f"{_whose(rest)}{number}")) for number in _numbered(rest, rows, rng)]


def _hash(rest: str, rows: int, rng: random.Random) -> Cells:
    """`hash 32m` or `hash 32m of 200`: as `hex`, with the same ids in both, so that two files join."""
    whose = _whose(rest)
    length = int(re.match(r"\d+", whose)[0])  # type: ignore[index]
    return [hashlib.sha256(f"{whose}{number}".encode()).hexdigest()[:length] for number in _numbered(rest, rows, rng)]


def _whose(rest: str) -> str:
    return re.sub(r"\s*of \d+$", "", rest)


def _email(rest: str, rows: int, rng: random.Random) -> Cells:
    return [f"client{number}@exemple.fr" for number in _numbered(rest, rows, rng)]


def _span(rest: str) -> tuple[float, float]:
    low, _, high = rest.partition("..")
    return float(low), float(high)


def _whole(rest: str, rows: int, rng: random.Random) -> Cells:
    low, high = _span(rest)
    return [str(rng.randint(int(low), int(high))) for _ in range(rows)]


def _few(rest: str, rows: int, rng: random.Random) -> Cells:
    """Counts: small ones more often."""
    low, high = _span(rest)
    return [str(min(int(low) + int(rng.expovariate(4 / (high - low + 1))), int(high))) for _ in range(rows)]


def _decimal(rest: str, rows: int, rng: random.Random) -> Cells:
    low, high = _span(rest)
    return [f"{rng.uniform(low, high):.2f}" for _ in range(rows)]


def _french(rest: str, rows: int, rng: random.Random) -> Cells:
    return [cell.replace(".", ",") for cell in _decimal(rest, rows, rng)]


def _euros(rest: str, rows: int, rng: random.Random) -> Cells:
    return [f"{cell} €" for cell in _french(rest, rows, rng)]


def _pick(rest: str, rows: int, rng: random.Random) -> Cells:
    choices: list[str] = []
    for choice in rest.split(";"):
        word, _, times = choice.partition("*")
        choices += [word] * int(times or 1)
    drawn = [rng.choice(choices) for _ in range(rows)]
    for place, word in enumerate(dict.fromkeys(choices)):  # each value is there
        if place < rows:
            drawn[place] = word
    rng.shuffle(drawn)
    return drawn


def _person(rest: str, rows: int, rng: random.Random) -> Cells:
    first, last = _WORDS["first"].split(), _WORDS["last"].split()
    return [f"{rng.choice(first)} {rng.choice(last)}" for _ in range(rows)]


def _company(rest: str, rows: int, rng: random.Random) -> Cells:
    roots = ["Acme", "Bolt", "Corvus", "Delta", "Epsilon", "Fjord", "Garance", "Hélice", "Ivoire", "Jade"]
    return [f"{rng.choice(roots)} {number} {rng.choice(['SA', 'SARL', 'Ltd', 'SAS'])}" for number in _numbered(rest, rows, rng)]


def _phone(rest: str, rows: int, rng: random.Random) -> Cells:
    return ["0" + str(rng.randint(6, 7)) + "".join(f" {rng.randrange(100):02}" for _ in range(4)) for _ in range(rows)]


def _address(rest: str, rows: int, rng: random.Random) -> Cells:
    return [f"{rng.randint(1, 120)} rue des {rng.choice(_WORDS['street'].split())}" for _ in range(rows)]


def _postcode(rest: str, rows: int, rng: random.Random) -> Cells:
    return [f"{rng.choice([1, 13, 31, 33, 44, 59, 69, 75]):02}{rng.randrange(0, 99) * 10:03}" for _ in range(rows)]


def _iban(rest: str, rows: int, rng: random.Random) -> Cells:
    return [f"FR76{rng.randrange(10**22, 10**23)}" for _ in range(rows)]


def _constant(rest: str, rows: int, rng: random.Random) -> Cells:
    return [rest] * rows


_SIMPLE: dict[str, Callable[[str, int, random.Random], Cells]] = {
    "code": _code, "hex": _hashed, "email": _email, "int": _whole, "few": _few, "dec": _decimal, "num": _french,
    "eur": _euros, "pick": _pick, "full": _person, "company": _company, "phone": _phone, "address": _address,
    "cp": _postcode, "iban": _iban, "const": _constant, "uuid": _uuid, "hash": _hash,
}  # fmt: skip


def _dates(shape: str, rest: str, rows: int, rng: random.Random) -> Cells:
    first, _, last = rest.partition("..")
    start = datetime(int(first[:4]), 1, 1)
    days = (datetime(int(last[:4]), 12, 31) - start).days
    return [(start + timedelta(days=rng.randint(0, days), seconds=rng.randrange(86_400))).strftime(shape) for _ in range(rows)]


def _after(rest: str, rows: int, rng: random.Random, written: dict[str, Cells]) -> Cells:
    """`after fr Début 30..900`: so many days after that column's date, written in the same way."""
    shape, _, header = rest.partition(" ")
    header, _, span = header.rpartition(" ")
    low, high = _span(span)
    late = [datetime.strptime(cell, _DAYS[shape]) if cell else None for cell in _of(header, written)]
    return [(day + timedelta(days=rng.randint(int(low), int(high)))).strftime(_DAYS[shape]) if day else "" for day in late]


def _by(rest: str, rows: int, rng: random.Random, written: dict[str, Cells]) -> Cells:
    """`by Client pick Oui;Non`: one draw for each value of that column, so that a customer's rows agree."""
    header, _, recipe = rest.partition(" ")
    column = _of(header, written)
    known = dict.fromkeys(column)
    value = dict(zip(known, cells(recipe, len(known), f"{rest}{rng.random()}", {}), strict=True))
    return [value[cell] for cell in column]


def _computed(name: str, rest: str, written: dict[str, Cells]) -> Cells:
    """`times Quantity Unit_price`, `plus Net VAT`, `minus Gross Off`, `times Net 1.2`: so that a line adds up."""
    first, second = rest.split()
    left = _of(first, written)
    right = [second] * len(left) if re.fullmatch(r"[\d.]+", second) and second not in written else _of(second, written)
    comma = any("," in cell for cell in left + right)
    drawn = []
    for one, other in zip(left, right, strict=True):
        a, b = (float(cell.replace(",", ".")) if cell else 0.0 for cell in (one, other))
        cell = f"{a * b if name == 'times' else a + b if name == 'plus' else a - b:.2f}"
        drawn.append(cell.replace(".", ",") if comma else cell)
    return drawn


def _where(rest: str, rows: int, rng: random.Random, written: dict[str, Cells]) -> Cells:
    """`where status=closed;lost iso 2023..2024`: drawn where that column has one of these words, empty elsewhere."""
    test, _, recipe = rest.partition(" ")
    header, _, words = test.partition("=")
    drawn = cells(recipe, rows, f"{rest}{rng.random()}", written)
    shown = [cell in words.split(";") for cell in _of(header, written)]
    return [cell if here else "" for cell, here in zip(drawn, shown, strict=True)]


def _filled(rest: str, rng: random.Random, written: dict[str, Cells]) -> Cells:
    """`filled ended_at canceled;expired else active`: a word of the first list where that column has a cell."""
    header, _, words = rest.partition(" ")
    there, _, absent = (part.strip() for part in words.partition(" else "))
    return [rng.choice((there if cell else absent).split(";")) for cell in _of(header, written)]


def _mapped(rest: str, written: dict[str, Cells]) -> Cells:
    """`map Churn 0=No;1=Yes`: the same column said in other words."""
    header, _, pairs = rest.partition(" ")
    words = dict(pair.split("=") for pair in pairs.split(";"))
    return [words.get(cell, "") for cell in _of(header, written)]


def _of(header: str, written: dict[str, Cells]) -> Cells:
    """A column already drawn, by its header, spaces written as underscores."""
    return written[header] if header in written else written[header.replace("_", " ")]


def _scale(rest: str, rows: int, rng: random.Random, written: dict[str, Cells]) -> Cells:
    """`scale num PU_HT*Qté 1.2..1.2`: the product of those columns, times a number of that span, so that totals follow."""
    shape, headers, span = rest.split(" ")
    low, high = _span(span)
    drawn = []
    for row in zip(*(_of(header, written) for header in headers.split("*")), strict=True):
        value = rng.uniform(low, high)
        for cell in row:
            value *= float(cell.replace(",", ".") or "nan")
        drawn.append("" if value != value else f"{value:.2f}".replace(".", "," if shape == "num" else "."))
    return drawn


def _when(rest: str, rows: int, rng: random.Random, written: dict[str, Cells]) -> Cells:
    """`when Statut=Résilié after fr Début 30..900`: filled only where that column says so (`!=` alone: where it is filled)."""
    condition, _, recipe = rest.partition(" ")
    header, different, said = re.fullmatch(r"(.+?)(!?)=(.*)", condition).groups()  # type: ignore[union-attr]
    kept = {word.replace("_", " ") for word in said.split(",")}
    drawn = cells(recipe, rows, f"{rest}{rng.random()}", written)
    return [cell if (seen in kept) != bool(different) else "" for cell, seen in zip(drawn, _of(header, written), strict=True)]


_LINKED: dict[str, Callable[[str, int, random.Random, dict[str, Cells]], Cells]] = {"scale": _scale, "when": _when}

_FAMILIES = "Morel Lefèvre Gauthier Perrin Rousseau Blanc Chevalier Renard Masson Picard Leroux Baron Colin Marty Caron Noël Hubert Vidal Adam Guyot"
_FORMS = (
    "Boulangerie {}", "{} & Fils", "Garage {}", "SARL {}", "Ets {}", "Menuiserie {}", "{} Frères", "SAS {} Distribution",
    "Pharmacie {}", "Cave {}", "Atelier {}", "Transports {}", "Cabinet {}",
)  # fmt: skip
_GIVEN = "Camille Julien Sophie Antoine Manon Nicolas Élodie Thomas Fatima Pierre Lucie Mathieu Aurélie Yanis Céline Olivier"


def _named(forms: tuple[str, ...], rest: str, rows: int, rng: random.Random) -> Cells:
    """One name for each number, so that names come back when the numbers do (`of K`)."""
    families = _FAMILIES.split()
    return [forms[number % len(forms)].format(families[(6 * number + number // len(forms)) % len(families)])
            for number in _numbered(rest, rows, rng)]  # fmt: skip


def _firm(rest: str, rows: int, rng: random.Random) -> Cells:
    return _named(_FORMS, rest, rows, rng)


def _someone(rest: str, rows: int, rng: random.Random) -> Cells:
    return _named(tuple(f"{given} {{}}" for given in _GIVEN.split()), rest, rows, rng)


_SIMPLE |= {"firm": _firm, "person": _someone}
