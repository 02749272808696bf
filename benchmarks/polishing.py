"""How often black is needed for generated modules, and how often a compiler to prove them."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from benchmarks.measure import table
from benchmarks.workload import write
from ferrule.diagnostics import Report
from ferrule.passes.polish.asking import formatted_alone
from ferrule.passes.polish.layout import laid_out
from ferrule.passes.render import render
from ferrule.pipeline import check_spec

ALONE = "ferrule.passes.polish.layout.formatted_alone"
REPOSITORY = Path(__file__).parent.parent
# Documents of real services, where they lie beside the checkout.
CORPUS = REPOSITORY.parent / "shared" / "corpus"
DOCUMENTS, LARGEST_BYTES, PATIENCE_SECONDS = 20, 700_000, 60


class Counts(NamedTuple):
    """What was met: black is asked about `whole` modules, and in others about `statements`.

    `compiled` are the modules that only a compiler proves to be Python.
    """

    specs: int
    modules: int
    whole: int
    in_part: int
    statements: int
    compiled: int


def counted(specs: Iterator[Path]) -> Counts:
    """What is met in the modules of some specs."""
    used = modules = whole = in_part = statements = compiled = 0
    for spec in specs:
        checked = check_spec(spec, Report())
        if checked is None:
            continue
        used += 1
        for path, text in render(checked.package).files.items():
            if not path.endswith(".py"):
                continue
            modules += 1
            with patch(ALONE, wraps=formatted_alone) as asked:
                made = laid_out(text)
            whole += made is None
            compiled += made is None or not made.is_proven
            in_part += asked.call_count > 0
            statements += asked.call_count
    return Counts(used, modules, whole, in_part, statements, compiled)


def imported(folder: Path) -> Iterator[Path]:
    """Specs that real documents become: the first documents by name that are not too large."""
    documents = sorted(
        path for path in CORPUS.glob("*.[jy]*") if path.stat().st_size < LARGEST_BYTES
    )
    found = 0
    for document in documents:
        if document.name == "index.json" or found == DOCUMENTS:
            continue
        spec = folder / f"{document.stem}.yaml"
        command = [sys.executable, "-m", "ferrule", "import", "openapi", str(document)]
        try:
            subprocess.run(
                [*command, "-o", str(spec), "--validate", "0"],
                capture_output=True,
                check=False,
                timeout=PATIENCE_SECONDS,
            )
        except subprocess.TimeoutExpired:
            continue
        if spec.exists() and check_spec(spec, Report()) is not None:
            found += 1
            yield spec


def main() -> None:
    """Print the shares."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inputs: dict[str, Iterator[Path]] = {
            "the regular workload, 1,000 actions": iter([write(folder, 1000)[0]]),
            "specs/": iter(sorted((REPOSITORY / "specs").glob("*.yaml"))),
        }
        if CORPUS.is_dir():
            inputs["imported OpenAPI documents"] = imported(folder)
        rows = []
        for what, specs in inputs.items():
            found = counted(specs)
            asked, partly, proven_late = (
                f"{each / found.modules:.1%}"
                for each in (found.whole, found.in_part, found.compiled)
            )
            row = [what, *map(str, (found.specs, found.modules)), asked, partly]
            rows.append([*row, str(found.statements), proven_late])
    heads = ["input", "specs", "modules", "whole", "statements of", "statements in all", "compiled"]
    table("Modules that black is needed for", heads, rows)


if __name__ == "__main__":
    main()
