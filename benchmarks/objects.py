"""CPU of a list of 100 rich objects, against httpx by hand with the same models."""

import importlib
import statistics
from collections.abc import Callable

from benchmarks.measure import blocks_in_turns, ratio, table
from benchmarks.served import served

CALLS = 30
ROUNDS = 15
SPEC = """
ferrule: 1
connector: desk
version: 1.0.0
base_url: https://desk.example
settings: {api_key: secret}
auth: {token: "${api_key}"}
rate_limit: 1000000/second
paging: {cursor: $.next, into: query.cursor}
errors: {code: $.error.code, message: $.error.message}
actions:
  tickets.list:
    get: /tickets
    returns: list(Ticket) at $.items
models:
  Ticket:
    id: integer
    subject: string
    status: string
    priority?: string
    created_at: datetime
    updated_at?: datetime
    is_public?: boolean
    score?: number
    tags?: list(string)
    via?: Via
    fields?: list(Field)
  Via: {channel: string, source?: Source}
  Source: {name?: string, address?: string}
  Field: {id: integer, value?: string}
"""


def main() -> None:
    """Print microseconds a page and ratios."""
    with served(SPEC, "desk") as port:
        rows = measure(f"http://127.0.0.1:{port}")
    heads = ["100 rich objects", "by hand", "typed call", "ratio", "goal"]
    table("Rich objects", heads, rows)


def measure(base_url: str) -> list[list[str]]:
    """Rows: against what, microseconds by hand, typed, ratio, goal."""
    import httpx
    from pydantic import TypeAdapter
    from typing_extensions import TypedDict

    desk = importlib.import_module("desk_connector")
    client = desk.Desk(api_key="k", base_url=base_url)
    by_hand, url = httpx.Client(), f"{base_url}/tickets"
    ticket = importlib.import_module("desk_connector.models.tickets").Ticket

    class Envelope(TypedDict):
        items: list[ticket]  # type: ignore[valid-type]
        next: str | None

    adapter = TypeAdapter(Envelope)

    def repeated(one: Callable[[], int]) -> Callable[[], None]:
        def block() -> None:
            for _ in range(CALLS):
                assert one() == 100

        return block

    typed = "typed call"
    same = "httpx.get + the same adapter"
    usual = "httpx.get + json() + model_validate"
    blocks: dict[str, Callable[[], object]] = {
        same: repeated(lambda: len(adapter.validate_json(by_hand.get(url).content)["items"])),
        usual: repeated(
            lambda: len([ticket.model_validate(each) for each in by_hand.get(url).json()["items"]])
        ),
        typed: repeated(lambda: len(client.tickets.list().first_page().items)),
    }
    taken = blocks_in_turns(blocks, rounds=ROUNDS)

    def micros(name: str) -> str:
        return f"{statistics.median(taken[name]) / CALLS * 1e6:.0f} µs"

    return [
        [f"against {name}", micros(name), micros(typed), f"{ratio(taken, typed, name):.2f}", goal]
        for name, goal in ((same, "0.90"), (usual, "0.65"))
    ]


if __name__ == "__main__":
    main()
