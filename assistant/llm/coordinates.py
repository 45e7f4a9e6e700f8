"""What a coordinate looks like: e-mail, telephone, bank account, card, social security number."""

from __future__ import annotations

import re

_SHAPES = (
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",  # e-mail
    r"\b[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]{4}){2,7}(?:[ -]?[A-Za-z0-9]{1,4})?\b",  # IBAN
    r"\b(?:\d{4}[ -]){3}\d{4}\b",  # bank card
    r"\b[12][ .]?\d{2}[ .]?\d{2}[ .]?\d[\dAB][ .]?\d{3}[ .]?\d{3}(?:[ .]?\d{2})?\b",  # French social security
    r"(?<![\w.,])(?:\+|00)\d(?:[ .()-]{0,2}\d){7,14}(?!\d)",  # international telephone
    r"(?<![\w.,])0\d(?:[ .-]?\d){7,10}(?!\d)",  # national telephone
    r"(?<![\w.,])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\d)",  # American telephone
    r"(?<![\w.,])\d{9,}(?!\d)",  # any long number
)
COORDINATE = re.compile("|".join(f"(?:{shape})" for shape in _SHAPES))
