"""`ferrule compile` with `--jobs` and `--depfile`, and its progress on long runs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.progress import Progress

from ferrule.cli import progress as progress_module
from ferrule.cli.progress import RunProgress
from tests.cli.calling import Ferrule, environment
from tests.cli.specs import ACME, BROKEN, named
from tests.compiler.packages import picture


def test_jobs_change_nothing_but_the_time(ferrule: Ferrule) -> None:
    for connector in ("one", "two", "three"):
        ferrule.write(f"specs/{connector}.yaml", named(connector))
    assert ferrule("compile", "specs", "-o", "a") == (0, "", "")
    assert ferrule("compile", "specs", "-o", "b", "--jobs", "3") == (0, "", "")
    assert picture(ferrule.folder / "a") == picture(ferrule.folder / "b")
    ferrule.write("specs/broken.yaml", BROKEN)
    alone, together = ferrule("compile", "specs"), ferrule("compile", "specs", "-j0")
    assert alone.code == 1
    assert alone == together


def test_a_depfile_names_every_input(ferrule: Ferrule) -> None:
    ferrule.write("my specs/a#b$.yaml", ACME)
    assert ferrule("compile", "my specs", "-o", "out", "--depfile", "deps.d").code == 0
    depfile = ferrule.folder / "deps.d"
    assert depfile.read_text() == "out/acme/.ferrule.json: my\\ specs/a\\#b$$.yaml\n"
    os.utime(depfile, (1, 1))
    assert ferrule("compile", "my specs", "-o", "out", "--depfile", "deps.d").code == 0
    assert depfile.stat().st_mtime == 1
    ferrule.write("my specs/broken.yaml", BROKEN)
    depfile.write_text("as it was")
    assert ferrule("compile", "my specs", "-o", "out", "--depfile", "deps.d").code == 1
    assert depfile.read_text() == "as it was"


def test_a_depfile_that_cannot_be_written_is_told(ferrule: Ferrule) -> None:
    ferrule.write("acme.yaml", ACME)
    code, _, told = ferrule("compile", "acme.yaml", "--depfile", "missing/deps.d")
    assert code == 2
    assert "missing/deps.d cannot be written: No such file or directory" in told


class Terminal:
    """Standard error of a person."""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        return


def test_a_bar_is_drawn_when_a_run_takes_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    drawn: list[Progress] = []
    really = progress_module.RunProgress._drawn

    def draw(self: RunProgress) -> Progress:
        drawn.append(really(self))
        return drawn[-1]

    monkeypatch.setattr(RunProgress, "_drawn", draw)
    now = [0.0]
    with RunProgress({"a.yaml": 300, "b.yaml": 100}, "never", lambda: now[0]) as bar:
        bar.tell("a.yaml", "checking")
        assert not drawn
        now[0] = 2.0
        bar.tell("a.yaml", "done")
        bar.tell("b.yaml", "polishing")
        (task,) = drawn[0].tasks
        assert (task.completed, task.total) == (360, 400)
        assert task.description == "1 of 2 specs, polishing b.yaml"


def test_off_a_terminal_rich_is_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "acme.yaml").write_text(ACME)
    script = (
        "import sys; from ferrule.cli.main import main; from ferrule.cli import progress;"
        "progress.PATIENCE_SECONDS = 0; main(['compile', 'acme.yaml']);"
        "print('rich' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=environment(PYTHONPATH=os.pathsep.join(sys.path)),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"


def test_a_package_that_a_killed_run_has_moved_away_is_back_before_all_else(
    ferrule: Ferrule,
) -> None:
    ferrule.write("acme.yaml", ACME)
    assert ferrule("compile", "acme.yaml", "-o", "out").code == 0
    package = ferrule.folder / "out" / "acme"
    whole = picture(package)
    package.rename(package.with_name(".acme.ferrule-old-0123456789abcdef"))
    ferrule.write("acme.yaml", BROKEN)
    code, told, _ = ferrule("compile", "acme.yaml", "-o", "out")
    assert code == 1
    assert "out/acme  warning[output-restored]" in told
    assert picture(package) == whole
