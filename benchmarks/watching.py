"""Wall-clock time from saving a spec to its written package, beside its own compile."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.compiling import ENTRY
from benchmarks.measure import as_installed, table
from benchmarks.workload import spec_text
from ferrule.diagnostics import Report
from ferrule.pipeline import compile_spec, write_packages

SAVES, ACTIONS, PATIENCE_SECONDS = 15, 10, 60.0


def text(number: int) -> str:
    """The spec as it is saved for the so-and-so-many-th time."""
    return spec_text(ACTIONS).replace("title: Acme Cloud", f"title: Acme Cloud {number}")


def saved(spec: Path, package: Path, number: int) -> float:
    """Seconds from saving a spec until its package says what was saved."""
    wanted = f"# Acme Cloud {number}\n"
    began = time.perf_counter()
    spec.write_text(text(number), encoding="utf-8")
    while time.perf_counter() - began < PATIENCE_SECONDS:
        try:
            if wanted in (package / "README.md").read_text(encoding="utf-8"):
                return time.perf_counter() - began
        except FileNotFoundError:
            pass  # between the two renames of an exchange
        time.sleep(0.001)
    raise TimeoutError("the package was not written")


def compiled(spec: Path, out: Path, number: int) -> float:
    """Seconds that compiling and writing take in this process."""
    spec.write_text(text(number), encoding="utf-8")
    began = time.perf_counter()
    package = compile_spec(spec, Report(), out=out)
    assert package is not None
    write_packages([package], out, Report())
    return time.perf_counter() - began


def main() -> None:
    """Print both and their difference."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "specs").mkdir()
        spec, own = folder / "specs" / "acme.yaml", folder / "own.yaml"
        spec.write_text(text(0), encoding="utf-8")
        command = [sys.executable, "-c", ENTRY, "compile", "specs", "-o", "out", "--watch"]
        with subprocess.Popen(command, cwd=folder, env=as_installed(folder)) as watcher:
            try:
                while not (folder / "out" / "acme").exists():
                    time.sleep(0.05)
                time.sleep(2)  # until it watches
                compiled(own, folder / "own", 0)
                saves, compiles = [], []
                for number in range(1, SAVES + 1):
                    saves.append(saved(spec, folder / "out" / "acme", number))
                    compiles.append(compiled(own, folder / "own", number))
            finally:
                watcher.terminate()
    over = [(one - other) * 1e3 for one, other in zip(saves, compiles, strict=True)]
    cells = [f"{statistics.median(each) * 1e3:.0f} ms" for each in (saves, compiles)]
    row = [f"{ACTIONS} actions", *cells, f"{statistics.median(over):.0f} ms"]
    heads = ["spec", "save to written package", "its own compile", "difference"]
    table("Watching, wall clock", heads, [row])


if __name__ == "__main__":
    main()
