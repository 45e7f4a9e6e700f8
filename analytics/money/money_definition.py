"""M2: what amounts mean here (VAT, returns, cancellations, date), and how the headline moves under each other choice."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from analytics.analysis import Analysis, Need, Parameters
from analytics.customers.columns import months_by_row, months_of_term, months_paid
from analytics.datamodel.bills import sale_kinds
from analytics.datamodel.documents import drafts_of, payouts_of, refund_column, settled_of
from analytics.datamodel.headers import plain
from analytics.datamodel.model import Binding, ColumnType, DataModel
from analytics.datamodel.money import Vat, vat_of
from analytics.datamodel.roles import Role, TableKind
from analytics.datamodel.side_lines import side_lines
from analytics.datamodel.statuses import are_bills, undone, undone_flag
from analytics.measures.baskets import LEAST_GAP
from analytics.measures.beside_revenue import beside_revenue
from analytics.measures.carriage import carriage_apart
from analytics.measures.cautions import MEND_AMOUNTS, unread_amounts
from analytics.measures.groups import about
from analytics.measures.headline import Headlines
from analytics.measures.orders import order_caution
from analytics.measures.unpriced_returns import unpriced_returns
from analytics.study import Study
from analytics.workspace import quote
from vocabulary.estimate import Estimate, Unit
from vocabulary.finding import Chart, ChartKind, Column, Finding, NotApplicable, Result, Table
from vocabulary.language import Text
from vocabulary.sentence import Label, Listing, Sentence, say
from vocabulary.themes import JourneyStage, Strength, Theme

_PARTS = """
SELECT SUM(p.amount), SUM(p.amount) FILTER (WHERE NOT p.kept), SUM(p.amount) FILTER (WHERE p.kept AND p.amount < 0),
       SUM(p.amount) FILTER (WHERE p.kept), COUNT(*) FILTER (WHERE p.amount IS NOT NULL),
       COUNT(*) FILTER (WHERE NOT p.kept), COUNT(*) FILTER (WHERE p.kept AND p.amount < 0),
       COUNT(DISTINCT p.order_id) FILTER (WHERE p.kept AND p.amount >= 0 AND p.customer_key IS NOT NULL),
       SUM(p.amount) FILTER (WHERE p.kept AND p.amount >= 0 AND p.customer_key IS NOT NULL),
       SUM(p.amount) FILTER (WHERE p.kept AND p.customer_key IS NULL),
       COUNT(*) FILTER (WHERE p.kept AND p.amount IS NOT NULL),
       SUM(p.amount) FILTER (WHERE p.kept AND p.customer_key IS NOT NULL)
FROM {lines} p WHERE {who}
"""
_TOTALS = """
SELECT COUNT(monthly_amount), SUM(monthly_amount), COUNT(amount), SUM(amount),
       COUNT(monthly_amount) FILTER (WHERE lost), COUNT(monthly_amount) FILTER (WHERE NOT lost),
       SUM(monthly_amount) FILTER (WHERE NOT lost)
FROM customers WHERE {who}
"""
_DATES = (Role.DELIVERY_DATE, Role.PROMISED_DATE, Role.OTHER_DATE, Role.EVENT_DATE)
_SALES = (TableKind.TRANSACTIONS, TableKind.INVOICES)


@dataclass(frozen=True, slots=True)
class _Choice:
    """Another definition, and the headline under it."""

    code: str
    words: Text
    revenue: Estimate
    basket: Estimate | None


def _run(study: Study, parameters: Parameters) -> Result:
    if not study.sells:
        return _as_they_stand(study)
    where, given = study.who()
    chosen = f"p.customer_key IN (SELECT customer_key FROM customers WHERE {where})" if study.segment.conditions else "TRUE"
    row = study.row(_PARTS.format(lines=_lines(study), who=chosen), given)
    every, undone, back, kept, n, undone_rows, back_rows, orders, sold, unnamed, kept_rows, known = row
    if kept is None or not n:
        unread = unread_amounts(study.model)
        return NotApplicable("money_definition", "amount", unread or _NO_AMOUNT, _UNLOCK if unread is None else MEND_AMOUNTS)
    vat = vat_of(study.model)
    revenue = _money("revenue", kept, kept_rows)
    basket = _money("average_basket", float(sold) / orders, orders) if orders else None
    net = _money("average_basket_net", float(known) / orders, orders) if orders and abs(known - sold) / orders >= LEAST_GAP else None
    choices = [] if study.segment.conditions else _choices(study, vat)
    parts = (
        _money("all_lines", every, n), _money("cancelled", undone or 0, undone_rows), _money("returned", back or 0, back_rows)
    )
    return Finding(
        "money_definition",
        about(study, _claim(study, revenue, (basket, net), vat, None if not unnamed else _money("revenue_without_customer", unnamed, None))),
        measures=(revenue, *((basket,) if basket else ()), *((net,) if net else ()), *parts, *(choice.revenue for choice in choices)),
        facts=(*_adds_up(parts, revenue), *_moves(choices, revenue)),
        items=tuple(_item(choice, revenue) for choice in choices),
        table=_table(choices, revenue, basket),
        chart=_chart(choices),
        caveats=(*_not_sold(study), *_taken_back(study), *unpriced_returns(study), *(() if study.segment.conditions else (*carriage_apart(study), *beside_revenue(study))), *_no_goods(study), *_caveats(vat), *_one_order(study)),
        strength=Strength.STRONG if vat.said else Strength.MODERATE,
        themes=(Theme.DATA,),
        doubt=say(
            "La définition de votre comptabilité : dites TVA, retours et date une fois, tous les montants suivront.",
            "Your accounts’ own definition: say VAT, returns and date once, and every amount follows.",
        ),
        next_questions=(
            Text("Mes données sont-elles fiables ?", "Can I trust my data?"),
            Text("Comment va la relation avec mes clients ?", "How healthy is our customer relationship?"),
        ),
    )


def _money(name: str, value: object, n: int | None) -> Estimate:
    return Estimate(name, float(str(value)), Unit.MONEY, n=n, method="exact sum")


def _lines(study: Study) -> str:
    """The purchases the revenue is of: all, unless customers are chosen."""
    return "purchases" if study.segment.conditions else study.lines_sold


def _claim(study: Study, revenue: Estimate, baskets: tuple[Estimate | None, Estimate | None], vat: Vat, unnamed: Estimate | None) -> Sentence:
    """The revenue and the average basket; where some of it came back, the basket before and after, since an order is what was ordered."""
    basket, net = baskets
    told = study.model.find(Role.PURCHASE_DATE, *sale_kinds(study.model, _SALES))
    day = Label(told.name) if told is not None else Text("la date de la vente", "the date of the sale")
    held = study.model.money.vat if study.model.money.vat is not None and vat.known else vat.held
    total = say("{revenue}", "{revenue}", revenue=revenue) if unnamed is None else say(
        "{revenue}, dont {unnamed} sans client connu", "{revenue}, of which {unnamed} without a known customer",
        revenue=revenue, unnamed=unnamed,
    )  # fmt: skip
    if study.sells_to_nobody:
        return say(
            "Le chiffre d’affaires retenu est de {revenue}, {vat}, {returns}, sans les commandes annulées, à la date « {day} » ; aucune de ces "
            "ventes ne nomme son client.",
            "The revenue used is {revenue}, {vat}, {returns}, without cancelled orders, on the date “{day}”; none of these sales names its customer.",
            revenue=revenue, vat=_VAT[held], returns=_RETURNS[study.model.money.returns or "net"], day=day,
        )  # fmt: skip
    whose = Text("le panier moyen", "the average basket") if unnamed is None else Text(
        "le panier moyen des clients connus", "the average basket of known customers"
    )
    return say(
        "Le chiffre d’affaires retenu est de {total}, {vat}, {returns}, sans les commandes annulées, à la date « {day} » ; "
        "{whose} est de {basket}.",
        "The revenue used is {total}, {vat}, {returns}, without cancelled orders, on the date “{day}”; {whose} is {basket}.",
        total=total, whose=whose, vat=_VAT[held], returns=_RETURNS[study.model.money.returns or "net"], day=day,
        basket=_before_and_after(basket, net),
    )  # fmt: skip


def _before_and_after(basket: Estimate | None, net: Estimate | None) -> Sentence:
    if basket is None or net is None:
        return say("{basket}", "{basket}", basket=basket or Estimate("average_basket", None, Unit.MONEY))
    return say("{basket} avant retours, {net} une fois déduits", "{basket} before returns, {net} once they are taken off", basket=basket, net=net)


_VAT: dict[str | None, Text] = {
    "with": Text("TVA comprise", "with VAT"),
    "without": Text("hors TVA", "without VAT"),
    None: Text("tel qu’il est écrit (rien ne dit si la TVA est comprise)", "as written (nothing says whether VAT is in it)"),
}
_RETURNS = {
    "net": Text("net des retours", "net of returns"),
    "gross": Text("sans déduire les retours", "before returns"),
}


def _choices(study: Study, vat: Vat) -> list[_Choice]:
    """The headline under each other definition the files allow, counted again from the lines."""
    model, found = study.model, []
    base = Headlines(study.database, model).count()
    held = model.money.vat or vat.held
    if vat.known and held is not None:
        other = "without" if held == "with" else "with"
        found.append((f"{other}_vat", _VAT[other], replace(model, money=replace(model.money, vat=other))))
    returns = model.money.returns or "net"
    other = "gross" if returns == "net" else "net"
    found.append((f"{other}_of_returns", _RETURNS[other], replace(model, money=replace(model.money, returns=other))))
    choices = [_counted(study, code, words, variant) for code, words, variant in found]
    known = [choice for choice in choices if choice is not None]
    if "revenue" in base and base["known_revenue"].value != base["revenue"].value:
        words = Text("clients connus seulement", "known customers only")
        known.append(_Choice("known_customers", words, replace(base["known_revenue"], name="revenue_known_customers"), None))
    uncancelled = _cancelled_in(study)
    return [*known, *([uncancelled] if uncancelled else []), *_by_date(study)]


def _counted(study: Study, code: str, words: Text, model: DataModel) -> _Choice | None:
    figures = Headlines(study.database, model).count()
    if "revenue" not in figures:
        return None
    basket = figures.get("average_basket")
    return _Choice(
        code, words, replace(figures["revenue"], name=f"revenue_{code}"),
        None if basket is None else replace(basket, name=f"average_basket_{code}"),
    )  # fmt: skip


def _cancelled_in(study: Study) -> _Choice | None:
    every, undone, orders, sold = study.row(f"""
        SELECT SUM(amount), COUNT(*) FILTER (WHERE NOT kept),
               COUNT(DISTINCT order_id) FILTER (WHERE amount >= 0 AND customer_key IS NOT NULL),
               SUM(amount) FILTER (WHERE amount >= 0 AND customer_key IS NOT NULL) FROM {_lines(study)}""")
    if not undone or every is None:
        return None
    basket = _money("average_basket_with_cancelled", float(sold) / orders, orders) if orders else None
    words = Text("commandes annulées comprises", "cancelled orders included")
    return _Choice("with_cancelled", words, _money("revenue_with_cancelled", every, None), basket)


def _by_date(study: Study) -> list[_Choice]:
    """Another date of the sales moves revenue from a year to another: revenue of those that have it, over the last year."""
    known = study.model.find(Role.PURCHASE_DATE, *sale_kinds(study.model, _SALES))
    if known is None:
        return []
    found = []
    for attribute in study.purchase_attributes:
        if attribute.role not in _DATES or attribute.type.value != "date":
            continue
        amount, n = study.row(
            f"SELECT SUM(amount), COUNT(*) FROM {_lines(study)} WHERE kept AND {attribute.column} > ? - INTERVAL 1 YEAR"
            f" AND {attribute.column} <= ?",
            [study.as_of, study.as_of],
        )
        if amount is not None:
            words = Text(f"douze derniers mois, à la date « {attribute.title.fr} »",
                         f"last twelve months, on the date “{attribute.title.en}”")  # fmt: skip
            found.append(_Choice("by_" + attribute.name, words, _money(f"revenue_by_{attribute.name}", amount, n), None))
    if found:
        amount, n = study.row(
            f"SELECT SUM(amount), COUNT(*) FROM {_lines(study)} WHERE kept AND day > ? - INTERVAL 1 YEAR", [study.as_of]
        )
        words = Text(f"douze derniers mois, à la date « {known.name} »", f"last twelve months, on the date “{known.name}”")
        found.insert(0, _Choice("last_year", words, _money("revenue_last_year", amount or 0, n), None))
    return found


def _adds_up(parts: tuple[Estimate, ...], revenue: Estimate) -> tuple[Sentence, ...]:
    """The two ways to the revenue, to the cent: all the lines less those cancelled, what was sold less what came back.

    Lines below nought are in all the lines already: taking them off what remains would count them twice.
    """
    every, undone, back = parts
    gross = replace(every, name="gross", value=(revenue.value or 0) - (back.value or 0), n=None)
    steps = say(
        "Vendu : {gross:cents} ; moins {back:cents} de retours : {revenue:cents}.",
        "Sold: {gross:cents}; less {back:cents} of returns: {revenue:cents}.",
        gross=gross, back=replace(back, value=-(back.value or 0)), revenue=revenue,
    ) if back.value else None  # fmt: skip
    cancelled = say(
        "Toutes les lignes, retours déduits : {every:cents} ; moins {undone:cents} de commandes annulées : {revenue:cents}.",
        "All lines, returns taken off: {every:cents}; less {undone:cents} of cancelled orders: {revenue:cents}.",
        every=every, undone=undone, revenue=revenue,
    ) if undone.value else None  # fmt: skip
    return tuple(step for step in (cancelled, steps) if step is not None) or (say("Toutes les lignes : {every:cents}.", "All lines: {every:cents}.", every=every),)


def _moves(choices: list[_Choice], revenue: Estimate) -> tuple[Sentence, ...]:
    """The two definitions that move the headline most."""
    whole = [choice for choice in choices if not choice.code.startswith(("by_", "last_year"))]
    moved = [c for c in whole if abs((c.revenue.value or 0) - (revenue.value or 0)) >= 0.005]
    moved.sort(key=lambda choice: -abs((choice.revenue.value or 0) - (revenue.value or 0)))
    return tuple(
        say(
            "Autre choix ({choice}) : {revenue} de chiffre d’affaires, {basket} de panier moyen.",
            "Another choice ({choice}): {revenue} of revenue, {basket} of average basket.",
            choice=choice.words, revenue=choice.revenue, basket=choice.basket,
        ) if choice.basket is not None else say(
            "Autre choix ({choice}) : {revenue} de chiffre d’affaires.",
            "Another choice ({choice}): {revenue} of revenue.",
            choice=choice.words, revenue=choice.revenue,
        )
        for choice in moved[:2]
    )  # fmt: skip


def _item(choice: _Choice, revenue: Estimate) -> dict[str, object]:
    return {
        "choice": choice.code, "words": choice.words, "revenue": choice.revenue.value,
        "average_basket": None if choice.basket is None else choice.basket.value,
        "difference": round((choice.revenue.value or 0) - (revenue.value or 0), 2),
    }  # fmt: skip


_COLUMNS = (
    Column("definition", Text("définition", "definition")),
    Column("revenue", Text("chiffre d’affaires", "revenue"), Unit.MONEY),
    Column("average_basket", Text("panier moyen", "average basket"), Unit.MONEY),
)


def _table(choices: list[_Choice], revenue: Estimate, basket: Estimate | None) -> Table:
    used = (Text("définition retenue", "definition used"), revenue.value, basket and basket.value)
    rows = ((choice.words, choice.revenue.value, choice.basket and choice.basket.value) for choice in choices)
    return Table(_COLUMNS, (used, *rows))


def _chart(choices: list[_Choice]) -> Chart | None:
    if not choices:
        return None
    return Chart(ChartKind.BAR, say("Le chiffre d’affaires selon la définition", "Revenue by definition"), "revenue", "definition")


def _caveats(vat: Vat) -> tuple[Sentence, ...]:
    if vat.said or vat.held is None:
        return ()
    return (say(
        "Rien dans l’en-tête du montant ne dit si la TVA y est ; nous le supposons, puisqu’une colonne la donne à part.",
        "Nothing in the amount’s header says whether VAT is in it; we suppose so, since a column gives it apart.",
    ),)  # fmt: skip


def _not_sold(study: Study) -> tuple[Sentence, ...]:
    """The quotes, delivery notes, payouts, fees and payments that stand among the sales, and are not counted."""
    found = []
    for table in study.model.of_kind(*_SALES):
        for name, told, words in _NO_SALES:
            others = told(study.model, table.table)
            if others is not None:
                rows = study.database.row(f"SELECT COUNT(*) FILTER ({others.condition()}) FROM {quote(table.table)} t")[0]
                found.append(say(
                    words.fr, words.en, column=Label(others.column.name), rows=Estimate(name, rows, Unit.COUNT, n=table.rows),
                    **({"values": Listing(tuple(Label(value) for value in others.values))} if "{values}" in words.fr else {}),
                ))  # fmt: skip
    return tuple(found)


_NO_SALES = (
    ("not_sold", drafts_of, Text(
        "« {column} » : {rows} lignes ({values}) ne sont pas encore des ventes, elles ne comptent pas.",
        "“{column}”: {rows} rows ({values}) are no sales yet, they do not count.")),
    ("paid_out", payouts_of, Text(
        "« {column} » : {rows} lignes ({values}) sont des versements sur votre compte ou des frais, pas des ventes ; elles ne comptent pas.",
        "“{column}”: {rows} rows ({values}) are payouts to your account or fees, not sales; they do not count.")),
    ("settled", settled_of, Text(
        "« {column} » : {rows} lignes au crédit du client sont prises pour ses règlements ; elles ne comptent pas dans les ventes.",
        "“{column}”: {rows} rows to the customer’s credit are taken for payments; they do not count as sales.")),
)  # fmt: skip


def _taken_back(study: Study) -> tuple[Sentence, ...]:
    """The columns that say what was refunded of a sale, or that it does not stand: what each takes off."""
    found = []
    for table in study.model.of_kind(*_SALES, TableKind.ORDER_LINES):
        source, refund = f"{quote(table.table)} t", refund_column(study.model, table.table)
        if refund is not None and study.model.money.returns != "gross":
            rows = study.database.row(f"SELECT COUNT(*) FILTER (TRY_CAST(t.{quote(refund.column)} AS DOUBLE) <> 0) FROM {source}")[0]
            if rows:
                found.append(say(
                    "« {column} » : ce qui est remboursé sur {rows} lignes est déduit, comme un retour.",
                    "“{column}”: what was refunded on {rows} rows is taken off, as a return.",
                    column=Label(refund.name), rows=Estimate("refunded_rows", rows, Unit.COUNT, n=table.rows),
                ))  # fmt: skip
        roles = study.model.roles_of(table.table)
        found += [said for status in roles.get(Role.ORDER_STATUS, ()) for said in _states(study, status)]
        for flag in (*roles.get(Role.FLAG, ()), *roles.get(Role.ORDER_STATUS, ())):
            if undone_flag(flag.name) and table.column(flag.name).type is ColumnType.FLAG:
                rows = study.database.row(f"SELECT COUNT(*) FILTER (t.{quote(flag.column)}) FROM {source}")[0]
                if rows:
                    found.append(say(
                        "« {column} » : {rows} lignes où c’est oui ne tiennent pas ; elles comptent avec les commandes annulées.",
                        "“{column}”: {rows} rows where it is yes do not stand; they count with cancelled orders.",
                        column=Label(flag.name), rows=Estimate("undone_rows", rows, Unit.COUNT, n=table.rows),
                    ))  # fmt: skip
    return tuple(found)


def _states(study: Study, status: Binding) -> tuple[Sentence, ...]:
    """The states under which a sale does not stand, where the header of their column does not say that it holds states."""
    table = next(found for found in study.model.tables if found.table == status.table)
    column = table.column(status.name)
    if column.type is ColumnType.FLAG or _STATE.search(plain(status.name)):
        return ()
    billed = are_bills(study.model.kind(table.table))
    states = [value for value, _ in column.top if undone(value, billed=billed)]
    held = next((found for found in study.purchase_attributes if found.role is Role.ORDER_STATUS and found.name == status.name), None)
    if not states or held is None:
        return ()
    left = study.database.rows(f"SELECT DISTINCT CAST({quote(held.column)} AS VARCHAR) FROM purchases WHERE NOT kept")
    gone = sorted({str(row[0]) for row in left} & set(states))
    if not gone:
        return ()
    rows = sum(count for value, count in column.top if value in gone)
    return (say(
        "« {column} » dit l’état de chaque vente : {rows} lignes ({values}) ne tiennent pas ; elles comptent avec les commandes annulées.",
        "“{column}” says the state of each sale: {rows} rows ({values}) do not stand; they count with cancelled orders.",
        column=Label(status.name), rows=Estimate("undone_rows", rows, Unit.COUNT, n=table.rows),
        values=Listing(tuple(Label(value) for value in gone)),
    ),)  # fmt: skip


_STATE = re.compile(r"stat(us|ut|e)|etat")


def _no_goods(study: Study) -> tuple[Sentence, ...]:
    """Carriage and service billed on lines of their own: revenue, and neither products nor quantities."""
    found = []
    for table in study.model.of_kind(*_SALES, TableKind.ORDER_LINES):
        side = side_lines(study.database, study.model, table)
        if side is not None and side.counts[0]:
            found.append(say(
                "« {column} » : {rows} lignes ({values}) sont dans le chiffre d’affaires ; ce ne sont pas des articles, elles ne comptent "
                "ni dans les produits ni dans les quantités.",
                "“{column}”: {rows} rows ({values}) are in the revenue; they are no goods, and count in neither products nor quantities.",
                column=Label(side.column.name), values=Listing(tuple(Label(name) for name in side.names[0])),
                rows=Estimate("no_goods", side.counts[0], Unit.COUNT, n=table.rows),
            ))  # fmt: skip
    return tuple(found)


def _one_order(study: Study) -> tuple[Sentence, ...]:
    """What counts as one order moves the average basket as much as any other choice."""
    said = order_caution(study)
    return () if said is None else (said,)


def _as_they_stand(study: Study) -> Result:
    """Amounts already counted per customer: a bill, or a total; there is no line to take VAT or returns from."""
    where, given = study.who()
    bills, billed, totals, spent, gone, here, running = study.row(_TOTALS.format(who=where), given)
    n, amount = (bills, billed) if bills else (totals, spent)
    if not n or amount is None:
        return NotApplicable("money_definition", "amount", _NO_AMOUNT, _UNLOCK)
    role = Role.RECURRING_AMOUNT if bills else Role.TOTAL_SPENT
    told = study.model.find(role)
    value = Estimate("monthly_amount" if bills else "total_spent", float(amount), Unit.MONEY, n=n, method="exact sum")
    by_row = told is not None and (months_by_row(study.model, told) is not None or months_of_term(study.model, told) != 1)
    divided = bool(bills) and told is not None and (months_paid(told.name) != 1 or by_row)
    said = say(
        "Les montants sont ceux de la colonne « {column} », {written} : {amount} pour {amount:n} clients ; rien "
        "ne dit si la TVA ou les retours y sont.",
        "Amounts are those of the column “{column}”, {written}: {amount} over {amount:n} customers; nothing says "
        "whether VAT or returns are in them.",
        column=Label(told.name if told else role.value), written=_A_MONTH if divided else _AS_WRITTEN, amount=value,
    )  # fmt: skip
    measures: tuple[Estimate, ...] = (value,)
    if gone and here:  # the bills of those who have left are in the column still, and are income no more
        present = Estimate("monthly_amount_present", float(running), Unit.MONEY, n=here, method="exact sum")
        measures = (value, present)
        said = say(
            "{said} Dont {present} pour les {present:n} clients encore là : le reste est la dernière facture de ceux qui sont partis.",
            "{said} Of which {present} from the {present:n} customers still here: the rest is the last bill of those who have left.",
            said=said, present=present,
        )  # fmt: skip
    return Finding(
        "money_definition", said, measures=measures, strength=Strength.WEAK, themes=(Theme.DATA,), doubt=say(
            "Les lignes de vente ou de facture, avec leur TVA et leurs retours.",
            "The lines of sales or invoices, with their VAT and returns.",
        ),
    )  # fmt: skip


_AS_WRITTEN = Text("tels qu’ils y sont écrits", "as they are written there")
_A_MONTH = Text("ramenés à un mois", "brought to one month")
_NO_AMOUNT = say(
    "Aucun montant n’est lisible dans vos fichiers.", "No amount can be read in your files."
)
_UNLOCK = say(
    "Ajoutez les montants : achats, factures ou abonnement mensuel.",
    "Add amounts: purchases, invoices or the monthly fee.",
)

ANALYSIS = Analysis(
    name="money_definition",
    row="M2",
    stage=JourneyStage.LOYALTY,
    title=Text("Ce que recouvrent les montants", "What amounts mean"),
    summary=Text(
        "La définition de l’argent retenue : TVA, retours, annulations, date, et ce que chaque autre choix changerait.",
        "The definition of money used: VAT, returns, cancellations, date, and what each other choice would change.",
    ),
    examples={
        "fr": ("Comment calculez-vous le chiffre d’affaires ?", "Les montants sont-ils TTC ou hors taxes ?"),
        "en": ("How do you calculate revenue?", "Do amounts include VAT?"),
    },
    needs=(Need("amount", _UNLOCK, (Role.AMOUNT, Role.UNIT_PRICE, Role.RECURRING_AMOUNT, Role.TOTAL_SPENT)),),
    run=_run,
    of_customers=False,
)
