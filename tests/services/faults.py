"""A service on loopback whose every path is one way in which a real one can fail.

The first segment of a path names the fault, segments of its own may follow, the rest is free: a
client whose base URL is `{url}/truncated` meets that fault with every action. `/first/2/FAULT/...`
fails twice and is well from then on.
"""

import gzip
import json
import socket
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from email.utils import formatdate
from functools import cache

from tests.services.loopback import Ending, LoopbackServer, Pause, Request, Step, response

STALL_SECONDS = 60.0
"""How long a stalled answer stalls: longer than any deadline a test sets."""

ARRIVAL_SECONDS = 10.0
"""How long a request that was sent may be underway on a busy machine."""

BOMB_BYTES = 200_000_000
"""What `gzip-bomb` unpacks to, from about 195 kB."""

OK = response(200)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
UNTIL_CLOSE = HEAD + b"Connection: close\r\n\r\n"

RETRY_AFTER = {
    "seconds": "1",
    "float": "0.5",
    "zero": "0",
    "negative": "-5",
    "huge": "999999999",
    "past-date": "Wed, 21 Oct 2015 07:28:00 GMT",
    "rfc850": "Sunday, 06-Nov-94 08:49:37 GMT",
    "iso": "2126-11-21T00:00:00Z",
    "word": "soon",
    "empty": "",
    "blanks": " 1 ",
    "list": "1, 2",
    "nan": "nan",
    "infinite": "inf",
    "exponent": "1e9",
    "arabic-digits": "\u0661".encode().decode("latin-1"),
}
"""Forms of Retry-After; `date` (two seconds ahead) and `none` (no header) are made on the spot."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One request that met a fault: its number on its path, the segments after the fault's name."""

    request: Request
    number: int
    rest: tuple[str, ...]
    twin_port: int

    def word(self, position: int, default: str) -> str:
        """A segment after the fault's name."""
        return self.rest[position] if position < len(self.rest) else default


Fault = Callable[[Hit], Iterable[Step]]


class FaultServer:
    """The faults on two origins (`url` and `twin_url`), and `refused_url`, where nobody listens."""

    def __init__(self) -> None:
        self.hits: Counter[str] = Counter()
        # Bound and never listening: a connection is refused, and nobody else can take the port.
        self._refusing = socket.socket()
        self._refusing.bind(("127.0.0.1", 0))
        self.refused_url = f"http://127.0.0.1:{self._refusing.getsockname()[1]}"
        self.server = LoopbackServer(self._answer, ports=2)
        self.url = self.server.url
        self.twin_url = f"http://127.0.0.1:{self.server.ports[1]}"

    @property
    def requests(self) -> list[Request]:
        """Every request so far, on both origins."""
        return self.server.requests

    @property
    def twin_requests(self) -> list[Request]:
        """What reached the other origin."""
        return [call for call in self.requests if call.port == self.server.ports[1]]

    def arrived(self, awaited: int) -> int:
        """How many requests came, once there are as many as are awaited, or none came for long.

        A call that gave up may end before the service has read what the call had sent.
        """
        give_up_at = time.monotonic() + ARRIVAL_SECONDS
        while len(self.requests) < awaited and time.monotonic() < give_up_at:
            time.sleep(0.02)
        return len(self.requests)

    def close(self) -> None:
        """Stop the service."""
        self._refusing.close()
        self.server.close()

    def _answer(self, request: Request) -> Iterable[Step]:
        self.hits[request.path] += 1
        segments = tuple(request.path.strip("/").split("/"))
        hit = Hit(request, self.hits[request.path], segments[1:], self.server.ports[1])
        return meet(segments[0], hit)


def meet(name: str, hit: Hit) -> Iterable[Step]:
    """What a fault of this name sends."""
    fault = FAULTS.get(name)
    if fault is None:
        known = json.dumps({"error": f"no fault is called {name!r}", "known": sorted(FAULTS)})
        return [response(404, known.encode())]
    return fault(hit)


def first(hit: Hit) -> Iterable[Step]:
    """`/first/N/FAULT/...`: the fault for the first N requests of a path, then all is well."""
    if hit.number > int(hit.rest[0]):
        return [OK]
    return meet(hit.rest[1], Hit(hit.request, hit.number, hit.rest[2:], hit.twin_port))


def page_three(hit: Hit) -> Iterable[Step]:
    """`/page-three/FAULT/...`: five pages of two numbers by `?page=`; the third meets the fault."""
    number = int(hit.request.query.partition("page=")[2] or 1)
    if number == 3:
        return meet(hit.rest[0], Hit(hit.request, hit.number, hit.rest[1:], hit.twin_port))
    page = {"items": [2 * number - 1, 2 * number], "next": number + 1 if number < 5 else None}
    return [response(200, json.dumps(page).encode())]


def status(hit: Hit) -> Iterable[Step]:
    """`/status/CODE`: an error with a JSON body."""
    return [response(int(hit.word(0, "500")), b'{"error":"as asked"}')]


def retry_after(hit: Hit) -> Iterable[Step]:
    """`/retry-after/FORM`: 429 with that form of the header."""
    form = hit.word(0, "seconds")
    if form == "none":
        return [response(429, b'{"error":"slow down"}')]
    value = formatdate(time.time() + 2, usegmt=True) if form == "date" else RETRY_AFTER[form]
    return [response(429, b'{"error":"slow down"}', headers=[("Retry-After", value)])]


def redirect(hit: Hit) -> Iterable[Step]:
    """`/redirect/CODE`: to `/echo` on the same origin."""
    return [_redirect(hit, "/echo")]


def redirect_twin(hit: Hit) -> Iterable[Step]:
    """`/redirect-twin/CODE`: to `/echo` on the other origin."""
    return [_redirect(hit, f"http://127.0.0.1:{hit.twin_port}/echo")]


def redirect_userinfo(hit: Hit) -> Iterable[Step]:
    """`/redirect-userinfo/CODE`: our origin as the user name of the other one."""
    own = f"127.0.0.1:{hit.request.port}"
    return [_redirect(hit, f"http://{own}@127.0.0.1:{hit.twin_port}/echo")]


def redirect_loop(hit: Hit) -> Iterable[Step]:
    """A redirect to itself."""
    return [response(302, b"", None, [("Location", hit.request.target)])]


def _redirect(hit: Hit, location: str) -> bytes:
    return response(int(hit.word(0, "302")), b"", None, [("Location", location)])


def echo(hit: Hit) -> Iterable[Step]:
    """What came in, as JSON."""
    request = hit.request
    seen = {
        "method": request.method,
        "target": request.target,
        "headers": request.headers,
        "body": request.body.decode("latin-1"),
    }
    return [response(200, json.dumps(seen).encode())]


def drip_headers(hit: Hit) -> Iterable[Step]:
    """One byte of a long header every 0.2 s: no single read ever takes long."""
    for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Long: " + b"a" * 200:
        yield bytes([byte])
        yield Pause(0.2)


def drip_body(hit: Hit) -> Iterable[Step]:
    """`/drip-body/BYTES`: a byte of the body every 0.2 s, so that no single read takes long."""
    word = hit.word(0, "")
    length = int(word) if word.isdecimal() else 300
    yield response(200, b"", length=length)
    for _ in range(length):
        yield b" "
        yield Pause(0.2)


@cache
def _bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    zeros = bytes(1_000_000)
    parts = [packer.compress(zeros) for _ in range(megabytes)]
    return b"".join([*parts, packer.flush()])


def gzip_bomb(hit: Hit) -> Iterable[Step]:
    """`/gzip-bomb/MEGABYTES`: a small body that unpacks to so many zeros, else `BOMB_BYTES`."""
    word = hit.word(0, "")
    megabytes = int(word) if word.isdecimal() else BOMB_BYTES // 1_000_000
    return [response(200, _bomb(megabytes), headers=[("Content-Encoding", "gzip")])]


def gzip_chain(hit: Hit) -> Iterable[Step]:
    """A body packed fifty times over."""
    body = b"{}"
    for _ in range(50):
        body = gzip.compress(body)
    return [response(200, body, headers=[("Content-Encoding", ", ".join(["gzip"] * 50))])]


def _gzipped_half() -> bytes:
    packed = gzip.compress(json.dumps({"items": list(range(500))}).encode())
    return response(200, packed[: len(packed) // 2], headers=[("Content-Encoding", "gzip")])


def _always(*steps: Step) -> Fault:
    return lambda hit: steps


FAULTS: dict[str, Fault] = {
    "ok": _always(OK),
    "echo": echo,
    "first": first,
    "page-three": page_three,
    "status": status,
    "retry-after": retry_after,
    # The connection breaks.
    "close-before": _always(Ending.CLOSE),
    "reset-before": _always(Ending.RESET),
    "reset-mid-headers": _always(b"HTTP/1.1 200 OK\r\nContent-Ty", Pause(0.05), Ending.RESET),
    "reset-after-headers": _always(response(200, b"", length=100), Pause(0.05), Ending.RESET),
    # The body is shorter than it should be.
    "truncated": _always(response(200, b'{"items":[1,2', length=100), Ending.CLOSE),
    "truncated-chunked": _always(
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{" + b'"a":\r\n', Ending.CLOSE
    ),
    "truncated-no-length": _always(UNTIL_CLOSE + b"[1,2", Ending.CLOSE),
    "short-valid-json": _always(UNTIL_CLOSE + b"12", Ending.CLOSE),
    # It takes too long.
    "slow": _always(Pause(1.5), OK),
    "stall-before": _always(Pause(STALL_SECONDS), Ending.CLOSE),
    "stall-headers": _always(b"HTTP/1.1 200 OK\r\nX-A", Pause(STALL_SECONDS), Ending.CLOSE),
    "stall-body": _always(response(200, b"{", length=50), Pause(STALL_SECONDS), Ending.CLOSE),
    "drip-headers": drip_headers,
    "drip-body": drip_body,
    # The body is not what it says.
    "html": _always(response(200, b"<html>log in</html>", "text/html")),
    "html-as-json": _always(response(200, b"<html>log in</html>")),
    "html-error": _always(response(502, b"<html><h1>Bad gateway</h1></html>", "text/html")),
    "empty": _always(response(200, b"")),
    "no-content-with-body": _always(b"HTTP/1.1 204 No Content\r\n\r\n{}", Ending.CLOSE),
    "bad-json": _always(response(200, b"{bad")),
    "nan-json": _always(response(200, b'{"a":NaN,"b":1e999}')),
    "duplicate-keys": _always(response(200, b'{"id":1,"id":2}')),
    "deep-json": _always(response(200, b"[" * 200_000 + b"]" * 200_000)),
    "bigint-json": _always(response(200, b'{"n":' + b"9" * 10_000 + b"}")),
    "bom-json": _always(response(200, b"\xef\xbb\xbf{}")),
    "latin1-json": _always(response(200, '{"n":"é"}'.encode("latin-1"))),
    "scalar-json": _always(response(200, b"null")),
    "corrupt-gzip": _always(
        response(200, b"\x1f\x8b\x08not gzip", headers=[("Content-Encoding", "gzip")])
    ),
    "truncated-gzip": _always(_gzipped_half()),
    "gzip-bomb": gzip_bomb,
    "gzip-chain": gzip_chain,
    # It is hardly HTTP.
    "garbage": _always(b"\x00\x01\x02 not http\r\n\r\n", Ending.CLOSE),
    "two-lengths": _always(
        HEAD + b"Content-Length: 2\r\nContent-Length: 5\r\n\r\n{}abc", Ending.CLOSE
    ),
    "huge-header": _always(response(200, headers=[("X-Huge", "a" * 300_000)])),
    "many-headers": _always(response(200, headers=[(f"X-{i}", "a") for i in range(5000)])),
    # It sends us elsewhere.
    "redirect": redirect,
    "redirect-twin": redirect_twin,
    "redirect-userinfo": redirect_userinfo,
    "redirect-loop": redirect_loop,
}
