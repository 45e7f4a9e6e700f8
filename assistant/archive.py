"""Which of our values may be written to `state.json` and read back."""

from __future__ import annotations

from analytics.datamodel.model import Choice, LostBasis
from assistant.answer import Action, Answer, Citation, Range, Reading, Step
from assistant.diagnosis import Diagnosis
from assistant.memory import Memory
from assistant.plan.plan import Plan, PlannedAction, Progress
from vocabulary.archive import Archive
from vocabulary.estimate import Estimate, Threshold, Unit
from vocabulary.finding import (
    Chart,
    ChartKind,
    Column,
    DriverKind,
    Finding,
    NotApplicable,
    SetAside,
    SetAsideWhy,
    Table,
)
from vocabulary.language import Text
from vocabulary.sentence import Label, Listing, Sentence
from vocabulary.themes import JourneyStage, Severity, Strength, Theme

ARCHIVE = Archive(
    Action, Answer, Chart, ChartKind, Choice, Citation, Column, Diagnosis, DriverKind, Estimate, Finding, JourneyStage, Label, Listing,
    LostBasis, Memory, NotApplicable, Plan, PlannedAction, Progress, Range, Reading, Sentence, SetAside, SetAsideWhy, Severity, Step,
    Strength, Table, Text, Theme, Threshold, Unit,
)  # fmt: skip
