"""What an answer may cost: body, headers, nesting, redirects, time; each with its setting."""

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferrule_runtime import errors
from ferrule_runtime.answer import is_deeper
from ferrule_runtime.contract import Operation
from tests.runtime.faces import Face
from tests.services.faults import FaultServer
from tests.services.scripted import ScriptedService, reply

GET: Operation[Any] = Operation("things.get", "GET", "/x", returns=dict[str, Any])
FILE: Operation[Any] = Operation("files.get", "GET", "/x", stream="bytes")

BOMB = """
import asyncio, resource, sys
from typing import Any
from ferrule_runtime.client import AsyncClient, SyncClient
from ferrule_runtime.contract import Connector, Operation, template
from ferrule_runtime.errors import InvalidResponse

kind, url, fault = sys.argv[1:]
connector = Connector(name="acme", base_url=template(url))

def operation(name):
    return Operation(name, "GET", f"/{name}", returns=dict[str, Any])

def size():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

class Sync(SyncClient):
    _connector = connector

class Async(AsyncClient):
    _connector = connector

def sync():
    with Sync({}, {}) as client:
        client._run(operation("ok"))
        before = size()
        try:
            client._run(operation(fault))
        except InvalidResponse as error:
            assert "max_response_bytes" in str(error), error
            return size() - before

async def asynchronous():
    async with Async({}, {}) as client:
        await client._run(operation("ok"))
        before = size()
        try:
            await client._run(operation(fault))
        except InvalidResponse as error:
            assert "max_response_bytes" in str(error), error
            return size() - before

print(sync() if kind == "sync" else asyncio.run(asynchronous()))
"""


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_bomb_of_200_megabytes_costs_less_than_50(faults: FaultServer, kind: str) -> None:
    """In a process of its own: what memory it has used at most, before and after."""
    done = subprocess.run(
        [sys.executable, "-c", BOMB, kind, faults.url, "gzip-bomb"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 50


def test_headers_have_a_bound(face: Face, service: ScriptedService) -> None:
    service.on("GET", "/x", reply(json={}, headers={"X-Large": "a" * 2000}))
    assert face.run(face.at(service.url), GET) == {}
    client = face.at(service.url, max_header_bytes=1000)
    with pytest.raises(errors.ConnectionFailed, match="max_header_bytes"):
        face.run(client, GET)
    with pytest.raises(errors.ConnectionFailed, match="max_header_bytes"):
        face.get(client._download(FILE))
    # None was sent again, and the connections are as good as before.
    assert len(service.requests) == 3
    assert face.run(client.with_options(max_header_bytes=5000), GET) == {}


def test_nesting_has_a_bound(face: Face, service: ScriptedService) -> None:
    service.on("GET", "/x", reply(json={"a": [[["]}[[[["]]]}))
    assert face.run(face.at(service.url, max_nesting=4), GET) == {"a": [[["]}[[[["]]]}
    with pytest.raises(errors.InvalidResponse, match="max_nesting"):
        face.run(face.at(service.url, max_nesting=3), GET)
    assert len(service.requests) == 2


@pytest.mark.parametrize(("most", "hits"), [(0, 1), (2, 3)])
def test_redirects_have_a_bound(face: Face, faults: FaultServer, most: int, hits: int) -> None:
    client = face.at(f"{faults.url}/redirect-loop", max_redirects=most)
    with pytest.raises(errors.Redirected):
        face.run(client, GET)
    assert len(faults.requests) == hits


def test_the_time_of_a_call_has_a_bound_by_itself(face: Face, service: ScriptedService) -> None:
    client = face.at(service.url)
    for made, seconds in ((client, 3600.0), (client.with_options(deadline=5.0), 5.0)):
        from ferrule_runtime.operation import Arguments

        call = made._call(GET, Arguments())
        assert call.deadline is not None
        assert 0.0 < call.deadline - made._policy.clock() <= seconds
    assert client.with_options(deadline=None)._call(GET, Arguments()).deadline is None


@pytest.mark.parametrize(
    "options",
    [
        {"max_header_bytes": 0},
        {"max_header_bytes": 1_000_000},
        {"max_nesting": 0},
        {"max_nesting": 201},
        {"max_redirects": -1},
    ],
)
def test_a_bound_that_cannot_be_kept_is_refused(face: Face, options: Any) -> None:
    with pytest.raises(ValueError, match=next(iter(options))):
        face.at("http://127.0.0.1:1", **options)


def depth_of(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    is_one = isinstance(value, (dict, list))
    return is_one + max(map(depth_of, inner), default=0)


@given(
    st.recursive(
        st.none() | st.integers() | st.text(alphabet='[]{}"\\a', max_size=6),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.text(alphabet='[]{}"\\b', max_size=4), inner, max_size=3)
        ),
        max_leaves=20,
    ),
    st.integers(1, 6),
)
def test_the_depth_is_told_without_reading_the_values(value: Any, most: int) -> None:
    import json

    assert is_deeper(json.dumps(value).encode(), most) is (depth_of(value) > most)
