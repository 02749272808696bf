"""What type checkers say of generated packages: nothing; of mistakes in using them: each one."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ferrule.diagnostics import Report
from ferrule.pipeline import compile_spec

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
RUNTIME = ROOT / "runtime" / "src"
CASES = sorted((ROOT / "tests" / "cases").glob("*/spec.yaml"))
SPECS = sorted((ROOT / "specs").glob("*.yaml"))
USES = sorted((HERE / "use").glob("*.py"))
PLANTED = sorted((HERE / "planted").glob("*.py"))
_MYPY_LINE = re.compile(r"(?P<path>[^:\n]+\.py):(?P<line>\d+): error: (?P<text>.*)")

Found = dict[tuple[str, int], str]


def write_package(spec: Path, folder: Path) -> None:
    report = Report()
    package = compile_spec(spec, report)
    assert package is not None, [finding.message for finding in report]
    for path, text in package.files.files.items():
        if path.endswith((".py", "py.typed")):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with generated packages and with the files that use them."""
    folder = tmp_path_factory.mktemp("typing")
    # A case wins over a spec of the same name: what is used below is written for it.
    for spec in [*SPECS, *CASES]:
        write_package(spec, folder)
    for source in [*USES, *PLANTED]:
        (folder / source.name).write_bytes(source.read_bytes())
    return folder


@pytest.fixture(scope="module")
def of_mypy(project: Path) -> Found:
    """What mypy --strict finds, by file and line."""
    run = subprocess.run(
        [
            *(sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--no-color-output"),
            *("--no-pretty", "--hide-error-context", "--cache-dir", str(project / ".cache")),
            *("--config-file", os.devnull, "--python-version", "3.11"),
            *sorted(path.name for path in project.iterdir() if path.suffix == ".py"),
            *sorted(path.name for path in project.iterdir() if (path / "py.typed").exists()),
        ],
        cwd=project,
        env={**os.environ, "MYPYPATH": str(RUNTIME)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert run.returncode in (0, 1), run.stdout + run.stderr
    found: Found = {}
    for line in run.stdout.splitlines():
        met = _MYPY_LINE.match(line)
        if met is not None:
            found.setdefault((met["path"], int(met["line"])), met["text"])
        else:
            assert ": note: " in line, line
    return found


@pytest.fixture(scope="module")
def of_pyright(project: Path) -> Found:
    """What pyright finds in strict mode, by file and line."""
    settings = {
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "extraPaths": [str(RUNTIME)],
        # A line that only looks at an attribute is how the mistakes are planted.
        "reportUnusedExpression": "none",
        "reportUnusedCoroutine": "none",
    }
    (project / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    run = subprocess.run(
        [
            *(sys.executable, "-m", "pyright", "--outputjson"),
            *("--pythonpath", sys.executable, "-p", str(project)),
        ],
        cwd=project,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert run.returncode in (0, 1), run.stdout + run.stderr
    told = json.loads(run.stdout)
    assert told["summary"]["filesAnalyzed"] > len(USES) + len(PLANTED)
    return {
        (
            Path(each["file"]).relative_to(project).as_posix(),
            each["range"]["start"]["line"] + 1,
        ): each["message"]
        for each in told["generalDiagnostics"]
        if each["severity"] in ("error", "warning")
    }


def planted_lines(source: Path) -> dict[int, str]:
    lines = source.read_text(encoding="utf-8").splitlines()
    return {number: line for number, line in enumerate(lines, 1) if "# misuse" in line}


CHECKERS = ["of_mypy", "of_pyright"]


@pytest.mark.parametrize("checker", CHECKERS)
def test_nothing_is_found_in_generated_packages_and_their_use(
    checker: str, request: pytest.FixtureRequest
) -> None:
    found: Found = request.getfixturevalue(checker)
    planted = {source.name for source in PLANTED}
    assert {place: text for place, text in found.items() if place[0] not in planted} == {}


@pytest.mark.parametrize("checker", CHECKERS)
@pytest.mark.parametrize("source", PLANTED, ids=lambda path: path.stem)
def test_every_planted_mistake_is_found(
    checker: str, source: Path, request: pytest.FixtureRequest
) -> None:
    found: Found = request.getfixturevalue(checker)
    lines = {line for path, line in found if path == source.name}
    planted = planted_lines(source)
    missed = {number: planted[number] for number in planted.keys() - lines}
    assert not missed, "not found"
    assert lines <= planted.keys(), {
        line: found[source.name, line] for line in sorted(lines - planted.keys())
    }
