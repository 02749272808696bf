"""What clients offer beside calls: copies, raw views, streams, pages, tests of the connection."""

import asyncio
import gzip
import inspect
import pickle
import subprocess
import sys
import warnings
from typing import Any

import pytest

from ferrule_runtime import check_contract, errors
from ferrule_runtime.contract import (
    Case,
    Errors,
    Operation,
    Outcome,
    Paging,
    Rate,
    Retry,
    Test,
    Timeout,
    Token,
    body,
    contains,
    equal,
    template,
    text,
    truthy,
)
from ferrule_runtime.headers import Headers
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.streams import Download
from ferrule_runtime.twins import (
    as_async,
    as_async_download,
    as_async_pager,
    as_raw,
    as_raw_async,
    as_raw_page,
)
from tests.runtime.faces import Face, connector_at
from tests.services.faults import FaultServer
from tests.services.scripted import ScriptedService, reply

GET: Operation[Any] = Operation("things.get", "GET", "/things/{id}", returns=dict[str, Any])
LIST: Operation[list[int]] = Operation(
    "things.list",
    "GET",
    "/things",
    returns=list[int],
    at=body("items"),
    paging=Paging(cursor=body("next"), into=(("query", "after"),), size=("query", "size")),
)
FILE: Operation[Any] = Operation("files.get", "GET", "/file", stream="bytes")
LINES: Operation[Any] = Operation("lines", "GET", "/lines", returns=dict[str, int], stream="lines")


def test_an_import_brings_nothing_heavy_and_a_client_neither() -> None:
    script = """
import sys
import ferrule_runtime, ferrule_runtime.contract, ferrule_runtime.client
import ferrule_runtime.errors, ferrule_runtime.omit
from ferrule_runtime.contract import *
class Acme(ferrule_runtime.client.SyncClient):
    _connector = Connector(
        name="acme",
        base_url=template("https://x.example.com"),
        auth=Token(ref("key")),
        settings=(Setting("key", type="secret"),),
        limits={"default": (Rate(5, 1.0),)},
    )
Acme({"key": "a-secret"}, {})
heavy = {"httpx", "httpx2", "httpcore", "httpcore2", "pydantic", "pydantic_core", "asyncio", "ssl",
         "json", "logging", "inspect", "dataclasses"}
print(sorted(heavy & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_contract_is_checked() -> None:
    check_contract(2, "acme_connector")
    for contract, fix in (
        (3, "install a newer ferrule-runtime"),
        (1, "compile acme_connector again"),
    ):
        with pytest.raises(ImportError, match=fix) as caught:
            check_contract(contract, "acme_connector")
        assert f"contract {contract}" in str(caught.value)
        assert "speaks contract 2" in str(caught.value)


def test_copies_have_options_of_their_own(face: Face, faults: FaultServer) -> None:
    client = face.at(f"{faults.url}/status/503", max_attempts=3)
    for each, attempts in ((client.with_options(max_attempts=1), 1), (client, 3)):
        with pytest.raises(errors.ServiceUnavailable) as caught:
            face.run(each, GET, path=(1,))
        assert caught.value.attempts == attempts


def test_copies_share_budgets(face: Face, faults: FaultServer) -> None:
    client = face.at(f"{faults.url}/status/503", max_attempts=2)
    copy = client.with_options(timeout=3.0)
    for each in (client, copy):
        with pytest.raises(errors.ServiceUnavailable):
            face.run(each, GET, path=(1,))
    assert client._policy.quota.left == 500 - 2 * 14
    assert client._policy.quota is copy._policy.quota
    assert client._policy.limiter is copy._policy.limiter


def test_all_errors_on_demand(face: Face, faults: FaultServer) -> None:
    client = face.at(f"{faults.url}/first/1/status/404", max_attempts=2)
    assert face.run(client.with_options(retry_all_errors=True), GET, path=(1,)) == {"ok": True}


def test_an_action_may_retry_in_its_own_way(face: Face, faults: FaultServer) -> None:
    operation: Operation[Any] = Operation(
        "x", "GET", "/x", returns=dict, retry=Retry(attempts=5, backoff=None)
    )
    client = face.client(connector_at(f"{faults.url}/status/503"))
    with pytest.raises(errors.ServiceUnavailable) as caught:
        face.run(client, operation)
    assert caught.value.attempts == 5


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({"timout": 3}, TypeError),
        ({"max_attempts": 0}, ValueError),
        ({"timeout": 0}, ValueError),
        ({"timeout": -1.0}, ValueError),
        ({"deadline": -1.0}, ValueError),
        ({"hosts": {"nowhere": "https://x.example.com"}}, errors.ConfigurationError),
        ({"base_url": "ftp://x"}, errors.ConfigurationError),
        ({"base_url": "https://user:pw@x.example.com"}, errors.ConfigurationError),
    ],
)
def test_options_that_make_no_sense_are_refused(face: Face, options: Any, kind: Any) -> None:
    with pytest.raises(kind):
        face.client(connector_at("https://x.example.com"), **options)


def test_a_copy_cannot_become_another_client(face: Face) -> None:
    client = face.client(connector_at("https://x.example.com"))
    with pytest.raises(TypeError):
        client.with_options(base_url="https://y.example.com")


def test_another_base_url_and_a_name(face: Face, service: ScriptedService) -> None:
    service.on("GET", "/v9/things/1", reply(json={}))
    connector = connector_at("https://x.example.com")
    client = face.client(connector, base_url=f"{service.url}/v9/", name="mine")
    face.run(client, GET, path=(1,))
    assert repr(client) == f"Acme(name='mine', base_url='{service.url}/v9')"


def test_the_limiter_can_be_switched_off(face: Face, service: ScriptedService) -> None:
    service.on("GET", "/things/1", reply(json={}))
    limits = {"default": (Rate(1, 1000.0),)}
    client = face.at(service.url, limits=limits, rate_limits=False)
    for _ in range(3):
        face.run(client, GET, path=(1,))
    bounded = face.at(service.url, limits=limits)
    face.run(bounded, GET, path=(1,))
    with pytest.raises(errors.Timeout, match="rate limit"):
        face.run(bounded.with_options(deadline=0.2), GET, path=(1,))


def raw_of(face: Face, client: Any) -> Any:
    """A raw view of a resource, as generated packages make it."""
    things: Any = AsyncThings if face.is_async else Things
    raw: Any = AsyncRawThings if face.is_async else RawThings
    made = things(client)
    return made, raw(made._as_raw())


class Things(Resource):
    def get(self, *, id: int) -> Any:  # noqa: A002
        """Get a thing."""
        return self._run(GET, path=(id,))

    def list(self) -> Pager[int]:
        """List things."""
        return self._pages(LIST)

    def file(self) -> Download:
        """Get a file."""
        return self._download(FILE)


class RawThings(Resource):
    get = as_raw(Things.get)
    list = as_raw_page(Things.list)
    file = as_raw(Things.file)


class AsyncThings(AsyncResource):
    get = as_async(Things.get)
    list = as_async_pager(Things.list)
    file = as_async_download(Things.file)


class AsyncRawThings(AsyncResource):
    get = as_raw_async(AsyncThings.get)
    list = as_raw_page(AsyncThings.list)
    file = as_raw_async(AsyncThings.file)


def test_an_async_method_tells_what_the_sync_one_tells() -> None:
    assert inspect.iscoroutinefunction(AsyncThings.get)
    assert inspect.iscoroutinefunction(AsyncThings.file)
    assert not inspect.iscoroutinefunction(AsyncThings.list)
    for method in ("get", "list", "file"):
        twin, source = getattr(AsyncThings, method), getattr(Things, method)
        assert twin.__doc__ == source.__doc__
        assert (twin.__name__, twin.__qualname__) == (method, f"AsyncThings.{method}")
        assert twin.__module__ == __name__
    assert str(inspect.signature(AsyncThings.get)) == "(self, *, id: int) -> Any"
    with pytest.raises(TypeError, match="unexpected keyword argument 'ids'"):
        asyncio.run(AsyncThings.get(object(), ids=1))  # type: ignore[call-arg]


def test_a_raw_view_gives_the_whole_answer(face: Face, service: ScriptedService) -> None:
    service.on(
        "GET", "/things/1", reply(200, json={"id": 1}, headers={"X-Request-Id": "r1", "X-A": "b"})
    )
    service.on("GET", "/things", reply(json={"items": [1, 2], "next": "c"}))
    service.on("GET", "/file", reply(content=b"abc"))
    things, raw = raw_of(face, face.at(service.url))
    answer = face.get(raw.get(id=1))
    assert (answer.status_code, answer.request_id, answer.headers["x-a"]) == (200, "r1", "b")
    assert answer.json() == answer.parse() == {"id": 1}
    assert answer.text.replace(" ", "") == '{"id":1}'
    assert "id" not in repr(answer)
    page = face.get(raw.list())
    assert (page.status_code, page.parse()) == (200, [1, 2])
    opened = face.get(raw.file())
    assert opened.status_code == 200
    assert face.get(opened.parse().read()) == b"abc"
    assert face.get(things.get(id=1)) == {"id": 1}


def test_a_raw_view_shows_what_would_be_refused(face: Face, service: ScriptedService) -> None:
    service.on("GET", "/things/1", reply(text="<html>"))
    _, raw = raw_of(face, face.at(service.url))
    answer = face.get(raw.get(id=1))
    assert answer.content == b"<html>"
    with pytest.raises(errors.InvalidResponse):
        answer.parse()


# --- streams


def test_a_download_is_read_in_parts(face: Face, service: ScriptedService) -> None:
    content = bytes(range(256)) * 4000
    service.on(
        "GET",
        "/file",
        reply(content=gzip.compress(content), headers={"Content-Encoding": "gzip"}),
    )
    client = face.at(service.url)
    parts = face.drained(face.get(client._download(FILE)))
    assert b"".join(parts) == content
    assert all(len(part) <= 65_536 for part in parts)


def test_a_stream_gives_items(face: Face, service: ScriptedService) -> None:
    service.on("GET", "/lines", reply(text='{"a":1}\n{"a":2}\n'))
    client = face.at(service.url)
    assert face.drained(face.get(client._lines(LINES))) == [{"a": 1}, {"a": 2}]


@pytest.mark.parametrize("fault", ["truncated", "truncated-gzip", "corrupt-gzip", "stall-body"])
def test_a_stream_that_is_cut_off_raises_a_typed_error(
    face: Face, faults: FaultServer, fault: str
) -> None:
    # The headers must come within that time, too, so that nothing is asked again.
    read = 1.0 if fault == "stall-body" else 30.0
    silence = Timeout(connect=30.0, read=read, write=30.0, pool=30.0)
    client = face.at(f"{faults.url}/{fault}", timeout=silence)
    opened = face.get(client._download(FILE))
    with pytest.raises((errors.ConnectionFailed, errors.InvalidResponse)) as caught:
        face.drained(opened)
    assert caught.value.action == "files.get"
    assert caught.value.__context__ is None
    assert len(faults.requests) == 1


def test_an_error_instead_of_a_stream_is_read_and_raised(
    face: Face, service: ScriptedService
) -> None:
    service.on("GET", "/file", reply(404, json={"message": "gone"}))
    block = Errors(message=(body("message"),))
    client = face.at(service.url, errors=block)
    with pytest.raises(errors.NotFound, match="gone"):
        face.get(client._download(FILE))


def test_a_stream_left_early_gives_its_place_back(face: Face, service: ScriptedService) -> None:
    service.on("GET", "/file", reply(content=b"x" * 1_000_000))
    client = face.at(service.url, concurrency=1, deadline=30.0)
    for _ in range(3):
        opened = face.get(client._download(FILE))
        face.get(opened.aclose() if face.is_async else opened.close())


def test_one_that_nobody_reads_gives_its_place_back_when_it_is_gone(
    face: Face, service: ScriptedService
) -> None:
    service.on("GET", "/file", reply(content=b"x" * 1_000_000))
    client = face.at(service.url, concurrency=1, deadline=30.0)
    for _ in range(3):
        with pytest.warns(ResourceWarning, match="neither read nor closed: use it in a `with`"):
            assert face.get(client._download(FILE)).status_code == 200
    assert face.get(face.get(client._download(FILE)).read()) == b"x" * 1_000_000


def test_a_download_is_not_bounded_by_the_size_of_what_is_held(
    face: Face, service: ScriptedService
) -> None:
    service.on("GET", "/file", reply(content=b"x" * 5000))
    client = face.at(service.url, max_response_bytes=1000)
    assert len(face.get(face.get(client._download(FILE)).read())) == 5000


# --- pages and results


def test_pages_by_a_cursor(face: Face, service: ScriptedService) -> None:
    service.on(
        "GET",
        "/things",
        reply(json={"items": [1, 2], "next": "c1"}),
        reply(503),
        reply(json={"items": [3], "next": None}),
    )
    client = face.at(service.url)
    assert face.drained(client._pages(LIST, query={"q": "x"}, page_size=2)) == [1, 2, 3]
    assert [request.query for request in service.requests] == [
        "q=x&size=2",
        "q=x&size=2&after=c1",
        "q=x&size=2&after=c1",
    ]


def test_a_paging_loop_is_an_error(face: Face, service: ScriptedService) -> None:
    service.on(
        "GET",
        "/things",
        reply(json={"items": [1], "next": "a"}),
        reply(json={"items": [2], "next": "b"}),
        reply(json={"items": [3], "next": "a"}),
    )
    client = face.at(service.url)
    with pytest.raises(errors.PagingLoop, match=r"acme\.things\.list") as caught:
        face.drained(client._pages(LIST))
    assert caught.value.action == "things.list"
    assert len(service.requests) == 3


def test_an_ignored_answer_is_nothing_and_the_last_page_is_the_last(
    face: Face, service: ScriptedService
) -> None:
    block = Errors(statuses={404: Outcome("ignore"), 416: Outcome("end")})
    service.on("GET", "/things/1", reply(404))
    service.on("GET", "/things", reply(json={"items": [1], "next": "c"}), reply(416))
    client = face.at(service.url, errors=block)
    assert face.run(client, GET, path=(1,)) is None
    assert face.drained(client._pages(LIST)) == [1]
    service.on("GET", "/things", reply(404))
    assert face.drained(client._pages(LIST)) == []


def test_results_by_status(face: Face, service: ScriptedService) -> None:
    operation: Operation[Any] = Operation(
        "exists",
        "GET",
        "/x",
        cases={200: Case(constant=(True,)), 404: Case(constant=(False,)), 202: Case(int)},
    )
    service.on("GET", "/x", reply(json={}), reply(404), reply(202, json=7), reply(410))
    client = face.at(service.url)
    assert [face.run(client, operation) for _ in range(3)] == [True, False, 7]
    with pytest.raises(errors.StatusError):
        face.run(client, operation)


def test_an_answer_of_another_shape_says_where(face: Face, service: ScriptedService) -> None:
    operation: Operation[Any] = Operation("x", "GET", "/x", returns=dict[str, int], at=body("data"))
    service.on("GET", "/x", reply(json={"data": {"a": "secret-value"}}))
    with pytest.raises(errors.InvalidResponse, match=r"\$\.data\.a") as caught:
        face.run(face.at(service.url), operation)
    assert "secret-value" not in str(caught.value)
    assert caught.value.status_code == 200
    assert caught.value.content


# --- etags


def test_what_has_not_changed_is_not_sent_again(face: Face, service: ScriptedService) -> None:
    operation: Operation[Any] = Operation("x", "GET", "/x", returns=dict, cache="etag")
    service.on(
        "GET",
        "/x",
        reply(json={"v": 1}, headers={"ETag": '"one"'}),
        reply(304),
        reply(json={"v": 2}, headers={"ETag": '"two"'}),
        reply(304),
    )
    client = face.at(service.url, auth=Token(template("k-secret")))
    assert [face.run(client, operation)["v"] for _ in range(4)] == [1, 1, 2, 2]
    asked = [request.header("if-none-match") for request in service.requests]
    assert asked == [None, '"one"', '"one"', '"two"']


def test_etags_are_kept_apart_by_url(face: Face, service: ScriptedService) -> None:
    operation: Operation[Any] = Operation("x", "GET", "/x/{id}", returns=dict, cache="etag")
    service.on("GET", "/x/1", reply(json={"v": 1}, headers={"ETag": '"one"'}))
    service.on("GET", "/x/2", reply(json={"v": 2}, headers={"ETag": '"two"'}))
    client = face.at(service.url)
    for number in (1, 2):
        face.run(client, operation, path=(number,))
    assert [request.header("if-none-match") for request in service.requests] == [None, None]


def test_a_304_that_nobody_asked_for_is_an_error(face: Face, service: ScriptedService) -> None:
    operation: Operation[Any] = Operation("x", "GET", "/x", returns=dict, cache="etag")
    service.on("GET", "/x", reply(304))
    with pytest.raises(errors.Redirected):
        face.run(face.at(service.url), operation)


# --- the connection test


def checked(face: Face, url: str, **given: Any) -> Any:
    test = Test(Operation("test", "GET", "/me", returns=None), **given)
    client = face.at(url, test=test, max_attempts=1)
    return face.get(client.test_connection())


def test_a_connection_that_works(face: Face, service: ScriptedService) -> None:
    service.on("GET", "/me", reply(json={"user": {"id": 1}}))
    assert checked(face, service.url).ok
    assert checked(face, service.url, ok=body("user", "id")).ok
    assert bool(checked(face, service.url, ok=equal(body("user", "id"), 1)))


def test_a_connection_that_does_not_work_tells_why(
    face: Face, service: ScriptedService, faults: FaultServer
) -> None:
    service.on("GET", "/me", reply(json={"error": "no such\nuser"}))
    found = checked(face, service.url, failed=truthy(body("error")), message=body("error"))
    assert (found.ok, found.error, bool(found)) == (False, None, False)
    assert "no such" in found.message
    assert "\n" not in found.message
    assert not checked(face, service.url, ok=contains(text(), "welcome")).ok
    service.on("GET", "/me", reply(401, json={"error": "bad key"}))
    found = checked(face, service.url, message=body("error"))
    assert found.message == "bad key"
    assert isinstance(found.error, errors.Unauthorized)
    found = checked(face, faults.refused_url)
    assert isinstance(found.error, errors.ConnectionFailed)
    assert found.message


def test_a_connector_without_a_test_says_so(face: Face) -> None:
    client = face.client(connector_at("https://x.example.com"))
    with pytest.raises(errors.ConfigurationError, match="no test"):
        face.get(client.test_connection())


# --- the rest


def test_a_deprecated_action_warns_once_where_it_is_called(
    face: Face, service: ScriptedService
) -> None:
    service.on("GET", "/old", reply(json={}))
    operation: Operation[Any] = Operation(
        "things.old", "GET", "/old", returns=dict, deprecated="use things.get"
    )

    class Old(Resource):
        def old(self) -> Any:
            return self._run(operation)

    class AsyncOld(AsyncResource):
        old = as_async(Old.old)

    kind: Any = AsyncOld if face.is_async else Old
    things = kind(face.at(service.url))

    async def user() -> Any:
        return await things.old()

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for _ in range(2):
            face.get(user()) if face.is_async else things.old()
    told = [each for each in caught if issubclass(each.category, DeprecationWarning)]
    assert [str(each.message) for each in told] == ["acme.things.old is deprecated: use things.get"]
    assert told[0].filename == __file__


def test_a_client_is_a_context(face: Face, service: ScriptedService) -> None:
    service.on("GET", "/things/1", reply(json={"id": 1}))
    client = face.at(service.url)
    if face.is_async:

        async def inside() -> Any:
            async with client as same:
                return same is client, await client._run(GET, path=(1,))

        assert face.get(inside()) == (True, {"id": 1})
    else:
        with client as same:
            assert same is client
            assert client._run(GET, path=(1,)) == {"id": 1}


def test_a_cancelled_call_leaves_the_client_usable(face: Face, faults: FaultServer) -> None:
    if not face.is_async:
        return
    connector = connector_at(f"{faults.url}", concurrency=3, limits={"default": (Rate(1000, 1.0),)})
    client = face.client(connector)
    stalled: Operation[Any] = Operation("s", "GET", "/stall-before/x", returns=dict)
    well: Operation[Any] = Operation("w", "GET", "/ok/x", returns=dict)

    async def main() -> list[Any]:
        tasks = [asyncio.create_task(client._run(stalled)) for _ in range(20)]
        # Bounded by the deadline of nobody but the test: three are on their way, the others wait.
        for _ in range(1000):
            if len(faults.requests) >= 3:
                break
            await asyncio.sleep(0.01)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert all(task.cancelled() for task in tasks)
        return await asyncio.gather(*(client._run(well) for _ in range(10)))

    assert face.get(main()) == [{"ok": True}] * 10


class Gone(errors.StatusError):
    """A class of a spec."""


def test_errors_survive_pickling_combined_ones_too() -> None:
    table = errors.ErrorTable(errors.ConnectorError, {**errors.BUILT_IN, "Gone": Gone})
    for kind in (errors.NotFound, Gone, table.together(Gone, errors.Forbidden)):
        error = kind("text", status_code=403, code="x", headers=Headers([(b"A", b"b")]), attempts=2)
        again = pickle.loads(pickle.dumps(error))
        assert {base.__name__ for base in type(again).__mro__} == {
            base.__name__ for base in kind.__mro__
        }
        assert (str(again), again.status_code, again.code, again.attempts) == ("text", 403, "x", 2)
        assert again.headers["a"] == "b"
    assert table.together(Gone, errors.Forbidden) is table.together(Gone, errors.Forbidden)
    assert table.together(Gone, errors.StatusError) is Gone


def test_a_table_makes_what_it_does_not_list() -> None:
    class OwnError(errors.ConnectorError):
        pass

    table = errors.ErrorTable(OwnError, {})
    found = table.named("NotFound")
    assert issubclass(found, OwnError)
    assert issubclass(found, errors.NotFound)
    assert table.named("Unheard") is OwnError


def test_headers_do_not_care_about_case() -> None:
    headers = Headers([(b"X-A", b" 1 "), (b"x-a", b"2"), (b"B", b"\xff")])
    assert (headers["x-A"], headers["b"], "X-a" in headers, len(headers)) == ("1, 2", "ÿ", True, 2)
    assert "1" not in repr(headers)


def test_timeouts_as_options() -> None:
    from ferrule_runtime.options import Options, as_timeout

    assert as_timeout(3).read == 3.0
    assert as_timeout(None).read is None
    connector = connector_at("https://x.example.com", timeout=Timeout(total=9.0))
    assert Options({}, "Acme").total_seconds(connector, None) == 9.0
    assert Options({"timeout": Timeout(total=4.0)}, "Acme").total_seconds(connector, None) == 4.0
    assert Options({"deadline": None}, "Acme").total_seconds(connector, None) is None
