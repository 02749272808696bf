"""Specs are compiled when a wheel is built: by `python -m build` and by `uv build`, the same."""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.services.real import REPOSITORY

SAMPLE = REPOSITORY / "docs" / "examples" / "wheel"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "project"))


def run(*words: str | Path, folder: Path, check: bool = True) -> str:
    done = subprocess.run(
        [str(word) for word in words],
        cwd=folder,
        # Where git may not look, hatchling takes no ignore file of another project for this one's.
        env={**os.environ, "SOURCE_DATE_EPOCH": "1600000000", "UV_OFFLINE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    assert not check or done.returncode == 0, done.stdout
    return done.stdout


def build(project: Path, out: Path) -> None:
    run(sys.executable, "-m", "build", "--no-isolation", "-o", out, folder=project)


def uv_build(project: Path, out: Path) -> None:
    uv = Path(sys.executable).with_name("uv")
    run(
        *(uv, "build", "--no-build-isolation", "--python", sys.executable, "-o", out),
        folder=project,
    )


def digests(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.suffix in (".whl", ".gz")
    }


def test_wheels_hold_the_package_and_source_archives_the_spec(
    project: Path, tmp_path: Path
) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    build(project, one)
    shutil.move(project, project.with_name("elsewhere"))
    uv_build(project.with_name("elsewhere"), other)
    assert digests(one) == digests(other)
    assert len(digests(one)) == 2
    with tarfile.open(one / "acme_reports-1.0.0.tar.gz") as archive:
        names = archive.getnames()
    assert "acme_reports-1.0.0/specs/acme.yaml" in names
    assert not any("acme_connector" in name for name in names)
    with zipfile.ZipFile(one / "acme_reports-1.0.0-py3-none-any.whl") as wheel:
        held = wheel.namelist()
        about = wheel.read("acme_reports-1.0.0.dist-info/METADATA").decode()
        wheel.extractall(tmp_path / "installed")
    assert {"acme_connector/client.py", "acme_connector/py.typed"} <= set(held)
    assert not any(name.startswith(("specs/", "acme/", "pyproject")) for name in held)
    assert "Requires-Dist: ferrule-runtime>=0.1,<0.2" in about
    script = (
        "import acme_reports, acme_connector.testing as testing\n"
        "with testing.mock() as service:\n"
        "    service.things.get.returns({'id': 7, 'name': 'Anvil'})\n"
        "    print(acme_reports.title_of(service.client(), 7))\n"
    )
    told = run(sys.executable, "-c", script, folder=tmp_path / "installed")
    assert told == "Anvil (7)\n"


@pytest.mark.parametrize(
    ("break_it", "told"),
    [
        (
            lambda project: (project / "specs" / "acme.yaml").write_text("ferrule: 1\nx: 1\n"),
            "specs/acme.yaml:2:1  error[unknown-key]",
        ),
        (
            lambda project: (project / "specs" / "acme.yaml").unlink(),
            "there is no .yaml file in specs",
        ),
        (
            lambda project: (project / "pyproject.toml").write_text(
                (project / "pyproject.toml").read_text().replace("specs =", "spec =")
            ),
            "the build hook has no setting `spec`",
        ),
        (
            lambda project: (project / "pyproject.toml").write_text(
                (project / "pyproject.toml").read_text().replace('["specs"]', '"specs"')
            ),
            "`specs` of the build hook is a list of files and folders",
        ),
    ],
    ids=["errors", "no specs", "unknown setting", "no list"],
)
def test_what_is_wrong_ends_the_build(
    project: Path, tmp_path: Path, break_it: Callable[[Path], object], told: str
) -> None:
    break_it(project)
    words = (sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path / "out")
    assert told in run(*words, folder=project, check=False)
    assert not list((tmp_path / "out").glob("*.whl"))
