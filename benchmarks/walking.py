"""Memory of a walk through a million records in pages, over that of the same client at rest."""

import asyncio
import json
import subprocess
import sys

from benchmarks.measure import table

RECORDS = 1_000_000
PAGE = 1000
SCRIPT = """
import json, resource, sys
from typing import Any
from ferrule_runtime.client import SyncClient
from ferrule_runtime.contract import Connector, Operation, Paging, body, template

class Acme(SyncClient):
    _connector = Connector(name="acme", base_url=template(sys.argv[1]))

LIST = Operation(
    "a.list", "GET", "/items", returns=list[dict[str, Any]], at=body("items"),
    paging=Paging(cursor=body("next"), into=(("query", "after"),)),
)

def size():
    return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() / 2**20

client = Acme({}, {})
client._pages(LIST).first_page()
at_rest, count, most = size(), 0, 0.0
for page in client._pages(LIST).pages(prefetch=int(sys.argv[2])):
    count += len(page.items)
    most = max(most, size())
print(json.dumps([count, at_rest, most]))
"""


class Answering(asyncio.Protocol):
    """Answers a request for a page at once; pages are told apart by their cursor alone."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to write."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.rest = b""

    def data_received(self, data: bytes) -> None:
        """Answer every complete head."""
        self.rest += data
        while b"\r\n\r\n" in self.rest:
            head, _, self.rest = self.rest.partition(b"\r\n\r\n")
            target = head.split(b" ", 2)[1].decode()
            number = int(target.partition("after=")[2] or 0)
            self.transport.write(page(number))


def page(number: int) -> bytes:
    """A whole answer with a page of records."""
    first = number * PAGE
    items = ",".join(
        f'{{"id":{n},"name":"record {n}","tags":["a","b"]}}' for n in range(first, first + PAGE)
    )
    following = number + 1 if first + PAGE < RECORDS else None
    content = f'{{"items":[{items}],"next":{json.dumps(following)}}}'.encode()
    kind = "Content-Type: application/json"
    head = f"HTTP/1.1 200 OK\r\n{kind}\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content


async def walked(prefetch: int) -> tuple[int, float, float]:
    """How many records there were, and megabytes at rest and at most."""
    server = await asyncio.get_running_loop().create_server(Answering, "127.0.0.1", 0)
    async with server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        walk = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", SCRIPT, url, str(prefetch)), stdout=subprocess.PIPE
        )
        output, _ = await walk.communicate()
    count, at_rest, most = json.loads(output)
    return count, at_rest, most


def main() -> None:
    """Print megabytes."""
    rows = []
    for prefetch in (0, 1):
        count, at_rest, most = asyncio.run(walked(prefetch))
        cells = [f"{count:,}", f"{at_rest:.0f} MB", f"{most - at_rest:.1f} MB", "50 MB"]
        rows.append([f"pages of {PAGE}, prefetch={prefetch}", *cells])
    table(
        "Memory of a long walk", ["how", "records", "at rest", "over that, at most", "goal"], rows
    )


if __name__ == "__main__":
    main()
