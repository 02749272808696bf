"""The command in this process, in an empty folder, with no wish for colour from outside."""

from pathlib import Path

import pytest

from tests.cli.calling import Ferrule


@pytest.fixture
def ferrule(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Ferrule:
    for name in ("NO_COLOR", "FORCE_COLOR", "FERRULE_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path.parent / "data"))
    monkeypatch.chdir(tmp_path)
    return Ferrule(capsys, tmp_path)
