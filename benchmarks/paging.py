"""How much sooner a walk ends whose pages are fetched ahead: 20 ms a page, 10 ms to use one."""

import json
import time
from typing import Any

from benchmarks.measure import table
from ferrule_runtime.answer import Answer
from ferrule_runtime.operation import Arguments, Operation, Paging
from ferrule_runtime.pager import Fetched, Page, Pager
from ferrule_runtime.places import body

SERVER_SECONDS = 0.020
CONSUMER_SECONDS = 0.010
PAGES = 40
NUMBERED = Paging(page=("query", "page"), total=body("total"))


class Service:
    """Gives a page after as long as a service takes."""

    def fetch_page(self, operation: Operation[Any], arguments: Arguments) -> Fetched[Any]:
        assert operation.paging is None
        time.sleep(SERVER_SECONDS)
        number = (arguments.query or {})["page"]
        content = json.dumps({"items": [number], "total": PAGES}).encode()
        return Fetched([number], Answer(200, (), content))

    def page_read(self, operation: Operation[Any], number: int, page: Page[Any]) -> None:
        assert (operation.action, number > 0, len(page.items)) == ("a.list", True, 1)

    def paging_loop(self, operation: Operation[Any], reason: str) -> Exception:
        return RuntimeError(f"{operation.action}: {reason}")


def seconds(*, prefetch: int = 0, parallel: int = 1) -> float:
    """How long a walk through all pages takes."""
    operation: Operation[list[int]] = Operation("a.list", "GET", "/", returns=list[int])
    pager = Pager(Service(), operation, NUMBERED, Arguments())
    began = time.monotonic()
    count = 0
    for _ in pager.pages(prefetch=prefetch, parallel=parallel):
        time.sleep(CONSUMER_SECONDS)
        count += 1
    assert count == PAGES
    return time.monotonic() - began


def main() -> None:
    """Print pages a second, the ratio to one after the other, and the bound of that ratio."""
    alone = min(seconds() for _ in range(3))
    both = SERVER_SECONDS + CONSUMER_SECONDS
    bounds = {"prefetch": both / SERVER_SECONDS, "parallel": both / CONSUMER_SECONDS}
    rows = [["one after the other", f"{PAGES / alone:.0f}", "1.00", ""]]
    for name, number in (("prefetch", 1), ("parallel", 4)):
        taken = min(seconds(**{name: number}) for _ in range(3))
        cells = [f"{PAGES / taken:.0f}", f"{alone / taken:.2f}", f"{bounds[name]:.1f}"]
        rows.append([f"{name}={number}", *cells])
    table("Pages", ["how", "pages a second", "against one after the other", "bound"], rows)


if __name__ == "__main__":
    main()
