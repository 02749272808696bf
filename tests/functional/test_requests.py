"""What is written in a spec is what stands on the wire."""

import importlib
import inspect
import pkgutil
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from types import ModuleType
from typing import get_overloads
from urllib.parse import parse_qsl
from uuid import UUID

import pytest

from tests.functional.packages import Face
from tests.services.loopback import Request
from tests.services.scripted import ScriptedService, reply


def last(service: ScriptedService) -> Request:
    return service.requests[-1]


def query_of(service: ScriptedService) -> list[tuple[str, str]]:
    return parse_qsl(last(service).query, keep_blank_values=True)


class TestPaths:
    SPEC = """
    settings: {tenant: string}
    actions:
      things.get: {get: "/things/{id}", returns: any}
      things.number: {get: "/numbers/{number:integer}.json", returns: any}
      things.deep: {get: "/files/{path:slashes}", returns: any}
      things.may: {get: "/may/{path?:slashes}", returns: any}
      things.of: {get: "/${tenant}/things/{a}/{b}", returns: any}
    """

    def test_values_are_encoded(self, face: Face, service: ScriptedService) -> None:
        service.on("GET", "/things/a%2Fb%20%3F%C3%A9", reply(json=1))
        assert face(lambda c: c.things.get(id_="a/b ?é")) == 1
        service.on("GET", "/numbers/7.json", reply(json=1))
        face(lambda c: c.things.number(number=7))
        service.on("GET", "/files/a/b%20c", reply(json=1))
        face(lambda c: c.things.deep(path="a/b c"))
        service.on("GET", "/may/", reply(json=1))
        face(lambda c: c.things.may())

    def test_settings_stand_in_paths(self, face: Face, service: ScriptedService) -> None:
        service.on("GET", "/acme/things/1/2", reply(json=1))
        face(lambda c: c.things.of(a="1", b="2"), tenant="acme")

    @pytest.mark.parametrize("value", ["", ".", ".."])
    def test_a_value_cannot_climb(self, face: Face, package: ModuleType, value: str) -> None:
        with pytest.raises(package.AcmeError):
            face(lambda c: c.things.get(id_=value))


class TestQueries:
    SPEC = """
    settings: {account: string, region?: string}
    headers: {X-Version: "2", X-Region: "${region}"}
    query: {locale: en}
    arrays: csv
    actions:
      things.list:
        get: /things
        query:
          ids?: list(integer)
          tags?: {.type: list(string), .style: brackets}
          created?: Range
          from?: datetime(epoch)
          day?: date
          flag: boolean = false
          limit?: integer = 20
          api: = 2
          account: = ${account}
          page[size]?: integer
          .rest: string
        headers:
          X-Version: none
          X-Trace?: string
        cookies: {session?: string}
        returns: any
    models:
      Range: {gte?: "datetime(epoch)", lt?: datetime}
    """

    def test_the_least(self, face: Face, service: ScriptedService) -> None:
        service.on("GET", "/things", reply(json=1))
        face(lambda c: c.things.list(), account="me")
        assert sorted(query_of(service)) == [
            ("account", "me"),
            ("api", "2"),
            ("flag", "false"),
            ("limit", "20"),
            ("locale", "en"),
        ]
        assert last(service).header("X-Version") is None
        assert last(service).header("X-Region") is None

    def test_everything(self, face: Face, service: ScriptedService) -> None:
        service.on("GET", "/things", reply(json=1))
        moment = datetime(2024, 1, 2, tzinfo=UTC)
        face(
            lambda c: c.things.list(
                ids=[1, 2],
                tags=["a", "b"],
                created={"gte": moment, "lt": moment},
                from_=moment,
                day=date(2024, 1, 2),
                flag=True,
                limit=5,
                page_size=3,
                extra_query={"more": "x"},
                x_trace="t",
                session="s",
            ),
            account="me",
            region="eu",
        )
        query = query_of(service)
        for pair in [
            ("ids", "1,2"),
            ("tags[]", "a"),
            ("tags[]", "b"),
            ("from", "1704153600"),
            ("day", "2024-01-02"),
            ("flag", "true"),
            ("limit", "5"),
            ("page[size]", "3"),
            ("more", "x"),
        ]:
            assert pair in query
        assert last(service).header("X-Trace") == "t"
        assert last(service).header("X-Region") == "eu"
        assert last(service).header("Cookie") == "session=s"


class TestJsonBodies:
    SPEC = """
    settings: {account: string}
    actions:
      things.create:
        post: /things
        body:
          .wrap: thing
          name: string
          kind: = gadget
          account: = ${account}
          number: {.const: 5}
          owner?: {email: email, since?: datetime(epoch)}
          starts?: datetime("%d/%m/%Y")
          took?: duration
          price?: decimal
          raw?: bytes
          hex?: bytes(hex)
          note?: string | null
          id: {.type: integer, .read_only: true}
          from?: string
        returns: any
      things.update:
        patch: "/things/{id}"
        body?: {name?: string, from?: string}
        returns: any
      things.replace: {put: "/things/{id}", body: Thing, returns: any}
      things.raw: {put: /raw, body: map(any), returns: any}
      things.many: {put: /many, body: list(Thing), returns: any}
      things.nest: {put: /nest, body: {.wrap: w, thing: Thing, name?: string}, returns: any}
      things.open: {put: /open, body: {name: string, .rest: any}, returns: any}
    models:
      Thing:
        id: {.type: integer, .read_only: true}
        name: string
        at?: datetime(epoch_ms)
        children?: list(Thing)
    """

    def test_fields_are_wrapped_and_formatted(self, face: Face, service: ScriptedService) -> None:
        service.on("POST", "/things", reply(json=1))
        moment = datetime(2024, 1, 2, tzinfo=UTC)
        face(
            lambda c: c.things.create(
                name="x",
                owner={"email": "a@example.com", "since": moment},
                starts=moment,
                took=timedelta(seconds=90),
                price=Decimal("1.50"),
                raw=b"\xff\x00",
                hex_=b"\xff",
                note=None,
                from_="here",
            ),
            account="me",
        )
        assert last(service).json() == {
            "thing": {
                "name": "x",
                "kind": "gadget",
                "account": "me",
                "number": 5,
                "owner": {"email": "a@example.com", "since": 1704153600},
                "starts": "02/01/2024",
                "took": 90,
                "price": "1.50",
                "raw": "/wA=",
                "hex": "ff",
                "note": None,
                "from": "here",
            }
        }

    def test_what_is_left_out_is_not_sent(self, face: Face, service: ScriptedService) -> None:
        service.on("POST", "/things", reply(json=1))
        face(lambda c: c.things.create(name="x"), account="me")
        assert last(service).json() == {
            "thing": {"name": "x", "kind": "gadget", "account": "me", "number": 5}
        }

    def test_an_optional_body(self, face: Face, service: ScriptedService) -> None:
        service.on("PATCH", "/things/1", reply(json=1))
        face(lambda c: c.things.update(id_="1"))
        assert last(service).body == b""
        face(lambda c: c.things.update(id_="1", from_="y"))
        assert last(service).json() == {"from": "y"}

    def test_whole_bodies(self, face: Face, service: ScriptedService) -> None:
        moment = datetime(2024, 1, 2, tzinfo=UTC)
        child = {"name": "y", "at": moment}
        thing = {"name": "x", "children": [child]}
        sent = {"name": "x", "children": [{"name": "y", "at": 1704153600000}]}
        service.on("PUT", "/things/1", reply(json=1))
        face(lambda c: c.things.replace(id_="1", body=thing))
        assert last(service).json() == sent
        service.on("PUT", "/many", reply(json=1))
        face(lambda c: c.things.many(body=[thing, {"name": "z"}]))
        assert last(service).json() == [sent, {"name": "z"}]
        assert child["at"] is moment
        service.on("PUT", "/nest", reply(json=1))
        face(lambda c: c.things.nest(thing=thing))
        assert last(service).json() == {"w": {"thing": sent}}
        service.on("PUT", "/raw", reply(json=1))
        face(lambda c: c.things.raw(body={"a": [1, None]}))
        assert last(service).json() == {"a": [1, None]}
        service.on("PUT", "/open", reply(json=1))
        face(lambda c: c.things.open(name="x", extra={"more": True}))
        assert last(service).json() == {"name": "x", "more": True}


class TestOtherBodies:
    SPEC = """
    hosts: {files: "https://files.example.com"}
    actions:
      forms.send:
        post: /forms
        send: form
        arrays: brackets
        body:
          id: uuid
          at: time
          tags?: list(string)
          deep?: map(string)
          took: {.type: duration, .format: iso8601}
        returns: any
      files.upload:
        post: /files
        host: files
        send: multipart
        body:
          file: {.type: file, .part: {type: image/png}}
          title?: string
          about?: {.style: deep, by?: string}
        returns: any
      files.put: {put: "/files/{id}", send: bytes, body: bytes, returns: none}
      notes.put: {put: /notes, send: text, body: text, returns: text}
      either.send:
        post: /either
        bodies: {json: {url: url}, form: {url: url, more?: string}}
        returns: any
      one.send:
        post: /one
        body: {.one_of_fields: [id, email], id?: integer, email?: email}
        returns: any
    """

    def test_forms(self, face: Face, service: ScriptedService) -> None:
        service.on("POST", "/forms", reply(json=1))
        identity = UUID(int=7)
        face(
            lambda c: c.forms.send(
                id_=identity,
                at=time(12, 30),
                tags=["a", "b"],
                deep={"k": "v"},
                took=timedelta(minutes=5),
            )
        )
        assert parse_qsl(last(service).body.decode()) == [
            ("id", str(identity)),
            ("at", "12:30:00"),
            ("tags[]", "a"),
            ("tags[]", "b"),
            ("deep[k]", "v"),
            ("took", "PT5M"),
        ]

    def test_files_go_to_their_host(self, face: Face, service: ScriptedService) -> None:
        service.on("POST", "/files", reply(json=1))
        hosts = {"files": service.url}
        given = {"file": ("a.png", b"PNG"), "title": "t", "about": {"by": "me"}}
        face(lambda c: c.files.upload(**given), hosts=hosts)
        body = last(service).body
        assert b'name="file"; filename="a.png"' in body
        assert b"Content-Type: image/png" in body
        assert b'name="title"' in body
        assert b'name="about[by]"\r\n\r\nme' in body
        assert (last(service).header("Content-Type") or "").startswith("multipart/form-data")

    def test_bytes_and_text(self, face: Face, service: ScriptedService) -> None:
        service.on("PUT", "/files/1", reply(204))
        assert face(lambda c: c.files.put(id_="1", body=b"\x00\x01")) is None
        assert last(service).body == b"\x00\x01"
        service.on("PUT", "/notes", reply(text="é!"))
        assert face(lambda c: c.notes.put(body="é")) == "é!"
        assert last(service).body == "é".encode()

    def test_one_of_several_kinds_of_body(self, face: Face, service: ScriptedService) -> None:
        service.on("POST", "/either", reply(json=1))
        face(lambda c: c.either.send(body={"url": "u"}))
        assert last(service).json() == {"url": "u"}
        face(lambda c: c.either.send(body={"url": "u"}, send="form"))
        assert last(service).body == b"url=u"

    def test_one_of_several_fields(self, face: Face, service: ScriptedService) -> None:
        service.on("POST", "/one", reply(json=1))
        face(lambda c: c.one.send(email="a@example.com"))
        assert last(service).json() == {"email": "a@example.com"}


class TestInputs:
    SPEC = """
    actions:
      things.export:
        get: /things/${input.kind}/export
        input: {kind: string, form: enum!(csv | json), mode?: string}
        query: {as: "= ${input.form}", plain: "= yes"}
        headers: {X-Mode: "= ${input.mode}"}
        returns: {.by: form, csv: text, json: any}
      things.send:
        post: /things
        input: {owner: string}
        body: {name: string, owner: "= u/${input.owner}"}
        returns: any
    """

    def test_they_stand_where_templates_look_them_up(
        self, face: Face, service: ScriptedService
    ) -> None:
        service.on("GET", "/things/a%2Fb/export", reply(text="x"))
        assert face(lambda c: c.things.export(kind="a/b", form="csv", mode="m")) == "x"
        assert sorted(query_of(service)) == [("as", "csv"), ("plain", "yes")]
        assert last(service).header("x-mode") == "m"
        face(lambda c: c.things.export(kind="a/b", form="csv"))
        assert last(service).header("x-mode") is None
        service.on("POST", "/things", reply(json=1))
        face(lambda c: c.things.send(owner="o", name="n"))
        assert last(service).json() == {"name": "n", "owner": "u/o"}

    def test_a_choice_that_has_to_be_made_has_no_default(
        self, face: Face, package: ModuleType
    ) -> None:
        home = importlib.import_module(f"{package.__name__}.resources.things")
        owner = home.AsyncThings if face.is_async else home.Things
        found = [inspect.signature(each) for each in (owner.export, *get_overloads(owner.export))]
        assert len(found) == 3
        assert {each.parameters["form"].default for each in found} == {inspect.Parameter.empty}


class TestConstantsInside:
    SPEC = """
    settings: {source: string = api, user?: string}
    actions:
      pages.create:
        post: /pages
        body:
          title: string
          meta: {source: "= ${source}", user: "= ${user}", nested: {version: {.const: 2}}}
          parent:
            type: = database
            owner: "= u/${input.owner}"
            id: string
            of: {kind: = x, n?: integer}
          note?: {kind: = text, text: string}
        input: {owner: string}
        returns: any
      orders.find:
        post: /orders
        send: xml
        body:
          .wrap: Envelope
          Header: {auth: {"@must": = 1, user: "= ${source}"}}
          Body: {find: {customer: string, scope: = all}}
        returns: any
      forms.send:
        post: /forms
        send: form
        arrays: brackets
        body: {kind: {a: = 1}, box: {b: = 2, c: string}}
        returns: any
    """

    def test_they_are_sent_at_any_depth(self, face: Face, service: ScriptedService) -> None:
        service.on("POST", "/pages", reply(json=1))
        parent = {"id": "p", "of": {"n": 1}}
        face(lambda c: c.pages.create(owner="o", title="t", parent=parent))
        assert last(service).json() == {
            "title": "t",
            "meta": {"source": "api", "nested": {"version": 2}},
            "parent": {"type": "database", "owner": "u/o", "id": "p", "of": {"kind": "x", "n": 1}},
        }
        assert parent == {"id": "p", "of": {"n": 1}}

    def test_an_object_that_may_be_left_out_is_given_whole(
        self, face: Face, service: ScriptedService
    ) -> None:
        service.on("POST", "/pages", reply(json=1))
        note = {"kind": "text", "text": "n"}
        parent = {"id": "p", "type": "other", "of": {}}
        face(lambda c: c.pages.create(owner="o", title="t", parent=parent, note=note))
        assert last(service).json()["note"] == note
        assert last(service).json()["parent"]["type"] == "other"

    def test_an_object_of_constants_is_no_argument(self, face: Face, package: ModuleType) -> None:
        home = importlib.import_module(f"{package.__name__}.resources.pages")
        taken = inspect.signature(home.Pages.create).parameters
        assert set(taken) == {"self", "owner", "title", "parent", "note"}

    def test_in_xml_and_forms_too(self, face: Face, service: ScriptedService) -> None:
        service.on("POST", "/orders", reply(json=1))
        face(lambda c: c.orders.find(body={"find": {"customer": "c"}}))
        assert (
            last(service)
            .body.decode()
            .endswith(
                '<Envelope><Header><auth must="1"><user>api</user></auth></Header>'
                "<Body><find><scope>all</scope><customer>c</customer></find></Body></Envelope>"
            )
        )
        service.on("POST", "/forms", reply(json=1))
        face(lambda c: c.forms.send(box={"c": "x"}))
        assert sorted(parse_qsl(last(service).body.decode())) == [
            ("box[b]", "2"),
            ("box[c]", "x"),
            ("kind[a]", "1"),
        ]


class TestFreeUrls:
    SPEC = """
    ferrule: 1
    connector: anything
    version: 1.0.0
    settings:
      origins: {.type: list(url), .default: []}
      key?: secret
    auth: {token: "${key}"}
    actions:
      send:
        url: ${input.url}
        method: ${input.method}
        input:
          url: url
          method?: enum!(GET | POST) = GET
          form?: enum!(json | text | binary) = json
        query?: pairs(string)
        headers?: pairs(string)
        body?: any
        returns: {.by: form, json: any, text: text, binary: bytes}
    """

    @pytest.fixture
    def face(
        self, request: pytest.FixtureRequest, package: ModuleType, service: ScriptedService
    ) -> Face:
        return Face(package, None, request.param == "async")

    @pytest.mark.parametrize("face", ["sync", "async"], indirect=True)
    def test_the_caller_says_it_all(self, face: Face, service: ScriptedService) -> None:
        service.on("GET", "/x", reply(json={"a": 1}))
        url = f"{service.url}/x?a=1"
        assert face(lambda c: c.send(url=url, auth="none"), key="k") == {"a": 1}
        assert face(lambda c: c.send(url=url, form="text", auth="none"), key="k") == '{"a": 1}'
        assert face(lambda c: c.send(url=url, form="binary", auth="none"), key="k") == b'{"a": 1}'
        service.on("POST", "/x", reply(json=2))
        pairs = [("b", "2"), ("b", "3")]
        options = {"origins": [service.url], "key": "k"}
        face(lambda c: c.send(url=url, method="POST", query=pairs, body={"x": 1}), **options)
        assert last(service).query == "a=1&b=2&b=3"
        assert last(service).header("Authorization") == "Bearer k"

    @pytest.mark.parametrize("face", ["sync", "async"], indirect=True)
    def test_no_credential_goes_where_none_may(self, face: Face, package: ModuleType) -> None:
        with pytest.raises(package.RefusedUrl):
            face(lambda c: c.send(url="https://elsewhere.example.com"), key="k")


class TestModelsThatOthersAreMadeOf:
    SPEC = """
    actions:
      parts.create: {post: /parts, body: {part: Base}}
      wholes.create: {post: /wholes, body: {whole: Whole}}
    models:
      Base: {a: string}
      Middle: {.is: Base, b: string}
      Whole: {.is: Middle, c: string}
    """

    def test_every_module_imports(self, package: ModuleType) -> None:
        found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        modules = [importlib.import_module(each.name) for each in found]
        (middle,) = {each.Middle for each in modules if hasattr(each, "Middle")}
        assert [each.__name__ for each in middle.__mro__[:2]] == ["Middle", "Base"]


class TestMediaTypesOfTheirOwn:
    SPEC = """
    headers: {Content-Type: application/json}
    actions:
      notes.put: {put: /notes, send: text, headers: {Content-Type: none}, body: text}
      notes.get: {get: /notes, returns: any}
    """

    def test_an_inherited_one_gives_way(self, face: Face, service: ScriptedService) -> None:
        service.on("PUT", "/notes", reply(204))
        face(lambda c: c.notes.put(body="x"))
        assert (last(service).header("Content-Type") or "").startswith("text/plain")
        service.on("GET", "/notes", reply(json=1))
        face(lambda c: c.notes.get())
        assert last(service).header("Content-Type") == "application/json"
