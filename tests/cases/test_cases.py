"""Specs and the packages that come of them, byte for byte; `make golden` writes what comes now."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ferrule.diagnostics import Report
from ferrule.pipeline import compile_spec

FOLDER = Path(__file__).parent
CASES = sorted(path.parent.name for path in FOLDER.glob("*/spec.yaml"))
PROGRAM = """
import sys
from pathlib import Path
from ferrule.diagnostics import Report
from ferrule.pipeline import compile_spec
package = compile_spec(Path(sys.argv[1]), Report())
sys.stdout.buffer.write(repr(sorted(package.files.files.items())).encode("utf-8"))
"""


def compiled(case: str) -> dict[str, str]:
    report = Report()
    package = compile_spec(FOLDER / case / "spec.yaml", report)
    assert package is not None, [finding.message for finding in report]
    return dict(package.files.files)


def expected(case: str) -> dict[str, str]:
    folder = FOLDER / case / "expected"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def rewrite(case: str, files: dict[str, str]) -> None:
    folder = FOLDER / case / "expected"
    for path in expected(case).keys() - files.keys():
        (folder / path).unlink()
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode("utf-8"))


def test_there_are_cases() -> None:
    assert len(CASES) >= 4


@pytest.mark.parametrize("case", CASES)
def test_a_spec_gives_the_package_that_is_expected(case: str, update_golden: bool) -> None:
    files = compiled(case)
    if update_golden:
        rewrite(case, files)
    wanted = expected(case)
    assert sorted(files) == sorted(wanted)
    for path, text in files.items():
        assert text == wanted[path], f"{case}: {path} differs; `make golden` writes what comes now"


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_the_same_bytes_under_any_hash_seed_place_and_time_zone(seed: str, tmp_path: Path) -> None:
    spec = tmp_path / "elsewhere.yaml"
    spec.write_bytes((FOLDER / "everything" / "spec.yaml").read_bytes())
    found = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(spec)],
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Kathmandu", "LC_ALL": "C"},
        cwd=tmp_path,
        capture_output=True,
        timeout=300,
        check=True,
    )
    assert found.stdout == repr(sorted(compiled("everything").items())).encode("utf-8")
