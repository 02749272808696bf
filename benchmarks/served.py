"""Compiles a spec into a package that can be imported, and serves answers from another process."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def served(spec: str, name: str) -> Iterator[int]:
    """The port of the service, while the package of a spec can be imported."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{name}.yaml"
        source.write_text(spec, encoding="utf-8")
        out = Path(folder) / "out"
        subprocess.run(
            [sys.executable, "-m", "ferrule", "compile", str(source), "-o", str(out)],
            check=True,
            capture_output=True,
        )
        sys.path.insert(0, str(out / name))
        with subprocess.Popen(
            [sys.executable, "-m", "benchmarks.service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as server:
            assert server.stdout is not None
            try:
                yield int(server.stdout.readline())
            finally:
                server.kill()
