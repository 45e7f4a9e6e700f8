"""Our own frozen dataclasses to JSON and back, tagged by class name: no pickle, nothing revived that is not listed."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any


class Archive:
    """Writes and reads values made of the listed dataclasses and enums, dates, mappings, sequences and scalars."""

    def __init__(self, *classes: type) -> None:
        """Keep the classes that may be written and read; their names must differ."""
        self._classes = {cls.__name__: cls for cls in classes}
        if len(self._classes) != len(classes):
            raise ValueError("two archived classes share a name")

    def dump(self, value: Any) -> Any:
        """Return `value` as JSON-ready data. TypeError for a class that is not listed."""
        if isinstance(value, Enum):
            return {"#": self._listed(type(value)), "=": value.value}
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            fields = {field.name: self.dump(getattr(value, field.name)) for field in dataclasses.fields(value)}
            return {"#": self._listed(type(value)), **fields}
        if isinstance(value, datetime):
            return {"#": "datetime", "=": value.isoformat()}
        if isinstance(value, date):
            return {"#": "date", "=": value.isoformat()}
        if isinstance(value, Decimal):
            return float(value)
        if isinstance(value, Mapping):
            return {"#": "map", "=": [[self.dump(key), self.dump(item)] for key, item in value.items()]}
        if isinstance(value, tuple | list | frozenset | set):
            return [self.dump(item) for item in value]
        if value is None or isinstance(value, str | int | float | bool):
            return value
        raise TypeError(f"{type(value).__name__} is not archived")

    def load(self, data: Any) -> Any:
        """Return the value `dump` wrote; sequences come back as tuples. KeyError for a class that is not listed."""
        if isinstance(data, list):
            return tuple(self.load(item) for item in data)
        if not isinstance(data, dict):
            return data
        tag = data["#"]
        if tag == "map":
            return {self.load(key): self.load(item) for key, item in data["="]}
        if tag == "date":
            return date.fromisoformat(data["="])
        if tag == "datetime":
            return datetime.fromisoformat(data["="])
        cls = self._classes[tag]
        if issubclass(cls, Enum):
            return cls(data["="])
        return cls(**{key: self.load(item) for key, item in data.items() if key != "#"})

    def _listed(self, cls: type) -> str:
        if self._classes.get(cls.__name__) is not cls:
            raise TypeError(f"{cls.__name__} is not archived")
        return cls.__name__
