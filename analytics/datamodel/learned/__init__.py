"""What was learnt of labelled columns and tables, beside what the rules know: how likely each role and each kind is."""
