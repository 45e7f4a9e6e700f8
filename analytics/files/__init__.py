"""Bytes to tables of text: what a manager's export is, how it is cut, what was repaired or set aside. No SQL."""

from analytics.files.reader import display_name, read_sources
from analytics.files.source import REASON_NAMES, Reason, SetAside, Source

__all__ = ["REASON_NAMES", "Reason", "SetAside", "Source", "display_name", "read_sources"]
