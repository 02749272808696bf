"""A plain compile is read without the verb, and does and says what the verb does and says."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ferrule.cli import compiling, entry
from tests.cli.calling import Ferrule, Outcome, environment
from tests.cli.specs import ACME

WRONG = ACME + "nonsense: 1\n"
UNUSED = ACME.replace("{api_key: secret}", "{api_key: secret, region: string}")
PLAIN = {
    "a file": (ACME, ["specs/acme.yaml"]),
    "a folder": (ACME, ["specs", "--output=./out/"]),
    "a comparison": (ACME, ["specs", "-o", "out", "--check"]),
    "findings": (WRONG, ["specs", "-o", "out"]),
    "findings for programs": (WRONG, ["specs", "-o", "out", "--output-format", "json"]),
    "a warning, coloured": (UNUSED, ["specs", "-o", "out", "--color=always"]),
}
OTHERS = {
    "nothing": [],
    "no such file": ["nowhere.yaml"],
    "a folder without specs": ["empty"],
    "no such form": ["specs", "--output-format", "yaml"],
    "no such colour": ["specs", "--color", "red"],
    "several at a time": ["specs", "--jobs", "2"],
    "a word of the verb": ["specs", "--help"],
}


def tried(ferrule: Ferrule, text: str, words: list[str], *, by_entry: bool) -> Outcome:
    for name in ("out", "generated"):
        shutil.rmtree(ferrule.folder / name, ignore_errors=True)
    ferrule.write("specs/acme.yaml", text)
    (ferrule.folder / "empty").mkdir(exist_ok=True)
    if not by_entry:
        return ferrule("compile", *words)
    ferrule.capsys.readouterr()
    code = entry.main(["compile", *words])
    return Outcome(code, *ferrule.capsys.readouterr())


def written(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for name in ("out", "generated")
        for path in (folder / name).rglob("*")
        if path.is_file()
    }


@pytest.fixture(autouse=True)
def _kept_apart(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.mark.parametrize(("text", "words"), PLAIN.values(), ids=PLAIN)
def test_a_plain_compile_is_the_same(
    ferrule: Ferrule,
    text: str,
    words: list[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    by_verb = tried(ferrule, text, words, by_entry=False), written(ferrule.folder)
    # Nothing that the first has left may answer for the second.
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    assert entry._plain_compile(["compile", *words]) is not None
    assert (tried(ferrule, text, words, by_entry=True), written(ferrule.folder)) == by_verb


@pytest.mark.parametrize("words", OTHERS.values(), ids=OTHERS)
def test_what_is_not_plain_is_for_the_verb(ferrule: Ferrule, words: list[str]) -> None:
    by_verb = tried(ferrule, ACME, words, by_entry=False)
    assert tried(ferrule, ACME, words, by_entry=True) == by_verb


def test_a_configuration_is_for_the_verb(ferrule: Ferrule) -> None:
    ferrule.write("pyproject.toml", '[tool.ferrule]\noutput = "elsewhere"\n')
    assert tried(ferrule, ACME, ["specs"], by_entry=True).code == 0
    assert (ferrule.folder / "elsewhere" / "acme").is_dir()


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [(KeyboardInterrupt(), 130, "interrupted\n"), (ValueError("odd"), 3, "ValueError: odd")],
    ids=["interrupted", "a fault of ours"],
)
def test_a_plain_compile_that_ends_otherwise(
    ferrule: Ferrule,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    code: int,
    told: str,
) -> None:
    def fail(_run: object) -> int:
        raise error

    monkeypatch.setenv("FERRULE_DEBUG", "1")
    monkeypatch.setattr(compiling.CompileRun, "once", fail)
    found = tried(ferrule, ACME, ["specs"], by_entry=True)
    assert (found.code, told in found.err) == (code, True)


def test_a_compile_that_says_nothing_loads_little(ferrule: Ferrule) -> None:
    ferrule.write("specs/acme.yaml", ACME)
    finished = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "ferrule", "compile", "specs"],
        cwd=ferrule.folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {line.rpartition("|")[2].strip() for line in finished.stderr.splitlines()}
    assert "ferrule.passes.polish" in loaded
    assert not loaded & {"click", "pydantic", "black", "httpx", "importlib.metadata", "symtable"}
