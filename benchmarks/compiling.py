"""CPU of compiling a spec, against openapi-python-client on the document that says the same."""

import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measure import in_turns, ratio, seconds, table
from benchmarks.workload import write

PEER = "openapi-python-client"
# Removes what the round before has written, so that each round writes everything.
FROM_NOTHING = (
    "import shutil, sys; shutil.rmtree(sys.argv[4], ignore_errors=True); "
    "from ferrule.cli.main import main; main()"
)


def lines_of(folder: Path) -> int:
    """Lines of Python below a folder."""
    return sum(len(path.read_bytes().splitlines()) for path in folder.rglob("*.py"))


def main() -> None:
    """Print seconds and ratios for 100 and 1,000 actions."""
    peer = shutil.which(PEER)
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for actions, rounds in ((100, 3), (1000, 2)):
            spec, document = write(folder, actions)
            ours, theirs = folder / f"ours_{actions}", folder / f"theirs_{actions}"
            commands: dict[str, Sequence[str]] = {
                "ferrule": [
                    *(sys.executable, "-c", FROM_NOTHING),
                    *("compile", str(spec), "-o", str(ours)),
                ],
            }
            if peer is not None:
                commands[PEER] = [
                    *(peer, "generate", "--path", str(document)),
                    *("--output-path", str(theirs), "--overwrite"),
                ]
            taken = seconds(in_turns(commands, rounds=rounds, folder=folder))
            written = lines_of(ours)
            row = [f"{actions:,}", f"{statistics.median(taken['ferrule']):.2f} s", f"{written:,}"]
            if peer is None:
                row += ["not installed", "", "", ""]
            else:
                other = lines_of(theirs)
                whole = ratio(taken, "ferrule", PEER)
                row += [
                    f"{statistics.median(taken[PEER]):.2f} s",
                    f"{other:,}",
                    f"{whole:.2f}",
                    f"{whole * other / written:.2f}",
                ]
            rows.append(row)
    heads = ["actions", "ferrule", "lines", PEER, "lines", "CPU ratio", "CPU ratio a line"]
    table("Compile", heads, rows)


if __name__ == "__main__":
    main()
