"""What each table is, what each column means, who counts as lost."""
