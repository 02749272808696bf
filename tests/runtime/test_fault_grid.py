"""The fault grid: every fault, at every kind of call, over every wire; what is raised, how often.

A row is a fault. Its columns say how often the path is reached by a read (GET, PUT, POST with a
key), by POST without one, by page 3 of 5 (the two before it come on top), by a stream, whose body
is not replayed once it has begun, and at the token endpoint. Three attempts are allowed.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from ferrule_runtime.contract import Timeout
from tests.runtime.faces import FACES, Face, make_faces
from tests.runtime.fault_grid import ATTEMPTS, KINDS, PAGES_BEFORE, play
from tests.services.faults import FAULTS, FaultServer


@dataclass(frozen=True)
class Row:
    """What a fault becomes: the error of all kinds but those that have one of their own."""

    fault: str
    error: str
    reads: int = 3
    posts: int = 1
    stream: str | None = None
    streams: int | None = None
    page: str | None = None
    token: str | None = None
    tokens: int | None = None
    attempts: int = ATTEMPTS
    silence: float = 5.0
    deadline: float = 30.0

    def expected(self) -> dict[str, tuple[str, int]]:
        """The error and the hits of each kind."""
        reads = (self.error, self.reads)
        streams = self.reads if self.streams is None else self.streams
        tokens = self.reads if self.tokens is None else self.tokens
        return {
            "get": reads,
            "put": reads,
            "keyed": reads,
            "post": (self.error, self.posts),
            "page": (self.page or self.error, self.reads + PAGES_BEFORE * (self.reads > 0)),
            "stream": (self.stream or self.error, streams),
            "token": (self.token or self.error, tokens),
        }


FAILED, WRONG, LATE = "ConnectionFailed", "InvalidResponse", "Timeout"


def _content(fault: str, page: str | None = None) -> Row:
    """A body that is not what it says: nothing is sent again; a stream gives it as it is."""
    return Row(fault, WRONG, 1, 1, stream="ok", page=page)


def _late(fault: str, streams: int | None = None) -> Row:
    """Nothing comes while anybody waits; the pages before it must come within that time."""
    return Row(fault, LATE, 2, streams=streams, attempts=2, silence=0.5)


def _status(status: int, error: str, token: str | None = None) -> Row:
    """A status that does not pass of itself."""
    return Row(f"status/{status}", error, 1, 1, token=token)


def _passing(status: int, error: str) -> Row:
    """A status that may pass: reads are sent again."""
    return Row(f"status/{status}", error)


ROWS = [
    # Nothing was sent: every kind is tried again, and no path is reached.
    Row("refused", FAILED, 0, 0),
    # The connection breaks.
    Row("close-before", FAILED),
    Row("reset-before", FAILED),
    Row("reset-mid-headers", FAILED),
    Row("reset-after-headers", FAILED, streams=1),
    Row("truncated", FAILED, streams=1),
    Row("truncated-chunked", FAILED, streams=1),
    # A token answer need not be JSON, so that one cut off is no JSON and not known to be cut off.
    Row("truncated-no-length", WRONG, stream="ok", streams=1, tokens=1),
    Row("corrupt-gzip", WRONG, streams=1),
    Row("truncated-gzip", WRONG, streams=1),
    # It takes too long.
    _late("stall-before"),
    _late("stall-headers"),
    _late("stall-body", streams=1),
    _late("slow"),
    Row("drip-headers", LATE, 1, 1, deadline=1.2),
    # The deadline ends with the headers of a stream; it comes, if slowly.
    Row("drip-body/9", LATE, 1, 1, stream="ok", deadline=1.2),
    # The body is not what it says.
    _content("html"),
    _content("html-as-json"),
    _content("empty"),
    _content("bad-json"),
    _content("deep-json"),
    _content("bigint-json"),
    _content("latin1-json"),
    _content("short-valid-json"),
    # A page without items, of a service that leaves out what is empty.
    _content("nan-json", page="ok"),
    _content("scalar-json", page="ok"),
    _content("no-content-with-body", page="ok"),
    Row("ok", "ok", 1, 1, token=WRONG),
    Row("bom-json", "ok", 1, 1, token=WRONG),
    Row("duplicate-keys", "ok", 1, 1, token=WRONG),
    Row("many-headers", "ok", 1, 1, token=WRONG),
    # Too much of it, or packed too often.
    _content("gzip-bomb/8"),
    Row("gzip-chain", WRONG, 1, 1),
    # It is hardly HTTP.
    Row("garbage", FAILED, 1, 1),
    Row("two-lengths", FAILED, 1, 1),
    Row("huge-header", FAILED, 1, 1),
    # Elsewhere.
    Row("redirect-twin/302", "Redirected", 1, 1),
    Row("redirect-userinfo/307", "Redirected", 1, 1),
    # It says so. What a token endpoint refuses with 400, 401 or 403 is a credential.
    _status(400, "BadRequest", token="Unauthorized"),
    _status(401, "Unauthorized"),
    _status(403, "Forbidden", token="Unauthorized"),
    _status(404, "NotFound"),
    _status(405, "StatusError"),
    _status(409, "Conflict"),
    _status(418, "StatusError"),
    _status(422, "Unprocessable"),
    _status(501, "ServerError"),
    _passing(408, "StatusError"),
    _passing(500, "ServerError"),
    _passing(502, "BadGateway"),
    _passing(503, "ServiceUnavailable"),
    _passing(504, "ServerError"),
    Row("html-error", "BadGateway"),
    # A 429 did nothing, so that any call is sent again, unless it is told to wait too long.
    Row("retry-after/none", "RateLimited", 3, 3),
    Row("retry-after/zero", "RateLimited", 3, 3),
    Row("retry-after/negative", "RateLimited", 3, 3),
    Row("retry-after/word", "RateLimited", 3, 3),
    Row("retry-after/huge", "RateLimited", 1, 1),
    Row("retry-after/exponent", "RateLimited", 1, 1),
]


# Core over either library is the same code; the other tests of the wires run over both.
WIRES = [face for face in FACES if not str(face.id).endswith("httpcore")]


@pytest.fixture(params=WIRES)
def face(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Face]:
    """Sync and async, over connections of our own, through httpx and through httpx2."""
    yield from make_faces(request, monkeypatch)


@pytest.fixture(scope="module")
def server() -> Iterator[FaultServer]:
    """One service for the whole grid: each cell has a path of its own."""
    with_faults = FaultServer()
    yield with_faults
    with_faults.close()
    assert not with_faults.server.failures


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.fault)
def test_a_row_of_the_grid(face: Face, server: FaultServer, row: Row) -> None:
    outcomes = play(
        face,
        server,
        row.fault,
        max_attempts=row.attempts,
        timeout=Timeout(connect=5.0, read=row.silence, write=5.0, pool=5.0),
        deadline=row.deadline,
        max_response_bytes=1_000_000,
    )
    expected = row.expected()
    give_up_at = time.monotonic() + 3.0
    while True:
        met = {kind: (outcome.name, outcome.hits) for kind, outcome in outcomes.items()}
        # A call that gave up may have ended before the service has read what it sent.
        if met == expected or time.monotonic() > give_up_at:
            break
        time.sleep(0.02)
    assert met == expected
    for kind, outcome in outcomes.items():
        error = outcome.error
        if error is None:
            continue
        assert error.__cause__ is None
        assert error.__context__ is None
        if row.fault != "refused" and error.attempts is not None:
            pages = PAGES_BEFORE if kind == "page" else 0
            assert error.attempts == outcome.hits - pages
        if kind != "token":
            assert error.is_retry_safe is (kind != "post" or row.fault in ALWAYS_SAFE)


ALWAYS_SAFE = frozenset(
    row.fault for row in ROWS if row.fault == "refused" or row.fault.startswith("retry-after/")
)


def test_the_grid_is_whole() -> None:
    """So many cells, each of which was checked above; no fault of the service is left out."""
    named = {row.fault.partition("/")[0] for row in ROWS}
    # These have parameters of their own, or are ways to reach the others.
    apart = {"echo", "first", "page-three", "redirect", "redirect-loop"}
    assert set(FAULTS) - named == apart
    assert len(ROWS) * len(KINDS) * len(WIRES) >= 448
