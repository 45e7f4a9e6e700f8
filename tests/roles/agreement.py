"""How far people agree on the four roles that matter: three readers of the test half's headers and cells, who saw nothing else.

`python -m tests.roles.agreement`. Their answers are `readers/*.tsv`: upload, number of the file, role, number of the column, and
`sure`, `likely`, or `alt` for a second column as right as the first. They had one page of definitions, narrower than the labels' rules for
the date and the amount, wider for the label (any state with a word for gone).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

from tests.roles.score import KEY_ROLES
from tests.roles.specs import HERE, labelled

READERS = HERE / "readers"
Place = tuple[str, str, str]  # an upload, the number of a file, a role
Said = Mapping[Place, Mapping[str, bool]]  # the columns said to have it, by number: whether as the first choice


def answers(path: Path) -> Said:
    """What a reader said."""
    said: defaultdict[Place, dict[str, bool]] = defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines():
        upload, file, role, column, word = line.split("\t")
        said[upload, file, role][column] = word != "alt"
    return said


def labels() -> Said:
    """What the labels of the test half say, alternatives being second choices."""
    said: defaultdict[Place, dict[str, bool]] = defaultdict(dict)
    for table in (table for table in labelled() if table.test):
        for number, file in enumerate(table.files, 1):
            for column, label in enumerate(file.columns, 1):
                for place, role in enumerate(label.roles):
                    if role in KEY_ROLES.values():
                        said[table.name, str(number), role][str(column)] = place == 0
    return said


def agreement(one: Said, other: Said, role: str) -> tuple[float, int]:
    """Of the columns that either gives the role, the share on which they agree, and how many there are."""
    agreed = cases = 0
    for place in sorted({place for place in (*one, *other) if place[2] == role}):
        mine, theirs = one.get(place, {}), other.get(place, {})
        first = {column for column, chosen in mine.items() if chosen}
        for column in (column for column, chosen in theirs.items() if chosen):
            cases += 1
            agreed += column in first or bool(first & theirs.keys())
        cases += sum(column not in theirs for column in first)
    return (agreed / cases if cases else 1.0), cases


def main() -> None:
    """Print each pair of readers, and each reader beside the labels."""
    said = {path.stem: answers(path) for path in sorted(READERS.glob("*.tsv"))}
    for name, role in KEY_ROLES.items():
        pairs = [agreement(said[a], said[b], role.value) for a, b in combinations(said, 2)]
        beside = [agreement(reader, labels(), role.value) for reader in said.values()]
        told = [", ".join(f"{100 * share:.1f} % ({cases})" for share, cases in found) for found in (pairs, beside)]
        print(f"{name}: readers {told[0]}; beside the labels {told[1]}")


if __name__ == "__main__":
    main()
