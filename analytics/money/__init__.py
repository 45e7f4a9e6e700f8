"""Revenue and its movements."""
