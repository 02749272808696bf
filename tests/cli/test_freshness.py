"""A compile that has nothing to do says so at once, and only when nothing at all has changed."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ferrule import freshness
from ferrule.cli import entry
from tests.cli.calling import Ferrule, environment
from tests.cli.specs import ACME

WORDS = ["compile", "specs", "-o", "out"]
UNUSED = ACME.replace("{api_key: secret}", "{api_key: secret, region: string}")


@pytest.fixture
def made(
    ferrule: Ferrule, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder of a package that was just compiled, and whose record is kept apart."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    freshness.made_by.cache_clear()
    ferrule.write("specs/acme.yaml", ACME)
    assert ferrule(*WORDS).code == 0
    return ferrule.folder / "out" / "acme"


def is_recalled(*words: str) -> bool:
    freshness.made_by.cache_clear()
    plain = entry._plain_compile(["compile", *(words or WORDS[1:])])
    return plain is not None and entry._is_up_to_date(*plain)


def test_a_second_run_has_nothing_to_do(made: Path) -> None:
    assert is_recalled()
    assert is_recalled("specs", "-o", "out/", "--check")
    assert is_recalled("specs", "--output=./out", "--force")


def _edit(path: Path) -> None:
    path.write_text(path.read_text() + "# edited\n")


def _link(path: Path) -> None:
    aside = path.with_name("aside")
    path.rename(aside)
    path.symlink_to(aside)


CHANGES: dict[str, Callable[[Path], object]] = {
    "the spec": lambda made: _edit(made.parents[1] / "specs" / "acme.yaml"),
    "another spec": lambda made: (made.parents[1] / "specs" / "b.yml").write_text(ACME),
    "no spec": lambda made: (made.parents[1] / "specs" / "acme.yaml").unlink(),
    "an edited module": lambda made: _edit(made / "acme_connector" / "client.py"),
    "a missing module": lambda made: (made / "acme_connector" / "errors.py").unlink(),
    "an edited manifest": lambda made: _edit(made / ".ferrule.json"),
    "a linked module": lambda made: _link(made / "README.md"),
    "a linked folder": lambda made: _link(made / "acme_connector" / "models"),
    "a linked package": _link,
    "a killed run": lambda made: made.with_name(".acme.ferrule-old-" + "0" * 16).mkdir(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_changed_is_noticed(made: Path, change: Callable[[Path], object]) -> None:
    change(made)
    assert not is_recalled()


@pytest.mark.parametrize("what", ["templates", "module", "version", "distribution", "python"])
def test_another_compiler_begins_anew(
    made: Path, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if what == "templates":
        (tmp_path / "t").mkdir()
        (tmp_path / "t" / "x.jinja").write_text("x")
        monkeypatch.setattr(freshness, "_TEMPLATE_FOLDERS", (str(tmp_path / "t"),))
    elif what == "module":
        (tmp_path / "m.py").write_text("x")
        monkeypatch.setattr(freshness, "_HERE", str(tmp_path))
    elif what == "version":
        monkeypatch.setattr(freshness, "__version__", "9.9.9")
    elif what == "distribution":
        other = tmp_path / "site-packages"
        (other / "black-99.dist-info").mkdir(parents=True)
        monkeypatch.setattr(sys, "path", [*sys.path, str(other)])
    else:
        monkeypatch.setattr(sys, "version", "3.99")
    assert not is_recalled()


@pytest.mark.parametrize("damage", [b"", b"\xff", b"0" * 64 + b"\n1\n0\n"])
def test_a_damaged_record_counts_for_nothing(made: Path, ferrule: Ferrule, damage: bytes) -> None:
    (record,) = Path(os.environ["XDG_CACHE_HOME"], "ferrule", "runs").rglob("?" * 62)
    record.write_bytes(damage)
    assert not is_recalled()
    assert ferrule(*WORDS).code == 0
    assert is_recalled()


def test_warnings_are_told_again(made: Path, ferrule: Ferrule) -> None:
    ferrule.write("specs/acme.yaml", UNUSED)
    code, told, _ = ferrule(*WORDS)
    assert (code, "warning[" in told) == (0, True)
    finished = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "ferrule", *WORDS],
        cwd=ferrule.folder,
        env=environment() | {"XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"]},
        capture_output=True,
        text=True,
        check=True,
    )
    assert finished.stdout == told
    loaded = {line.rpartition("|")[2].strip() for line in finished.stderr.splitlines()}
    assert "ferrule.freshness" in loaded
    heavy = {"click", "pydantic", "yaml", "jinja2", "black", "re", "pathlib", "typing", "json"}
    assert not loaded & heavy


def test_a_run_with_errors_leaves_no_record(made: Path, ferrule: Ferrule) -> None:
    ferrule.write("specs/acme.yaml", ACME + "nonsense: 1\n")
    assert ferrule(*WORDS).code == 1
    assert not is_recalled()


def test_words_that_only_the_verb_knows_go_to_it(made: Path) -> None:
    for words in (["--watch", "specs"], ["-"], ["specs", "--nonsense"], ["nowhere.yaml"], []):
        assert not is_recalled(*(words or ["-h"]))


def test_the_entry_runs_every_other_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.main(["explain", "unknown-key"]) == 0
    assert "unknown-key" in capsys.readouterr().out
