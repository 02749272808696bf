"""CPU of making a client after the first one, against making an httpx client."""

import statistics
from collections.abc import Callable
from typing import Any

from benchmarks.measure import blocks_in_turns, ratio, table
from ferrule_runtime.client import SyncClient
from ferrule_runtime.connector import Connector, Rate, Setting
from ferrule_runtime.contract import Token, ref, template

CLIENTS = 10
ROUNDS = 9


class Acme(SyncClient):
    """A client as packages have them: a setting, a credential, a limit."""

    _connector = Connector(
        name="acme",
        class_name="Acme",
        base_url=template("https://api.example.com"),
        settings=(Setting("api_key", type="secret", env="ACME_API_KEY"),),
        auth=Token(ref("api_key")),
        limits={"default": (Rate(100, 1.0),)},
    )

    def __init__(self, **options: Any) -> None:
        super().__init__({"api_key": "k"}, options)  # type: ignore[arg-type]


def main() -> None:
    """Print microseconds a client and their ratio."""
    import httpx

    def repeated(make: Callable[[], Any]) -> Callable[[], None]:
        def block() -> None:
            for _ in range(CLIENTS):
                make().close()

        return block

    by_hand, ours = "httpx.Client()", "client of a package"
    blocks: dict[str, Callable[[], object]] = {
        by_hand: repeated(httpx.Client),
        ours: repeated(Acme),
    }
    taken = blocks_in_turns(blocks, rounds=ROUNDS)
    cells = [f"{statistics.median(taken[name]) / CLIENTS * 1e6:.0f} µs" for name in blocks]
    row = ["one more client", *cells, f"{ratio(taken, ours, by_hand):.4f}"]
    table("Making a client", ["what", by_hand, ours, "ratio"], [row])


if __name__ == "__main__":
    main()
