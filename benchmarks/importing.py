"""CPU of importing a package of 1,000 actions, against `import httpx, pydantic`."""

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import in_turns, ratio, table
from benchmarks.workload import write

ROUNDS = 9


def main() -> None:
    """Print seconds and ratios."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        spec, _ = write(folder, 1000)
        subprocess.run(
            [sys.executable, "-m", "ferrule", "compile", str(spec), "-o", str(folder / "out")],
            check=True,
            capture_output=True,
        )
        package = folder / "out" / "acme"
        statements = {
            "python": "pass",
            "import httpx, pydantic": "import httpx, pydantic",
            "import acme_connector": "import acme_connector",
            "client and one error class": "from acme_connector import Acme, NotFound",
            "a client made": "from acme_connector import Acme; Acme(api_key='k')",
        }
        commands = {name: [sys.executable, "-c", text] for name, text in statements.items()}
        taken = in_turns(commands, rounds=ROUNDS, folder=package)
        base = "import httpx, pydantic"
        rows = [
            [
                name,
                f"{statistics.median(taken[name]) * 1000:.0f} ms",
                f"{ratio(taken, name, base):.2f}",
            ]
            for name in statements
        ]
    table("Import, 1,000 actions, whole process", ["statement", "CPU", f"to `{base}`"], rows)


if __name__ == "__main__":
    main()
