"""Every command that a page names exists, with every option that the page gives it."""

import re
import shlex
from pathlib import Path

import click
import pytest

from ferrule.cli.main import cli
from ferrule_providers.__main__ import main as providers
from tests.services.real import REPOSITORY

PAGES = [
    *sorted(REPOSITORY.glob("*.md")),
    *sorted((REPOSITORY / "docs").rglob("*.md")),
    *sorted(REPOSITORY.glob("*/README.md")),
]
PROGRAMS: dict[str, click.Command] = {"ferrule": cli, "ferrule-providers": providers}
_TOLD = re.compile(r"(?:`|^\$ |&& )(?P<line>ferrule(?:-providers)? [^`\n]+)", re.MULTILINE)
_COMMENT = re.compile(r"\s#\s.*")


def told(page: Path) -> list[list[str]]:
    """The words of each command that a page names."""
    lines = [match["line"] for match in _TOLD.finditer(page.read_text(encoding="utf-8"))]
    return [shlex.split(_COMMENT.sub("", line)) for line in lines]


def wrong_with(words: list[str]) -> str | None:
    """What is wrong with the verbs and options of a command, if anything is."""
    command, rest = PROGRAMS[words[0]], words[1:]
    context = click.Context(command, **command.context_settings)
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        if rest[0].isupper():
            return None  # COMMAND stands for each of them
        inner = command.get_command(context, rest[0])
        if inner is None:
            return f"there is no command {rest[0]}"
        command, rest = inner, rest[1:]
        context = click.Context(command, parent=context, **command.context_settings)
    known = {
        name for each in command.get_params(context) for name in (*each.opts, *each.secondary_opts)
    }
    given = [word.partition("=")[0] for word in rest if word.startswith("-") and len(word) > 1]
    missing = [name for name in given if name not in known and not name[1:].isdigit()]
    return f"there is no option {', '.join(missing)}" if missing else None


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if told(page)],
    ids=lambda page: str(page.relative_to(REPOSITORY)),
)
def test_the_commands_of_a_page_exist(page: Path) -> None:
    wrong = {" ".join(words): reason for words in told(page) if (reason := wrong_with(words))}
    assert not wrong


def test_commands_are_found_and_judged() -> None:
    assert sum(len(told(page)) for page in PAGES) > 50
    assert wrong_with(["ferrule", "compile", "x.yaml", "--check"]) is None
    assert wrong_with(["ferrule", "compile", "x.yaml", "--chekc"]) == "there is no option --chekc"
    assert wrong_with(["ferrule", "compil"]) == "there is no command compil"
