"""The command itself: verbs, help, exit codes, faults of our own, a quick start."""

import io
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import ferrule as package
from ferrule import pipeline
from ferrule.cli.main import VERBS, cli, main
from tests.cli.calling import Ferrule, environment, process
from tests.cli.specs import ACME

HEAVY = ("pydantic", "pydantic_core", "jinja2", "black", "yaml", "httpx", "asyncio")
LIST_HEAVY = f"""
import sys
from ferrule.cli.main import main
main(sys.argv[1:])
print(*sorted(set({HEAVY!r}) & set(sys.modules)))
"""


@pytest.mark.parametrize("words", [["--version"], ["-h"], ["check", "-h"], ["compile", "-h"]])
def test_a_short_answer_loads_nothing_heavy(words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIST_HEAVY, *words], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == ""


def test_the_version(ferrule: Ferrule) -> None:
    assert ferrule("--version") == (0, f"ferrule {package.__version__}\n", "")


def test_python_m_ferrule_is_ferrule() -> None:
    done = process("--version")
    assert done.stdout.decode().split() == ["ferrule", package.__version__]
    assert done.stderr == b""
    assert done.returncode == 0


def test_help_lists_every_verb(ferrule: Ferrule) -> None:
    code, out, err = ferrule("-h")
    assert (code, err) == (0, "")
    section = out.partition("Commands:\n")[2].partition("\n\n")[0]
    assert re.findall(r"(?m)^  (\w+) ", section) == list(VERBS)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("word", ["-h", "--help"])
def test_every_verb_helps_with_examples(ferrule: Ferrule, verb: str, word: str) -> None:
    code, out, err = ferrule(verb, word)
    assert (code, err) == (0, "")
    assert out.startswith(f"Usage: ferrule {verb} ")
    assert f"Examples:\n  ferrule {verb}" in out
    assert "--color" in out
    assert max(map(len, out.splitlines())) <= 100


def test_the_examples_of_help_are_commands_that_exist() -> None:
    for verb in VERBS:
        command = cli.get_command(click.Context(cli), verb)
        assert command is not None
        known = {option for param in command.params for option in param.opts}
        for line, _ in getattr(command, "examples"):  # noqa: B009
            ferrule, first, *words = line.split()
            assert (ferrule, first) == ("ferrule", verb)
            if not command.context_settings.get("allow_interspersed_args", True):
                # What follows the first word is another program's.
                words = list(takewhile(lambda word: word.startswith("-"), words))
            assert {word for word in words if word.startswith("-") and word != "-"} <= known


def test_a_mistyped_verb_is_guessed(ferrule: Ferrule) -> None:
    code, out, err = ferrule("compil", "x.yaml")
    assert (code, out) == (2, "")
    assert err.endswith("Error: There is no command `compil`. Did you mean `compile`?\n")


def test_a_word_that_is_like_no_verb_is_not_guessed(ferrule: Ferrule) -> None:
    code, _, err = ferrule("xyzzy")
    assert code == 2
    assert err.endswith("Error: There is no command `xyzzy`.\n")


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--nope"],
        ["check"],
        ["check", "--nope", "x"],
        ["check", "missing.yaml"],
        ["check", "--output-format", "xml", "x"],
        ["compile"],
        ["show"],
        ["explain", "no-such-rule-at-all"],
    ],
)
def test_wrong_usage_is_told_on_stderr(ferrule: Ferrule, words: list[str]) -> None:
    code, out, err = ferrule(*words)
    assert (code, out) == (2, "")
    assert "Error: " in err or "Usage: " in err


def test_the_group_works_in_the_hands_of_click() -> None:
    result = CliRunner().invoke(cli, ["--version"])
    assert result.exit_code == 0
    assert result.output.endswith(f" {package.__version__}\n")


# --- faults of our own ---


@pytest.fixture
def broken(ferrule: Ferrule, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ferrule:
    """A ferrule with a fault in it."""

    def fail(*_args: object) -> None:
        raise ZeroDivisionError("a fault that was put in")

    monkeypatch.setattr(pipeline, "check_spec", fail)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    ferrule.write("acme.yaml", ACME)
    return ferrule


def test_a_fault_of_ours_says_so_and_keeps_the_traceback(broken: Ferrule, tmp_path: Path) -> None:
    code, out, err = broken("check", "acme.yaml")
    assert (code, out) == (3, "")
    (kept,) = tmp_path.glob("ferrule-fault-*.txt")
    assert err == (
        "ferrule: ZeroDivisionError: a fault that was put in\n"
        f"This is a fault of ferrule {package.__version__}, not of your spec. "
        "Please report it, with the spec if you can.\n"
        f"The traceback is in {kept}; --debug prints it.\n"
    )
    text = kept.read_text()
    assert "Traceback (most recent call last)" in text
    assert "ferrule check acme.yaml" in text
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


@pytest.mark.parametrize("words", [["--debug", "check"], ["check", "--debug"]])
def test_debug_prints_the_traceback(broken: Ferrule, tmp_path: Path, words: list[str]) -> None:
    code, out, err = broken(*words, "acme.yaml")
    assert (code, out) == (3, "")
    assert "Traceback (most recent call last)" in err
    assert "ZeroDivisionError: a fault that was put in" in err
    assert not list(tmp_path.glob("ferrule-fault-*"))


def test_a_traceback_that_cannot_be_kept_is_printed(
    broken: Ferrule, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(**_options: object) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr("tempfile.mkstemp", no_room)
    code, _, err = broken("check", "acme.yaml")
    assert code == 3
    assert "Traceback (most recent call last)" in err


@pytest.mark.parametrize("error", [MemoryError(), RecursionError("too deep"), AssertionError()])
def test_any_fault_is_told(
    broken: Ferrule, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_args: object) -> None:
        raise error

    monkeypatch.setattr(pipeline, "check_spec", fail)
    code, out, err = broken("check", "acme.yaml")
    assert (code, out) == (3, "")
    assert err.startswith(f"ferrule: {type(error).__name__}")


def _interrupt(*_args: object) -> None:
    raise KeyboardInterrupt


def _interrupt_wrapped(*_args: object) -> None:
    """As an import tells an interrupt while it makes a class, up to Python 3.11."""
    try:
        _interrupt()
    except KeyboardInterrupt as error:
        raise RuntimeError("Error calling __set_name__") from error


@pytest.mark.parametrize("interrupt", [_interrupt, _interrupt_wrapped])
def test_an_interruption_is_no_fault(
    broken: Ferrule, monkeypatch: pytest.MonkeyPatch, interrupt: Callable[..., None]
) -> None:
    monkeypatch.setattr(pipeline, "check_spec", interrupt)
    code, out, err = broken("check", "acme.yaml")
    assert (code, out, err.strip()) == (130, "", "interrupted")


def run_into(stdout: int, words: list[str], folder: Path) -> tuple[int, bytes]:
    """A run whose stdout is this; its exit code and what it says on stderr."""
    done = subprocess.run(
        [sys.executable, "-m", "ferrule", *words],
        stdout=stdout,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=environment(),
        check=False,
    )
    return done.returncode, done.stderr


TALKERS = [["explain"], ["compile", "acme.yaml", "--check"]]


@pytest.mark.parametrize("words", TALKERS)
def test_a_reader_that_goes_away_is_no_fault(ferrule: Ferrule, words: list[str]) -> None:
    ferrule.write("acme.yaml", ACME)
    reading, writing = os.pipe()
    os.close(reading)
    try:
        code, err = run_into(writing, words, ferrule.folder)
    finally:
        os.close(writing)
    assert (code, err) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("words", TALKERS)
def test_a_full_disk_below_stdout_is_no_fault(ferrule: Ferrule, words: list[str]) -> None:
    ferrule.write("acme.yaml", ACME)
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        code, err = run_into(full, words, ferrule.folder)
    finally:
        os.close(full)
    assert (code, err) == (2, b"Error: stdout cannot be written: No space left on device\n")


def test_streams_may_be_closed(ferrule: Ferrule) -> None:
    ferrule.write("acme.yaml", ACME)
    line = 'exec "$0" -m ferrule compile acme.yaml <&- >&- 2>&-'
    for _ in range(2):  # the second has nothing to do
        done = subprocess.run(
            ["sh", "-c", line, sys.executable], cwd=ferrule.folder, env=environment(), check=False
        )
        assert done.returncode == 0
    assert (ferrule.folder / "generated" / "acme" / "pyproject.toml").is_file()


def test_a_terminal_that_knows_few_characters_gets_them_spelled_out(
    ferrule: Ferrule, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = ferrule.write("日本.yaml", "ferrule: 1\n")
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="latin-1")
    monkeypatch.setattr(sys, "stdout", narrow)
    assert main(["check", str(spec)]) == 1
    narrow.flush()
    assert isinstance(narrow.buffer, io.BytesIO)
    assert b"\\u65e5\\u672c.yaml" in narrow.buffer.getvalue()
