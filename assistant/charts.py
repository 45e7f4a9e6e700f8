"""Chart → Vega-Lite: the only place that builds a spec. Fields are c0..cn, so that no header can be an expression."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from vocabulary.estimate import Unit
from vocabulary.finding import Chart, ChartKind, Column, Finding, Table
from vocabulary.formats import day, number
from vocabulary.language import Language, Text
from vocabulary.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a chart on one background: accent, categories (accent first), a scale, lines over bars, words."""

    accent: str
    categories: tuple[str, ...]
    sequential: tuple[str, ...]
    rule: str
    words: str
    grid: str


# One calm family, told apart by colour-blind readers; each colour at least 3 to 1 against its background.
LIGHT = Palette(
    "#b5522a",
    ("#b5522a", "#2f6f73", "#b07a14", "#6b5b95", "#6b7c4d", "#a0526f", "#4f759e", "#80756c"),
    ("#f6ebe4", "#e3b9a1", "#cc8159", "#b5522a", "#7d3518"), "#3d322d", "#4a403a", "#e2d9d1",
)  # fmt: skip
DARK = Palette(
    "#e08a5f",
    ("#e08a5f", "#6cb3b5", "#e3b44f", "#a896d6", "#a3b783", "#d68aa6", "#8db0d8", "#b5aaa1"),
    ("#3a2c24", "#6b432f", "#a2603f", "#e08a5f", "#f6c4a5"), "#f3ebe4", "#d5cac1", "#453c35",
)  # fmt: skip
_MOST_BARS = 20
_MOST_READ = 8  # bars named in the words for those who cannot see

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


LOCALE_EN: dict[str, Any] = {
    "number": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["£", ""]},
    "time": {
        "dateTime": "%A %e %B %Y %X", "date": "%d/%m/%Y", "time": "%H:%M:%S", "periods": ["AM", "PM"],
        "days": ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
        "shortDays": ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
        "months": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                   "November", "December"],
        "shortMonths": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    },
}  # fmt: skip


def vega_lite(
    finding: Finding, language: Language, currency: str | None = None, *, palette: Palette = LIGHT, most: int = _MOST_BARS
) -> dict[str, Any] | None:
    """The Vega-Lite spec of a finding's chart, data inline; None when there is nothing to draw.

    Args:
        finding: its chart names columns of its table (or of the chart's own).
        language: of titles and labels.
        currency: ISO code, for money in titles.
        palette: the colours, for a light page or sheet by default.
        most: bars drawn at most, the first of the table.
    """
    chart = finding.chart
    table = chart.table or finding.table if chart else None
    if chart is None or table is None or not table.rows:
        return None
    names = [column.name for column in table.columns]
    used = [name for name in (chart.x, chart.y, chart.color, chart.low, chart.high) if name is not None]
    codes = {name: f"c{position}" for position, name in enumerate(dict.fromkeys(used))}
    rows = table.rows[:most] if chart.kind is ChartKind.BAR else table.rows
    values = [
        {codes[name]: _cell(row[names.index(name)], language, currency) for name in codes} for row in rows
    ]
    columns = {column.name: column for column in table.columns}
    title = chart.title.render(language, currency)
    draw = {ChartKind.BAR: _bar, ChartKind.LINE: _line, ChartKind.STACK: _stack, ChartKind.HEATMAP: _heatmap}[chart.kind]
    spec = draw(chart, columns, codes, table, language, palette)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": _description(chart, table, title, language, currency),
        "title": {"text": title, "anchor": "start", "fontSize": 14, "offset": 12, "color": palette.words},
        "data": {"values": values},
        "width": "container",
        "padding": {"left": 0, "top": 4, "right": 6, "bottom": 5},
        "config": _config(language, palette),
        **spec,
    }


def is_customer_list(finding: Finding) -> bool:
    """Whether its items are customers: read in a table, not as bars of nearly equal length."""
    return bool(finding.items) and "customer" in finding.items[0]


def _bar(
    chart: Chart, columns: dict[str, Column], codes: dict[str, str], table: Table, language: Language, palette: Palette
) -> dict[str, Any]:
    category = {
        "field": codes[chart.y], "type": "nominal", "sort": None,
        "axis": {"title": None, "labelLimit": 220, "ticks": False, "domain": False},
    }  # fmt: skip
    amount = _number(columns[chart.x], codes[chart.x], language)
    bar: dict[str, Any] = {
        "mark": {"type": "bar", "color": palette.accent, "cornerRadiusEnd": 3, "height": {"band": 0.62}},
        "encoding": {"y": category, "x": amount, "tooltip": _tooltip(chart, columns, codes, language)},
    }
    if chart.color is not None:
        bar["encoding"]["color"] = _color(codes[chart.color], palette)
    layers = [bar]
    if chart.low is not None and chart.high is not None:
        layers.append(
            {
                "mark": {"type": "rule", "strokeWidth": 1.5, "color": palette.rule, "opacity": 0.8},
                "encoding": {
                    "y": category,
                    "x": {"field": codes[chart.low], "type": "quantitative"},
                    "x2": {"field": codes[chart.high]},
                },
            }
        )
    return {"layer": layers, "height": {"step": 30}}


def _line(
    chart: Chart, columns: dict[str, Column], codes: dict[str, str], table: Table, language: Language, palette: Palette
) -> dict[str, Any]:
    x = _position(chart.x, columns[chart.x], codes, table, language)
    y = _number(columns[chart.y], codes[chart.y], language, zero=columns[chart.y].unit is not Unit.RATIO)
    color = {"color": _color(codes[chart.color], palette)} if chart.color else {}
    layers: list[dict[str, Any]] = []
    if chart.low is not None and chart.high is not None:
        band = {"field": codes[chart.low], "type": "quantitative"}
        layers.append(
            {
                "mark": {"type": "area", "opacity": 0.15, **({} if color else {"color": palette.accent})},
                "encoding": {"x": x, "y": band, "y2": {"field": codes[chart.high]}, **color},
            }
        )
    mark = {"type": "line", "strokeWidth": 2, "point": {"size": 22}, **({} if color else {"color": palette.accent})}
    if not color and len(table.rows) < 60:
        mark["point"] = {"size": 26, "color": palette.accent}
    tooltip = _tooltip(chart, columns, codes, language)
    layers.append({"mark": mark, "encoding": {"x": x, "y": y, "tooltip": tooltip, **color}})
    return {"layer": layers, "height": 240}


def _stack(
    chart: Chart, columns: dict[str, Column], codes: dict[str, str], table: Table, language: Language, palette: Palette
) -> dict[str, Any]:
    assert chart.color is not None
    return {
        "mark": {"type": "area"},
        "encoding": {
            "x": _position(chart.x, columns[chart.x], codes, table, language),
            "y": {**_number(columns[chart.y], codes[chart.y], language), "stack": True},
            "color": _color(codes[chart.color], palette),
            "tooltip": _tooltip(chart, columns, codes, language),
        },
        "height": 240,
    }


def _heatmap(
    chart: Chart, columns: dict[str, Column], codes: dict[str, str], table: Table, language: Language, palette: Palette
) -> dict[str, Any]:
    assert chart.color is not None
    axis = {"title": None, "ticks": False, "domain": False}
    return {
        "mark": {"type": "rect"},
        "encoding": {
            "x": {"field": codes[chart.x], "type": "ordinal", "sort": None, "axis": axis},
            "y": {"field": codes[chart.y], "type": "ordinal", "sort": None, "axis": axis},
            "color": {
                "field": codes[chart.color], "type": "quantitative", "scale": {"range": list(palette.sequential)},
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
    axis: dict[str, Any]
    if any(isinstance(cell, date) for cell in cells):
        axis = {"title": None, "format": "%b %Y", "grid": False, "labelOverlap": True}
        return {"field": codes[name], "type": "temporal", "axis": axis}
    kind = "quantitative" if all(isinstance(cell, int | float | Decimal) for cell in cells) else "ordinal"
    axis = {"title": title, "grid": False, "labelOverlap": True}
    if kind == "ordinal":
        axis["labelAngle"] = 0
    return {"field": codes[name], "type": kind, "sort": None, "axis": axis}


def _number(column: Column, code: str, language: Language, *, zero: bool = True) -> dict[str, Any]:
    axis = {"title": column.title.in_(language), "format": _format(column.unit), "tickCount": 5, "domain": False}
    return {"field": code, "type": "quantitative", "axis": axis, "scale": {"zero": zero}}


def _color(code: str, palette: Palette) -> dict[str, Any]:
    legend = {"title": None, "orient": "bottom", "columns": 3, "labelLimit": 130, "symbolType": "square"}
    return {"field": code, "type": "nominal", "sort": None, "legend": legend, "scale": {"range": list(palette.categories)}}


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


def _cell(value: Any, language: Language, currency: str | None) -> Any:
    if isinstance(value, Text):
        return value.in_(language)
    if isinstance(value, Sentence):
        return value.render(language, currency)
    if isinstance(value, bool):
        return ("oui" if value else "non") if language == "fr" else ("yes" if value else "no")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if value is None:
        return "(vide)" if language == "fr" else "(empty)"
    return value


def _description(chart: Chart, table: Table, title: str, language: Language, currency: str | None) -> str:
    """What the chart shows, for those who cannot see it: its title, then its bars, or where its line starts and ends."""
    names = [column.name for column in table.columns]
    if chart.kind is ChartKind.BAR:
        label, amount, rows = chart.y, chart.x, table.rows[:_MOST_READ]
    elif chart.kind is ChartKind.LINE and chart.color is None:
        label, amount, rows = chart.x, chart.y, (table.rows[0], table.rows[-1])
    else:
        return title
    unit = table.columns[names.index(amount)].unit or Unit.NUMBER
    said = []
    for row in rows:
        value = row[names.index(amount)]
        if isinstance(value, int | float | Decimal):
            name = row[names.index(label)]
            words = day(name, language) if isinstance(name, date) else str(_cell(name, language, currency))
            said.append(f"{words} {number(float(value), unit, language, currency=currency)}")
    stop = "" if title.endswith((".", "?", "!")) else "."
    between = "\u202f; " if language == "fr" else "; "
    return f"{title}{stop} {between.join(said)}." if said else title


def _config(language: Language, palette: Palette) -> dict[str, Any]:
    words: dict[str, Any] = {"labelFontSize": 12, "labelColor": palette.words, "titleColor": palette.words}
    config: dict[str, Any] = {
        "view": {"stroke": None},
        "axis": {**words, "gridColor": palette.grid, "titleFontSize": 12, "titleFontWeight": "normal"},
        "legend": words,
        "font": "Source Sans Pro, Source Sans, sans-serif",
        "locale": LOCALE_FR if language == "fr" else LOCALE_EN,
    }
    return config
