"""Chart → Vega-Lite: the only place that builds a spec. Fields are c0..cn, so that no header can be an expression."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from vocabulary.estimate import Unit
from vocabulary.finding import Chart, ChartKind, Column, Finding, Table
from vocabulary.language import Language, Text
from vocabulary.sentence import Sentence

ACCENT = "#b5522a"
# One calm family, told apart in light, in dark and by colour-blind readers; the accent first.
CATEGORIES = ("#b5522a", "#2f6f73", "#c9922e", "#6b5b95", "#7a8b5c", "#a0526f", "#5b7fa6", "#8a7f76")
SEQUENTIAL = ("#f6ebe4", "#e3b9a1", "#cc8159", "#b5522a", "#7d3518")
_PERCENT = {"fr": ".0%", "en": ".0%"}
_MOST_BARS = 20

LOCALE_FR: dict[str, Any] = {
    "number": {"decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", "\u00a0€"], "percent": "\u202f%"},
    "time": {
        "dateTime": "%A %e %B %Y à %X", "date": "%d/%m/%Y", "time": "%H:%M:%S", "periods": ["", ""],
        "days": ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
        "shortDays": ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."],
        "months": ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
                   "novembre", "décembre"],
        "shortMonths": ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."],
    },
}  # fmt: skip


def vega_lite(finding: Finding, language: Language, currency: str | None = None) -> dict[str, Any] | None:
    """The Vega-Lite spec of a finding's chart, data inline; None when there is nothing to draw.

    Args:
        finding: its chart names columns of its table (or of the chart's own).
        language: of titles and labels.
        currency: ISO code, for money in titles.
    """
    chart = finding.chart
    table = chart.table or finding.table if chart else None
    if chart is None or table is None or not table.rows:
        return None
    names = [column.name for column in table.columns]
    used = [name for name in (chart.x, chart.y, chart.color, chart.low, chart.high) if name is not None]
    codes = {name: f"c{position}" for position, name in enumerate(dict.fromkeys(used))}
    rows = table.rows[:_MOST_BARS] if chart.kind is ChartKind.BAR else table.rows
    values = [
        {codes[name]: _cell(row[names.index(name)], language) for name in codes} for row in rows
    ]
    columns = {column.name: column for column in table.columns}
    draw = {ChartKind.BAR: _bar, ChartKind.LINE: _line, ChartKind.STACK: _stack, ChartKind.HEATMAP: _heatmap}[chart.kind]
    spec = draw(chart, columns, codes, table, language)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": _title(chart.title, language, currency),
        "title": {"text": _title(chart.title, language, currency), "anchor": "start", "fontSize": 14, "offset": 12},
        "data": {"values": values},
        "width": "container",
        "config": _config(language),
        **spec,
    }


def _bar(
    chart: Chart, columns: dict[str, Column], codes: dict[str, str], table: Table, language: Language
) -> dict[str, Any]:
    category = {
        "field": codes[chart.y], "type": "nominal", "sort": None,
        "axis": {"title": None, "labelLimit": 220, "ticks": False, "domain": False},
    }  # fmt: skip
    number = _number(columns[chart.x], codes[chart.x], language)
    bar: dict[str, Any] = {
        "mark": {"type": "bar", "color": ACCENT, "cornerRadiusEnd": 3, "height": {"band": 0.62}},
        "encoding": {"y": category, "x": number, "tooltip": _tooltip(chart, columns, codes, language)},
    }
    if chart.color is not None:
        bar["encoding"]["color"] = _color(columns[chart.color], codes[chart.color], language)
    layers = [bar]
    if chart.low is not None and chart.high is not None:
        layers.append(
            {
                "mark": {"type": "rule", "strokeWidth": 1.5, "color": "#4a3f3a", "opacity": 0.75},
                "encoding": {
                    "y": category,
                    "x": {"field": codes[chart.low], "type": "quantitative"},
                    "x2": {"field": codes[chart.high]},
                },
            }
        )
    return {"layer": layers, "height": {"step": 30}}


def _line(
    chart: Chart, columns: dict[str, Column], codes: dict[str, str], table: Table, language: Language
) -> dict[str, Any]:
    x = _position(chart.x, columns[chart.x], codes, table, language)
    y = _number(columns[chart.y], codes[chart.y], language, zero=columns[chart.y].unit is not Unit.RATIO)
    color = {"color": _color(columns[chart.color], codes[chart.color], language)} if chart.color else {}
    layers: list[dict[str, Any]] = []
    if chart.low is not None and chart.high is not None:
        band = {"field": codes[chart.low], "type": "quantitative"}
        layers.append(
            {
                "mark": {"type": "area", "opacity": 0.15, **({} if color else {"color": ACCENT})},
                "encoding": {"x": x, "y": band, "y2": {"field": codes[chart.high]}, **color},
            }
        )
    mark = {"type": "line", "strokeWidth": 2, "point": {"size": 22}, **({} if color else {"color": ACCENT})}
    if not color and len(table.rows) < 60:
        mark["point"] = {"size": 26, "color": ACCENT}
    tooltip = _tooltip(chart, columns, codes, language)
    layers.append({"mark": mark, "encoding": {"x": x, "y": y, "tooltip": tooltip, **color}})
    return {"layer": layers, "height": 240}


def _stack(
    chart: Chart, columns: dict[str, Column], codes: dict[str, str], table: Table, language: Language
) -> dict[str, Any]:
    assert chart.color is not None
    return {
        "mark": {"type": "area"},
        "encoding": {
            "x": _position(chart.x, columns[chart.x], codes, table, language),
            "y": {**_number(columns[chart.y], codes[chart.y], language), "stack": True},
            "color": _color(columns[chart.color], codes[chart.color], language),
            "tooltip": _tooltip(chart, columns, codes, language),
        },
        "height": 240,
    }


def _heatmap(
    chart: Chart, columns: dict[str, Column], codes: dict[str, str], table: Table, language: Language
) -> dict[str, Any]:
    assert chart.color is not None
    axis = {"title": None, "ticks": False, "domain": False}
    return {
        "mark": {"type": "rect"},
        "encoding": {
            "x": {"field": codes[chart.x], "type": "ordinal", "sort": None, "axis": axis},
            "y": {"field": codes[chart.y], "type": "ordinal", "sort": None, "axis": axis},
            "color": {
                "field": codes[chart.color], "type": "quantitative", "scale": {"range": list(SEQUENTIAL)},
                "legend": {"title": columns[chart.color].title.in_(language), "format": _format(columns[chart.color].unit)},
            },
            "tooltip": _tooltip(chart, columns, codes, language),
        },
        "height": {"step": 24},
    }  # fmt: skip


def _position(
    name: str, column: Column, codes: dict[str, str], table: Table, language: Language
) -> dict[str, Any]:
    cells = [row[[c.name for c in table.columns].index(name)] for row in table.rows]
    title = column.title.in_(language)
    if any(isinstance(cell, date) for cell in cells):
        axis = {"title": None, "format": "%b %Y", "grid": False, "labelOverlap": True}
        return {"field": codes[name], "type": "temporal", "axis": axis}
    kind = "quantitative" if all(isinstance(cell, int | float | Decimal) for cell in cells) else "ordinal"
    axis = {"title": title, "grid": False, "labelOverlap": True, **({"labelAngle": 0} if kind == "ordinal" else {})}
    return {"field": codes[name], "type": kind, "sort": None, "axis": axis}


def _number(column: Column, code: str, language: Language, *, zero: bool = True) -> dict[str, Any]:
    axis = {"title": column.title.in_(language), "format": _format(column.unit), "tickCount": 5, "domain": False}
    return {"field": code, "type": "quantitative", "axis": axis, "scale": {"zero": zero}}


def _color(column: Column, code: str, language: Language) -> dict[str, Any]:
    legend = {"title": None, "orient": "bottom", "columns": 4, "labelLimit": 160}
    return {"field": code, "type": "nominal", "sort": None, "legend": legend, "scale": {"range": list(CATEGORIES)}}


def _tooltip(
    chart: Chart, columns: dict[str, Column], codes: dict[str, str], language: Language
) -> list[dict[str, Any]]:
    fields = []
    for name, code in codes.items():
        column = columns[name]
        field: dict[str, Any] = {"field": code, "title": column.title.in_(language)}
        if column.unit is not None:
            field |= {"type": "quantitative", "format": ".1%" if column.unit is Unit.RATIO else ",.2~f"}
        fields.append(field)
    return fields


def _format(unit: Unit | None) -> str:
    if unit is Unit.RATIO:
        return ".0%"
    return "~s" if unit is Unit.MONEY else ",~f"


def _cell(value: Any, language: Language) -> Any:
    if isinstance(value, Text):
        return value.in_(language)
    if isinstance(value, bool):
        return ("oui" if value else "non") if language == "fr" else ("yes" if value else "no")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if value is None:
        return "(vide)" if language == "fr" else "(empty)"
    return value


def _title(title: Sentence, language: Language, currency: str | None) -> str:
    return title.render(language, currency)


def _config(language: Language) -> dict[str, Any]:
    config: dict[str, Any] = {
        "view": {"stroke": None},
        "axis": {"gridColor": "#d9d0c8", "gridOpacity": 0.5, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"},
        "legend": {"labelFontSize": 12},
        "font": "Source Sans Pro, sans-serif",
    }
    if language == "fr":
        config["locale"] = LOCALE_FR
    return config
