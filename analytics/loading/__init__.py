"""Tables of text to typed tables: what each column holds, decided from all its values; what failed is counted."""

from analytics.loading.load import load

__all__ = ["load"]
