"""The first impression."""
