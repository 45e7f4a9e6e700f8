"""Whole header rows of `learning/tables_*.tsv` made into labelled tables: cells are drawn as the role and the type of a column ask.

A line is `kind, file name, header=role=type; header=role=type ...`, its three parts divided by tabs; two kinds or two roles that are
equally right stand as `a/b`. They are learnt from, never measured.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analytics.datamodel.roles import DESCRIBING, Role, TableKind
from tests.roles.specs import HERE, Column, File, Labelled, Lost

LEARNING = HERE / "learning"
FROM_MEMORY = "from memory"
_CODED = 0.12  # of the categories are told by numbers, as databases do
_ROWS = (180, 240, 320)
_OWN = {  # what numbers the rows of each kind of table: all different there
    "customers": "customer_id", "transactions": "order_id", "order_lines": "line_id", "invoices": "order_id",
    "subscriptions": "subscription_id", "products": "product_id", "stores": "store_id", "sellers": "seller_id",
    "prospects": "prospect_id", "customer_links": "customer_link", "users": "customer_id",
}  # fmt: skip
_REPEATED = {  # how many different ones among 240 rows where they come back
    "customer_id": 80, "order_id": 140, "product_id": 60, "store_id": 8, "seller_id": 12, "account_id": 60, "line_id": 6,
    "subscription_id": 190, "household_id": 170, "parent_account_id": 40,
}  # fmt: skip
_WORDS = {  # role: French cells | English cells
    "order_status": "Livrée*8;Annulée;En cours|Completed*8;Cancelled;Pending",
    "account_status": "Actif*6;Résilié*2;Suspendu|Active*6;Cancelled*2;Suspended",
    "payment_method": "CB*4;Chèque;Espèces;Virement|Credit card*4;Cash;Bank transfer",
    "acquisition_channel": "Bouche à oreille;Facebook;Google;Salon|Referral;Facebook;Google Ads;Trade show",
    "sale_channel": "Magasin*3;Site web;Téléphone|Store*3;Online;Phone",
    "gender": "M;F|M;F",
    "contract_type": "12 mois;24 mois;Sans engagement|Monthly;Annual;Two year",
    "plan": "Essentiel*3;Confort;Premium|Basic*3;Plus;Premium",
    "country": "France*8;Belgique;Suisse|United States*8;Canada;UK",
    "region": "Bretagne;Occitanie;Île-de-France|Midwest;Northeast;South",
    "churn_reason": "Prix;Déménagement;Concurrence;Qualité|Price;Moved;Competitor;Service",
    "topic": "Livraison;Facturation;Produit défectueux|Delivery;Billing;Faulty product",
    "treatment_group": "Test;Témoin|Treatment;Control",
    "currency": "EUR|USD",
    "delivery_method": "Point relais;Domicile;Retrait magasin|Standard;Express;Pickup",
    "satisfaction": "Satisfait*3;Très satisfait;Insatisfait|Satisfied*3;Very satisfied;Dissatisfied",
    "company_size": "1-9;10-49;50-249|1-10;11-50;51-200",
    "sector": "BTP;Commerce;Santé|Retail;Construction;Health",
    "age": "18-25;26-40;41-60;60+|18-25;26-40;41-60;60+",
    "promo_code": "BIENV10;ETE15 ?70|WELCOME10;SUMMER15 ?70",
    "product": "Théière;Bougie;Plaid;Lampe|Mug;Candle;Lamp;Plaid",
    "city": "Lyon;Lille;Nantes|Leeds;Austin;Boston",
    "store": "Lyon Part-Dieu;Lille;Nantes|Leeds;Downtown;Mall",
    "resolved": "Résolu*4;En cours|Solved*4;Open",
}  # fmt: skip
_ANY_WORDS = (
    "Nord;Sud;Est;Ouest|North;South;East;West", "Standard;Premium;Pro|Standard;Premium;Pro", "A;B;C;D|A;B;C;D",
    "Bronze;Argent;Or|Bronze;Silver;Gold", "Web;Magasin;Téléphone|Web;Store;Phone", "Maison;Jardin;Cuisine|Home;Garden;Kitchen",
    "T1;T2;T3|T1;T2;T3",
)  # fmt: skip
_FLAGS = ("Oui;Non*3|Yes;No*3", "O;N*3|Y;N*3", "1;0*3|1;0*3", "VRAI;FAUX*3|TRUE;FALSE*3")
_CODES = ("C{:05}", "{} +1000", "{:06}", "AB-{:05}", "{} +100200")
_FEW_CODES = ("01;02;03", "A1;B2;C3", "10;20;30", "X01;X02;X07")
_YES_NO = frozenset({"opened", "clicked", "complaint", "resolved", "churn_label", "outcome_converted", "loyalty_member", "trial"})
_WHOLE = {"nps": "int 0..10", "satisfaction": "int 1..5", "quantity": "few 1..6", "age": "int 18..85", "tenure": "int 1..72",
          "recency": "int 1..400", "frequency": "few 0..30", "usage_count": "few 0..120", "seats": "few 1..40", "company_size": "few 1..90"}  # fmt: skip
_SPANS = {"signup_date": "2018..2023", "start_date": "2018..2023", "first_purchase_date": "2018..2023", "birth_date": "1940..2003",
          "end_date": "2022..2024 ?70", "renewal_date": "2025..2025", "resolved_date": "2021..2024 ?20", "consent_date": "2021..2024 ?20"}  # fmt: skip


def header_rows() -> tuple[Labelled, ...]:
    """Every header row as a labelled table with drawn cells."""
    return tuple(table for path in sorted(LEARNING.glob("tables_*.tsv")) for table in _tables(path))


def _tables(path: Path) -> Iterator[Labelled]:
    french = "_fr" in path.stem
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, name, columns = line.split("\t")
        draw = _Draw(kind.split("/")[0], french, random.Random(zlib.crc32(line.encode())))
        file = File(
            name=re.sub(r"\.\w{2,5}$", "", re.sub(r"[/\\]", "_", name)) + ".csv",
            kinds=frozenset(TableKind(part) for part in kind.split("/")),
            rows=draw.rows, header=True, columns=tuple(draw.columns(columns)),
        )  # fmt: skip
        yield Labelled(f"{path.stem}_{zlib.crc32(line.encode()):08x}", "fr" if french else "en", FROM_MEMORY, (file,), (Lost("silence"),))


@dataclass
class _Draw:
    """Recipes for the columns of one table."""

    kind: str
    french: bool
    rng: random.Random

    def __post_init__(self) -> None:
        self.rows = self.rng.choice(_ROWS)
        self.day = self.rng.choice(("fr", "fr", "iso", "short") if self.french else ("iso", "us", "iso", "fr", "compact"))
        self.numbered = False

    def columns(self, text: str) -> Iterator[Column]:
        seen = set()
        for part in text.split(";"):
            header, roles, kind = (piece.strip() for piece in part.rsplit("=", 2))
            told = tuple(role for role in roles.split("/"))
            unknown = set(told) - {role.value for role in Role}
            if unknown:
                raise ValueError(f"{header}: no such role {unknown}")
            if header and header.lower() not in seen:
                seen.add(header.lower())
                yield Column(header, self.recipe(told[0], kind), (*told, "*") if told[0] in DESCRIBING else told)

    def recipe(self, role: str, kind: str) -> str:
        coded = kind == "code" or (kind == "int" and (role.endswith("_id") or role == "customer_link"))
        draw = self._code if coded else getattr(self, f"_{kind}", self._category)
        recipe: str = draw(role)
        return recipe

    def _date(self, role: str) -> str:
        return f"{self.day} {_SPANS.get(role, '2021..2024')}"

    def _datetime(self, role: str) -> str:
        return f"{'frdt' if self.french else 'dt'} {_SPANS.get(role, '2021..2024')}"

    def _email(self, role: str) -> str:
        return "email" if self.kind in ("customers", "prospects") else f"email of {self.rows // 3}"

    def _phone(self, role: str) -> str:
        return "phone"

    def _flag(self, role: str) -> str:
        return f"pick {self._told(self.rng.choice(_FLAGS))}"

    def _percent(self, role: str) -> str:
        return self.rng.choice(("int 0..40", f"{self._number()} 0..60"))

    def _text(self, role: str) -> str:
        prose = "prosefr" if self.french else "prose"
        return "address" if role == "address" else prose + self.rng.choice(("", " ?40"))

    def _name(self, role: str) -> str:
        town = "cityfr" if self.french else "cityen"
        firm = "firm" if self.kind in ("customers", "prospects") else f"firm of {self.rows // 3}"
        named = {"first_name": "first", "last_name": "last", "company_name": firm, "city": town, "store": town, "address": "address",
                 "full_name": "person", "customer_id": "person", "seller": "last"}  # fmt: skip
        return named.get(role, "product")

    def _code(self, role: str) -> str:
        if role == "postcode":
            return "cp" if self.french else "int 10001..98000"
        if role == "sensitive":
            return "code 1850675{:06}"
        code = self.rng.choice(_CODES)
        if not role.endswith("_id") and role != "customer_link":
            if self.rng.random() < 0.5:
                return f"pick {self.rng.choice(_FEW_CODES)}"
            return f"code {code} of {self.rng.choice((8, 20, 60, self.rows))}"
        if role == "row_id" or (role == _OWN.get(self.kind) and not self.numbered):
            self.numbered = self.numbered or role != "row_id"
            return f"code {code}"
        return f"code {code} of {_REPEATED.get(role, 120)}"

    def _category(self, role: str) -> str:
        if self.rng.random() < _CODED:
            return self.rng.choice(("pick 1;2;3", "pick 0;1;2;3;4", "pick 10;20;30;40"))
        return f"pick {self._told(_WORDS.get(role) or self.rng.choice(_ANY_WORDS))}"

    def _dec(self, role: str) -> str:
        high = 5 if role in ("satisfaction", "nps") else self.rng.choice((60, 250, 900, 4000))
        return f"{self._number()} {self.rng.choice((0, 1))}..{high}"

    def _int(self, role: str) -> str:
        if role in _YES_NO:
            return "pick 0*3;1"
        return _WHOLE.get(role, f"int 0..{self.rng.choice((5, 30, 400, 9000))}")

    def _number(self) -> str:
        return "num" if self.french else "dec"

    def _told(self, both: str) -> str:
        french, english = both.split("|")
        return french if self.french else english
