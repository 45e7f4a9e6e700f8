"""« À quoi ne pouvez-vous pas répondre ? »: asked of the files, which say what they lack; no other analysis tells it."""

from __future__ import annotations

import re

from analytics.datamodel.headers import plain

_SUBJECTS = r"(qu(e|oi)|a quoi|quelles? (autres? )?questions?|qu.est[- ]ce (que|a quoi)|what( else)?|which (other )?questions?|(is|are) there (anything|questions?))"
_CANNOT = (
    r"(n. ?arrive[sz]?|ne (vous |tu )?(pouv(ez|ons)|peu[xt]|sai[st]|savez))[- ]*(vous|tu|t-on|on|noces)? ?pas( encore)?"
    r"|can.?t|cannot|can (you|noces|it|i)? ?not|could ?n.?t|unable|not able|do ?n.?t (you )?know"
)
_TELL = r"(repondre|dire|savoir|calculer|analyser|answer(ed)?|tell|say|know|compute|work out)"
_ASKED = (
    re.compile(rf"\b{_SUBJECTS}\b.{{0,30}}\b({_CANNOT})\b.{{0,20}}\b{_TELL}\b"),
    re.compile(rf"\b(what|which questions?)\b.{{0,12}}\b({_CANNOT})\b.{{0,8}}$"),
    re.compile(r"\b(quelles?|les|combien de) (analyses|questions)\b.{0,30}\b(sans reponse|impossibles?|pas (encore )?possibles?)\b"),
    re.compile(r"\b(which|what|how many) (questions|analyses)\b.{0,30}\b(unanswered|without (an )?answer|impossible|not (yet )?possible)\b"),
)
_LONGEST = 14  # words: a longer one asks for something else by the way


def is_unanswerable_asked(question: str) -> bool:
    """Whether a question asks which questions the files cannot answer.

    Args:
        question: as typed.
    """
    words = re.sub(r"[’']", "'", plain(question)).strip(" ?!.")
    return len(words.split()) <= _LONGEST and any(asked.search(words) for asked in _ASKED)
