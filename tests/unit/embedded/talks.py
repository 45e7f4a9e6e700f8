"""Talks held with the embedded reader, over small files imported for real."""

import csv

from analytics import importing
from analytics.workspace import Workspace
from assistant.answer import Answer
from assistant.embedded.language import detect_language
from assistant.embedded.planner import EmbeddedPlanner
from assistant.planner import Dialogue

PLANNER = EmbeddedPlanner()


def study_of(folder, tables):
    """Write the tables (lines by file name), import them, open the study."""
    paths = []
    for name, lines in tables.items():
        path = folder / name
        with path.open("w", newline="", encoding="utf-8") as handle:
            csv.writer(handle).writerows(lines)
        paths.append(path)
    workspace = Workspace(folder / "workspace")
    importing.import_files(workspace, paths)
    return importing.open_study(workspace)


def converse(study, *questions):
    """The readings of a conversation, in order."""
    answers, readings = (), []
    for question in questions:
        language = detect_language(question, default=answers[-1].language if answers else "fr")
        reading = PLANNER.read(question, language, Dialogue(answers), study)
        readings.append(reading)
        answers += (Answer(question, language, reading.status, reading, ""),)
    return readings


def step(reading):
    """The analysis and the arguments of a reading's only step."""
    (only,) = reading.steps
    return only.analysis, dict(only.arguments)


def opened(tmp_path_factory, name, tables):
    """What a fixture of a module yields: the study of a few tables, closed after its tests."""
    study = study_of(tmp_path_factory.mktemp(name), tables)
    yield study
    study.database.close()


def asked(study, *questions):
    """The arguments of the last question of a conversation, which is answered."""
    reading = converse(study, *questions)[-1]
    assert reading.status == "answered", reading.sentence
    return dict(reading.steps[0].arguments)


def is_(field, value, operator="="):
    """A condition of a query."""
    return {"field": field, "operator": operator, "values": [value]}
