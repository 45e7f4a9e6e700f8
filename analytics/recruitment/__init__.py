"""The meeting: whom we recruit, and how."""
