"""What leaves: the question without names, the columns' headers and roles, groups of ten and more. Read off the wire."""

from __future__ import annotations

import json
import logging
import random
import re
import threading
from typing import Any

import pytest

from assistant.answering import answer
from assistant.llm.masking import Mask, Registry
from assistant.session import Session
from tests.llm.conftest import KEY, Use
from tests.llm.server import Call, Say

PLAIN = (
    "Quel est notre taux d’attrition ?", "Pourquoi nos clients partent-ils ?", "Qui est sur le point de partir ?",
    "Comment va la relation avec mes clients ?", "Quel canal recrute les clients les plus fidèles ?",
    "Quels défauts dans nos données ?", "Combien de clients par genre ?", "Quand partent-ils ?", "Segmente mes clients",
    "Faut-il proposer des essais gratuits ?", "What is our churn rate?", "Why do customers leave?", "Who is about to leave?",
    "How many customers by channel?", "How is a lost customer defined?",
)  # fmt: skip
ABOUT_SOMEONE = (
    "Parle-moi de {prenom} {nom}", "Pourquoi {prenom} {nom} est-elle partie ?", "Que sait-on du client {id_client} ?",
    "Le client au {telephone} est-il parti ?", "{email} est-il encore client ?", "Tell me about customer {id_client}",
    "Has {prenom} {nom} left us?", "Combien de clients s’appellent {nom} ?", "L’IBAN {iban} est-il dans nos clients fidèles ?",
    "{nom} {prenom} reviendra-t-il ?",
)  # fmt: skip
CALLS = (
    Call("at_risk", {"top": 20}), Call("explore", {"by": ["col1"]}), Call("explore", {"by": ["col2", "col1"]}), Call("churn_drivers"),
    Call("data_health"), Call("relationship_overview"), Call("churn_rate", {"by": "col2"}), Call("lost_definition"),
    Call("segments"), Call("still_alive"), Call("guidance"), Call("acquisition_quality"), Call("leak_points", {"by": "col1"}),
    Call("churn_rate", {"segment": [{"field": "col2", "values": ["Presse"]}]}),
    Call("explore", {"by": ["col1"], "segment": [{"field": "tenure_months", "operator": "<", "values": [2]}]}),
)  # fmt: skip


def personal(rows: list[dict[str, str]]) -> set[str]:
    """All that must never leave: e-mails, telephones, IBANs, identifiers, names."""
    columns = ("email", "telephone", "iban", "id_client", "prenom", "nom")
    return {row[column] for row in rows for column in columns}


def asked(rows: list[dict[str, str]]) -> list[str]:
    rng = random.Random(11)
    named = [text.format(**rng.choice(rows)) for text in ABOUT_SOMEONE * 2]
    return [*PLAIN, *PLAIN, *named]


def leaks(text: str, secrets: set[str]) -> list[str]:
    """The secrets that stand as words in a text."""
    flat = text.replace("\u202f", " ").replace("\u00a0", " ")
    found = [secret for secret in secrets if secret in flat]
    return [secret for secret in found if re.search(rf"(?<!\w){re.escape(secret)}(?!\w)", flat)]


@pytest.mark.parametrize("strict", [pytest.param(False, marks=pytest.mark.slow), True], ids=["usual", "strict"])
def test_fifty_questions_and_no_one_leaves(
    session: Session, server: Any, use: Use, rows: list[dict[str, str]], strict: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """400 customers planted with 6 personal values each; 50 questions, 20 of them about someone by name; 0 may leave."""
    caplog.set_level(logging.DEBUG)
    questions = asked(rows)
    assert len(questions) == 50
    model = use(strict=strict)
    secrets = personal(rows)
    values = re.compile(r".{0,60}(?<!\w)(?:Parrainage|Salon|Presse|Femme|Homme)(?!\w).{0,60}")
    rng = random.Random(5)
    for number, question in enumerate(questions):
        calls = (CALLS[number % len(CALLS)], rng.choice(CALLS))
        server.play(Say(calls=calls), Say("OK"), Say("x"))
        session.state.turns = [*session.state.turns[-2:], answer(question, session)]
        bodies = [body for _, body, _ in server.received]
        for body in bodies:
            sent = json.loads(body)
            told = " ".join(str(message.get("content")) for message in sent["messages"] if message["role"] != "system")
            assert leaks(told, secrets) == [], question
            assert KEY not in body
            assert not strict or values.findall(told) == []  # the model's own calls, which it wrote itself, apart
    payloads = [entry.payload for entry in model.ledger.entries()]
    assert len(payloads) >= 100 and any("[person_" in payload for payload in payloads)
    assert any("[customer_" in payload for payload in payloads) and any("[contact_" in payload for payload in payloads)
    assert "Livraison en retard" not in "".join(payloads)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("noces")]
    assert leaks(" ".join(ours), secrets) == []


def test_a_list_of_customers_never_goes(session: Session, server: Any, use: Use) -> None:
    use()
    server.play(Say(calls=(Call("at_risk", {"top": 5}),)), Say("OK"), Say("x"))
    done = answer("Qui est sur le point de partir ?", session)
    assert done.planner == "llm" and done.findings and done.findings[0].items  # the manager has the list
    result = json.loads(json.loads(server.received[1][1])["messages"][3]["content"])
    assert "groups" not in result and "items" not in result


@pytest.mark.parametrize("analysis", ["explore", "churn_rate", "segments"])
def test_four_customers_are_too_few_to_be_told_of(session: Session, server: Any, use: Use, analysis: str) -> None:
    """Only four customers came by the press: the filter is honoured for the manager, withheld from the model."""
    use()
    server.play(Say(calls=(Call(analysis, {"segment": [{"field": "col2", "values": ["Presse"]}]}),)), Say("OK"), Say("x"))
    done = answer("Combien de clients viennent de la presse ?", session)
    assert analysis != "explore" or done.findings[0].measures[0].value == 4
    if not done.findings:
        return  # too few for the analysis itself
    assert "withheld" in json.loads(json.loads(server.received[1][1])["messages"][3]["content"])
    assert len(server.received) == 2  # nothing is left to word


def test_the_canary_key_is_nowhere(
    session: Session, server: Any, use: Use, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """At the most talkative level of every library, with errors of each kind; the answer's whole state included."""
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("OPENAI_LOG", "debug")
    model = use()
    for reply in (Say(calls=(Call("churn_rate"),)), Say(calls=(Call("churn_rate", "{"),)), Say(None)):
        server.play(reply, Say("OK"), Say(f"{KEY}"))
        session.add_turn(answer("Quel est notre taux d’attrition ?", session))
    kept = (session.workspace.folder / "state.json").read_text(encoding="utf-8")
    ledger = "".join(entry.payload for entry in model.ledger.entries())
    said = "".join((*capfd.readouterr(), caplog.text, kept, ledger, repr(model.settings), repr(model.client.__dict__)))
    assert KEY not in said and threading.active_count() < 50


def test_strict_mode_answers_as_well(session: Session, server: Any, use: Use) -> None:
    """The value is hidden on the way out, used as a placeholder by the model, and put back in the words shown."""
    use(strict=True)

    def obey(request: dict[str, Any]) -> Say:
        told = json.loads(request["messages"][1]["content"])
        if "findings" in told:
            return Say(told["findings"][0]["claim"])
        if request["messages"][-1]["role"] == "tool":
            return Say("OK")
        placeholder = re.findall(r"\[value_\d+\]", told["question"])[0]
        return Say(calls=(Call("churn_rate", {"segment": [{"field": "col1", "values": [placeholder]}]}),))

    server.script, server.received = obey, []
    done = answer("Combien de femmes avons-nous perdues ?", session)
    assert done.reading.steps[0].arguments["segment"][0]["values"] == ["Femme"]
    assert done.notice is None and "Femme" in done.text and "[value" not in done.text
    assert not any("Femme" in body or "femmes" in body for _, body, _ in server.received)


@pytest.mark.parametrize(
    "text",
    ["Combien ont plus de 3 commandes depuis le 2024-01-05 ?", "le petit panier des clients", "Top 10 en 2025", "12 345 678 €",
     "Pourquoi 1 client sur 4 part-il entre le 01/02/2024 et le 03.04.2025 ?", "What about 28.5% of 1,234,567 customers?"],
)  # fmt: skip
def test_ordinary_questions_are_left_as_they_are(session: Session, text: str) -> None:
    assert Mask(session.study, Registry(), strict=False).question(text) == text


@pytest.mark.parametrize(
    "text",
    ["jean@exemple.fr", "06 12 34 56 78", "+33 6 12 34 56 78", "0612345678", "FR76 3000 6000 0112 3456 7890 189",
     "1 85 05 78 006 084 36", "4970 1000 0000 0154", "(415) 555-2671", "+44 7700 900123", "prénom.nom+tag@sous.domaine.example"],
)  # fmt: skip
def test_coordinates_are_hidden_whoever_s_they_are(session: Session, text: str) -> None:
    mask = Mask(session.study, Registry(), strict=False)
    hidden = mask.question(f"Écrire à {text} demain ?")
    assert hidden == "Écrire à [contact_1] demain ?" and mask.registry.restore(hidden) == f"Écrire à {text} demain ?"
