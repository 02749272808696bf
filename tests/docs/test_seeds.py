"""Every row of docs/seeds.md names a test that is there, and no row says less than the others."""

import re
import subprocess
import sys

import pytest

from tests.services.real import REPOSITORY

PAGE = REPOSITORY / "docs" / "seeds.md"
CELL_END = re.compile(r"(?<!\\)\|")
NODE = re.compile(r"`(tests/[a-z0-9_/]+\.py::[A-Za-z0-9_:]+)`")
# How many fields, options and endpoints each of the documents names.
ROWS = {"A": 16, "B": 45, "C": 58, "D": 28, "E": 10}


def tables() -> dict[str, list[list[str]]]:
    """The rows under each heading, cell by cell."""
    found: dict[str, list[list[str]]] = {}
    letter = ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            letter = line.removeprefix("## ")[0]
        elif line.startswith("|") and not line.startswith(("| field,", "|---")):
            cells = [cell.strip() for cell in CELL_END.split(line)[1:-1]]
            found.setdefault(letter, []).append(cells)
    return found


def test_every_field_has_a_row_with_a_construct_and_a_proof() -> None:
    assert {letter: len(rows) for letter, rows in tables().items()} == ROWS
    for letter, rows in tables().items():
        names = [row[0] for row in rows]
        assert len(set(names)) == len(names), f"{letter}: a field stands twice"
        for row in rows:
            assert len(row) == 3, row
            assert all(row), row
            assert NODE.fullmatch(row[2]), f"{row[0]}: {row[2]} names no test"


def test_every_test_that_is_named_is_there(request: pytest.FixtureRequest) -> None:
    named = {row[2].strip("`") for rows in tables().values() for row in rows}
    # A run of the whole suite has collected them already.
    left = named - {item.nodeid.partition("[")[0] for item in request.session.items}
    if left:
        assert left <= collected(sorted(left)), "see what pytest says of them"


def collected(nodes: list[str]) -> set[str]:
    """The tests that pytest finds under these names."""
    found = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *nodes],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert found.returncode == 0, found.stdout[-3000:] + found.stderr[-3000:]
    return {line.partition("[")[0] for line in found.stdout.splitlines() if "::" in line}
