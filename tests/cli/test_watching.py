"""`ferrule compile --watch`: whatever is saved is compiled."""

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
import watchfiles

from ferrule.cli.watching import Changes
from tests.cli.calling import Ferrule, environment
from tests.cli.specs import ACME, BROKEN, named

PATIENCE_SECONDS = 60.0
NOTHING: Changes = set()


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


Round = Callable[[], Iterator[Changes]]


def follow(monkeypatch: pytest.MonkeyPatch, *rounds: Round) -> list[tuple[Path, ...]]:
    """Lets these rounds tell what changes. Gives the folders of each, as they are watched."""
    seen: list[tuple[Path, ...]] = []

    def watch(*folders: Path, **_options: object) -> Iterator[Changes]:
        seen.append(folders)
        if len(seen) > len(rounds):
            raise KeyboardInterrupt
        return rounds[len(seen) - 1]()

    monkeypatch.setattr(watchfiles, "watch", watch)
    return seen


def changed(*paths: Path) -> Changes:
    return {(watchfiles.Change.modified, str(path)) for path in paths}


def test_what_is_saved_before_a_folder_is_watched_is_seen(
    ferrule: Ferrule, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = ferrule.folder / ferrule.write("specs/acme.yaml", ACME)
    readme = ferrule.folder / "out" / "acme" / "README.md"

    def begin() -> Iterator[Changes]:
        spec.write_text(ACME.replace("title: Acme", "title: Early"))
        yield NOTHING
        assert "# Early\n" in readme.read_text()
        spec.write_text(ACME.replace("title: Acme", "title: Told"))
        yield changed(spec)
        assert "# Told\n" in readme.read_text()
        written = readme.stat().st_mtime_ns
        yield NOTHING
        assert readme.stat().st_mtime_ns == written
        raise KeyboardInterrupt

    follow(monkeypatch, begin)
    assert ferrule("compile", "specs", "-o", "out", "--watch").code == 0


def test_a_folder_that_is_back_before_it_is_watched_is_seen(
    ferrule: Ferrule, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = ferrule.folder / ferrule.write("specs/acme.yaml", ACME)

    def gone() -> Iterator[Changes]:
        shutil.rmtree(spec.parent)
        yield changed(spec)
        pytest.fail("a folder that is gone is watched")

    def back() -> Iterator[Changes]:
        ferrule.write("specs/acme.yaml", ACME.replace("title: Acme", "title: Back"))
        yield NOTHING
        assert "# Back\n" in (ferrule.folder / "out/acme/README.md").read_text()

    seen = follow(monkeypatch, gone, back)
    assert ferrule("compile", "specs", "-o", "out", "--watch").code == 0
    assert Path("specs") in seen[0]
    assert seen[1] == (Path(),)


def test_a_folder_that_is_renamed_away_is_watched_no_more(
    ferrule: Ferrule, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = ferrule.folder / ferrule.write("specs/acme.yaml", ACME)
    ferrule.write("other/acme.yaml", ACME.replace("title: Acme", "title: Other"))

    def swapped() -> Iterator[Changes]:
        spec.parent.rename(ferrule.folder / "old")
        (ferrule.folder / "other").rename(spec.parent)
        yield NOTHING
        pytest.fail("a folder that stands elsewhere is watched")

    def again() -> Iterator[Changes]:
        yield NOTHING
        assert "# Other\n" in (ferrule.folder / "out/acme/README.md").read_text()

    follow(monkeypatch, swapped, again)
    assert ferrule("compile", "specs", "-o", "out", "--watch").code == 0


SPLIT = ACME.replace("connector:", "include: [_parts/models.yaml]\nconnector:").partition("models:")
MODELS = SPLIT[1] + SPLIT[2]


@pytest.mark.parametrize("first", [MODELS.replace("string", "strng"), None])
def test_what_never_compiled_is_compiled_when_its_part_is_mended(
    ferrule: Ferrule, monkeypatch: pytest.MonkeyPatch, first: str | None
) -> None:
    ferrule.write("specs/acme.yaml", SPLIT[0])
    ferrule.write("specs/good.yaml", named("good"))
    part = ferrule.folder / "specs/_parts/models.yaml"
    if first is not None:
        ferrule.write("specs/_parts/models.yaml", first)

    def mended() -> Iterator[Changes]:
        assert not (ferrule.folder / "out").exists()
        ferrule.write("specs/_parts/models.yaml", MODELS)
        yield changed(part)
        assert (ferrule.folder / "out/acme/README.md").exists()
        assert (ferrule.folder / "out/good/README.md").exists()
        raise KeyboardInterrupt

    follow(monkeypatch, mended)
    assert ferrule("compile", "specs", "-o", "out", "--watch").code == 0


def test_a_hook_file_that_is_made_at_last_is_seen(
    ferrule: Ferrule, monkeypatch: pytest.MonkeyPatch
) -> None:
    ferrule.write("specs/acme.yaml", ACME + "hooks: {authorize: acme_hooks.py:sign}\n")
    hook = ferrule.folder / "specs" / "acme_hooks.py"

    def made() -> Iterator[Changes]:
        assert not (ferrule.folder / "out").exists()
        hook.write_text("def sign(request, settings):\n    return request\n")
        yield changed(hook)
        assert (ferrule.folder / "out/acme/README.md").exists()
        raise KeyboardInterrupt

    follow(monkeypatch, made)
    assert ferrule("compile", "specs", "-o", "out", "--watch").code == 0
