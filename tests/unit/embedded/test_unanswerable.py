"""What the files cannot tell is asked in many ways, and told with the health of the data; a question about customers is not."""

from __future__ import annotations

import pytest

from analytics.study import Study
from assistant.embedded.language import detect_language
from assistant.embedded.planner import EmbeddedPlanner
from assistant.embedded.unanswerable import is_unanswerable_asked
from assistant.planner import Dialogue


@pytest.mark.parametrize("question", [
    "Que ne pouvez-vous pas répondre ?", "À quoi ne pouvez-vous pas répondre ?", "À quelles questions ne savez-vous pas répondre ?",
    "Qu’est-ce que tu ne sais pas calculer ?", "Que ne peux-tu pas me dire ?", "Quelles questions restent sans réponse ?",
    "What can't you answer?", "What can’t you tell me?", "Which questions can you not answer?", "What are you unable to answer?",
    "what cant you answer", "Which questions remain unanswered?",
])  # fmt: skip
def test_what_cannot_be_answered_is_a_question_to_the_files(shop: Study, question: str) -> None:
    assert is_unanswerable_asked(question)
    reading = EmbeddedPlanner().read(question, detect_language(question, "en"), Dialogue(), shop)
    assert (reading.status, [step.analysis for step in reading.steps]) == ("answered", ["data_health"])


@pytest.mark.parametrize("question", [
    "Quels clients ne répondent pas à nos e-mails ?", "Que ne pas dire à un client perdu ?", "Pourquoi mes clients partent-ils ?",
    "Which customers can't we reach?", "How many customers don't answer?", "What should we not say to a lost customer?",
    "What share of customers cannot be reached by e-mail?", "Combien de clients n’ont pas répondu à l’enquête ?",
])  # fmt: skip
def test_customers_who_do_not_answer_are_customers(question: str) -> None:
    assert not is_unanswerable_asked(question)
