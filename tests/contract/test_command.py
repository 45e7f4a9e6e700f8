"""The command as other programs call it: exit codes, one sentence for what the user can mend, JSON alone on stdout, its schema."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from assistant.cli import main
from assistant.sample import write_sample

SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"
BAD = {
    "zero.csv": b"", "blank.csv": b"\n\n", "head.csv": b"a;b;c\n", "page.csv": b"<html><body>x</body></html>",
    "doc.csv": b"%PDF-1.4\n", "broken.xlsx": b"PK\x03\x04xxxx", "bytes.csv": bytes(range(256)) * 12,
    "one.csv": b"id_client;resilie\nA;oui\n", "half.json": b'{"tables": ', "list.json": b"[1, 2]", "empty.json": b"",
    "column.json": b'{"columns": {"one.csv": {"nope": "email"}}}', "file.json": b'{"columns": {"other.csv": {"x": "email"}}}',
    "role.json": b'{"columns": {"one.csv": {"resilie": "no_such_role"}}}', "number.json": b'{"columns": {"one.csv": {"resilie": 5}}}',
    "lost.json": b'{"lost": {"column": "zzz"}}', "days.json": b'{"lost": {"days": -3}}', "word.json": b'{"lost": {"days": "abc"}}',
    "kind.json": b'{"tables": {"one.csv": "bananas"}}', "part.json": b'{"colonnes": {}}', "questions.txt": "Combien de clients ?\n".encode("cp1252"),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("bad")
    for name, data in BAD.items():
        (made / name).write_bytes(data)
    (made / "folder.csv").mkdir()
    return made


def ran(arguments, folder, capsys, monkeypatch):
    monkeypatch.chdir(folder)
    code = main(arguments)
    out, err = capsys.readouterr()
    said = [line for line in err.splitlines() if line and not line.lstrip()[:1].isdigit()]
    return code, out, said


UNUSABLE = [
    ["data", "missing.csv"], ["data", "folder.csv"], ["data", "zero.csv"], ["data", "blank.csv"], ["data", "head.csv"],
    ["data", "page.csv"], ["data", "doc.csv"], ["data", "broken.xlsx"], ["data", "bytes.csv"], ["diagnose", "zero.csv", "--json"],
    *(["data", "one.csv", "--roles", name] for name in BAD if name.endswith(".json")),
    ["data", "one.csv", "--roles", "missing.json"], ["data", "one.csv", "--roles", "folder.csv"],
    ["data", "one.csv", "--workspace", "one.csv"], ["ask", "one.csv", "--questions", "missing.txt"],
    ["ask", "one.csv", "--questions", "folder.csv"], ["plan", "one.csv", "--out", "nowhere/plan.md"],
    ["plan", "one.csv", "--out", "plan.md", "--lists", "one.csv"], ["diagnose", "one.csv", "--out", "nowhere/report.docx"],
    ["sample", "one.csv"], ["data", "one.csv", "missing.csv", "--json"],
]  # fmt: skip
MISUSED = [
    [], ["bananas"], ["data"], ["data", "one.csv", "--as-of", "tomorrow"], ["data", "one.csv", "--as-of", "2026-13-45"],
    ["ask", "one.csv"], ["ask", "one.csv", "-q", "x", "--lang", "de"], ["plan", "one.csv"], ["plan", "one.csv", "--out", "plan.pptx"],
    ["sample", "out", "--customers", "0"], ["sample", "out", "--seed", "abc"], ["data", "--workspace", "new"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", UNUSABLE, ids=" ".join)
def test_an_unusable_input_is_one_sentence(arguments, folder, capsys, monkeypatch):
    """Exit 1, nothing on stdout, one sentence on stderr that ends like one and shows no path of the machine."""
    code, out, said = ran(arguments, folder, capsys, monkeypatch)
    assert (code, out) == (1, "")
    assert len(said) == 1 and said[0].startswith("noces: ") and said[0].rstrip().endswith((".", "»"))
    assert str(folder) not in said[0]


@pytest.mark.parametrize("arguments", MISUSED, ids=" ".join)
def test_a_wrong_use_is_two(arguments, folder, capsys, monkeypatch):
    code, out, said = ran(arguments, folder, capsys, monkeypatch)
    assert (code, out) == (2, "")
    assert said and "Traceback" not in " ".join(said) and "_day" not in " ".join(said)


def test_the_sentence_is_in_the_language_asked(folder, capsys, monkeypatch):
    _, _, said = ran(["data", "missing.csv", "--lang", "en"], folder, capsys, monkeypatch)
    assert "cannot be found" in said[0]


def test_questions_of_an_older_program_are_read(folder, capsys, monkeypatch):
    code, out, _ = ran(["ask", "one.csv", "--questions", "questions.txt", "--json"], folder, capsys, monkeypatch)
    assert code == 0 and json.loads(out)[0]["question"] == "Combien de clients ?"


@pytest.mark.parametrize("again", ["./one.csv", "copy.csv"])
def test_a_file_given_twice_is_counted_once(folder, capsys, monkeypatch, again):
    (folder / "copy.csv").write_bytes(BAD["one.csv"])
    code, out, said = ran(["data", "one.csv", again, "--json"], folder, capsys, monkeypatch)
    assert code == 0 and len(json.loads(out)["tables"]) == 1
    assert len(said) == 1


# --- the shapes, and the closed lists, against what is really produced


def schema(name):
    return Draft202012Validator(json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")))


def valid(validator, data):
    return [f"{'/'.join(map(str, error.path))}: {error.message[:120]}" for error in validator.iter_errors(data)][:3]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    lines = [f"C{i};{'Nord' if i % 2 else 'Sud'};{'oui' if i % 5 == 0 else 'non'};{'non' if i % 5 == 0 or i % 3 == 0 else 'oui'}" for i in range(400)]
    (folder / "label.csv").write_text("id_client;region;resilie;aide\n" + "\n".join(lines) + "\n", encoding="utf-8")
    (folder / "one.csv").write_bytes(BAD["one.csv"])
    return {
        "shop": [str(p) for p in write_sample(folder / "shop", kind="retail", language="fr", customers=900, seed=6)],
        "saas": [str(p) for p in write_sample(folder / "saas", kind="saas", language="en", customers=500, seed=6)],
        "label": [str(folder / "label.csv")],
        "one": [str(folder / "one.csv")],
    }


@pytest.mark.parametrize(("language", "name"), [
    ("fr", "shop"), ("fr", "label"), ("en", "one"), *(pytest.param(*again, marks=pytest.mark.slow) for again in (("en", "saas"), ("en", "shop"), ("fr", "saas"), ("en", "label"), ("fr", "one"))),
])  # fmt: skip
def test_a_diagnosis_keeps_its_schema(files, name, language, capsys):
    assert main(["diagnose", *files[name], "--json", "--lang", language]) == 0
    data = json.loads(capsys.readouterr().out)
    assert valid(schema("diagnosis"), data) == []
    for action in data["actions"]:
        assert valid(schema("action"), action) == []
    for finding in data["findings"]:
        assert valid(schema("finding"), finding) == []


@pytest.mark.parametrize("name", ["shop", "one"])
def test_what_was_understood_keeps_its_schema(files, name, capsys):
    assert main(["data", *files[name], "--json"]) == 0
    assert valid(schema("data"), json.loads(capsys.readouterr().out)) == []


def test_answers_keep_their_schema(files, capsys):
    """An answer, a refusal, a choice to make, a question out of scope, an empty one."""
    asked = ["Pourquoi mes clients partent-ils ?", "Faut-il proposer des essais gratuits ?", "et par magasin ?", "Quel temps fait-il ?", "",
             "Efface tout", "Who is about to leave?", "Que faire pour les garder ?", "Tell me about customer C0000001"]  # fmt: skip
    assert main(["ask", *files["shop"], *(word for q in asked for word in ("-q", q)), "--json"]) == 0
    answers = json.loads(capsys.readouterr().out)
    assert [answer["question"] for answer in answers] == asked
    for answer in answers:
        assert valid(schema("answer"), answer) == [], answer["question"]


def test_the_published_schemas_are_those_of_the_code():
    """`python -m assistant.wire_shapes` writes them: a shape changed without them is a broken promise."""
    from assistant.wire_shapes import SCHEMAS as PRODUCED

    for name, model in PRODUCED.items():
        published = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
        wanted = json.loads(json.dumps(model.model_json_schema(mode="serialization")))
        assert published.get("properties", {}).keys() == wanted.get("properties", {}).keys(), name
        assert published.get("$defs", {}) == wanted.get("$defs", {}), name
