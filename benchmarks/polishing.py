"""How often black is needed: in how many generated modules it is asked about a statement."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
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


def counted(specs: Iterator[Path]) -> tuple[int, int, int, int, int]:
    """Specs, modules, those that black is asked about as a whole, by statements, and statements."""
    used = modules = whole = in_part = statements = 0
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
                whole += laid_out(text) is None
            in_part += asked.call_count > 0
            statements += asked.call_count
    return used, modules, whole, in_part, statements


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
            used, modules, whole, in_part, statements = counted(specs)
            shares = [f"{each / modules:.1%}" for each in (whole, in_part)]
            rows.append([what, str(used), str(modules), *shares, str(statements)])
    heads = ["input", "specs", "modules", "whole", "statements of", "statements in all"]
    table("Modules that black is needed for", heads, rows)


if __name__ == "__main__":
    main()
