"""The `noces` command: what outside programs call. See `docs/` and the contract for its words."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from assistant.cli_files import check_places, lines, once, unreachable
from vocabulary.errors import UserError
from vocabulary.language import Language

_FORMATS = (".docx", ".pdf", ".xlsx", ".md")


class _Usage(Exception):
    """A wrong use of the command: exit code 2."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns 0 done, 1 unusable input, 2 wrong usage."""
    parser = _parser()
    try:
        given = parser.parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        return int(given.run(given))
    except _Usage as problem:
        print(f"noces: {problem}", file=sys.stderr)
        return 2
    except UserError as problem:
        print(f"noces: {problem.in_(_interface(given))}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0
    except OSError as problem:  # a folder that is not there, a full disk, rights that lack: the path says it all
        name = Path(str(problem.filename)).name if problem.filename else ""
        print(f"noces: {unreachable(name).in_(_interface(given))}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="noces", description="How is the relationship with your customers going?")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    app = commands.add_parser("app", help="start the app in the browser")
    app.add_argument("--port", type=int, default=8501)
    app.add_argument("--sample", action="store_true", help="open a new session on the sample company")
    app.set_defaults(run=_app)

    for name, run, summary in (
        ("diagnose", _diagnose, "full diagnosis of the files"),
        ("ask", _ask, "ask questions"),
        ("plan", _plan, "the recommended plan, and the target lists"),
        ("data", _data, "what was understood of the files"),
    ):
        command = commands.add_parser(name, help=summary)
        command.add_argument("files", nargs="*", type=Path, metavar="FILE")
        command.add_argument("--workspace", type=Path, help="keep or reopen a workspace folder")
        command.add_argument("--as-of", type=_day, help="reference date, YYYY-MM-DD")
        command.add_argument("--roles", type=Path, help="JSON of corrections")
        languages = ("auto", "fr", "en") if name == "ask" else ("fr", "en")
        command.add_argument("--lang", choices=languages, default="auto" if name == "ask" else "fr")
        if name != "plan":
            command.add_argument("--json", action="store_true")
        command.set_defaults(run=run)
        if name == "diagnose":
            command.add_argument("--out", type=_report, help="report.docx, .pdf, .xlsx or .md")
        if name == "ask":
            command.add_argument("-q", "--question", action="append", default=[])
            command.add_argument("--questions", type=Path, help="a text file, one question a line")
            command.add_argument("--independent", action="store_true", help="each question on its own")
        if name == "plan":
            command.add_argument("--out", type=_report, required=True)
            command.add_argument("--lists", type=Path, help="folder for the target lists")
            command.add_argument("--consent-basis", help="the basis on which these customers may be written to")

    sample = commands.add_parser("sample", help="write the sample company's files")
    sample.add_argument("folder", type=Path, metavar="DIR")
    sample.add_argument("--kind", choices=("retail", "saas"), default="retail")
    sample.add_argument("--lang", choices=("fr", "en"), default="fr")
    sample.add_argument("--customers", type=_positive)
    sample.add_argument("--seed", type=int, default=1)
    sample.set_defaults(run=_sample)
    return parser


def _app(given: argparse.Namespace) -> int:
    root = Path(__file__).resolve().parent.parent
    os.chdir(root)  # the framework reads `.streamlit/config.toml` (theme, limits, privacy) from where it is started
    if given.sample:
        os.environ["NOCES_OPEN_SAMPLE"] = "1"
    from streamlit.web import cli as streamlit  # the app's own framework, needed by this command only

    sys.argv = ["streamlit", "run", str(root / "app.py"), "--server.port", str(given.port)]
    return int(streamlit.main(standalone_mode=False) or 0)


def _diagnose(given: argparse.Namespace) -> int:
    from assistant.wire import action_json, data_json, finding_json, lost_json, not_answerable_json
    from assistant.wire_shapes import DiagnosisJson

    with _session(given) as session:
        done = session.diagnosis(progress=_say_progress)
        model, language = session.study.model, given.lang
        if given.json:
            _print_json(
                DiagnosisJson(
                    data=data_json(model, language),
                    lost_definition=lost_json(model, language),
                    findings=[finding_json(finding, language, model.currency) for finding in done.findings],
                    not_answerable=[not_answerable_json(result, language) for result in done.not_answerable],
                    actions=[action_json(action, language, model.currency) for action in done.actions],
                ).model_dump(mode="json")
            )
        else:
            from assistant.report import diagnosis_markdown

            print(diagnosis_markdown(done, model, language))
        if given.out is not None:
            from assistant.report import write_diagnosis

            write_diagnosis(given.out, done, model, language)
    return 0


def _ask(given: argparse.Namespace) -> int:
    from assistant.answering import answer
    from assistant.planner import Dialogue
    from assistant.wire import answer_json

    questions = [*given.question, *lines(given.questions)]
    if not questions:
        raise _Usage("give at least one question with -q or --questions")
    language: Language | None = None if given.lang == "auto" else given.lang
    answers = []
    with _session(given) as session:
        for question in questions:
            dialogue = Dialogue() if given.independent else None
            done = answer(question, session, language=language, dialogue=dialogue)
            if not given.independent:
                session.add_turn(done)
            if given.json:
                answers.append(answer_json(done, session.study.model.currency).model_dump(mode="json"))
            else:
                notice = f"{done.notice}\n\n" if done.notice else ""
                print(f"> {question}\n\n{notice}{done.text}\n")
    if given.json:
        _print_json(answers)
    return 0


def _plan(given: argparse.Namespace) -> int:
    from assistant.plan.exports import write_plan
    from assistant.plan.lists import lists_by_action, write_lists
    from assistant.plan.plan import Plan

    with _session(given) as session:
        done = session.diagnosis(progress=_say_progress)
        plan = session.state.plan if session.state.plan.actions else Plan().adding(*done.actions)
        findings = session.known_findings()  # those of the diagnosis, and what a plan kept from before rests on
        lists = lists_by_action(plan, session.study, given.lang)
        write_plan(given.out, plan, findings, session.study.model, given.lang, consent_basis=given.consent_basis, lists=lists)
        if given.lists is not None:
            write_lists(given.lists, plan, session.study, given.lang, consent_basis=given.consent_basis)
    return 0


def _data(given: argparse.Namespace) -> int:
    from assistant.wire import data_json

    with _session(given) as session:
        model = session.study.model
        if given.json:
            _print_json(data_json(model, given.lang).model_dump(mode="json"))
        else:
            from assistant.report import data_markdown

            print(data_markdown(model, given.lang))
    return 0


def _sample(given: argparse.Namespace) -> int:
    from assistant.sample import write_sample

    given.folder.mkdir(parents=True, exist_ok=True)
    extra = {} if given.customers is None else {"customers": given.customers}
    for path in write_sample(given.folder, kind=given.kind, language=given.lang, seed=given.seed, **extra):
        print(path)
    return 0


@contextlib.contextmanager
def _session(given: argparse.Namespace) -> Iterator[Any]:
    """A session over the files given, or over a kept workspace; a temporary workspace is removed at the end."""
    from analytics.datamodel.corrections import read_corrections
    from analytics.datamodel.model import Corrections
    from analytics.workspace import Workspace
    from assistant.session import Session

    kept = given.workspace is not None
    if not given.files and not kept:
        raise _Usage("give at least one file, or a --workspace that holds data")
    check_places(given.files, getattr(given, "out", None), getattr(given, "lists", None))
    files = once(given.files, _interface(given))
    workspace = Workspace(given.workspace) if kept else Workspace.temporary()
    try:
        session = Session(workspace)
        corrections = read_corrections(given.roles) if given.roles is not None else Corrections()
        corrections = replace(corrections, as_of=given.as_of or corrections.as_of)
        if files:
            session.load(files, corrections=corrections, today=given.as_of, progress=_say_progress)
        elif not session.ready:
            raise _Usage("this workspace holds no data yet: give at least one file")
        elif given.roles is not None or given.as_of is not None:
            session.correct(corrections, today=given.as_of)
        yield session
        session.close()
    finally:
        if not kept:
            workspace.delete()


def _interface(given: argparse.Namespace) -> Language:
    return "en" if getattr(given, "lang", "fr") == "en" else "fr"


def _say_progress(stage: str, share: float) -> None:
    print(f"{share:4.0%} {stage}", file=sys.stderr)


def _print_json(data: Any) -> None:
    json.dump(data, sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
    print()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no date: write it YYYY-MM-DD") from None


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is no whole number above zero")
    return int(text)


def _report(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in _FORMATS:
        raise argparse.ArgumentTypeError(f"end the name with one of {', '.join(_FORMATS)}")
    return path


if __name__ == "__main__":
    sys.exit(main())
