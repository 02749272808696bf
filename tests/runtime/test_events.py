"""What a client tells of itself: events, log lines, counters, progress; and layers around it."""

import logging
import pickle
from typing import Any

import pytest

from ferrule_runtime import errors, events
from ferrule_runtime.connector import Rate
from ferrule_runtime.contract import OAuth2, Operation, Paging, Request, Setting, body, template
from ferrule_runtime.middleware import AttemptFault, Incoming, Outgoing
from tests.runtime.faces import Face, connector_at
from tests.services.loopback import Ending
from tests.services.scripted import ScriptedService, reply

GET: Operation[Any] = Operation("things.get", "GET", "/things/{id}", returns=dict[str, Any])
LIST: Operation[list[int]] = Operation(
    "things.list",
    "GET",
    "/things",
    returns=list[int],
    at=body("items"),
    paging=Paging(cursor=body("next"), into=(("query", "after"),), total=body("count")),
)
SETTINGS = (Setting("client_id"), Setting("client_secret", type="secret"))
SECRET = "its-very-own-secret"


def walk(face: Face, pager: Any) -> list[Any]:
    return face.drained(pager)


def test_every_attempt_and_wait_is_told(face: Face, service: ScriptedService) -> None:
    service.on(
        "GET",
        "/things/1",
        Ending.CLOSE,
        reply(503),
        reply(200, json={}, headers={"X-Request-Id": "r7"}),
    )
    heard: list[events.Event] = []
    client = face.at(service.url, on_event=heard.append, backoff=0.001)
    assert face.run(client, GET, path=(1,)) == {}
    kinds = [type(each).__name__ for each in heard]
    one = ["AttemptStarted", "AttemptEnded"]
    assert kinds == [*one, "Waited", *one, "Waited", *one]
    ended = [each for each in heard if isinstance(each, events.AttemptEnded)]
    assert [each.attempt for each in ended] == [1, 2, 3]
    assert [each.status_code for each in ended] == [None, 503, 200]
    assert ended[0].fault
    assert ended[2].request_id == "r7"
    assert all(each.seconds >= 0 for each in ended)
    assert {each.path_template for each in ended} == {"/things/{id}"}
    assert {(each.connector, each.action) for each in heard} == {("acme", "things.get")}


def test_events_are_frozen_equal_by_value_and_pickled() -> None:
    event = events.Waited("acme", "things.get", "retry", 0.5, 2)
    with pytest.raises(AttributeError):
        event.seconds = 1.0
    assert pickle.loads(pickle.dumps(event)) == event
    assert event != events.Waited("acme", "things.get", "retry", 0.5, 3)
    assert "seconds=0.5" in repr(event)
    assert "connector='acme'" in repr(event)


def test_a_wait_for_a_rate_limit_is_told_and_is_not_the_services_time(
    face: Face, service: ScriptedService
) -> None:
    service.on("GET", "/things/1", reply(json={}))
    heard: list[Any] = []
    client = face.at(service.url, limits={"default": (Rate(1, 0.2),)}, on_event=heard.append)
    kinds: list[str] = []
    # On a machine that stands still between two calls neither has to wait.
    for _ in range(50):
        heard.clear()
        face.run(client, GET, path=(1,))
        kinds = [type(each).__name__ for each in heard]
        if "Waited" in kinds:
            break
    assert kinds == ["Waited", "AttemptStarted", "AttemptEnded"]
    assert heard[0].reason == "limit"
    assert heard[0].seconds > 0.0


def test_a_refresh_is_told_and_no_secret_with_it(
    face: Face, service: ScriptedService, caplog: pytest.LogCaptureFixture
) -> None:
    service.on("POST", "/token", reply(503), reply(json={"access_token": "a-fresh-token"}))
    service.on("GET", "/things/1", reply(404, json={"you sent": "a-fresh-token"}))
    heard: list[Any] = []
    caplog.set_level(logging.DEBUG, "ferrule.acme")
    kind = OAuth2(token=Request("POST", template("/token")))
    client = face.client(
        connector_at(service.url, auth=kind, settings=SETTINGS),
        {"client_id": "me", "client_secret": SECRET},
        on_event=heard.append,
        backoff=None,
    )
    with pytest.raises(errors.NotFound):
        face.run(client, GET, path=(1,))
    refreshed = [each for each in heard if isinstance(each, events.Refreshed)]
    assert [(each.action, each.error) for each in refreshed] == [("auth.token", None)]
    assert client.stats().refreshes == 1
    for text in (repr(heard), caplog.text):
        assert SECRET not in text
        assert "a-fresh-token" not in text
    assert "acme.auth.token" in caplog.text


def test_a_refresh_that_fails_is_told(face: Face, service: ScriptedService) -> None:
    service.on("POST", "/token", reply(400, json={"error": "invalid_client"}))
    heard: list[Any] = []
    kind = OAuth2(token=Request("POST", template("/token")))
    client = face.client(
        connector_at(service.url, auth=kind, settings=SETTINGS),
        {"client_id": "me", "client_secret": SECRET},
        on_event=heard.append,
    )
    with pytest.raises(errors.Unauthorized):
        face.run(client, GET, path=(1,))
    refreshed = [each for each in heard if isinstance(each, events.Refreshed)]
    assert [each.error for each in refreshed] == ["Unauthorized"]
    assert client.stats().refreshes == 0


def pages_of(service: ScriptedService) -> None:
    service.on(
        "GET",
        "/things",
        reply(json={"items": [1, 2], "next": "b", "count": 5}),
        reply(json={"items": [3, 4], "next": "c", "count": 5}),
        reply(json={"items": [5], "count": 5}),
    )


def test_pages_are_told_and_progress_is_reported(face: Face, service: ScriptedService) -> None:
    pages_of(service)
    heard: list[Any] = []
    reported: list[events.Progress] = []
    client = face.at(service.url, on_event=heard.append)
    assert walk(face, client._pages(LIST).items(progress=reported.append)) == [1, 2, 3, 4, 5]
    pages = [each for each in heard if isinstance(each, events.PageRead)]
    assert [(each.number, each.items, each.has_next, each.total) for each in pages] == [
        (1, 2, True, 5),
        (2, 2, True, 5),
        (3, 1, False, 5),
    ]
    assert [(each.pages, each.items, each.total) for each in reported] == [
        (1, 2, 5),
        (2, 4, 5),
        (3, 5, 5),
    ]
    assert [each.checkpoint is None for each in reported] == [False, False, True]
    assert client.stats().pages == 3


def test_a_checkpoint_of_progress_goes_on_from_there(face: Face, service: ScriptedService) -> None:
    pages_of(service)
    reported: list[events.Progress] = []
    client = face.at(service.url)
    walk(face, client._pages(LIST).pages(max_pages=1, progress=reported.append))
    again = client._pages(LIST, checkpoint=reported[0].checkpoint)
    assert walk(face, again) == [3, 4, 5]
    assert service.requests[1].query == "after=b"


def test_a_listener_that_fails_harms_no_call(
    face: Face, service: ScriptedService, caplog: pytest.LogCaptureFixture
) -> None:
    service.on("GET", "/things/1", reply(json={}))

    def broken(event: events.Event) -> None:
        raise ValueError("mine")

    assert face.run(face.at(service.url, on_event=broken), GET, path=(1,)) == {}
    assert "a listener to events failed" in caplog.text


def test_stats_count_what_was_done(face: Face, service: ScriptedService) -> None:
    service.on("GET", "/things/1", reply(503), reply(json={}))
    client = face.at(service.url, max_attempts=2)
    before = client.stats()
    assert (before.calls, before.attempts, before.retry_quota) == (0, 0, 500)
    face.run(client, GET, path=(1,))
    service.on("GET", "/things/2", reply(404))
    copy = client.with_options(max_attempts=1)
    with pytest.raises(errors.NotFound):
        face.run(copy, GET, path=(2,))
    stats = client.stats()
    assert stats == copy.stats()
    assert (stats.calls, stats.attempts, stats.retries, stats.failures) == (2, 3, 1, 2)
    assert (stats.waiting, stats.waits) == (0, 0)
    expected = (1, 1) if face.is_core else (None, None)
    assert (stats.connections, stats.idle_connections) == expected


def layer(face: Face, seen: list[Any], name: str) -> Any:
    """A layer that notes what passes, sync or async."""
    if face.is_async:

        def around_async(call_next: Any) -> Any:
            async def handle(outgoing: Outgoing) -> Incoming:
                seen.append((name, outgoing.action, outgoing.attempt))
                outgoing.add_header("X-Layer", name)
                incoming: Incoming = await call_next(outgoing)
                seen.append((name, incoming.status_code))
                return incoming

            return handle

        return around_async

    def around(call_next: Any) -> Any:
        def handle(outgoing: Outgoing) -> Incoming:
            seen.append((name, outgoing.action, outgoing.attempt))
            outgoing.add_header("X-Layer", name)
            incoming: Incoming = call_next(outgoing)
            seen.append((name, incoming.status_code))
            return incoming

        return handle

    return around


def test_layers_are_around_every_attempt(face: Face, service: ScriptedService) -> None:
    service.on("GET", "/things/1", reply(503), reply(json={}))
    seen: list[Any] = []
    layers = [layer(face, seen, "outer"), layer(face, seen, "inner")]
    client = face.at(service.url, around=layers)
    assert face.run(client, GET, path=(1,)) == {}
    assert seen == [
        ("outer", "things.get", 1),
        ("inner", "things.get", 1),
        ("inner", 503),
        ("outer", 503),
        ("outer", "things.get", 2),
        ("inner", "things.get", 2),
        ("inner", 200),
        ("outer", 200),
    ]
    # Of this attempt, not piled up from the one before.
    assert [request.header("x-layer") for request in service.requests] == ["outer, inner"] * 2


def test_a_layer_sees_no_credential_and_may_answer_itself(
    face: Face, service: ScriptedService
) -> None:
    told: list[str] = []

    def answer(outgoing: Outgoing) -> Incoming:
        told.append(repr((outgoing.url, dict(outgoing.headers), outgoing.content, outgoing)))
        assert (outgoing.method, outgoing.path_template) == ("GET", "/things/{id}")
        assert outgoing.origin == service.url
        return Incoming(200, {"Content-Type": "application/json"}, b'{"own": true}')

    def around(call_next: Any) -> Any:
        if not face.is_async:
            return answer

        async def answer_async(outgoing: Outgoing) -> Incoming:
            return answer(outgoing)

        return answer_async

    from ferrule_runtime.contract import Token, ref

    connector = connector_at(
        service.url,
        auth=Token(template(ref("client_secret")), apply=("query", "key")),
        settings=(Setting("client_secret", type="secret"),),
    )
    client = face.client(connector, {"client_secret": SECRET}, around=around)
    assert face.run(client, GET, path=(1,)) == {"own": True}
    assert service.requests == []
    assert SECRET not in told[0]


def test_a_fault_passes_through_layers_and_is_retried(face: Face, service: ScriptedService) -> None:
    service.on("GET", "/things/1", Ending.CLOSE, reply(json={}))
    met: list[str] = []

    def around(call_next: Any) -> Any:
        if face.is_async:

            async def handle_async(outgoing: Outgoing) -> Incoming:
                try:
                    made: Incoming = await call_next(outgoing)
                except AttemptFault as fault:
                    met.append(type(fault).__name__)
                    raise
                return made

            return handle_async

        def handle(outgoing: Outgoing) -> Incoming:
            try:
                made: Incoming = call_next(outgoing)
            except AttemptFault as fault:
                met.append(type(fault).__name__)
                raise
            return made

        return handle

    assert face.run(face.at(service.url, around=around), GET, path=(1,)) == {}
    assert met == ["WireFault"]


def test_a_layer_of_the_wrong_kind_is_told_at_once(face: Face, service: ScriptedService) -> None:
    with pytest.raises(TypeError, match="call_next"):
        face.at(service.url, around="logging")

    async def handle_async(outgoing: Outgoing) -> Incoming:
        return Incoming(200)

    wrong: Any = (lambda call_next: lambda outgoing: None) if face.is_async else None
    around = wrong or (lambda call_next: handle_async)
    with pytest.raises(TypeError, match="coroutine function"):
        face.run(face.at(service.url, around=around), GET, path=(1,))


def test_spans_of_attempts(face: Face, service: ScriptedService) -> None:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    from ferrule_runtime.tracing import Tracing

    service.on("GET", "/things/1", Ending.CLOSE, reply(503), reply(json={}))
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    client = face.at(service.url, around=Tracing(provider))
    with provider.get_tracer("test").start_as_current_span("mine") as parent:
        face.run(client, GET, path=(1,))
    spans = exporter.get_finished_spans()[:-1]
    assert [span.name for span in spans] == ["GET /things/{id}"] * 3
    attributes = [dict(span.attributes or {}) for span in spans]
    assert [each.get("http.response.status_code") for each in attributes] == [None, 503, 200]
    assert [each.get("http.request.resend_count") for each in attributes] == [None, 1, 2]
    assert attributes[0]["server.address"] == "127.0.0.1"
    assert [span.status.is_ok for span in spans] == [False, False, True]
    trace_id = format(parent.get_span_context().trace_id, "032x")
    for request, span in zip(service.requests, spans, strict=True):
        context = span.get_span_context()
        assert context is not None
        told = request.header("traceparent") or ""
        assert told.startswith(f"00-{trace_id}-{context.span_id:016x}-")


def test_tracing_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from ferrule_runtime.tracing import Tracing

    monkeypatch.setitem(sys.modules, "opentelemetry", None)
    with pytest.raises(errors.ConfigurationError, match=r"ferrule-runtime\[otel\]"):
        Tracing()
