"""Chart → Vega-Lite: the only place that builds a spec. Fields are c0..cn, so that no header can be an expression."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from textwrap import wrap
from typing import Any

from analytics.churn.driver_words import KIND_NAMES
from assistant.chart_style import DARK, LIGHT, Palette, config, date_axis, money_labels, number_format
from vocabulary.estimate import Unit
from vocabulary.finding import Chart, ChartKind, Column, Finding, Table
from vocabulary.formats import day, number
from vocabulary.language import Language, Text
from vocabulary.sentence import Sentence

__all__ = ["DARK", "LIGHT", "Palette", "is_customer_list", "vega_lite"]

_MOST_BARS = 20
_MOST_LETTERS = 72  # of a line of title
_MOST_READ = 8  # bars named in the words for those who cannot see
_LONG_LABEL = 21  # characters: longer names stand above their bar, whole, rather than cut beside it
_MOST_POINTS = 24  # more marks than that hide the line they stand on
_BY_SIZE = frozenset({"segments"})  # listed in the order of their rules, drawn from the largest down
_SAID = "said"
_RANGE = re.compile(r"^[\d\s.,<>≤≥+–-]+$")
# A kind of driver keeps its colour from one chart to the next, whichever kinds are there.
_FIXED: dict[str, tuple[Text, ...]] = {"kind": tuple(KIND_NAMES.values())}


@dataclass(frozen=True, slots=True)
class _Drawing:
    """All that a form of chart needs to be drawn."""

    chart: Chart
    table: Table
    codes: dict[str, str]
    language: Language
    currency: str | None
    palette: Palette

    def column(self, name: str) -> Column:
        return next(column for column in self.table.columns if column.name == name)

    def cells(self, name: str) -> list[Any]:
        place = [column.name for column in self.table.columns].index(name)
        return [row[place] for row in self.table.rows]

    def amounts(self, *names: str | None) -> list[float]:
        return [float(cell) for name in names if name for cell in self.cells(name) if isinstance(cell, int | float | Decimal)]

    def said(self, value: Any, name: str) -> str:
        if not isinstance(value, int | float | Decimal) or isinstance(value, bool):
            return "—"
        unit = self.column(name).unit or Unit.NUMBER
        whole = Unit.COUNT if unit in (Unit.CUSTOMERS, Unit.ORDERS) else unit
        rounded = round(float(value)) if whole is Unit.COUNT else float(value)
        return number(rounded, whole, self.language, currency=self.currency)


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
    table = _shown(table, chart, by_size=finding.analysis in _BY_SIZE, most=most)
    used = [name for name in (chart.x, chart.y, chart.color, chart.low, chart.high) if name is not None]
    codes = {name: f"c{position}" for position, name in enumerate(dict.fromkeys(used))}
    drawing = _Drawing(chart, table, codes, language, currency, palette)
    title = chart.title.render(language, currency)
    draw = {ChartKind.BAR: _bar, ChartKind.LINE: _line, ChartKind.STACK: _stack, ChartKind.HEATMAP: _heatmap}[chart.kind]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": _description(drawing, title),
        "title": _title(title, chart.subtitle.render(language, currency) if chart.subtitle else None, palette),
        "data": {"values": _values(drawing)},
        "width": "container",
        "padding": {"left": 0, "top": 4, "right": 6, "bottom": 5},
        "config": config(language, palette),
        **draw(drawing),
    }


def _title(title: str, subtitle: str | None, palette: Palette) -> dict[str, Any]:
    """The title, cut into lines where it would run past the drawing."""
    drawn: dict[str, Any] = {"text": _lines(title), "anchor": "start", "fontSize": 14, "offset": 12, "color": palette.words}
    return drawn if subtitle is None else {**drawn, "subtitle": _lines(subtitle), "subtitleColor": palette.words}


def _lines(words: str) -> str | list[str]:
    lines = wrap(words, _MOST_LETTERS, break_long_words=False)
    return words if len(lines) < 2 else lines


def is_customer_list(finding: Finding) -> bool:
    """Whether its items are customers: read in a table, not as bars of nearly equal length."""
    return bool(finding.items) and "customer" in finding.items[0]


def _shown(table: Table, chart: Chart, *, by_size: bool, most: int) -> Table:
    if chart.kind is not ChartKind.BAR:
        return table
    place = [column.name for column in table.columns].index(chart.x)
    rows = sorted(table.rows, key=lambda row: -float(row[place] or 0)) if by_size else table.rows
    return Table(table.columns, tuple(rows[:most]), table.truncated)


def _values(drawing: _Drawing) -> list[dict[str, Any]]:
    """One object a row: the cells, and for a bar its number as it is written."""
    chart, names = drawing.chart, [column.name for column in drawing.table.columns]
    timed = chart.kind in (ChartKind.LINE, ChartKind.STACK)
    values = []
    for row in drawing.table.rows:
        cells = dict(zip(names, row, strict=True))
        value = {
            code: _cell(cells[name], drawing.language, drawing.currency, moment=timed and name == chart.x)
            for name, code in drawing.codes.items()
        }
        if chart.kind is ChartKind.BAR:
            value[_SAID] = drawing.said(cells[chart.x], chart.x)
        values.append(value)
    return values


def _bar(drawing: _Drawing) -> dict[str, Any]:
    chart, codes, palette = drawing.chart, drawing.codes, drawing.palette
    labels = [str(_cell(cell, drawing.language, drawing.currency)) for cell in drawing.cells(chart.y)]
    above = any(len(label) > _LONG_LABEL for label in labels)
    ranges = all(_RANGE.match(label) for label in labels)
    axis: dict[str, Any] = {"title": None, "labelLimit": 220, "ticks": False, "domain": False, "labelPadding": 8}
    if ranges:  # a bare number says nothing without the name of what it counts
        axis |= {"title": drawing.column(chart.y).title.in_(drawing.language), "titlePadding": 10}
    category = {"field": codes[chart.y], "type": "nominal", "sort": None, "axis": None if above else axis}
    amount = _number(drawing, chart.x, *([chart.low, chart.high] if chart.low else []))
    band = {"band": 0.34, "yOffset": 9} if above else {"band": 0.62, "yOffset": 0}
    bar: dict[str, Any] = {
        "mark": {
            "type": "bar", "color": palette.accent, "cornerRadiusEnd": 3,
            "height": {"band": band["band"]}, "yOffset": band["yOffset"],
        },
        "encoding": {"y": category, "x": amount, "tooltip": _tooltip(drawing)},
    }  # fmt: skip
    if chart.color is not None:
        bar["encoding"]["color"] = _color(drawing, chart.color)
    layers = [bar]
    if chart.low is not None and chart.high is not None:
        layers.append(
            {
                "mark": {"type": "rule", "strokeWidth": 1.5, "color": palette.rule, "opacity": 0.8, "yOffset": band["yOffset"]},
                "encoding": {
                    "y": category,
                    "x": {"field": codes[chart.low], "type": "quantitative"},
                    "x2": {"field": codes[chart.high]},
                },
            }
        )
    layers += _bar_words(drawing, category, above=above, offset=band["yOffset"])
    return {"layer": layers, "height": {"step": 40 if above else 28}}


def _bar_words(drawing: _Drawing, category: dict[str, Any], *, above: bool, offset: float) -> list[dict[str, Any]]:
    """The number at the end of each bar, and its name above it when names are long."""
    chart, codes = drawing.chart, drawing.codes
    end = codes[chart.high] if chart.high else codes[chart.x]
    words: dict[str, Any] = {"type": "text", "color": drawing.palette.words, "fontSize": 12, "align": "left"}
    layers = [
        {
            "mark": {**words, "dx": 6, "dy": offset},
            "encoding": {"y": category, "x": {"field": end, "type": "quantitative"}, "text": {"field": _SAID, "type": "nominal"}},
        }
    ]
    if above:
        layers.append(
            {
                "mark": {**words, "dx": 0, "dy": -9, "limit": 420},
                "encoding": {"y": category, "x": {"value": 0}, "text": {"field": codes[chart.y], "type": "nominal"}},
            }
        )
    return layers


def _line(drawing: _Drawing) -> dict[str, Any]:
    chart, codes, palette = drawing.chart, drawing.codes, drawing.palette
    x = _position(drawing, chart.x)
    y = _number(drawing, chart.y, chart.low, chart.high, zero=drawing.column(chart.y).unit is not Unit.RATIO)
    color = {"color": _color(drawing, chart.color)} if chart.color else {}
    layers: list[dict[str, Any]] = []
    if chart.low is not None and chart.high is not None:
        layers.append(
            {
                "mark": {"type": "area", "opacity": 0.15, **({} if color else {"color": palette.accent})},
                "encoding": {
                    "x": x, "y": {**y, "field": codes[chart.low]}, "y2": {"field": codes[chart.high]}, **color,
                },
            }
        )  # fmt: skip
    mark: dict[str, Any] = {"type": "line", "strokeWidth": 2, **({} if color else {"color": palette.accent})}
    if len(set(drawing.cells(chart.x))) <= _MOST_POINTS:
        mark["point"] = {"size": 26, **({} if color else {"color": palette.accent})}
    layers.append({"mark": mark, "encoding": {"x": x, "y": y, "tooltip": _tooltip(drawing), **color}})
    return {"layer": layers, "height": 240}


def _stack(drawing: _Drawing) -> dict[str, Any]:
    chart = drawing.chart
    assert chart.color is not None
    return {
        "mark": {"type": "area"},
        "encoding": {
            "x": _position(drawing, chart.x),
            "y": {**_number(drawing, chart.y), "stack": True},
            "color": _color(drawing, chart.color),
            "tooltip": _tooltip(drawing),
        },
        "height": 240,
    }


def _heatmap(drawing: _Drawing) -> dict[str, Any]:
    chart, codes = drawing.chart, drawing.codes
    assert chart.color is not None
    color, axis = drawing.column(chart.color), {"title": None, "ticks": False, "domain": False}
    legend = {"title": color.title.in_(drawing.language), "format": number_format(color.unit, drawing.amounts(chart.color))}
    return {
        "mark": {"type": "rect"},
        "encoding": {
            "x": {"field": codes[chart.x], "type": "ordinal", "sort": None, "axis": axis},
            "y": {"field": codes[chart.y], "type": "ordinal", "sort": None, "axis": axis},
            "color": {
                "field": codes[chart.color], "type": "quantitative",
                "scale": {"range": list(drawing.palette.sequential)}, "legend": legend,
            },
            "tooltip": _tooltip(drawing),
        },
        "height": {"step": 24},
    }  # fmt: skip


def _position(drawing: _Drawing, name: str) -> dict[str, Any]:
    cells, code = drawing.cells(name), drawing.codes[name]
    days = sorted({cell for cell in cells if isinstance(cell, date)})
    if days:
        return {"field": code, "type": "temporal", "axis": date_axis(days)}
    kind = "quantitative" if all(isinstance(cell, int | float | Decimal) for cell in cells) else "ordinal"
    axis: dict[str, Any] = {
        "title": drawing.column(name).title.in_(drawing.language), "grid": False, "labelOverlap": True, "tickCount": 6,
    }  # fmt: skip
    if kind == "ordinal":
        axis["labelAngle"] = 0
    return {"field": code, "type": kind, "sort": None, "axis": axis}


def _number(drawing: _Drawing, name: str, *others: str | None, zero: bool = True) -> dict[str, Any]:
    column = drawing.column(name)
    reach = [*drawing.amounts(name, *others), *([0.0] if zero else [])]
    axis = {
        "title": column.title.in_(drawing.language), "format": number_format(column.unit, reach), "tickCount": 4,
        "domain": False, "labelOverlap": True,
    }  # fmt: skip
    labels = money_labels(reach, drawing.language, drawing.currency) if column.unit is Unit.MONEY else None
    if labels is not None:
        axis["labelExpr"] = labels
    return {"field": drawing.codes[name], "type": "quantitative", "axis": axis, "scale": {"zero": zero}}


def _color(drawing: _Drawing, name: str) -> dict[str, Any]:
    colours = list(drawing.palette.categories)
    scale: dict[str, Any] = {"range": colours}
    present = [_cell(cell, drawing.language, drawing.currency) for cell in dict.fromkeys(drawing.cells(name))]
    known = [text.in_(drawing.language) for text in _FIXED.get(name, ())]
    if known and set(present) <= set(known):
        kept = [(word, colours[place % len(colours)]) for place, word in enumerate(known) if word in present]
        scale = {"domain": [word for word, _ in kept], "range": [colour for _, colour in kept]}
    legend = {"title": None, "orient": "bottom", "columns": 3, "labelLimit": 130, "symbolType": "square"}
    return {"field": drawing.codes[name], "type": "nominal", "sort": None, "legend": legend, "scale": scale}


def _tooltip(drawing: _Drawing) -> list[dict[str, Any]]:
    fields = []
    for name, code in drawing.codes.items():
        column = drawing.column(name)
        field: dict[str, Any] = {"field": code, "title": column.title.in_(drawing.language)}
        if column.unit is not None:
            field |= {"type": "quantitative", "format": ".1%" if column.unit is Unit.RATIO else ",.2~f"}
        elif any(isinstance(cell, date) for cell in drawing.cells(name)) and drawing.chart.kind is not ChartKind.BAR:
            field |= {"type": "temporal", "format": "%d/%m/%Y"}
        fields.append(field)
    return fields


def _cell(value: Any, language: Language, currency: str | None, *, moment: bool = False) -> Any:
    if isinstance(value, Text):
        return value.in_(language)
    if isinstance(value, Sentence):
        return value.render(language, currency)
    if isinstance(value, bool):
        return ("oui" if value else "non") if language == "fr" else ("yes" if value else "no")
    if isinstance(value, date):
        # A bare date is midnight in London: west of it, January would be drawn in December.
        return f"{value.isoformat()}T00:00:00" if moment and not isinstance(value, datetime) else value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if value is None:
        return "(vide)" if language == "fr" else "(empty)"
    return value


def _description(drawing: _Drawing, title: str) -> str:
    """What the chart shows, for those who cannot see it: its title, then its bars, or where its line starts and ends."""
    chart, rows, language = drawing.chart, drawing.table.rows, drawing.language
    names = [column.name for column in drawing.table.columns]
    if chart.kind is ChartKind.BAR:
        label, amount, rows = chart.y, chart.x, rows[:_MOST_READ]
    elif chart.kind is ChartKind.LINE and chart.color is None:
        label, amount, rows = chart.x, chart.y, (rows[0], rows[-1])
    else:
        return title
    said = []
    for row in rows:
        value, name = row[names.index(amount)], row[names.index(label)]
        if isinstance(value, int | float | Decimal):
            words = day(name, language) if isinstance(name, date) else str(_cell(name, language, drawing.currency))
            said.append(f"{words} {drawing.said(value, amount)}")
    stop = "" if title.endswith((".", "?", "!")) else "."
    between = "\u202f; " if language == "fr" else "; "
    return f"{title}{stop} {between.join(said)}." if said else title
