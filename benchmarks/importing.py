"""CPU and memory of importing a package of 1,000 actions, up to its first typed call."""

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.figures import keep
from benchmarks.measure import as_installed, in_turns, peaks, ratio, seconds, table
from benchmarks.workload import write

ROUNDS = 9
BASE, BY_HAND = "import httpx, pydantic", "first call by hand"
HAND = """
from datetime import datetime
from typing import Literal
import httpx
from pydantic import BaseModel
class Account(BaseModel):
    id: str
    name: str
    status: Literal["active", "archived"] | str
    amount: float | None = None
    created_at: datetime | None = None
    is_shared: bool | None = None
    tags: list[str] | None = None
    position: int | None = None
with httpx.Client(base_url="{url}", headers={{"Authorization": "Bearer k"}}) as client:
    reply = client.get("/account_0000/a1").raise_for_status()
    account = Account.model_validate_json(reply.content)
assert account.tags
"""
TYPED = """
from acme_connector import Acme
with Acme(api_key="k", base_url="{url}") as client:
    account = client.account_0000.get(id_="a1")
assert account.tags
"""


def statements(url: str) -> dict[str, str]:
    """What is measured, by name."""
    return {
        "python": "pass",
        BASE: BASE,
        "import acme_connector": "import acme_connector",
        "client and one error class": "from acme_connector import Acme, NotFound",
        "a client made": "from acme_connector import Acme; Acme(api_key='k')",
        BY_HAND: HAND.format(url=url),
        "first typed call": TYPED.format(url=url),
    }


def compiled(folder: Path, actions: int, env: Mapping[str, str]) -> Path:
    """The folder of a package with so many actions, freshly compiled."""
    spec, _ = write(folder, actions)
    out = folder / f"out_{actions}"
    command = [sys.executable, "-m", "ferrule", "compile", str(spec), "-o", str(out)]
    subprocess.run(command, check=True, capture_output=True, env=dict(env))
    return out / "acme"


def main() -> None:
    """Print seconds, megabytes and ratios."""
    with (
        tempfile.TemporaryDirectory() as name,
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as service,
    ):
        assert service.stdout is not None
        folder = Path(name)
        env = as_installed(folder)
        texts = statements(f"http://127.0.0.1:{int(service.stdout.readline())}")
        package = compiled(folder, 1000, env)
        commands = {what: [sys.executable, "-c", text] for what, text in texts.items()}
        taken = in_turns(commands, rounds=ROUNDS, folder=package, env=env)
        assert service.stdin is not None
        service.stdin.close()
    cpu, memory = seconds(taken), peaks(taken)
    rows = []
    for what in texts:
        base = BY_HAND if "call" in what else BASE
        rows.append(
            [
                what,
                f"{statistics.median(cpu[what]) * 1000:.0f} ms",
                f"{statistics.median(memory[what]):.0f} MB",
                base,
                f"{ratio(cpu, what, base):.2f}",
                f"{ratio(memory, what, base):.2f}",
            ]
        )
    heads = ["statement", "CPU", "memory", "compared to", "CPU ratio", "memory ratio"]
    table("Import, 1,000 actions, whole process", heads, rows)
    by_size()


def by_size() -> None:
    """Milliseconds of an import by the number of actions, for the picture."""
    told = []
    with tempfile.TemporaryDirectory() as name:
        env = as_installed(Path(name))
        for actions in (10, 100, 1000):
            package = compiled(Path(name), actions, env)
            commands = {
                "import httpx, pydantic": [sys.executable, "-c", BASE],
                "client and an error": [
                    *(sys.executable, "-c", "from acme_connector import Acme, NotFound"),
                ],
                "import package": [sys.executable, "-c", "import acme_connector"],
            }
            taken = seconds(in_turns(commands, rounds=5, folder=package, env=env))
            row = {what: round(statistics.median(each) * 1e3, 1) for what, each in taken.items()}
            told.append({"actions": actions} | row)
    keep("importing", told)


if __name__ == "__main__":
    main()
