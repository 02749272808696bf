"""Colour and progress: where a person reads along, and where the person wants them."""

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from ferrule.cli.terminal import is_coloured
from tests.cli.calling import environment
from tests.cli.specs import ACME, BROKEN


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("choice", "variables", "on_terminal", "off_terminal"),
    [
        ("auto", {}, True, False),
        ("auto", {"NO_COLOR": "1"}, False, False),
        ("auto", {"NO_COLOR": ""}, True, False),
        ("auto", {"FORCE_COLOR": "1"}, True, True),
        ("auto", {"FORCE_COLOR": "0"}, True, False),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        ("auto", {"TERM": "dumb"}, False, False),
        ("always", {"NO_COLOR": "1"}, True, True),
        ("never", {"FORCE_COLOR": "1"}, False, False),
    ],
)
def test_who_gets_colour(
    monkeypatch: pytest.MonkeyPatch,
    choice: str,
    variables: dict[str, str],
    on_terminal: bool,
    off_terminal: bool,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert is_coloured(choice, Terminal()) is on_terminal
    assert is_coloured(choice, io.StringIO()) is off_terminal


def test_a_closed_stream_is_no_terminal() -> None:
    stream = io.StringIO()
    stream.close()
    assert not is_coloured("auto", stream)


def at_terminal(folder: Path, *words: str, typed: str = "") -> str:
    """What a person sees who runs ferrule at a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "ferrule", *words],
        cwd=folder,
        env=environment(TERM="xterm", PYTHONPATH=os.pathsep.join(sys.path)),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    os.write(ours, typed.encode())
    seen = b""
    try:
        while part := os.read(ours, 4096):
            seen += part
    except OSError:
        pass  # that is how the end of a terminal reads on Linux
    finally:
        os.close(ours)
        process.wait(timeout=60)
    return seen.decode().replace("\r\n", "\n")


def test_at_a_terminal_there_is_colour_and_progress(tmp_path: Path) -> None:
    (tmp_path / "acme.yaml").write_text(ACME)
    (tmp_path / "broken.yaml").write_text(BROKEN)
    assert "1 spec, no findings" in at_terminal(tmp_path, "check", "acme.yaml")
    seen = at_terminal(tmp_path, "check", "broken.yaml")
    assert "\x1b[1;31merror[unknown-key]" in seen
    assert "ferrule explain unknown-key" in seen
    assert "\x1b[" not in at_terminal(tmp_path, "check", "broken.yaml", "--color", "never")


def test_off_a_terminal_all_is_quiet_and_plain(tmp_path: Path) -> None:
    (tmp_path / "acme.yaml").write_text(ACME)
    done = subprocess.run(
        [sys.executable, "-m", "ferrule", "check", "acme.yaml"],
        cwd=tmp_path,
        env=environment(PYTHONPATH=os.pathsep.join(sys.path)),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_init_asks_at_a_terminal(tmp_path: Path) -> None:
    answers = "acme\nhttps://api.acme.com/v1\nbearer\n/things\n"
    seen = at_terminal(tmp_path, "init", typed=answers)
    assert "Name of the connector" in seen
    assert "wrote acme.yaml" in seen
    text = (tmp_path / "acme.yaml").read_text()
    assert "connector: acme\n" in text
    assert '  token: "${api_token}"' in text
    assert "get: /things" in text


def test_init_takes_defaults_at_a_terminal(tmp_path: Path) -> None:
    seen = at_terminal(tmp_path, "init", "--name", "acme", typed="https://api.acme.com\n\n\n")
    assert "wrote acme.yaml" in seen
    assert "auth: none\n" in (tmp_path / "acme.yaml").read_text()
