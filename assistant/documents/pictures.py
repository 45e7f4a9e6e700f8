"""A chart as a picture, drawn offline."""

from __future__ import annotations

import json
from typing import Any

import vl_convert


def to_png(spec: dict[str, Any], *, width: int = 620) -> bytes:
    """Draw a Vega-Lite spec as PNG, `width` points wide at twice the resolution."""
    sized = {**spec, "width": width, "background": "white"}
    png: bytes = vl_convert.vegalite_to_png(json.dumps(sized, default=str), scale=2, allowed_base_urls=[])
    return png


def to_svg(spec: dict[str, Any], *, width: int = 620) -> str:
    """Draw a Vega-Lite spec as SVG."""
    sized = {**spec, "width": width, "background": "white"}
    svg: str = vl_convert.vegalite_to_svg(json.dumps(sized, default=str), allowed_base_urls=[])
    return svg
