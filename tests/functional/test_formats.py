"""Bodies in other formats than JSON, out and in: XML, GraphQL, several media types, files."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

import pytest

from tests.functional.packages import Face
from tests.services.scripted import Reply, ScriptedService, reply


def xml(text: str, status: int = 200) -> Reply:
    return reply(status, text=text, content_type="application/xml; charset=utf-8")


def last(service: ScriptedService) -> Any:
    return service.requests[-1]


class TestXml:
    SPEC = """
    send: xml
    errors:
      code: $.Error.Code
      message: $.Error.Message
    paging:
      cursor: $.Listing.Next
      into: query.marker
    actions:
      orders.create:
        post: /orders
        body:
          .wrap: Order
          "@version": = 2
          Id: integer
          Paid?: boolean
          Due?: datetime
          Stamp?: {.type: datetime, .format: epoch}
          Line?: list(Line)
          Note?: string | null
        returns: xml(Order) at $.Order
      orders.get: {get: "/orders/{id:integer}", returns: xml(Order) at $.Order}
      orders.total:
        get: /total
        returns: 'xml(list(integer)) at $.Totals.Sum[?(@["@currency"]=="EUR")]["#text"]'
      orders.list: {get: /orders, returns: xml(list(Order)) at $.Listing.Order, paging: default}
      orders.raw: {put: /raw, body: map(any), returns: none}
    models:
      Line: {Sku: string, Count?: integer}
      Order:
        "@version?": integer
        Id: integer
        Paid?: boolean
        Line: list(Line)
        Note?: {"@lang?": string, "#text?": string}
    """

    def test_a_body_is_a_tree_under_its_root(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        service.on("POST", "/orders", xml("<Order version='2'><Id>7</Id></Order>"))
        made = face(
            lambda c: c.orders.create(
                id_=7,
                paid=True,
                due=datetime(2024, 1, 2, tzinfo=UTC),
                stamp=datetime(2024, 1, 2, tzinfo=UTC),
                line=[{"Sku": "a<b", "Count": 2}, {"Sku": "&"}],
                note=None,
            )
        )
        assert last(service).header("Content-Type") == "application/xml"
        assert last(service).body.decode() == (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<Order version="2"><Id>7</Id><Paid>true</Paid><Due>2024-01-02T00:00:00Z</Due>'
            "<Stamp>1704153600</Stamp><Line><Sku>a&lt;b</Sku><Count>2</Count></Line>"
            "<Line><Sku>&amp;</Sku></Line><Note/></Order>"
        )
        assert (made.version, made.id, made.line) == (2, 7, [])

    def test_an_answer_is_read_by_the_declared_types(
        self, face: Face, service: ScriptedService
    ) -> None:
        text = """<?xml version="1.0"?>
          <a:Order xmlns:a="urn:x" a:version="3"><Id> 9 </Id><Paid>true</Paid>
          <Line><Sku>s</Sku><Count>1</Count></Line><Note lang="en">hi</Note></a:Order>"""
        service.on("GET", "/orders/9", xml(text))
        order = face(lambda c: c.orders.get(id_=9))
        assert (order.id, order.paid, order.version) == (9, True, 3)
        assert [(line.sku, line.count) for line in order.line] == [("s", 1)]
        assert (order.note.lang, order.note.text) == ("en", "hi")

    def test_paths_with_filters_work_on_the_tree(
        self, face: Face, service: ScriptedService
    ) -> None:
        sums = '<Totals><Sum currency="USD">1</Sum><Sum currency="EUR">2</Sum></Totals>'
        service.on("GET", "/total", xml(sums))
        assert face(lambda c: c.orders.total()) == [2]

    def test_lists_come_in_pages(self, face: Face, service: ScriptedService) -> None:
        one = "<Listing><Order><Id>1</Id></Order><Next>m</Next></Listing>"
        two = "<Listing><Order><Id>2</Id></Order><Order><Id>3</Id></Order><Next/></Listing>"
        service.on("GET", "/orders", xml(one), xml(two))
        assert [order.id for order in face(lambda c: c.orders.list())] == [1, 2, 3]
        assert last(service).query == "marker=m"

    def test_errors_are_read_from_the_tree(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        text = "<Error><Code>Nope</Code><Message>not today</Message></Error>"
        service.on("GET", "/orders/1", xml(text, 409))
        with pytest.raises(package.Conflict) as caught:
            face(lambda c: c.orders.get(id_=1))
        assert (caught.value.code, caught.value.message) == ("Nope", "not today")

    @pytest.mark.parametrize(
        "text",
        [
            '<!DOCTYPE x [<!ENTITY a "b">]><Order><Id>&a;</Id></Order>',
            '<!DOCTYPE x SYSTEM "file:///etc/passwd"><Order><Id>1</Id></Order>',
            "<Order><Id>1</Order>",
            "<Order><Id>x</Id></Order>",
            "",
        ],
    )
    def test_what_is_not_such_xml_is_an_invalid_response(
        self, face: Face, service: ScriptedService, package: ModuleType, text: str
    ) -> None:
        service.on("GET", "/orders/1", xml(text))
        with pytest.raises(package.InvalidResponse):
            face(lambda c: c.orders.get(id_=1))

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"a": 1, "b": 2},
            {"a": [1, 2]},
            {"a": {"b c": 1}},
            {"a": {"b": "\x00"}},
            {"a": {"@b": {"c": 1}}},
            {"a": {"b": [[1]]}},
            {"a": {"b><c": 1}},
        ],
    )
    def test_what_xml_cannot_hold_is_refused(
        self, face: Face, package: ModuleType, body: Any
    ) -> None:
        with pytest.raises((package.InvalidRequest, TypeError), match="body"):
            face(lambda c: c.orders.raw(body=body))


class TestGraphql:
    SPEC = """
    send: graphql
    paging:
      cursor: $.data.issues.pageInfo.endCursor
      into: body.after
      more: $.data.issues.pageInfo.hasNextPage
    actions:
      issues.list:
        post: /graphql
        body:
          .query: |
            query Issues($first: Int! = 2, $after: String, $since: DateTime) {
              issues(first: $first, after: $after, since: $since) { ...Page }
            }
            fragment Page on IssueConnection { nodes { id } pageInfo { endCursor hasNextPage } }
          first?: integer
          after?: string
          since?: {.type: datetime, .format: epoch}
        returns: list(Issue) at $.data.issues.nodes
      issues.close:
        post: /graphql
        body:
          .operation: Close
          .query: |
            mutation Close($id: ID!) { close(id: $id) { id } }
            mutation Open($id: ID!) { open(id: $id) { id } }
          id: string
        returns: Issue at $.data.close
      viewer: {post: /graphql, body: {.query: "{ viewer { id } }"}, returns: Issue at $.data.viewer}
      viewer_anyway:
        post: /graphql
        errors: {ok: $.data.viewer}
        body: {.query: "{ viewer { id } }"}
        returns: Issue at $.data.viewer
    models:
      Issue: {id: string}
    """

    @staticmethod
    def page(*ids: str, end: str | None) -> Reply:
        info = {"endCursor": end, "hasNextPage": end is not None}
        nodes = [{"id": each} for each in ids]
        return reply(json={"data": {"issues": {"nodes": nodes, "pageInfo": info}}})

    def test_fields_of_the_body_are_variables(self, face: Face, service: ScriptedService) -> None:
        service.on("POST", "/graphql", self.page("a", "b", end="c1"), self.page("c", end=None))
        since = datetime(2024, 1, 2, tzinfo=UTC)
        issues = face(lambda c: c.issues.list(first=2, since=since))
        assert [issue.id for issue in issues] == ["a", "b", "c"]
        first, second = (call.json() for call in service.requests)
        assert first["operationName"] == "Issues"
        assert first["query"].startswith("query Issues(")
        assert first["variables"] == {"first": 2, "since": 1704153600}
        assert second["variables"] == {"first": 2, "since": 1704153600, "after": "c1"}

    def test_one_operation_of_several(self, face: Face, service: ScriptedService) -> None:
        service.on("POST", "/graphql", reply(json={"data": {"close": {"id": "7"}}}))
        assert face(lambda c: c.issues.close(id_="7")).id == "7"
        sent = last(service).json()
        assert (sent["operationName"], sent["variables"]) == ("Close", {"id": "7"})

    def test_errors_come_with_200(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        fault = {"message": "no such field", "extensions": {"code": "BAD_FIELD"}}
        answer = {"errors": [fault], "data": {"viewer": {"id": "me"}}}
        service.on("POST", "/graphql", reply(json=answer))
        with pytest.raises(package.AcmeError) as caught:
            face(lambda c: c.viewer())
        assert (caught.value.code, caught.value.message) == ("BAD_FIELD", "no such field")
        assert caught.value.details == [fault]
        assert "variables" in last(service).json()
        assert face(lambda c: c.viewer_anyway()).id == "me"

    def test_a_query_is_sent_again_and_a_mutation_is_not(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        service.on("POST", "/graphql", reply(503), reply(json={"data": {"viewer": {"id": "me"}}}))
        assert face(lambda c: c.viewer(), backoff=None).id == "me"
        service.on("POST", "/graphql", reply(500))
        with pytest.raises(package.ServerError):
            face(lambda c: c.issues.close(id_="7"), backoff=None)
        assert len(service.requests) == 3


class TestSeveralMediaTypes:
    SPEC = """
    actions:
      things.send:
        post: /things
        bodies:
          application/vnd.acme+json: {name: string}
          application/xml: {.wrap: Thing, name: string}
          application/x-www-form-urlencoded: {name: string}
          multipart/form-data: {name: string, file?: file}
          text/csv: text
          image/png: bytes
        returns: {json: Thing, xml: xml(Thing) at $.Thing, csv: text, application/pdf: bytes}
      things.any: {get: /any, returns: any}
      things.none: {get: /none, returns: {200: Thing, 204: none}}
    models:
      Thing: {name: string}
    """
    CASES: ClassVar = [
        ("application/vnd.acme+json", {"name": "n"}, b'{"name":"n"}'),
        ("application/x-www-form-urlencoded", {"name": "n"}, b"name=n"),
        ("text/csv", "a,b\n", b"a,b\n"),
        ("image/png", b"\x89PNG", b"\x89PNG"),
    ]

    @pytest.mark.parametrize(("media", "body", "sent"), CASES)
    def test_each_body_goes_as_its_media_type(
        self, face: Face, service: ScriptedService, media: str, body: Any, sent: bytes
    ) -> None:
        service.on("POST", "/things", reply(json={"name": "n"}))
        assert face(lambda c: c.things.send(body=body, send=media)).name == "n"
        assert (last(service).header("Content-Type"), last(service).body) == (media, sent)

    def test_xml_and_multipart(self, face: Face, service: ScriptedService) -> None:
        service.on("POST", "/things", reply(json={"name": "n"}))
        face(lambda c: c.things.send(body={"Thing": {"name": "n"}}, send="application/xml"))
        assert last(service).body.endswith(b"<Thing><name>n</name></Thing>")
        face(lambda c: c.things.send(body={"name": "n"}, send="multipart/form-data"))
        assert b'name="name"\r\n\r\nn\r\n' in last(service).body

    def test_the_answer_says_what_it_is(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        answers = [
            xml("<Thing><name>x</name></Thing>"),
            reply(text="a,b\n", content_type="text/csv"),
            reply(content=b"%PDF", content_type="application/pdf"),
            reply(text="odd", content_type="text/markdown"),
        ]
        service.on("POST", "/things", *answers)
        given = [face(lambda c: c.things.send(body={"name": "n"})) for _ in range(3)]
        assert given == [package.Thing(name="x"), "a,b\n", b"%PDF"]
        with pytest.raises(package.InvalidResponse, match="Content-Type"):
            face(lambda c: c.things.send(body={"name": "n"}))

    def test_nothing(self, face: Face, service: ScriptedService) -> None:
        service.on("GET", "/none", reply(204))
        assert face(lambda c: c.things.none()) is None


class TestUploads:
    SPEC = """
    retry: {backoff: none}
    actions:
      files.put: {put: /files, send: bytes, body: bytes, returns: none}
      files.post:
        post: /files
        send: multipart
        replay: safe
        body:
          file: {.type: file, .part: {type: image/png, filename: picture.png}}
          title?: string
        returns: none
      files.whole: {put: /files, send: bytes, body: file, returns: none}
      files.odd:
        post: /files
        send: multipart
        body: {either?: string | file, pictures?: list(file) | null}
        returns: none
      files.some:
        post: /files
        bodies: {multipart/form-data: {file: file}}
        returns: none
    """

    def test_parts_that_come_one_after_the_other(
        self, face: Face, service: ScriptedService
    ) -> None:
        service.on("PUT", "/files", reply(204))
        service.on("POST", "/files", reply(204))
        face(lambda c: c.files.put(body=iter([b"a", b"b"])))
        assert last(service).body == b"ab"
        face(lambda c: c.files.post(file=("n.png", iter([b"a", b"b"])), title="t"))
        assert b'filename="n.png"' in last(service).body
        assert b"\r\n\r\nab\r\n" in last(service).body

    def test_a_path_that_is_only_text_is_told_and_nothing_is_sent(
        self, face: Face, service: ScriptedService, tmp_path: Path
    ) -> None:
        with pytest.raises(TypeError, match=r"body.file: text is no file: .*Path"):
            face(lambda c: c.files.post(file="report.pdf"))
        with pytest.raises(TypeError, match=r"acme\.files\.whole: body: text is no file: .*Path"):
            face(lambda c: c.files.whole(body="report.pdf"))
        with pytest.raises(TypeError, match=r"acme\.files\.whole: body: text is no file: .*Path"):
            face(lambda c: c.files.whole(body=("report.pdf", "text")))
        with pytest.raises(TypeError, match=r"acme\.files\.odd: body.pictures: text is no file"):
            face(lambda c: c.files.odd(pictures=["a.png"]))
        with pytest.raises(TypeError, match=r"acme\.files\.some: body.file: text is no file"):
            face(lambda c: c.files.some(body={"file": "a.png"}))
        with pytest.raises(TypeError, match=r"body: a body is made of bytes, not of str"):
            face(lambda c: c.files.whole(body=[b"a", "b"]))
        with (
            (tmp_path / "out").open("wb") as written,
            pytest.raises(TypeError, match=r"body\.file: the file is not open to be read"),
        ):
            face(lambda c: c.files.post(file=written))
        assert not service.requests
        service.on("POST", "/files", reply(204))
        face(lambda c: c.files.odd(pictures=[b"1"], either="text"))
        assert b'name="either"\r\n\r\ntext\r\n' in last(service).body
        face(lambda c: c.files.odd(either=b"1", pictures=None))
        assert b'name="either"; filename="either"' in last(service).body

    def test_a_file_without_a_name_has_the_one_of_the_spec(
        self, face: Face, service: ScriptedService, tmp_path: Path
    ) -> None:
        service.on("POST", "/files", reply(204))
        face(lambda c: c.files.post(file=b"png"))
        assert b'filename="picture.png"\r\nContent-Type: image/png' in last(service).body
        path = tmp_path / "own.png"
        path.write_bytes(b"png")
        face(lambda c: c.files.post(file=path))
        assert b'filename="own.png"' in last(service).body

    def test_what_can_be_read_again_is_sent_again(
        self, face: Face, service: ScriptedService, package: ModuleType, tmp_path: Path
    ) -> None:
        path = tmp_path / "large.bin"
        path.write_bytes(b"x" * 3_000_000)
        service.on("POST", "/files", reply(503), reply(204))
        face(lambda c: c.files.post(file=path))
        first, second = service.requests
        assert first.body.count(b"x") == second.body.count(b"x") == 3_000_000
        service.on("POST", "/files", reply(503), reply(204))
        with pytest.raises(package.ServiceUnavailable):
            face(lambda c: c.files.post(file=iter([b"once"])))
        assert len(service.requests) == 3

    def test_asynchronous_parts(self, package: ModuleType, service: ScriptedService) -> None:
        service.on("PUT", "/files", reply(204))
        service.on("POST", "/files", reply(204))

        async def parts() -> AsyncIterator[bytes]:
            for part in (b"a", b"", b"b"):
                await asyncio.sleep(0)
                yield part

        async def use() -> None:
            async with package.AsyncAcme(base_url=service.url) as client:
                await client.files.put(body=parts())
                await client.files.post(file=("n.png", parts()), title="t")

        asyncio.run(use())
        assert service.requests[0].body == b"ab"
        assert b"\r\n\r\nab\r\n" in service.requests[1].body
        client = package.Acme(base_url=service.url)
        with client, pytest.raises(TypeError, match="async client"):
            client.files.put(body=parts())
