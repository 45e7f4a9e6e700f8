"""Rekindling, or letting go."""
