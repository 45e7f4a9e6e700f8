"""Events reduced to one row per customer, as of any date, by SQL that an analyst can read."""
