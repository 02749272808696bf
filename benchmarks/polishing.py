"""How often black is needed: the share of generated modules that it is asked about, and changes."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import table
from benchmarks.workload import write
from ferrule.diagnostics import Report
from ferrule.passes.polish import polish
from ferrule.passes.polish.layout import laid_out
from ferrule.passes.render import render
from ferrule.pipeline import check_spec

REPOSITORY = Path(__file__).parent.parent
# Documents of real services, where they lie beside the checkout.
CORPUS = REPOSITORY.parent / "shared" / "corpus"
DOCUMENTS, LARGEST_BYTES, PATIENCE_SECONDS = 20, 700_000, 60


def counted(specs: Iterator[Path]) -> tuple[int, int, int, int]:
    """Specs, modules, modules that black is asked about, modules that it changes."""
    used = modules = asked = changed = 0
    for spec in specs:
        checked = check_spec(spec, Report())
        if checked is None:
            continue
        used += 1
        rendered = render(checked.package)
        unsure = [
            path
            for path, text in rendered.files.items()
            if path.endswith(".py") and laid_out(text) is None
        ]
        modules += sum(path.endswith(".py") for path in rendered.files)
        asked += len(unsure)
        if unsure:
            polished = polish(rendered).files
            changed += sum(polished[path] != rendered.files[path] for path in unsure)
    return used, modules, asked, changed


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
            used, modules, asked, changed = counted(specs)
            rows.append(
                [
                    what,
                    str(used),
                    str(modules),
                    f"{asked / modules:.1%}",
                    f"{changed / modules:.1%}",
                ]
            )
    heads = ["input", "specs", "modules", "black is asked about", "black changes"]
    table("Modules that black is needed for", heads, rows)


if __name__ == "__main__":
    main()
