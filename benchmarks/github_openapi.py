"""GitHub's own document (npm: @octokit/openapi): CPU and memory to a package, and its import."""

import statistics
import sys
import tempfile
from compileall import compile_dir
from pathlib import Path

import ferrule
from benchmarks.bounded import Run, run
from benchmarks.measure import in_turns, ratio, table
from benchmarks.npm import package

ROUNDS = 5
_MOST_MB = 4000


def main() -> None:
    """Print seconds, megabytes and the ratio of imports."""
    home = package("@octokit/openapi")
    if home is None:
        print("@octokit/openapi is not installed; `make bench` does it", file=sys.stderr)
        return
    compile_dir(Path(ferrule.__file__).parent, quiet=2)  # bytecode, as after an installation
    document = home / "generated" / "api.github.com.json"
    program = [sys.executable, "-m", "ferrule"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        spec, out = folder / "octo.yaml", folder / "out"
        words = ["import", "openapi", str(document), "-o", str(spec), "--validate", "0"]
        imported = _good([*program, *words, "--output-format", "concise"])
        compiled = _good([*program, "compile", str(spec), "-o", str(out)])
        statements = {
            "import httpx, pydantic": "import httpx, pydantic",
            "import octo_connector": "import octo_connector",
            "client and one error class": "from octo_connector import Octo, NotFound",
        }
        commands = {each: [sys.executable, "-c", text] for each, text in statements.items()}
        used = in_turns(commands, rounds=ROUNDS, folder=out / "octo")
        taken = {each: [one.seconds for one in runs] for each, runs in used.items()}
        actions = imported.output.rsplit(": ", 1)[-1].split(" ", 1)[0]
    whole = imported.cpu_seconds + compiled.cpu_seconds
    rows = [
        ["import", f"{imported.cpu_seconds:.1f} s", f"{imported.peak_mb:.0f} MB"],
        ["compile", f"{compiled.cpu_seconds:.1f} s", f"{compiled.peak_mb:.0f} MB"],
        ["both", f"{whole:.1f} s", f"{max(imported.peak_mb, compiled.peak_mb):.0f} MB"],
    ]
    table(f"GitHub's document, {actions} actions", ["step", "CPU", "peak memory"], rows)
    base = "import httpx, pydantic"
    rows = [
        [each, f"{statistics.median(taken[each]) * 1000:.0f} ms", f"{ratio(taken, each, base):.2f}"]
        for each in statements
    ]
    table("Import of its package, whole process", ["statement", "CPU", f"to `{base}`"], rows)


def _good(command: list[str]) -> Run:
    ended = run(command, seconds=600, memory_mb=_MOST_MB)
    if ended.status != 0:
        raise RuntimeError(ended.tail)
    return ended


if __name__ == "__main__":
    main()
