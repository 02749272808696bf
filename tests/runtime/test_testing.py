"""The mocked service: real clients, flows, decoders and pagers over answers that a test tells."""

import asyncio
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import pytest

from ferrule_runtime.client import AsyncClient, SyncClient
from ferrule_runtime.conditions import all_of, equal, greater, not_, truthy, unequal
from ferrule_runtime.connector import Connector, Rate, Setting
from ferrule_runtime.credentials.kinds import Basic
from ferrule_runtime.errors import (
    BUILT_IN,
    ConfigurationError,
    ConnectorError,
    Errors,
    NotFound,
    Outcome,
    RateLimited,
    ServiceUnavailable,
    StatusError,
)
from ferrule_runtime.feeds import Event
from ferrule_runtime.models import DateTime, EpochDateTime, Field, IntegerText, Model, StrictInt
from ferrule_runtime.omit import omit
from ferrule_runtime.operation import Case, Operation, Paging
from ferrule_runtime.pager import AsyncPager, Pager
from ferrule_runtime.places import (
    ANY,
    as_,
    body,
    body_query,
    header,
    last,
    link,
    redirect,
    status,
    text,
)
from ferrule_runtime.preload import preload
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.streams import Download, Stream
from ferrule_runtime.templates import ref, template
from ferrule_runtime.testing import MockAction, MockService

Priority = Literal["low", "high"] | str  # noqa: PYI051 - as generated models say it


class Person(Model):
    id: StrictInt
    email: str


class Ticket(Model):
    id: StrictInt
    subject: str | None
    status: Literal["open", "closed"]
    priority: Priority
    tags: list[str]
    created_at: DateTime
    due_at: EpochDateTime
    big: IntegerText = Field(alias="bigNumber")
    requester: Person
    watchers: list[Person] = Field(default_factory=list)
    note: str | None = None


class Box(Model):
    width: StrictInt = Field(alias="Width")
    kind: str = Field(alias="@kind")
    lids: list["Lid"] = Field(alias="Lid")


class Lid(Model):
    colour: str


class Gone(StatusError):
    """A class of the spec's own."""


PAGINGS = {
    "cursor": Paging(
        cursor=body("meta", "after"),
        into=(("query", "after"),),
        more=truthy(body("meta", "has_more")),
        size=("query", "size"),
        default_size=100,
    ),
    "body": Paging(cursor=header("X-Next"), into=(("body", "page.after"),)),
    "number": Paging(page=("query", "p"), start=1, more=greater(body("left"), 0)),
    "plain_number": Paging(page=("query", "p"), start=0),
    "offset": Paging(offset=("query", "o"), total=body("total")),
    "link": Paging(link="next"),
    "url": Paging(next_url=body("next"), more=not_(equal(body("done"), True))),
    "last": Paging(cursor=last("id"), into=(("query", "starting_after"),)),
    "xml": Paging(cursor=body("R", "Marker"), into=(("query", "marker"),)),
    "two": Paging(into=((("body", "end"), last("id")), (("header", "X-Rev"), body("rev")))),
}


def listing(name: str, method: str = "GET") -> Operation[list[Ticket]]:
    return Operation(f"tickets.{name}", method, "/tickets", returns=list[Ticket], paging=name,
                     at=body("tickets"))  # fmt: skip


OPERATIONS: dict[str, Operation[Any]] = {
    "get": Operation("tickets.get", "GET", "/tickets/{id}", returns=Ticket, at=body("ticket")),
    "create": Operation("tickets.create", "POST", "/tickets", returns=Ticket, at=body("ticket")),
    "delete": Operation("tickets.delete", "DELETE", "/tickets/{id}"),
    "count": Operation("tickets.count", "GET", "/count", returns=StrictInt,
                       at=as_(header("X-Count").matching("of ([0-9]+)$"), "integer")),
    "ids": Operation("tickets.ids", "GET", "/ids", returns=list[StrictInt],
                     at=body("rows", ANY, "id")),
    "maybe": Operation("tickets.maybe", "GET", "/maybe", returns=Ticket | None, at=body("ticket")),
    "save": Operation("tickets.save", "PUT", "/save", cases={
        200: Case(Ticket, at=body("ticket")), 202: Case(str, at=header("X-Job")),
        404: Case(constant=(False,))}),
    "report": Operation("tickets.report", "GET", "/report",
                        cases={"json": Case(Person), "csv": Case(str, media="text")}),
    "either": Operation("tickets.either", "GET", "/either", by="kind",
                        cases={"json": Case(Person), "text": Case(str, media="text")}),
    "where": Operation("tickets.where", "GET", "/where", returns=str, redirect=True),
    "found": Operation("tickets.found", "GET", "/found", returns=list[StrictInt],
                       at=body_query("$.a[?@.b]")),
    "motto": Operation("tickets.motto", "GET", "/motto", returns=str, media="text"),
    "raw": Operation("tickets.raw", "GET", "/raw", returns=bytes, stream="bytes"),
    "lines": Operation("tickets.lines", "GET", "/lines", returns=Person, stream="lines"),
    "events": Operation("tickets.events", "GET", "/events", returns=Event, stream="events"),
    "rows": Operation("tickets.rows", "GET", "/rows", returns=Person, stream="csv"),
    "box": Operation("tickets.box", "GET", "/box", returns=Box, at=body("R", "Box"), media="xml"),
    "boxes": Operation("tickets.boxes", "GET", "/boxes", returns=list[Box], at=body("R", "Box"),
                       media="xml", paging="xml"),
    **{name: listing(name, "POST" if name in ("body", "two") else "GET")
       for name in PAGINGS if name != "xml"},
}  # fmt: skip

CONNECTOR = Connector(
    name="desk",
    class_name="Desk",
    settings=(
        Setting("subdomain", type="string", env="DESK_SUBDOMAIN", pattern="[a-z]{3}"),
        Setting("token", type="secret", env="DESK_TOKEN"),
        Setting("region", type="enum", env="DESK_REGION", choices=("eu", "us")),
        Setting("since", type="date", env="DESK_SINCE"),
        Setting("origins", type="list(url)", env="DESK_ORIGINS"),
        Setting("size", type="integer", env="DESK_SIZE", minimum=5),
    ),
    values={"host": template(ref("subdomain"), ".example")},
    base_url=template("https://", ref("host")),
    hosts={"big_files": template("https://files.", ref("host"))},
    auth=Basic(username=ref("subdomain"), password=ref("token")),
    auths={"bot": Basic(username="bot", password=ref("token"))},
    limits={"default": (Rate(1, 3600.0),)},
    errors=Errors(
        ok=all_of(not_(equal(body("ok"), False)), unequal(body("version"), 1)),
        code=(body("error", "code"),),
        message=(body("error", "message"),),
        statuses={410: Outcome("fail", error="Gone")},
    ),
    pagings=PAGINGS,
)


class Desk(SyncClient):
    _connector = CONNECTOR

    def __init__(self, *, subdomain: Any = omit, token: Any = omit, **options: Any) -> None:
        super().__init__({"subdomain": subdomain, "token": token}, options)  # type: ignore[arg-type]

    @cached_property
    def tickets(self) -> "Tickets":
        return Tickets(self)


class Tickets(Resource):
    def run(self, name: str, **arguments: Any) -> Any:
        return self._run(OPERATIONS[name], **arguments)

    def pages(self, name: str, **arguments: Any) -> Pager[Ticket]:
        return self._pages(OPERATIONS[name], **arguments)

    def download(self, name: str) -> Download:
        return self._download(OPERATIONS[name])

    def stream(self, name: str) -> Stream[Any]:
        return self._lines(OPERATIONS[name])


class AsyncDesk(AsyncClient):
    _connector = CONNECTOR

    def __init__(self, *, subdomain: Any = omit, token: Any = omit, **options: Any) -> None:
        super().__init__({"subdomain": subdomain, "token": token}, options)  # type: ignore[arg-type]

    @cached_property
    def tickets(self) -> "AsyncTickets":
        return AsyncTickets(self)


class AsyncTickets(AsyncResource):
    async def run(self, name: str, **arguments: Any) -> Any:
        return await self._run(OPERATIONS[name], **arguments)

    def pages(self, name: str, **arguments: Any) -> AsyncPager[Ticket]:
        return self._pages(OPERATIONS[name], **arguments)

    async def download(self, name: str) -> Any:
        return await self._download(OPERATIONS[name])

    async def stream(self, name: str) -> Any:
        return await self._lines(OPERATIONS[name])


class Service(MockService):
    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    def __getattr__(self, name: str) -> MockAction:
        return MockAction(self, OPERATIONS[name])

    def client(self) -> Desk:
        return self._client(Desk)

    def async_client(self) -> AsyncDesk:
        return self._client(AsyncDesk)


@pytest.fixture(name="service")
def _service() -> Service:
    with Service() as service:
        return service


def test_an_object_comes_back_with_what_was_said_and_the_rest_made_up(service: Service) -> None:
    service.get.returns(id=7, subject="x", status="open")
    client = service.client()
    assert isinstance(client, Desk)
    ticket = client.tickets.run("get", path=(7,))
    assert isinstance(ticket, Ticket)
    assert (ticket.id, ticket.subject, ticket.status, ticket.tags) == (7, "x", "open", [])
    assert isinstance(ticket.requester, Person)
    assert ticket.created_at.tzinfo is not None
    assert ticket.note is None
    assert "note" not in ticket.model_fields_set


def test_values_may_be_models_dicts_or_python_values(service: Service) -> None:
    moment = datetime(2024, 5, 1, tzinfo=UTC)
    service.get.returns(created_at=moment, due_at=moment, big=2**60, requester={"id": 3})
    client = service.client()
    ticket = client.tickets.run("get", path=(7,))
    assert (ticket.created_at, ticket.due_at, ticket.big) == (moment, moment, 2**60)
    assert ticket.requester.id == 3
    service.create.returns(ticket)
    assert client.tickets.run("create", body={}) == ticket
    service.maybe.returns({"bigNumber": "5", "unknown": [1], "watchers": [{"id": 9}]})
    maybe = client.tickets.run("maybe")
    assert (maybe.big, maybe.model_extra, maybe.watchers[0].id) == (5, {"unknown": [1]}, 9)


def test_nothing_and_other_kinds_of_results(service: Service) -> None:
    client = service.client()
    service.delete.returns()
    assert client.tickets.run("delete", path=(1,)) is None
    service.maybe.returns(None)
    assert client.tickets.run("maybe") is None
    service.count.returns(12)
    assert client.tickets.run("count") == 12
    service.ids.returns([1, 2])
    assert client.tickets.run("ids") == [1, 2]
    service.motto.returns("be kind")
    assert client.tickets.run("motto") == "be kind"
    service.where.returns("/tickets/9")
    assert client.tickets.run("where") == "/tickets/9"


def test_cases(service: Service) -> None:
    client = service.client()
    for value in (False, "job-1"):
        service.save.returns(value)
    service.save.returns(id=4)
    assert client.tickets.run("save") is False
    assert client.tickets.run("save") == "job-1"
    assert client.tickets.run("save").id == 4
    service.report.returns("a,b")
    assert client.tickets.run("report") == "a,b"
    service.either.returns(id=1)
    assert client.tickets.run("either", by="json").id == 1


@pytest.mark.parametrize(
    ("name", "value", "fields", "message"),
    [
        ("get", (), {"subjct": "x"}, "did you mean subject"),
        ("get", (), {"zzz": "x"}, "there are"),
        ("get", (), {"id": "seven"}, r"\$\.id should be a valid integer"),
        ("get", (None,), {}, "missing or null"),
        ("get", (5,), {}, "should be"),
        ("get", (1, 2), {}, "one value"),
        ("get", ({},), {"id": 1}, "one value"),
        ("delete", (5,), {}, "it returns None"),
        ("delete", (), {"id": 5}, "no object with fields"),
        ("cursor", (), {"id": 5}, "say returns"),
        ("cursor", ({"id": 5},), {}, "gives a list"),
        ("cursor", ([{"id": "x"}],), {}, r"\$\[0\]\.id should be"),
        ("count", ("many",), {}, "cannot return"),
        ("save", (object(),), {}, "cannot return"),
        ("found", ([1],), {}, "no answer can be made up"),
        ("lines", ([{"id": "x"}],), {}, "should be"),
    ],
)
def test_what_an_action_could_not_answer_fails_at_once(
    service: Service, name: str, value: tuple[Any, ...], fields: dict[str, Any], message: str
) -> None:
    action = getattr(service, name)
    with pytest.raises((TypeError, ValueError), match=message):
        action.returns(*value, **fields)
    with pytest.raises(AssertionError):
        service.client().tickets.run("get", path=(1,))


def test_an_action_that_was_not_told_fails_clearly(service: Service) -> None:
    service.create.returns(id=1)
    with pytest.raises(AssertionError, match=r"tickets\.get was called \(GET /tickets/\{id\}\)"):
        service.client().tickets.run("get", path=(1,))

    async def run() -> None:
        with pytest.raises(AssertionError, match=r"say service\.tickets\.get\.returns"):
            await service.async_client().tickets.run("get", path=(1,))

    asyncio.run(run())


def test_answers_come_in_turn_and_the_last_one_stays(service: Service) -> None:
    client = service.client()
    service.get.fails(ServiceUnavailable)
    service.get.returns(id=1)
    service.get.returns(id=2)
    with pytest.raises(ServiceUnavailable):
        client.tickets.run("get", path=(1,))
    assert [client.tickets.run("get", path=(1,)).id for _ in range(3)] == [1, 2, 2]
    assert len(service.get.calls) == 4
    service.get.fails(NotFound)
    with pytest.raises(NotFound):
        client.tickets.run("get", path=(1,))


def test_errors_have_their_facts(service: Service) -> None:
    client = service.client()
    service.get.fails(NotFound, code="gone", message="no such ticket", request_id="r1")
    with pytest.raises(NotFound) as caught:
        client.tickets.run("get", path=(1,))
    error = caught.value
    assert (error.status_code, error.code, error.message) == (404, "gone", "no such ticket")
    assert (error.action, error.request_id) == ("tickets.get", "r1")
    assert str(error) == ("desk.tickets.get: GET /tickets/{id} answered 404 gone: no such ticket")
    service.create.fails(Gone)
    with pytest.raises(Gone) as gone:
        client.tickets.run("create", body={})
    assert gone.value.status_code == 410
    service.delete.fails(RateLimited, retry_after_seconds=3.0)
    with pytest.raises(RateLimited) as limited:
        client.tickets.run("delete", path=(1,))
    assert (limited.value.status_code, limited.value.retry_after_seconds) == (429, 3.0)
    service.motto.fails(OSError)
    with pytest.raises(OSError):
        client.tickets.run("motto")
    with pytest.raises(TypeError):
        service.maybe.fails(NotFound, no_such_fact=1)


def test_every_built_in_error_can_be_raised(service: Service) -> None:
    for kind in BUILT_IN.values():
        service.get.fails(kind)
    client = service.client()
    for kind in BUILT_IN.values():
        with pytest.raises(kind):
            client.tickets.run("get", path=(1,))


def test_answers_are_judged_by_the_rules_of_the_connector(service: Service) -> None:
    client = service.client()
    service.get.answers(404, json={"error": {"code": "nope", "message": "no"}})
    service.get.answers(200, json={"ok": False, "error": {"code": "bad"}})
    service.get.answers(410)
    service.get.answers(200, content=b"<html>", headers={"Content-Type": "text/html"})
    met: list[tuple[str, str | None]] = []
    for _ in range(4):
        with pytest.raises(ConnectorError) as caught:
            client.tickets.run("get", path=(1,))
        met.append((type(caught.value).__name__, caught.value.code))
    assert met[0] == ("NotFound", "nope")
    assert met[1][1] == "bad"
    with pytest.raises(ValueError, match="NaN"):
        service.get.answers(json=float("nan"))


def test_calls_are_noted_as_they_would_have_been_sent(service: Service) -> None:
    client = service.client()
    service.create.returns(id=1)
    service.get.returns(id=1)
    client.tickets.run("create", body={"subject": "x"}, query={"a": 1, "b": [1, 2]},
                       headers={"X-A": "y"})  # fmt: skip
    client.tickets.run("get", path=("a/b",))
    created, got = service.calls
    assert (created.action, created.method, created.path) == ("tickets.create", "POST", "/tickets")
    assert created.query == {"a": "1", "b": ["1", "2"]}
    assert created.headers["x-a"] == "y"
    assert created.json == {"subject": "x"}
    assert got.path == "/tickets/a/b"
    assert service.get.calls == [got]
    assert "authorization" not in created.headers
    client.tickets.run("create", body={"subject": "x y"}, send="form")
    assert service.calls[-1].form == {"subject": "x y"}
    assert repr(service) == "Service(3 calls)"
    assert repr(service.get) == "MockAction(tickets.get, 1 calls)"
    assert repr(got) == "MockedCall(tickets.get: GET /tickets/a/b)"


def test_no_setting_credential_or_limit_is_needed(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    for setting in CONNECTOR.settings:
        monkeypatch.delenv(setting.env, raising=False)
    with pytest.raises(ConfigurationError):
        Desk()
    client = service.client()
    service.get.returns(id=1)
    for _ in range(3):  # the real budget is one an hour
        client.tickets.run("get", path=(1,), auth="bot")
    assert CONNECTOR.limits
    assert client.with_options(timeout=1.0).tickets.run("get", path=(1,)).id == 1


@pytest.mark.parametrize("name", sorted(PAGINGS.keys() - {"xml"}))
def test_pages_run_through_the_real_paging(service: Service, name: str) -> None:
    getattr(service, name).pages([{"id": 1}, {"id": 2}], [{"id": 3}], [{"id": 4}])
    client = service.client()
    for _ in range(2):
        assert [ticket.id for ticket in client.tickets.pages(name)] == [1, 2, 3, 4]
    pages = list(client.tickets.pages(name).pages())
    assert [len(page.items) for page in pages if page.items] == [2, 1, 1]
    first = client.tickets.pages(name).first_page()
    assert first.has_next
    resumed = client.tickets.pages(name, checkpoint=first.checkpoint)
    assert [ticket.id for ticket in resumed] == [3, 4]

    async def run() -> None:
        pager = service.async_client().tickets.pages(name)
        assert [ticket.id async for ticket in pager] == [1, 2, 3, 4]

    asyncio.run(run())


def test_a_list_is_one_page_and_pages_need_paging(service: Service) -> None:
    client = service.client()
    for name in PAGINGS.keys() - {"xml"}:
        getattr(service, name).returns([{"id": 1}])
        assert [ticket.id for ticket in client.tickets.pages(name)] == [1]
    with pytest.raises(TypeError, match="has no pages"):
        service.get.pages([])
    with pytest.raises(ValueError, match="cannot return this"):
        service.cursor.pages([{"id": 1}], [{"id": "x"}])


def test_streams(service: Service, tmp_path: Path) -> None:
    client = service.client()
    service.raw.returns(b"\x00\x01")
    assert client.tickets.download("raw").read() == b"\x00\x01"
    assert client.tickets.download("raw").save(tmp_path / "f") == 2
    service.lines.returns([{"id": 1}, Person(id=2, email="e")])
    assert [row.id for row in client.tickets.stream("lines")] == [1, 2]
    service.rows.returns([{"id": 1, "email": 'a "b"\nc'}, {"id": 2}])
    assert [(row.id, row.email) for row in client.tickets.stream("rows")] == [
        (1, 'a "b"\nc'),
        (2, ""),
    ]
    service.events.returns([Event("tick", "a\nb", "7", 100), Event(data="c")])
    with client.tickets.stream("events") as stream:
        assert [(event.event, event.data, event.id) for event in stream] == [
            ("tick", "a\nb", "7"),
            ("message", "c", "7"),
        ]
    service.raw.fails(NotFound)
    service.raw.returns(b"z")

    async def run() -> None:
        async_client = service.async_client()
        with pytest.raises(NotFound):
            await async_client.tickets.download("raw")
        async with await async_client.tickets.download("raw") as download:
            assert await download.read() == b"z"
        async with await async_client.tickets.stream("lines") as lines:
            assert [row.id async for row in lines] == [1, 2]

    asyncio.run(run())


def test_xml(service: Service) -> None:
    client = service.client()
    service.box.returns(width=3, kind='a"<', lids=[{"colour": "red"}])
    box = client.tickets.run("box")
    assert (box.width, box.kind, [lid.colour for lid in box.lids]) == (3, 'a"<', ["red"])
    service.boxes.pages([{"Width": 1}, {"Width": 2}], [{"Width": 3}])
    boxes: Any = client.tickets.pages("boxes")
    assert [box.width for box in boxes] == [1, 2, 3]


def test_places_without_an_answer_are_told(service: Service) -> None:
    from ferrule_runtime.mocks.answers import MockAnswer, NotMockable

    answer = MockAnswer()
    for place in (redirect("x"), body_query("$..a"), last("x")):
        with pytest.raises(NotMockable):
            answer.put(place, 1)
    answer.put(status(), 201)
    answer.put(text(), "hello")
    answer.put(link("next"), "/x")
    assert (answer.status, answer.bytes()) == (201, b"hello")
    assert (b"Link", b'</x>; rel="next"') in answer.lines()


def test_preload_builds_every_decoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "preloaded_connector"
    (package / "resources").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "_connector.py").write_text(
        "from ferrule_runtime.connector import Connector\n"
        "from ferrule_runtime.operation import Paging\n"
        "CONNECTOR = Connector(name='p', pagings={'default': Paging(link='next')})\n"
    )
    (package / "resources" / "__init__.py").write_text("")
    (package / "resources" / "things.py").write_text(
        "from ferrule_runtime.operation import Case, Operation\n"
        "LIST = Operation('t.list', 'GET', '/', returns=list[int], paging='default')\n"
        "SAVE = Operation('t.save', 'PUT', '/', cases={200: Case(int), 204: Case(None)})\n"
        "RAW = Operation('t.raw', 'GET', '/', stream='bytes')\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    preload("preloaded_connector")
    from importlib import import_module

    things = import_module("preloaded_connector.resources.things")
    assert things.LIST.memo["page decoder"] is not None
    assert things.SAVE.memo["decoder"]._cases.keys() == {200, 204}
    assert things.RAW.memo == {}
