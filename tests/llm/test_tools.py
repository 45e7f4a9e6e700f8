"""Whatever a model writes as arguments, a call is a step that runs or a typed refusal: never an exception."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from assistant.llm.schema import Schema, read_schema
from assistant.llm.tools import CLARIFY, Tools
from assistant.llm.turn import LanguageModel
from assistant.llm.values import Refused
from assistant.session import Session
from tests.llm.conftest import Use
from vocabulary.errors import UserError

N = 1000


@pytest.fixture
def model(use: Use) -> LanguageModel:
    return use()


@pytest.fixture
def schema(session: Session, model: LanguageModel) -> Schema:
    return read_schema(session.study, model.mask(session.study))


@pytest.fixture
def tools(session: Session, schema: Schema, model: LanguageModel) -> Tools:
    return Tools(session.runner.catalog, schema, session.study, model.registry)


def test_columns_of_people_are_not_told(schema: Schema) -> None:
    told = {column.header for column in schema.columns}
    assert {"genre", "canal_acquisition", "reclamation_non_resolue", "anciennete_mois"} <= told
    assert not told & {"id_client", "prenom", "nom", "email", "telephone", "iban", "commentaire"}


def test_every_built_analysis_is_a_tool(session: Session, tools: Tools) -> None:
    built = [analysis.name for analysis in session.runner.catalog if analysis.run is not None]
    offered = tools.offered(built)
    assert [tool["function"]["name"] for tool in offered] == [*built, CLARIFY]
    text = json.dumps(offered)
    assert "$ref" not in text and "$defs" not in text
    for tool in offered:
        assert tool["function"]["parameters"]["additionalProperties"] is False and tool["function"]["description"]


def test_columns_are_a_closed_list_of_codes(tools: Tools, schema: Schema) -> None:
    (rate, _) = tools.offered(["churn_rate"])
    listed = rate["function"]["parameters"]["properties"]["segment"]["items"]["properties"]["field"]["enum"]
    assert set(listed) == {column.code for column in schema.columns if not column.on_purchases}


@pytest.mark.parametrize(
    ("said", "value"),
    [("Femme", "Femme"), ("femmes", "Femme"), ("FEMME", "Femme"), ("women", "Femme"), ("hommes", "Homme")],
)
def test_a_manager_s_word_is_resolved_to_the_file_s_value(tools: Tools, said: str, value: str) -> None:
    step = tools.step("churn_rate", {"segment": [{"field": "col1", "values": [said]}]})
    assert step.arguments["segment"] == [{"field": "genre", "operator": "=", "values": [value]}]


@pytest.mark.parametrize(("said", "value"), [(True, True), ("oui", True), ("no", False), ("false", False), (1, True)])
def test_a_yes_or_no_is_resolved(tools: Tools, said: Any, value: bool) -> None:
    step = tools.step("churn_rate", {"segment": [{"field": "col3", "values": [said]}]})
    assert step.arguments["segment"][0]["values"] == [value]


@pytest.mark.parametrize(
    "arguments",
    [
        None, [], "x", 3, {"by": "nom"}, {"by": "customer_id"}, {"by": "col999"}, {"by": ["col1"]}, {"by": "col1", "top": 5},
        {"segment": [{"field": "col1", "values": ["Martien"]}]}, {"segment": [{"field": "col1", "values": []}]},
        {"segment": [{"field": "col1", "operator": "<", "values": ["Femme"]}]},
        {"segment": [{"field": "col4", "operator": "between", "values": [3]}]},
        {"segment": [{"field": "col4", "values": ["beaucoup"]}]}, {"segment": [{"field": "col4", "values": [1e300]}]},
        {"segment": [{"field": "col4", "values": ["nan"]}]}, {"segment": [{"field": "col3", "values": ["peut-être"]}]},
        {"segment": [{"field": "col1", "values": ["x"] * 1000}]}, {"segment": [{"field": "col1"}] * 100},
        {"period": "fortnight"}, {"period": {"start": "2024-01-01"}}, {"by": "x" * 10_000},
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_and_quotes_nothing(tools: Tools, arguments: Any) -> None:
    with pytest.raises(Refused) as refused:
        tools.step("churn_rate", arguments)
    assert len(str(refused.value)) < 400 and "Martien" not in str(refused.value)


def _junk(rng: random.Random, depth: int = 0) -> Any:
    kinds = ["col1", "col2", "col3", "col4", "lost", "state", "month", "customers", "sum", "=", "in", "between", "Femme",
             "' OR 1=1 --", "[customer_1]", "\u202e\x00", "", "é" * 200]  # fmt: skip
    plain = [None, True, False, 0, -1, 10**9, 3.5, float("1e308"), "2024-02-30", "2024-01-01", rng.choice(kinds), rng.choice(kinds)]
    if depth > 3 or rng.random() < 0.5:
        return rng.choice(plain)
    if rng.random() < 0.5:
        return [_junk(rng, depth + 1) for _ in range(rng.randint(0, 3))]
    keys = ["field", "operator", "values", "start", "end", "by", "measure", "column", "segment", "x", rng.choice(kinds)]
    return {rng.choice(keys): _junk(rng, depth + 1) for _ in range(rng.randint(0, 3))}


def _nearly(rng: random.Random, keys: list[str]) -> dict[str, Any]:
    """Arguments under the right names, often of the right shape."""
    shapes: dict[str, Any] = {
        "by": lambda: rng.choice(["col1", "col2", ["col1"], ["col1", "month"], "lost", "month", ["state", "col4"]]),
        "segment": lambda: [{"field": rng.choice(["col1", "col3", "col4", "lost", "state", "tenure_months"]),
                             "operator": rng.choice(["=", "!=", "in", ">", "between"]),
                             "values": rng.choice([["Femme"], [True], [12], [1, 24], ["loyal"], ["12,5"]])}],
        "period": lambda: rng.choice(["month", {"start": "2024-01-01", "end": "2025-01-01"}, {"start": "9999-12-31", "end": "0001-01-01"}]),
        "compare": lambda: {"start": "2023-01-01", "end": "2024-01-01"},
        "measure": lambda: rng.choice(["customers", "lost_rate", "mean", "median", "sum", "tenure_months", "amount", "promo_share"]),
        "column": lambda: rng.choice(["col4", "tenure_months", "col1", None]),
        "top": lambda: rng.choice([1, 5, 1000, 10**9, -1, "3"]),
        "order": lambda: rng.choice(["asc", "desc", "up"]),
        "themes": lambda: rng.choice([["price"], [], ["nothing"]]),
    }  # fmt: skip
    chosen = rng.sample(keys, rng.randint(0, len(keys)))
    return {key: shapes[key]() if key in shapes and rng.random() < 0.9 else _junk(rng) for key in chosen}


def test_a_thousand_random_arguments_a_tool(session: Session, tools: Tools) -> None:
    """A thousand objects a tool, half junk and half nearly right: a step or a refusal, and the quick ones are run."""
    rng = random.Random(0)
    ran = 0
    for name in tools.names:
        keys = list(tools.model(name).model_fields)
        for _ in range(N):
            arguments = _nearly(rng, keys) if rng.random() < 0.5 else _junk(rng)
            try:
                step = tools.step(name, arguments)
            except Refused:
                continue
            if name in ("explore", "churn_rate") and ran < 400:
                ran += 1
                try:
                    session.runner.run(step.analysis, step.arguments)
                except UserError:
                    continue
    assert ran > 100
