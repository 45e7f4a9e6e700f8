"""The catalogue as tools: what a model may call, with which typed arguments; and a call made a step, or refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError, WithJsonSchema, create_model
from pydantic.fields import FieldInfo

from analytics.analysis import Analysis, Condition
from analytics.study import Study
from assistant.answer import Step
from assistant.llm.masking import Registry
from assistant.llm.schema import PERIODS, Column, Schema
from assistant.llm.values import OPERATORS, Refused, resolve

CLARIFY = "ask_the_manager"
_MOST_CONDITIONS, _MOST_VALUES, _LONGEST = 6, 20, 120
_INHERENT = frozenset({"question"})  # given by the turn itself, never by the model
_OF_A_COLUMN = ("mean", "median", "sum")
_STRICT = ConfigDict(extra="forbid")
_Value = Annotated[str | float | int | bool, WithJsonSchema({"type": ["string", "number", "boolean"]})]


class Tools:
    """The tools of one study."""

    def __init__(self, catalog: Sequence[Analysis], schema: Schema, study: Study, registry: Registry) -> None:
        """Keep the analyses that are built."""
        self._analyses = {analysis.name: analysis for analysis in catalog if analysis.run is not None}
        self._schema, self._study, self._registry = schema, study, registry
        self._models: dict[str, type[BaseModel]] = {}
        self._told: dict[str, dict[str, Any]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Every analysis that may be called."""
        return tuple(self._analyses)

    def offered(self, names: Sequence[str]) -> list[dict[str, Any]]:
        """The descriptions a model is given, in the wire's form.

        Args:
            names: the analyses to offer; a few suffice, and each weighs on every request.
        """
        known = [name for name in names if name in self._analyses]
        for name in known:
            if name not in self._told:
                self._told[name] = _function(name, self._described(name), _inlined(self.model(name)))
        told = [self._told[name] for name in known]
        choices = {"type": "array", "items": {"type": "string", "enum": known}, "minItems": 2, "maxItems": 3}
        ask = {"type": "object", "properties": {"analyses": choices}, "required": ["analyses"], "additionalProperties": False}
        return [*told, _function(CLARIFY, _ASK, ask)]

    def model(self, name: str) -> type[BaseModel]:
        """The typed arguments of an analysis, columns as a closed list of codes."""
        if name not in self._models:
            fields = self._analyses[name].parameters.model_fields
            on_purchases = "purchase_filter" in fields
            bought = any(column.on_purchases for column in self._schema.columns)
            left_out = _INHERENT if bought else _INHERENT | {"purchase_filter"}
            built = {key: self._field(key, info, on_purchases=on_purchases) for key, info in fields.items() if key not in left_out}
            self._models[name] = create_model(f"{name}_arguments", __config__=_STRICT, **built)  # type: ignore[call-overload]
        return self._models[name]

    def step(self, name: str, arguments: object) -> Step:
        """A call as a step ready to run.

        Raises:
            Refused: no such analysis, arguments of the wrong shape, a column or a value that does not exist.
        """
        analysis = self._analyses.get(name)
        if analysis is None:
            raise Refused("no such analysis; call only the tools you were given")
        if not isinstance(arguments, Mapping):
            raise Refused("the arguments must be one JSON object")
        try:
            given = self.model(name).model_validate(dict(arguments)).model_dump(mode="json", exclude_unset=True)
            taken = {key: self._taken(key, value) for key, value in given.items() if value is not None}
            whole = analysis.parameters.model_validate(taken)
        except ValidationError as problem:
            raise Refused(_told(problem)) from None
        if "measure" in analysis.parameters.model_fields:
            taken["measure"] = whole.model_dump()["measure"]  # a reading always says what is measured
            if taken["measure"] in _OF_A_COLUMN and "column" not in taken:
                raise Refused("mean, median and sum need a column")
        return Step(name, {key: value for key, value in taken.items() if value not in ([], ())})

    def choices(self, arguments: object) -> tuple[Analysis, ...]:
        """The analyses a model would have the manager choose between; Refused unless two or three known ones."""
        said = arguments.get("analyses") if isinstance(arguments, Mapping) else None
        names = list(dict.fromkeys(name for name in said if isinstance(name, str))) if isinstance(said, list) else []
        chosen = tuple(self._analyses[name] for name in names if name in self._analyses)
        if not 2 <= len(chosen) <= 3:
            raise Refused("give two or three names of analyses")
        return chosen

    def _described(self, name: str) -> str:
        analysis = self._analyses[name]
        return f"{analysis.summary.en} E.g. {analysis.examples['en'][0]} / {analysis.examples['fr'][0]}"

    def _field(self, key: str, info: FieldInfo, *, on_purchases: bool) -> tuple[Any, Any]:
        annotation = info.annotation
        if annotation == tuple[Condition, ...]:
            columns = self._schema.groups(on_purchases=False)
            if key == "purchase_filter":
                columns = tuple(column for column in self._schema.columns if column.on_purchases)
            listed: Any = Field(default_factory=list, max_length=_MOST_CONDITIONS, description=_ABOUT.get(key))
            return list[_condition(columns)], listed  # type: ignore[misc]
        if key == "by":
            codes = [column.code for column in self._schema.groups(on_purchases=on_purchases)]
            if get_origin(annotation) is tuple:
                several: Any = Field(default_factory=list, max_length=2, description=_ABOUT[key])
                return list[_codes([*codes, *PERIODS])], several  # type: ignore[misc]
            return _codes(codes) | None, Field(None, description=_ABOUT[key])
        if key == "column":
            return _codes([column.code for column in self._schema.numbers()]) | None, Field(None, description=_ABOUT[key])
        if annotation is str or str in get_args(annotation):
            return Annotated[str, Field(max_length=_LONGEST)] | None, Field(None, description=_ABOUT.get(key, info.description))
        return annotation, info

    def _taken(self, key: str, value: Any) -> Any:
        """A validated argument as the analysis takes it."""
        if key in ("segment", "purchase_filter"):
            return [self._condition(condition, on_purchases=key == "purchase_filter") for condition in value]
        if key == "by":
            return [self._name(code) for code in value] if isinstance(value, list) else self._name(value)
        if key == "column":
            if self._column(value) not in self._schema.numbers():
                raise Refused(f"{value} is not a column of numbers")
            return self._name(value)
        if key == "customer":
            original = self._registry.original(value)
            if original is None or not value.strip("[]").startswith("customer_"):
                raise Refused("customer takes a placeholder of the question, as [customer_1]")
            return original
        return value

    def _condition(self, condition: Mapping[str, Any], *, on_purchases: bool) -> dict[str, Any]:
        column = self._column(condition["field"])
        if column.on_purchases != on_purchases:
            raise Refused(f"{column.code} is a column of {'purchases' if column.on_purchases else 'customers'}")
        operator = condition.get("operator", "=")
        values = resolve(column, operator, condition["values"], self._study, self._registry)
        return {"field": column.name, "operator": operator, "values": values}

    def _name(self, code: str) -> str:
        return code if code in PERIODS else self._column(code).name

    def _column(self, code: str) -> Column:
        column = self._schema.find(code)
        if column is None:
            raise Refused("no such column; use the codes you were given")
        return column


def _condition(columns: Sequence[Column]) -> type[BaseModel]:
    """One condition of a filter over these columns."""
    field = _codes([column.code for column in columns])
    values = Field(max_length=_MOST_VALUES, description="as the manager says them; true or false for yes/no columns")
    operator: Any = Literal[OPERATORS]
    return create_model(
        "condition", __config__=_STRICT, field=(field, ...), operator=(operator, "="), values=(list[_Value], values)
    )


def _codes(codes: Sequence[str]) -> Any:
    """A string among `codes`, for the model to see; headers are understood too, so it is checked by hand."""
    shown = {"type": "string", "enum": list(codes)} if codes else {"type": "string"}
    return Annotated[str, Field(max_length=_LONGEST), WithJsonSchema(shown)]


def _function(name: str, description: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "function", "function": {"name": name, "description": description, "parameters": dict(parameters)}}


def _inlined(model: type[BaseModel]) -> dict[str, Any]:
    """The model's JSON Schema without references or titles: some servers read neither."""
    schema = model.model_json_schema()
    parts = schema.pop("$defs", {})

    def inline(node: Any) -> Any:
        if isinstance(node, list):
            return [inline(item) for item in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            return inline(parts[node["$ref"].rsplit("/", 1)[-1]])
        return {key: inline(value) for key, value in node.items() if key != "title" or not isinstance(value, str)}

    inlined: dict[str, Any] = inline(schema)
    return inlined


def _told(problem: ValidationError) -> str:
    """What is wrong with the arguments, without the values that were given."""
    wrong = [f"{'.'.join(map(str, error['loc']))}: {error['type']}" for error in problem.errors(include_input=False)[:5]]
    return "wrong arguments: " + "; ".join(wrong)


_ASK = (
    "When the question can be read in materially different ways and nothing tells which: name two or three analyses; the "
    "manager is offered a question for each. Call it alone, instead of an analysis."
)
_ABOUT = {
    "segment": "only these customers: all the conditions hold",
    "purchase_filter": "only these purchases: all the conditions hold",
    "by": "code of the column to split by",
    "column": "code of the numeric column measured, for mean, median and sum",
    "customer": "a placeholder of the question, as [customer_1]",
}
