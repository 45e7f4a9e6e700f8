"""Quantities of a customer that several analyses share."""
