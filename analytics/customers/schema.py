"""The tables every analysis reads, once the files have been reduced. Written by `customers/reduce.py`.

`customers`: one row per customer, as of a date (empty, and not among a study's tables, where no file names one).
Fixed columns below (NULL when the files do not tell), then one column
`a0`, `a1` ... per `Attribute`.

| column | type | meaning |
|---|---|---|
| customer_key | INTEGER | dense key 0..n-1, in order of customer_id |
| customer_id | VARCHAR | as it stands in the file |
| started | DATE | sign-up, contract start, else first purchase |
| first_purchase, last_purchase | DATE | kept purchases on or before the as-of date |
| orders | INTEGER | distinct kept orders (`order_id` below) |
| purchase_days | INTEGER | distinct days with a kept purchase |
| amount | DECIMAL(18,2) | net of cancellations and returns, all history |
| amount_12m, amount_prev_12m | DECIMAL(18,2) | last 12 months, and the 12 before |
| monthly_amount | DOUBLE | recurring monthly bill or MRR |
| median_gap, p90_gap | DOUBLE | days between consecutive purchase days (NULL under 2 days) |
| recency_days | INTEGER | as-of date minus last purchase |
| last_sign, sign_days, silent_days | DATE, INTEGER | the last day the customer was seen, on how many, and days of silence since: purchases, else what `LostDefinition.sign` says |
| tenure_months | DOUBLE | age of the relation: tenure column, else started -> contract end or as-of date |
| promo_share | DOUBLE | share of kept orders bought on promotion, 0..1 |
| first_on_promo | BOOLEAN | first order bought on promotion |
| categories | INTEGER | distinct categories bought |
| channel | VARCHAR | acquisition channel |
| ended | DATE | contract end on or before the as-of date |
| lost | BOOLEAN | per the LostDefinition; NULL when it cannot be told |
| lost_on | DATE | contract end; or `last_sign` (the silence began then); NULL for a bare label |
| state | VARCHAR | `new`, `growing`, `loyal`, `routine`, `drifting`, `lost`, `returned` (measures/state.py says the rules) |
| listed | BOOLEAN | stands in a file of customers, and not in purchases alone |
| finished_on | DATE | the day they got what they came for (passed, graduated), where the label says so: not lost, nor to be kept any more; their `state` is NULL |

`purchases`: one row per kept or cancelled order line (only when there are transactions): customer_key INTEGER,
order_id VARCHAR, day DATE, amount DECIMAL(18,2), quantity DOUBLE, on_promo BOOLEAN, category, product, store, channel
VARCHAR, kept BOOLEAN (false: cancelled, refused), then `p0`, `p1` ... per purchase attribute. Rows after the as-of date
or without a readable date or customer are not in it (counted in health).

`unnamed_purchases` (only when some lines, or every line, name no customer): the same columns, `customer_key` NULL, `order_id` NULL where
the file gives none. They are in the revenue, and in no figure told by customer.

`customer_months`: customer_key INTEGER, month DATE (first day), orders INTEGER, amount DECIMAL(18,2),
promo_orders INTEGER; only months with a kept line, so that months add up to `customers.amount` (a month of returns alone
has orders 0).

`touches` (only when the files hold them): customer_key INTEGER, day DATE, kind VARCHAR (`contact`, `survey`, `ticket`,
`usage`), value DOUBLE (score of a survey, NULL when unanswered; count of a use), flag BOOLEAN (opened, resolved), label
VARCHAR (topic, type; `nps` or `satisfaction` for a survey), settled DATE (of a ticket), dated BOOLEAN (the file tells
when tickets are settled), detail VARCHAR (channel of a contact, priority of a ticket), waited DOUBLE (for a reply to a ticket, in the unit of its file). A user gone from inside an account
is a touch of kind `user_left`, its label the user's role. Under a contract, what was booked or bought is a touch of kind
`act` where a column says something of it, what was billed or debited one of kind `bill`. Then `e0`, `e1` ... for what events say in columns of few values (a gate, an outcome;
`yes` or `no` for a flag).
`contracts` (only when the files hold subscriptions): customer_key INTEGER, plan VARCHAR, started DATE, ended DATE,
amount DOUBLE (a month), trial BOOLEAN, seats DOUBLE, contract_type VARCHAR, then `k0`, `k1` ... for what a file of several
contracts a customer says beside these terms (a customer's attribute is that of the contract held on the day looked from).
`campaigns` (only when the files hold campaigns): customer_key INTEGER, campaign VARCHAR, day DATE, treatment VARCHAR (as
it stands in the file), converted BOOLEAN, amount DOUBLE.

`signs` (only where nothing sold is told and silences are counted from other acts): customer_key INTEGER, day DATE, one row
a day on which the customer came, logged in, used the card ...

`order_id` is never NULL: a number that begins again each day stands with its day and shop; without an order number, a row
that says its own status, payment or number is one order; else the purchases of one customer on one day are
(`customers/order_refs.py`). Customers are
those listed and those who bought or subscribed; contacts, surveys and tickets make no customer unless there is nothing
else. Without a customer id, each row of a customers' table is a customer, called by its row number.
"""

from __future__ import annotations

from vocabulary.language import Text

STATES: tuple[str, ...] = ("new", "growing", "loyal", "routine", "drifting", "lost", "returned")

STATE_NAMES: dict[str, Text] = {
    "new": Text("nouveaux", "new"),
    "growing": Text("en progression", "growing"),
    "loyal": Text("fidèles", "loyal"),
    "routine": Text("en routine", "in a routine"),
    "drifting": Text("qui s’éloignent", "drifting away"),
    "lost": Text("perdus", "lost"),
    "returned": Text("revenus", "returned"),
}
