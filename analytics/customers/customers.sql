-- One row per customer, as they stood at the end of $day: nothing later is read.
-- Portable subset: ties are ordered, quantiles are counted places, months are dates computed beforehand.
-- $bucket of $buckets bounds memory; $cut draws a stable sample (draw is a hash of the customer's id).
WITH who AS (
    SELECT p.*
    FROM profiles p
    LEFT JOIN appearances a ON a.customer_key = p.customer_key
    WHERE p.customer_key % $buckets = $bucket AND p.draw < $cut
      AND ($present OR a.day IS NULL OR a.day <= $day)
),
lines AS (
    SELECT * FROM purchases
    WHERE customer_key % $buckets = $bucket AND kept AND day <= $day {sampled}
),
-- An order is what was bought together; a return alone is no order.
orders AS (
    SELECT customer_key, order_id, MIN(day) AS day, SUM(amount) AS amount,
           MAX(CASE WHEN on_promo THEN 1 WHEN NOT on_promo THEN 0 END) AS promo
    FROM lines
    WHERE COALESCE(amount, 0) >= 0
    GROUP BY customer_key, order_id
),
placed AS (
    SELECT customer_key, order_id, day, amount, promo,
           ROW_NUMBER() OVER (PARTITION BY customer_key ORDER BY day, order_id) AS place
    FROM orders
),
bought AS (
    SELECT customer_key, COUNT(*) AS orders, MIN(day) AS first_purchase, MAX(day) AS last_purchase,
           SUM(promo) AS promo_orders, COUNT(promo) AS told_orders,
           SUM(CASE WHEN day > $quarter_ago THEN 1 ELSE 0 END) AS orders_90,
           MAX(CASE WHEN place = 1 THEN promo END) AS first_promo,
           MAX(CASE WHEN place = 1 THEN amount END) AS first_amount
    FROM placed
    GROUP BY customer_key
),
spent AS (
    SELECT customer_key, SUM(amount) AS amount,
           SUM(CASE WHEN day > $year_ago THEN amount ELSE 0 END) AS amount_12m,
           SUM(CASE WHEN day > $two_years_ago AND day <= $year_ago THEN amount ELSE 0 END) AS amount_prev_12m,
           SUM(CASE WHEN amount < 0 THEN 1 ELSE 0 END) AS returned_lines,
           COUNT(DISTINCT category) AS categories, COUNT(DISTINCT store) AS stores,
           COUNT(DISTINCT channel) AS sale_channels
    FROM lines
    GROUP BY customer_key
),
-- What the first order was about: its dearest line.
opening AS (
    SELECT customer_key, category, store, channel, delivered, promised
    FROM (
        SELECT l.customer_key, l.category, l.store, l.channel, {delivered} AS delivered, {promised} AS promised,
               ROW_NUMBER() OVER (
                   PARTITION BY l.customer_key ORDER BY l.amount DESC, l.category, l.product, l.store, l.channel
               ) AS place
        FROM lines l
        JOIN placed f ON f.customer_key = l.customer_key AND f.order_id = l.order_id AND f.place = 1
        WHERE COALESCE(l.amount, 0) >= 0
    ) ranked
    WHERE place = 1
),
-- How the last order went, as its lines say.
closing AS (
    SELECT customer_key{closing}
    FROM (
        SELECT l.*
        FROM lines l
        JOIN bought b ON b.customer_key = l.customer_key
        JOIN placed f ON f.customer_key = l.customer_key AND f.order_id = l.order_id AND f.place = b.orders
        WHERE {closes} AND COALESCE(l.amount, 0) >= 0
    ) last_lines
    GROUP BY customer_key
),
-- What orders say of the customer, who may also buy what says nothing of it: as told last.
lasting AS (
    SELECT customer_key{lasting}
    FROM lines
    WHERE {lasts} AND COALESCE(amount, 0) >= 0
    GROUP BY customer_key
),
days AS (
    SELECT customer_key, day, LAG(day) OVER (PARTITION BY customer_key ORDER BY day) AS earlier
    FROM (SELECT DISTINCT customer_key, day FROM {seen}) distinct_days
),
-- Where nothing sold is told, the days customers were seen otherwise (visits, log-ins ...).
seen AS (
    SELECT customer_key, COUNT(*) AS seen_days, MIN(day) AS first_seen, MAX(day) AS last_seen
    FROM days
    WHERE $lived
    GROUP BY customer_key
),
gaps AS (
    SELECT customer_key, day, DATE_DIFF('day', earlier, day) AS gap,
           ROW_NUMBER() OVER (PARTITION BY customer_key ORDER BY DATE_DIFF('day', earlier, day), day) AS place,
           COUNT(*) OVER (PARTITION BY customer_key) AS n
    FROM days
    WHERE earlier IS NOT NULL
),
-- Median and ninth decile of the customer's own gaps, between places as the textbooks do (linear).
rhythm AS (
    SELECT customer_key, COUNT(*) + 1 AS purchase_days,
           (MAX(CASE WHEN place = FLOOR((n + 1) / 2.0) THEN gap END)
            + MAX(CASE WHEN place = CEIL((n + 1) / 2.0) THEN gap END)) / 2.0 AS median_gap,
           MAX(CASE WHEN place = FLOOR((n - 1) * 9 / 10.0) + 1 THEN gap END)
               * (1 - MAX((n - 1) * 9 / 10.0 - FLOOR((n - 1) * 9 / 10.0)))
           + MAX(CASE WHEN place = CEIL((n - 1) * 9 / 10.0) + 1 THEN gap END)
               * MAX((n - 1) * 9 / 10.0 - FLOOR((n - 1) * 9 / 10.0)) AS p90_gap,
           MAX(CASE WHEN gap > $silence THEN day END) AS came_back
    FROM gaps
    GROUP BY customer_key
),
-- Subscriptions: the one held last, whether any still runs, and how the first began.
subscribed AS (
    SELECT customer_key, plan, started, ended, amount, trial, seats, contract_type{told},
           ROW_NUMBER() OVER (
               PARTITION BY customer_key ORDER BY started DESC, ended DESC NULLS FIRST, plan, amount DESC
           ) AS from_last,
           ROW_NUMBER() OVER (PARTITION BY customer_key ORDER BY started, ended, plan, amount) AS from_first
    FROM contracts
    WHERE customer_key % $buckets = $bucket AND COALESCE(started, $day) <= $day
),
held AS (
    SELECT customer_key, MIN(started) AS began, COUNT(*) AS contracts,
           CASE WHEN COUNT(*) = SUM(CASE WHEN ended <= $day THEN 1 ELSE 0 END) THEN MAX(ended) END AS ended,
           SUM(CASE WHEN ended IS NULL OR ended > $day THEN amount END) AS monthly,
           MAX(CASE WHEN from_last = 1 THEN plan END) AS plan,
           MAX(CASE WHEN from_first = 1 THEN plan END) AS first_plan,
           MAX(CASE WHEN from_last = 1 THEN seats END) AS seats,
           MAX(CASE WHEN from_last = 1 THEN contract_type END) AS contract_type,
           MAX(CASE WHEN from_last = 1 THEN amount END) AS last_monthly,
           MAX(CASE WHEN from_first = 1 THEN CASE WHEN trial THEN 1 WHEN NOT trial THEN 0 END END) AS first_trial{held}
    FROM subscribed
    GROUP BY customer_key
),
-- When the relation began, as far as the files tell.
dated AS (
    SELECT w.*, b.orders, b.first_purchase, b.last_purchase, b.promo_orders, b.told_orders, b.orders_90,
           b.first_promo, b.first_amount, h.began AS contract_began, h.contracts, h.ended AS contracts_ended,
           h.monthly AS contracts_monthly, h.plan, h.first_plan, h.seats, h.contract_type, h.last_monthly,
           h.first_trial{holds}, n.seen_days, n.last_seen,
           CASE WHEN w.signup <= $day THEN w.signup WHEN w.began <= $day THEN w.began WHEN h.began <= $day THEN h.began
                WHEN w.first_date <= $day THEN w.first_date ELSE COALESCE(b.first_purchase, n.first_seen) END AS started
    FROM who w
    LEFT JOIN bought b ON b.customer_key = w.customer_key
    LEFT JOIN held h ON h.customer_key = w.customer_key
    LEFT JOIN seen n ON n.customer_key = w.customer_key
),
met AS (
    SELECT t.customer_key, t.day, t.kind, t.value, t.flag, t.label, t.settled, t.dated, t.detail, t.waited{marked},
           DATE_DIFF('day', d.started, t.day) AS age, DATE_DIFF('day', t.day, $day) AS ago,
           DATE_DIFF('day', d.last_purchase, t.day) AS after_order, $day AS looked,
           ROW_NUMBER() OVER (
               PARTITION BY t.customer_key, t.kind, t.label, t.value IS NULL ORDER BY t.day, t.value
           ) AS from_first,
           ROW_NUMBER() OVER (
               PARTITION BY t.customer_key, t.kind, t.label, t.value IS NULL ORDER BY t.day DESC, t.value
           ) AS from_last
    FROM touches t
    JOIN dated d ON d.customer_key = t.customer_key
    WHERE t.customer_key % $buckets = $bucket AND t.day <= $day
),
touched AS (
    SELECT customer_key, {touched}
    FROM met
    GROUP BY customer_key
),
facts AS (
    SELECT d.customer_key, d.customer_id, d.started,
           COALESCE(d.first_purchase, CASE WHEN d.first_date <= $day THEN d.first_date END) AS first_purchase,
           COALESCE(d.last_purchase, CASE WHEN d.last_date <= $day AND $present THEN d.last_date END) AS last_purchase,
           CASE WHEN $transactional THEN COALESCE(d.orders, 0)
                WHEN $present THEN d.frequency + CASE WHEN d.last_age IS NULL THEN 0 ELSE 1 END END AS orders,
           CASE WHEN $transactional THEN COALESCE(r.purchase_days, CASE WHEN d.orders > 0 THEN 1 ELSE 0 END)
           END AS purchase_days,
           CASE WHEN $transactional THEN COALESCE(s.amount, 0) WHEN $present THEN d.total END AS amount,
           CASE WHEN $transactional THEN COALESCE(s.amount_12m, 0) END AS amount_12m,
           CASE WHEN $transactional THEN COALESCE(s.amount_prev_12m, 0) END AS amount_prev_12m,
           COALESCE(d.contracts_monthly, CASE WHEN $present THEN d.monthly END, d.last_monthly) AS monthly_amount,
           CASE WHEN NOT $lived THEN r.median_gap END AS median_gap, CASE WHEN NOT $lived THEN r.p90_gap END AS p90_gap,
           r.p90_gap AS usual_gap, d.seen_days, d.last_seen,
           CASE WHEN $present THEN COALESCE(d.observed - d.last_age, d.recency) END AS told_recency,
           CASE WHEN $present THEN COALESCE(d.tenure, d.observed / 30.4375) END AS told_tenure,
           d.promo_orders * 1.0 / NULLIF(d.told_orders, 0) AS promo_share,
           d.first_promo = 1 AS first_on_promo,
           s.categories, d.channel,
           -- An end counts where ends are departures; of who is said to be here it is a term, renewed since.
           CASE WHEN NOT $ends OR d.label IS FALSE THEN NULL
                WHEN d.contract_end <= $day THEN d.contract_end
                WHEN d.contract_end IS NULL THEN d.contracts_ended END AS ended,
           -- Who got what they came for has an end too, and has not left by it; without a day, since the last purchase.
           CASE WHEN d.finished AND d.contract_end <= $day THEN d.contract_end
                WHEN d.finished AND d.contract_end IS NULL AND $present THEN COALESCE(d.last_purchase, d.started) END AS finished_on,
           d.label, d.known, r.came_back{attributes}
    FROM dated d
    LEFT JOIN spent s ON s.customer_key = d.customer_key
    LEFT JOIN rhythm r ON r.customer_key = d.customer_key
    LEFT JOIN opening o ON o.customer_key = d.customer_key
    LEFT JOIN closing c ON c.customer_key = d.customer_key
    LEFT JOIN lasting e ON e.customer_key = d.customer_key
    LEFT JOIN touched m ON m.customer_key = d.customer_key
),
-- Silence and age, counted to the day looked from.
aged AS (
    SELECT *,
           COALESCE(DATE_DIFF('day', last_purchase, $day), told_recency) AS recency_days,
           CASE WHEN $lived THEN last_seen ELSE last_purchase END AS last_sign,
           CASE WHEN $lived THEN seen_days ELSE purchase_days END AS sign_days,
           CASE WHEN $lived THEN DATE_DIFF('day', last_seen, $day) ELSE recency_days END AS silent_days,
           COALESCE(told_tenure,
                    DATE_DIFF('day', started, CASE WHEN COALESCE(ended, finished_on) < $day THEN COALESCE(ended, finished_on) ELSE $day END) / 30.4375) AS tenure_months
    FROM facts
),
judged AS (
    SELECT *, {lost} AS gone
    FROM aged
)
SELECT customer_key, customer_id, started, first_purchase, last_purchase, CAST(orders AS INTEGER) AS orders,
       CAST(purchase_days AS INTEGER) AS purchase_days, CAST(amount AS DECIMAL(18, 2)) AS amount,
       CAST(amount_12m AS DECIMAL(18, 2)) AS amount_12m, CAST(amount_prev_12m AS DECIMAL(18, 2)) AS amount_prev_12m,
       CAST(monthly_amount AS DOUBLE) AS monthly_amount, CAST(median_gap AS DOUBLE) AS median_gap,
       CAST(ROUND(p90_gap, 6) AS DOUBLE) AS p90_gap, CAST(recency_days AS INTEGER) AS recency_days,
       last_sign, CAST(sign_days AS INTEGER) AS sign_days, CAST(silent_days AS INTEGER) AS silent_days,
       CAST(tenure_months AS DOUBLE) AS tenure_months, CAST(promo_share AS DOUBLE) AS promo_share, first_on_promo,
       CAST(categories AS INTEGER) AS categories, channel, ended,
       {told_lost} AS lost, CASE WHEN {told_lost} THEN COALESCE(ended, {silence_began}) END AS lost_on,
       CASE WHEN finished_on IS NULL THEN {state} END AS state, known AS listed, finished_on{columns}
FROM judged
ORDER BY customer_key
