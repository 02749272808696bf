"""Whatever fails while a package is written, the old one or the new one stands there whole."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from ferrule.diagnostics import Report
from ferrule.passes import publish as publishing
from ferrule.pipeline import restore_packages
from tests.compiler.breakage import OWN, breaking, io_error, prepare
from tests.compiler.packages import FIRST, SECOND, picture, rules, texts, write
from tests.services.real import REPOSITORY


def package_of(out: Path) -> dict[str, str]:
    return texts(out / "acme")


def leftovers(out: Path) -> list[Path]:
    return [path for path in out.iterdir() if path.name != "acme"]


OLD = FIRST | OWN
NEW = SECOND | OWN


@pytest.fixture(scope="module")
def step_count(tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many steps it takes to write the second package over the first."""
    out = tmp_path_factory.mktemp("counted")
    prepare(out)
    with breaking(lambda step: False, io_error) as taken:
        write(out, SECOND)
    assert {"mkdir", "rename", "link", "symlink", "open", "io.open"} <= set(taken)
    return len(taken)


def test_a_step_that_fails_leaves_one_whole_package(tmp_path: Path, step_count: int) -> None:
    outcomes = set()
    for number in range(1, step_count + 1):
        out = tmp_path / str(number)
        prepare(out)
        before, report = picture(out), Report()
        with breaking(number.__eq__, io_error):
            written = write(out, SECOND, report)
        found = rules(report)
        if written is None:
            assert found == ["output-failed"], number
            assert "the disk is broken" in next(iter(report)).message
            assert picture(out / "acme") == {
                name.removeprefix("acme/"): content
                for name, content in before.items()
                if name != "acme"
            }, number
        else:
            assert found in ([], ["output-leftover"]), number
            assert package_of(out) == NEW, number
        outcomes.add((written is None, tuple(found)))
        after = Report()
        assert write(out, SECOND, after) is not None, number
        assert package_of(out) == NEW
        assert all(".ferrule-old-" in path.name for path in leftovers(out)), number
    assert (True, ("output-failed",)) in outcomes
    assert (False, ()) in outcomes


def test_a_disk_that_stays_broken_loses_nothing(tmp_path: Path, step_count: int) -> None:
    for number in range(1, step_count + 1):
        out = tmp_path / str(number)
        prepare(out)
        report = Report()
        with breaking(number.__le__, io_error):
            written = write(out, SECOND, report)
        if written is None and not (out / "acme").exists():
            (finding,) = report
            (old,) = (path for path in leftovers(out) if ".ferrule-old-" in path.name)
            assert old.name in finding.message, "it says where the former package is"
            assert texts(old) == OLD
        else:
            assert package_of(out) == (OLD if written is None else NEW), number
        assert write(out, SECOND, Report()) is not None
        assert package_of(out) == NEW, number


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")
def test_a_process_that_dies_loses_nothing(tmp_path: Path, step_count: int) -> None:
    subprocess.run(
        [sys.executable, "-m", "tests.compiler.breakage", tmp_path, str(step_count)],
        cwd=REPOSITORY,
        check=True,
    )
    states = []
    for number in range(1, step_count + 1):
        out = tmp_path / str(number)
        if (out / "acme").exists():
            states.append(package_of(out))
            assert states[-1] in (OLD, NEW), number
        else:
            states.append({})
            report = Report()
            restore_packages(out, report)
            assert rules(report) == ["output-restored"]
            assert package_of(out) == OLD, number
        assert write(out, SECOND, Report()) is not None
        assert package_of(out) == NEW, number
        assert all(".ferrule-old-" in path.name for path in leftovers(out)), number
    assert step_count >= 50
    # All three happen: before the exchange, between its two renames, after it.
    assert all(state in states for state in (OLD, {}, NEW))


def test_an_interrupted_run_leaves_the_old_package(tmp_path: Path, step_count: int) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    for number in range(1, step_count + 1):
        out = tmp_path / str(number)
        prepare(out)
        with breaking(number.__eq__, interrupt):
            try:
                write(out, SECOND, Report())
            except KeyboardInterrupt:
                assert package_of(out) in (OLD, NEW), number
            else:
                assert package_of(out) == NEW
        write(out, SECOND, Report())
        assert package_of(out) == NEW


def test_nothing_is_left_where_a_first_run_fails(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    with breaking(lambda step: False, io_error) as taken:
        write(tmp_path / "other" / "out")
    for number in range(1, len(taken) + 1):
        with breaking(number.__eq__, io_error):
            written = write(out, FIRST, Report())
        if written is not None:
            break
        assert not out.exists() or not list(out.iterdir()), number
    else:
        pytest.fail("no step was harmless")


def test_an_old_state_is_kept_and_told_where_its_place_is_taken(tmp_path: Path) -> None:
    prepare(tmp_path)
    old = tmp_path / ".acme.ferrule-old-0123456789abcdef"
    old.mkdir()
    (old / "only-here.txt").write_text("mine")
    report = Report()
    assert write(tmp_path, SECOND, report) is not None
    assert rules(report) == ["output-leftover"]
    assert old.name in next(iter(report)).message
    assert (old / "only-here.txt").read_text() == "mine"


def test_a_folder_that_only_looks_half_made_is_kept(tmp_path: Path) -> None:
    for name in (
        ".acme.ferrule-new-0123456789abcdef",
        ".acme.ferrule-new-mine",
        ".zen.ferrule-new",
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mine.txt").write_text("mine")
    before = picture(tmp_path)
    write(tmp_path)
    after = picture(tmp_path)
    assert before.items() <= after.items()


# --- two at once ----------------------------------------------------------------------------------

RACER = """
import sys
from pathlib import Path
from ferrule.diagnostics import Report
from tests.compiler.packages import FIRST, SECOND, write
for turn in range(int(sys.argv[2])):
    report = Report()
    assert write(Path(sys.argv[1]), (FIRST, SECOND)[turn % 2], report), list(report)
"""


@pytest.fixture
def racers(tmp_path: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    prepare(tmp_path)
    command = [sys.executable, "-c", RACER, str(tmp_path), "20"]
    started = [subprocess.Popen(command, cwd=REPOSITORY, stderr=subprocess.PIPE) for _ in range(3)]
    yield started
    for racer in started:
        racer.kill()
        racer.communicate()


def test_several_processes_do_not_harm_each_other(
    tmp_path: Path, racers: list[subprocess.Popen[bytes]]
) -> None:
    for racer in racers:
        _, errors = racer.communicate(timeout=120)
        assert racer.returncode == 0, errors.decode()
    assert package_of(tmp_path) in (OLD, NEW)
    assert leftovers(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="the holder of the lock is a POSIX one")
def test_a_folder_that_stays_locked_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    prepare(tmp_path)
    before = picture(tmp_path)
    monkeypatch.setattr(publishing, "PATIENCE_SECONDS", 0.1)
    holder = os.open(tmp_path, os.O_RDONLY)
    try:
        fcntl.flock(holder, fcntl.LOCK_EX)
        report = Report()
        assert write(tmp_path, SECOND, report) is None
    finally:
        os.close(holder)
    assert rules(report) == ["output-busy"]
    assert picture(tmp_path) == before
    write(tmp_path, SECOND)


def test_a_file_system_without_locks_is_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ferrule.passes.publish import lock

    def no_locks(_descriptor: int) -> None:
        raise OSError(95, "not supported")

    def no_waiting(_seconds: float) -> None:
        pytest.fail("there is nobody to wait for")

    monkeypatch.setattr(lock, "_try_lock", no_locks)
    # Its own clock only: whatever thread is left of another test may sleep.
    monkeypatch.setattr(lock, "time", SimpleNamespace(monotonic=time.monotonic, sleep=no_waiting))
    prepare(tmp_path)
    write(tmp_path, SECOND)
    assert package_of(tmp_path) == NEW
