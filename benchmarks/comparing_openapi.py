"""CPU of making packages from real OpenAPI documents, against openapi-python-client on the same.

`python -m benchmarks.comparing_openapi [NAME …]`; openapi-python-client stands in the PATH, as
`make bench` arranges it. Only documents that it can read are compared: with its default settings,
else with literal enums.
"""

import statistics
import sys
import tempfile
from compileall import compile_dir
from pathlib import Path

import ferrule
from benchmarks.bounded import Run, run
from benchmarks.corpus import corpus
from benchmarks.importing_openapi import DOCUMENTS
from benchmarks.measure import table

SAMPLE = (
    "asana", "bitbucket", "codat_accounting_31", "datadog_v1", "digitalocean", "discord",
    "elevenlabs", "jellyfin", "jira_cloud", "lago", "mistral", "plaid", "resend", "stripe",
    "twilio_api_v2010", "train_travel_31",
)  # fmt: skip
_SECONDS = 600


def main() -> None:
    """Print seconds for each document, and the ratio over all."""
    names = sys.argv[1:] if Path(sys.argv[0]).stem == "comparing_openapi" else []
    if not (DOCUMENTS / "index.json").exists():
        print(f"no documents: {DOCUMENTS} has no index.json", file=sys.stderr)
        return
    compile_dir(Path(ferrule.__file__).parent, quiet=2)  # bytecode, as after an installation
    rows: list[list[str]] = []
    ratios: list[float] = []
    ours_sum = theirs_sum = 0.0
    operations = 0
    for document in corpus(DOCUMENTS, names or SAMPLE):
        with tempfile.TemporaryDirectory() as folder:
            theirs = _peer(document.path, Path(folder))
            if theirs is None:
                rows.append([document.name, str(document.operations), "", "cannot read it", ""])
                continue
            ours = _own(document.path, Path(folder))
        ours_sum, theirs_sum = ours_sum + ours, theirs_sum + theirs
        operations += document.operations
        ratios.append(ours / theirs)
        row = [f"{ours:.1f} s", f"{theirs:.1f} s", f"{ours / theirs:.2f}"]
        rows.append([document.name, str(document.operations), *row])
        print(*rows[-1], file=sys.stderr, flush=True)
    if ratios:
        per_thousand = [f"{1000 * each / operations:.1f} s" for each in (ours_sum, theirs_sum)]
        whole = f"{ours_sum / theirs_sum:.2f}"
        rows.append(["per 1,000 operations", str(operations), *per_thousand, whole])
        rows.append(["median of the documents", "", "", "", f"{statistics.median(ratios):.2f}"])
    heads = ["document", "operations", "ferrule import, compile", "openapi-python-client", "ratio"]
    table("From a document to a package, CPU of whole processes", heads, rows)


def _own(path: Path, folder: Path) -> float:
    spec = folder / f"{path.stem}.yaml"
    program = [sys.executable, "-m", "ferrule"]
    words = ["import", "openapi", str(path), "-o", str(spec), "--validate", "0"]
    first = _good(run([*program, *words, "--output-format", "concise"], seconds=_SECONDS))
    out = str(folder / "out")
    return first + _good(run([*program, "compile", str(spec), "-o", out], seconds=_SECONDS))


def _good(ended: Run) -> float:
    if ended.status != 0:
        raise RuntimeError(ended.tail)
    return ended.cpu_seconds


def _peer(path: Path, folder: Path) -> float | None:
    """Seconds of openapi-python-client; None where it gives up."""
    settings = folder / "settings.yaml"
    settings.write_text("literal_enums: true\n")
    for number, more in enumerate(([], ["--config", str(settings)])):
        words = ["generate", "--path", str(path), "--output-path", str(folder / f"peer{number}")]
        ended = run(["openapi-python-client", *words, *more], seconds=_SECONDS)
        if ended.status == 0:
            return ended.cpu_seconds
    return None


if __name__ == "__main__":
    main()
