"""A generated corpus of nasty files, each with the outcome a careful reader must reach."""
