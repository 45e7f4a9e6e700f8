-- The first day each customer is seen, in any file: before it, they are nobody's customer yet.
SELECT customer_key, MIN(day) AS day
FROM (
    SELECT customer_key, day FROM purchases
    UNION ALL SELECT customer_key, started FROM contracts
    UNION ALL SELECT customer_key, day FROM touches
    UNION ALL SELECT customer_key, day FROM signs
    UNION ALL SELECT customer_key, signup FROM profiles
    UNION ALL SELECT customer_key, began FROM profiles
    UNION ALL SELECT customer_key, first_date FROM profiles
) signs
WHERE day IS NOT NULL
GROUP BY customer_key
