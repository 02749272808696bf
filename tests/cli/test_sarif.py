"""SARIF is held against its own schema, as the npm package of a test library carries it."""

import json
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from ferrule.diagnostics import Diagnostic, Report, render_sarif
from ferrule.forms.source import SourceFile
from ferrule.pipeline import check_spec
from tests.services.real import REPOSITORY

PACKAGE = "@microsoft/jest-sarif@1.0.0-beta.0"
MEMBER = "package/lib/schemas/sarif-2.1.0-rtm.5.json"
FAULTS = sorted((REPOSITORY / "tests" / "faults").glob("*/spec.yaml"))


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("there is no npm to fetch the schema of SARIF with")
    folder = tmp_path_factory.mktemp("sarif")
    done = subprocess.run(
        [npm, "pack", "--silent", PACKAGE],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    archives = list(folder.glob("*.tgz"))
    if not archives:
        pytest.skip(f"npm cannot fetch {PACKAGE}: {done.stderr.strip()[-200:]}")
    with tarfile.open(archives[0]) as archive:
        member = archive.extractfile(MEMBER)
        assert member is not None
        found: dict[str, Any] = json.load(member)
    return found


def findings_of(path: Path) -> list[Diagnostic]:
    report = Report()
    source = SourceFile.read(path, report)
    if source is not None:
        check_spec(source, report)
    return list(report)


def test_all_faults_together_are_valid_sarif(schema: dict[str, Any]) -> None:
    found = [each for path in FAULTS for each in findings_of(path)]
    log = json.loads(render_sarif(found))
    validator = jsonschema.Draft4Validator(schema)
    errors = [
        f"{list(error.absolute_path)}: {error.message}" for error in validator.iter_errors(log)
    ]
    assert errors == []
    (run,) = log["runs"]
    assert len(run["results"]) == len(found)
    assert any("fixes" in result for result in run["results"])


def test_no_findings_are_valid_sarif(schema: dict[str, Any]) -> None:
    jsonschema.Draft4Validator(schema).validate(json.loads(render_sarif([])))


def test_the_schema_can_say_no(schema: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft4Validator(schema).validate({"version": "2.1.0", "runs": [{}]})
