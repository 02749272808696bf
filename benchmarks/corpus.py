"""Documents of other people through the whole compiler, up to the import of every module."""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.bounded import Run, run
from ferrule.diagnostics import Report
from ferrule.imports.renewal import read_tree

METHODS = ("get", "post", "put", "patch", "delete", "head", "options")
_IMPORT_ALL = """
import importlib, pkgutil, sys, warnings
warnings.simplefilter("error")
sys.path.insert(0, sys.argv[1])
package = importlib.import_module(sys.argv[2])
for each in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    importlib.import_module(each.name)
"""


@dataclass(slots=True)
class Document:
    """A document of the corpus, as its index tells."""

    name: str
    path: Path
    operations: int
    version: str


@dataclass(slots=True)
class Outcome:
    """What a document came to. `failed` names the stage that failed; empty where none did."""

    name: str
    operations: int
    version: str = ""
    failed: str = ""
    told: str = ""
    connector: str = ""
    actions: dict[str, list[Any]] = field(default_factory=dict)
    lines: int = 0
    lists: int = 0
    paged: int = 0
    findings: dict[str, int] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    cpu_seconds: dict[str, float] = field(default_factory=dict)
    peak_mb: dict[str, float] = field(default_factory=dict)

    @property
    def compiled(self) -> bool:
        """Whether there is a package."""
        return self.failed in ("", "modules", "mypy")


def corpus(folder: Path, only: Iterable[str] = ()) -> list[Document]:
    """The documents of a folder that has an `index.json`, the named ones or all."""
    wanted = set(only)
    index = json.loads((folder / "index.json").read_text())
    return [
        Document(each["name"], folder / each["file"], each["operations"], str(each["version"]))
        for each in index
        if not wanted or each["name"] in wanted
    ]


def outcome_of(document: Document, work: Path, *, seconds: float = 600) -> Outcome:
    """Takes one document through all stages but mypy, each in a process of its own."""
    found = Outcome(document.name, document.operations, document.version)
    spec = work / "specs" / f"{document.name}.yaml"
    spec.parent.mkdir(parents=True, exist_ok=True)
    spec.unlink(missing_ok=True)
    ferrule = [sys.executable, "-m", "ferrule"]

    def stage(name: str, command: list[str]) -> Run:
        ended = run(command, seconds=seconds, environment={"PYTHONDONTWRITEBYTECODE": "1"})
        found.cpu_seconds[name] = round(ended.cpu_seconds, 3)
        found.peak_mb[name] = round(ended.peak_mb, 1)
        if ended.status != 0 and not found.failed:
            found.failed = name
            found.told = "stopped: it took too long" if ended.is_late else ended.tail
        return ended

    options = ["--force", "--validate", "0", "--output-format", "json"]
    command = [*ferrule, "import", "openapi", str(document.path), "-o", str(spec), *options]
    imported = stage("import", command)
    _count_findings(imported.output, found)
    if imported.status != 0:
        return found
    text = spec.read_text()
    found.lines = text.count("\n")
    tree = read_tree(str(spec), text, Report())
    actions = tree.data.get("actions", {}) if tree is not None else {}
    found.connector = str(tree.data["connector"]) if tree is not None else ""
    found.actions = {name: [_method(action), _path(action)] for name, action in actions.items()}
    has_default = tree is not None and "paging" in tree.data
    lists = [each for each in actions.values() if _gives_list(each)]
    found.lists = len(lists)
    found.paged = sum(
        each.get("paging", "none" if not has_default else "") != "none" for each in lists
    )
    out = work / "generated"
    compiled = stage("compile", [*ferrule, "compile", str(spec), "-o", str(out)])
    if compiled.status != 0:
        return found
    package = package_of(work, found.connector)
    arguments = [str(package.parent), package.name]
    stage("modules", [sys.executable, "-c", _IMPORT_ALL, *arguments])
    return found


def package_of(work: Path, connector: str) -> Path:
    """The folder of modules that a connector became."""
    return next(each.parent for each in (work / "generated" / connector).glob("*/py.typed"))


def _count_findings(output: str, found: Outcome) -> None:
    start = output.find("[")
    try:
        findings = json.loads(output[start : output.rindex("]") + 1]) if start >= 0 else []
    except ValueError:
        return
    for each in findings:
        rule = each["rule"]
        found.findings[rule] = found.findings.get(rule, 0) + 1
        if rule == "import-lost":
            found.lost.append(each["message"])


def _gives_list(action: Any) -> bool:
    returns = action.get("returns")
    return isinstance(returns, str) and returns.startswith("list(") and "get" in action


def _method(action: Any) -> str:
    return next((key for key in METHODS if key in action), "")


def _path(action: Any) -> str:
    return str(action.get(_method(action), ""))


def keep(outcomes: Iterable[Outcome], path: Path) -> None:
    """Writes what was found, one line a document."""
    path.write_text("".join(json.dumps(asdict(each)) + "\n" for each in outcomes))


def kept(path: Path) -> Iterator[Outcome]:
    """What was found before."""
    for line in path.read_text().splitlines():
        yield Outcome(**json.loads(line))


def mypy_faults(
    work: Path, connectors: list[str], *, seconds: float = 1800
) -> dict[str, list[str]]:
    """What mypy's strict mode says of packages, by connector. They share a cache."""
    packages = {name: package_of(work, name) for name in connectors}
    command = [sys.executable, "-m", "mypy", "--config-file=", "--explicit-package-bases"]
    command += ["--strict", "--no-error-summary", "--cache-dir", str(work / "mypy")]
    path = os.pathsep.join(str(each.parent) for each in packages.values())
    ended = run(
        [*command, *map(str, packages.values())], seconds=seconds, environment={"MYPYPATH": path}
    )
    faults: dict[str, list[str]] = {name: [] for name in connectors}
    for line in ended.output.splitlines():
        owner = next(
            (name for name, each in packages.items() if f"{each.parent.name}/{each.name}/" in line),
            None,
        )
        if owner is not None:
            faults[owner].append(line)
    if ended.status != 0 and not any(faults.values()):
        faults[connectors[0]].append(ended.tail)
    return faults
