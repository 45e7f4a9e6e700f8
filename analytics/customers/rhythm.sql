-- The base's own rhythm, on a stable sample of customers: the ninth decile of the gaps between the days customers bought
-- (or were seen, where nothing sold is told), and the median time to the second of them.
WITH days AS (
    SELECT DISTINCT p.customer_key, p.day
    FROM {seen} p
    JOIN profiles c ON c.customer_key = p.customer_key
    WHERE p.day <= $day AND c.draw < $cut{bought}
),
steps AS (
    SELECT customer_key, DATE_DIFF('day', LAG(day) OVER (PARTITION BY customer_key ORDER BY day), day) AS gap,
           ROW_NUMBER() OVER (PARTITION BY customer_key ORDER BY day) AS place
    FROM days
),
ranked AS (
    SELECT gap, ROW_NUMBER() OVER (ORDER BY gap) AS place, COUNT(*) OVER () AS n
    FROM steps
    WHERE gap IS NOT NULL
),
seconds AS (
    SELECT gap, ROW_NUMBER() OVER (ORDER BY gap) AS place, COUNT(*) OVER () AS n
    FROM steps
    WHERE place = 2
)
SELECT (SELECT MAX(gap) FROM ranked WHERE place = CEIL(n * 9 / 10.0)) AS p90_gap,
       (SELECT MAX(gap) FROM seconds WHERE place = CEIL(n / 2.0)) AS second_gap
