"""The recipes of the documentation, run as they stand."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.calling import environment
from tests.cli.specs import ACME
from tests.conftest import skip_without_service
from tests.packaging.wheelhouse import offline
from tests.services.real import REPOSITORY

RECIPES = REPOSITORY / "docs" / "recipes"
UNKNOWN = "\n  Spare: {id: strng}\n"


def run(
    *words: str | Path, folder: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        [str(word) for word in words],
        cwd=folder,
        # A make that runs these tests hands its own flags on to the makes below it.
        env={**environment(), "PATH": path, "MAKEFLAGS": "", "MAKELEVEL": "0", **(env or {})},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )


def git(folder: Path, *words: str) -> str:
    author = ("-c", "user.name=test", "-c", "user.email=test@example.com")
    done = run("git", *author, *words, folder=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with one spec and its package."""
    folder = tmp_path / "project"
    (folder / "specs").mkdir(parents=True)
    spec = folder / "specs" / "acme.yaml"
    spec.write_text(ACME, encoding="utf-8")
    for words in (("fmt", "specs"), ("compile", "specs", "-o", "generated")):
        done = run("ferrule", *words, folder=folder)
        assert done.returncode == 0, done.stdout + done.stderr
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "first")
    return folder


def test_make_compiles_what_changed(project: Path) -> None:
    make = shutil.which("make")
    if make is None:
        skip_without_service("make")
    shutil.copy(RECIPES / "Makefile", project / "Makefile")
    first = run(str(make), folder=project)
    assert (first.returncode, first.stdout) == (0, "ferrule compile specs/acme.yaml -o generated\n")
    assert "Nothing to be done" in run(str(make), folder=project).stdout
    assert run(str(make), "check", folder=project).returncode == 0
    spec = project / "specs" / "acme.yaml"
    spec.write_text(ACME + UNKNOWN, encoding="utf-8")
    broken = run(str(make), "check", folder=project)
    assert broken.returncode != 0


def steps(workflow: Path) -> list[dict[str, Any]]:
    document = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    (job,) = document["jobs"].values()
    found: list[dict[str, Any]] = job["steps"]
    return found


def test_the_steps_of_github_actions_pass_and_fail_where_they_should(project: Path) -> None:
    origin = project.parent / "origin"
    git(project, "clone", "--quiet", "--bare", str(project), str(origin))
    git(project, "remote", "add", "origin", str(origin))
    git(project, "fetch", "--quiet", "origin")
    runs = [step for step in steps(RECIPES / "ferrule.yml") if "run" in step]
    assert len(runs) == 6

    def outcomes(*names: str) -> dict[str, int]:
        env = {"GITHUB_BASE_REF": "main", "GITHUB_ACTIONS": "true", "CI": "true"}
        return {
            step["name"]: run("bash", "-e", "-c", step["run"], folder=project, env=env).returncode
            for step in runs
            if not names or step["name"] in names
        }

    assert set(outcomes().values()) == {0}
    assert '"version": "2.1.0"' in (project / "ferrule.sarif").read_text(encoding="utf-8")
    spec = project / "specs" / "acme.yaml"
    text = spec.read_text(encoding="utf-8")
    # An action goes, and neither the version nor the package follows.
    gone = text[: text.index("actions:")] + "actions:\n  other: {get: /other, returns: none}\n"
    spec.write_text(gone, encoding="utf-8")
    gates = ("Packages are what the specs make", "The version says what changed for callers")
    assert outcomes(*gates) == dict.fromkeys(gates, 1)
    assert outcomes("Findings as annotations") == {"Findings as annotations": 0}


def test_pre_commit_runs_the_hooks(project: Path, tmp_path: Path, wheelhouse: Path) -> None:
    head = git(REPOSITORY, "rev-parse", "HEAD")
    clone = tmp_path / "ferrule"
    git(tmp_path, "clone", "--quiet", "--no-hardlinks", str(REPOSITORY), str(clone))
    config = (RECIPES / "pre-commit-config.yaml").read_text(encoding="utf-8")
    config = config.replace("https://example.com/ferrule", str(clone)).replace("v0.1.0", head)
    (project / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    git(project, "add", "--all")
    env = {"PRE_COMMIT_HOME": str(tmp_path / "home"), **offline(wheelhouse)}
    command = (sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never")
    first = run(*command, folder=project, env=env)
    assert first.returncode == 0, first.stdout + first.stderr
    assert first.stdout.count("Passed") == 3

    spec = project / "specs" / "acme.yaml"
    tidy = spec.read_text(encoding="utf-8")
    spec.write_text(tidy.replace("connector: acme", "connector:   acme"), encoding="utf-8")
    second = run(*command, folder=project, env=env)
    assert second.returncode == 1
    assert spec.read_text(encoding="utf-8") == tidy
    spec.write_text(tidy.replace("version: 1.", "version: 2."), encoding="utf-8")
    third = run(*command, folder=project, env=env)
    assert third.returncode == 1
    assert "files were modified by this hook" in third.stdout
    assert 'version = "2.' in (project / "generated/acme/pyproject.toml").read_text()
