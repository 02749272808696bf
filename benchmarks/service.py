"""A small, fast HTTP server for measuring clients: answers from memory, in its own process."""

import asyncio
import json
import sys

OBJECT = {
    "id": "a1",
    "name": "A record of about one kilobyte",
    "status": "active",
    "amount": 12.5,
    "created_at": "2026-01-02T03:04:05Z",
    "is_shared": True,
    "tags": ["one", "two", "three"],
    "position": 7,
    "notes": "x" * 800,
}

TICKET = {
    "id": 35436,
    "subject": "The printer is on fire",
    "status": "open",
    "priority": "urgent",
    "created_at": "2026-01-02T03:04:05Z",
    "updated_at": "2026-02-02T03:04:05.123Z",
    "is_public": True,
    "score": 0.75,
    "tags": ["printer", "fire", "third floor"],
    "via": {"channel": "web", "source": {"name": "A form", "address": "https://example.com/form"}},
    "fields": [{"id": 27642, "value": "745"}, {"id": 27648, "value": "yes"}],
}


def reply(document: object) -> bytes:
    """A whole answer with a JSON body."""
    body = json.dumps(document).encode()
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Answering(asyncio.Protocol):
    """Answers each request head at once; bodies of requests are not used here."""

    one = reply(OBJECT)
    many = reply({"items": [OBJECT] * 100, "next": None})
    rich = reply({"items": [TICKET] * 100, "next": None})

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
            line = head.split(b"\r\n", 1)[0]
            if b" /account_0000/" in line:
                self.transport.write(self.one)
            else:
                self.transport.write(self.rich if b" /tickets" in line else self.many)


async def serve() -> None:
    """Listen on a free port of loopback, print it, and go on until standard input closes."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Answering, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve())
