"""`ferrule compile` with `--jobs`, `--depfile` and `--watch`, and its progress on long runs."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from rich.progress import Progress

from ferrule.cli import progress as progress_module
from ferrule.cli.progress import RunProgress
from tests.cli.calling import Ferrule, environment
from tests.cli.specs import ACME, BROKEN
from tests.compiler.packages import picture

PATIENCE_SECONDS = 60.0


def named(connector: str) -> str:
    return ACME.replace("connector: acme", f"connector: {connector}")


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


@pytest.mark.parametrize("words", [("--watch", "--check", "acme.yaml"), ("--watch", "-")])
def test_watching_needs_files_to_write(ferrule: Ferrule, words: tuple[str, ...]) -> None:
    ferrule.write("acme.yaml", ACME)
    code, _, told = ferrule("compile", *words)
    assert code == 2
    assert "--watch goes neither with --check nor with `-`" in told


def test_without_watchfiles_the_extra_is_named(
    ferrule: Ferrule, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    ferrule.write("acme.yaml", ACME)
    code, _, told = ferrule("compile", "acme.yaml", "--watch")
    assert code == 2
    assert "pip install 'ferrule[watch]'" in told


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Path]:
    """A folder with a spec, whose package is compiled whenever it is saved."""
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "acme.yaml").write_text(ACME)
    with (tmp_path / "told").open("wb") as told:
        process = subprocess.Popen(
            [sys.executable, "-m", "ferrule", "compile", "specs", "-o", "out", "--watch"],
            cwd=tmp_path,
            env=environment(PYTHONPATH=os.pathsep.join(sys.path)),
            stdout=told,
            stderr=subprocess.STDOUT,
            # Where these tests run in the background, an interrupt may be ignored.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
        )
    try:
        becomes((tmp_path / "out" / "acme" / ".ferrule.json").exists)
        # It writes a record of the first run when all is written, and begins to watch after that.
        wait_until_it_listens(tmp_path)
        yield tmp_path
    finally:
        process.send_signal(signal.SIGINT)
        try:
            code = process.wait(timeout=PATIENCE_SECONDS)
        finally:
            process.kill()
            process.wait()
    assert code == 0, (tmp_path / "told").read_text()


def becomes(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.02)


def wait_until_it_listens(folder: Path) -> None:
    """Saves a spec of its own again and again, until its package is there."""
    spec, package = folder / "specs" / "first.yaml", folder / "out" / "first"
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not package.exists():
        assert time.monotonic() < deadline, "it never listened"
        spec.write_text(named("first"))
        time.sleep(0.1)


def _in_place(path: Path, text: str) -> None:
    path.write_text(text)


def _by_renaming(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.swp")
    draft.write_text(text)
    draft.replace(path)


def _with_a_backup(path: Path, text: str) -> None:
    path.rename(path.with_name(f"{path.name}~"))
    path.write_text(text)


def _gone_for_a_moment(path: Path, text: str) -> None:
    path.unlink()
    time.sleep(0.05)
    path.write_text("")
    time.sleep(0.05)
    path.write_text(text)


def test_every_way_of_saving_is_noticed(watched: Path) -> None:
    spec, readme = watched / "specs" / "acme.yaml", watched / "out" / "acme" / "README.md"

    def is_called(title: str) -> bool:
        return f"# {title}\n" in readme.read_text()

    for number, save in enumerate(
        (_in_place, _by_renaming, _with_a_backup, _gone_for_a_moment, _in_place)
    ):
        save(spec, ACME.replace("title: Acme", f"title: Number {number}"))
        becomes(partial(is_called, f"Number {number}"))
    spec.write_text(BROKEN)
    becomes(lambda: "error[" in (watched / "told").read_text())
    assert is_called("Number 4")
    spec.write_text(ACME.replace("title: Acme", "title: Mended"))
    becomes(partial(is_called, "Mended"))
    (watched / "specs" / "new.yaml").write_text(named("new"))
    becomes((watched / "out" / "new").exists)
    (watched / "specs" / "twin.yaml").write_text(named("new"))
    becomes(lambda: "duplicate-connector" in (watched / "told").read_text())
    # A folder that goes and comes back, as when branches are switched.
    shutil.rmtree(watched / "specs")
    becomes(lambda: "there is no" in (watched / "told").read_text())
    (watched / "specs").mkdir()
    spec.write_text(ACME.replace("title: Acme", "title: Back"))
    becomes(partial(is_called, "Back"))
    spec.write_text(ACME.replace("title: Acme", "title: Again"))
    becomes(partial(is_called, "Again"))
    shutil.rmtree(watched / "specs")
    (watched / "specs").mkdir()
    spec.write_text(ACME.replace("title: Acme", "title: Other"))
    becomes(partial(is_called, "Other"))
    spec.write_text(ACME.replace("title: Acme", "title: Last"))
    becomes(partial(is_called, "Last"))


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
