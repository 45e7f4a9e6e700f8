-- What each customer bought, month by month. An order counts in the month it began; money in the month of its line, so
-- that the months of a customer add up to their amount (a month of returns alone has no order).
WITH lines AS (
    SELECT customer_key, order_id, day, amount, on_promo,
           MAKE_DATE(EXTRACT(YEAR FROM day), EXTRACT(MONTH FROM day), 1) AS month
    FROM purchases
    WHERE customer_key % $buckets = $bucket AND kept
),
orders AS (
    SELECT customer_key, order_id, MIN(month) AS month, MAX(CASE WHEN on_promo THEN 1 ELSE 0 END) AS promo
    FROM lines
    WHERE COALESCE(amount, 0) >= 0
    GROUP BY customer_key, order_id
),
counted AS (
    SELECT customer_key, month, COUNT(*) AS orders, SUM(promo) AS promo_orders
    FROM orders
    GROUP BY customer_key, month
),
summed AS (
    SELECT customer_key, month, SUM(amount) AS amount
    FROM lines
    GROUP BY customer_key, month
)
SELECT s.customer_key, s.month, CAST(COALESCE(c.orders, 0) AS INTEGER) AS orders,
       CAST(COALESCE(s.amount, 0) AS DECIMAL(18, 2)) AS amount,
       CAST(COALESCE(c.promo_orders, 0) AS INTEGER) AS promo_orders
FROM summed s
LEFT JOIN counted c ON c.customer_key = s.customer_key AND c.month = s.month
ORDER BY s.customer_key, s.month
