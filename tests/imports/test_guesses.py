"""How lists go on, what errors look like, and limits are guessed where the evidence is clear."""

from typing import Any

import pytest
import yaml

from tests.imports.importing import Result, openapi

ITEM = "{type: object, properties: {id: {type: string}, name: {type: string}}}"
ITEMS = f"{{type: array, items: {ITEM}}}"


def listing(query: str, fields: str, headers: str = "{}") -> Result:
    """A list with these parameters, whose answers have these fields beside `data`."""
    names = [f"{{name: {each.split(':')[0]}, in: query, schema: {{type: {each.split(':')[1]}}}}}"
             for each in query.split()]  # fmt: skip
    inner = f"{{data: {ITEMS}{', ' + fields if fields else ''}}}"
    answer = f"{{schema: {{type: object, properties: {inner}}}}}"
    return openapi(
        yaml.safe_load(
            f"{{paths: {{/things: {{get: {{parameters: [{', '.join(names)}], responses: {{'200': "
            f"{{headers: {headers}, content: {{application/json: {answer}}}}}}}}}}}}}}}"
        )
    )


META = "meta: {type: object, properties: {next_cursor: {type: string, nullable: true}}}"


@pytest.mark.parametrize(
    ("query", "fields", "headers", "paging"),
    [
        ("cursor:string limit:integer", "next_cursor: {type: string}", "{}",
         {"cursor": "$.next_cursor", "into": "query.cursor", "size": "query.limit"}),
        ("cursor:string", META, "{}", {"cursor": "$.meta.next_cursor", "into": "query.cursor"}),
        ("pageToken:string maxResults:integer", "nextPageToken: {type: string}", "{}",
         {"cursor": "$.nextPageToken", "into": "query.pageToken", "size": "query.maxResults"}),
        ("starting_after:string limit:integer", "has_more: {type: boolean}", "{}",
         {"cursor": "last.id", "into": "query.starting_after", "more": "$.has_more",
          "size": "query.limit"}),
        ("after:string before:string limit:integer x:string", "has_more: {type: boolean}", "{}",
         {"cursor": "last.id", "into": "query.after", "more": "$.has_more",
          "size": "query.limit"}),
        ("limit:integer", "next: {type: string, format: uri}", "{}",
         {"next_url": "$.next", "size": "query.limit"}),
        ("x:string", "links: {type: object, properties: {next: {type: string}}}", "{}",
         {"next_url": "$.links.next"}),
        ("offset:string limit:integer",
         "next_page: {type: object, nullable: true, properties: {offset: {type: string}}}", "{}",
         {"cursor": "$.next_page.offset", "into": "query.offset", "size": "query.limit"}),
        ("page:integer per_page:integer", "total: {type: integer}", "{}",
         {"page": "query.page", "size": "query.per_page", "total": "$.total"}),
        ("offset:integer limit:integer", "has_more: {type: boolean}", "{}",
         {"offset": "query.offset", "more": "$.has_more", "size": "query.limit"}),
        ("page:integer size:integer", "last: {type: boolean}", "{}",
         {"page": "query.page", "size": "query.size", "more": "$.last == false"}),
        ("page:integer", "", "{Link: {schema: {type: string}}}", {"link_header": "next"}),
    ],
)  # fmt: skip
def test_a_list_that_goes_on(query: str, fields: str, headers: str, paging: dict[str, Any]) -> None:
    found = listing(query, fields, headers)
    assert found.only["paging"] == paging
    assert found.only["returns"] == "list(Thing) at $.data"
    assert "# A guess: " in found.text
    assert found.messages("import-guess")
    left = set(found.only.get("query", {}))
    assert left <= {"x?", "before?"}, "what the walk sets is no argument"


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("filter:string", ""),
        ("cursor:string", ""),
        ("page:string", ""),
        ("offset:integer", ""),
        ("limit:integer", "total: {type: integer}"),
        ("filter:string", "next_cursor: {type: string}"),
    ],
)
def test_half_of_the_evidence_is_none(query: str, fields: str) -> None:
    assert "paging" not in listing(query, fields).only


@pytest.mark.parametrize(
    ("schema", "doc", "start"),
    [
        ({"type": "integer"}, "The 1-based index of the first result.", {"start": 1}),
        ({"type": "integer", "default": 1}, "", {"start": 1}),
        ({"type": "integer", "minimum": 1}, "", {"start": 1}),
        ({"type": "integer", "minimum": 0, "default": 1}, "", {}),
        ({"type": "integer"}, "", {}),
    ],
)
def test_where_items_are_counted_from(
    schema: dict[str, Any], doc: str, start: dict[str, Any]
) -> None:
    given = [
        {"name": "startIndex", "in": "query", "schema": schema, "description": doc},
        {"name": "count", "in": "query", "schema": {"type": "integer"}},
    ]
    content = {"application/json": {"schema": yaml.safe_load(f"{{properties: {{data: {ITEMS}}}}}")}}
    listed = {"parameters": given, "responses": {"200": {"content": content}}}
    found = openapi({"paths": {"/things": {"get": listed}}})
    assert found.only["paging"] == {
        "offset": "query.startIndex", **start, "size": "query.count"
    }  # fmt: skip


def test_a_cursor_goes_where_it_has_its_name() -> None:
    found = listing("after:string iterator:string", "iterator: {type: string}").data
    assert found["actions"]["things.list"]["paging"] == {
        "cursor": "$.iterator",
        "into": "query.iterator",
    }


def test_what_stands_beside_a_list_is_not_lost_where_it_is_more_than_that() -> None:
    found = listing("filter:string", "owner: {type: string}")
    assert found.only["returns"] == "Things"


def test_numbers_of_the_pages_around_are_about_the_list() -> None:
    numbers = ("next_page_number", "previous_page_number", "page_number")
    around = ", ".join(f"{name}: {{type: integer}}" for name in numbers)
    around += ", has_next: {type: boolean}, has_previous: {type: boolean}"
    parameter = "{name: page, in: query, schema: {type: integer}}"
    schema = f"{{properties: {{picked: {ITEMS}, {around}}}}}"
    answer = f"{{'200': {{content: {{application/json: {{schema: {schema}}}}}}}}}"
    found = openapi(
        f"{{paths: {{/things: {{get: {{parameters: [{parameter}], responses: {answer}}}}}}}}}"
    )
    assert found.only["returns"] == "list(ThingsItem) at $.picked"
    assert found.only["paging"] == {"page": "query.page", "more": "$.has_next"}


def test_what_most_lists_share_is_said_once() -> None:
    fields = f"{{next_cursor: {{type: string}}, data: {ITEMS}}}"
    content = f"{{application/json: {{schema: {{type: object, properties: {fields}}}}}}}"
    cursor = {"name": "cursor", "in": "query", "schema": {"type": "string"}}
    responses = {"200": {"content": yaml.safe_load(content)}}
    things = {"get": {"parameters": [cursor], "responses": responses}}
    plain = {"get": {"responses": responses}}
    found = openapi({"paths": {"/a": things, "/b": things, "/c": things, "/d": plain}})
    assert found.data["paging"] == {"cursor": "$.next_cursor", "into": "query.cursor"}
    assert found.data["envelope"] == {"next_cursor": "string | null"}
    assert "paging" not in found.action("a.get" if "a.get" in found.data["actions"] else "a.list")
    assert any(each.get("paging") == "none" for each in found.data["actions"].values())


def answers_with(fields: str) -> dict[str, Any]:
    schema = f"{{type: object, properties: {{data: {ITEMS}, {fields}}}}}"
    content = yaml.safe_load(f"{{application/json: {{schema: {schema}}}}}")
    return {"200": {"content": content}}


CURSOR = {"name": "cursor", "in": "query", "schema": {"type": "string"}}
LIMIT = {"name": "limit", "in": "query", "schema": {"type": "integer"}}


def test_a_posted_search_may_go_on_by_its_query() -> None:
    text = {"schema": {"type": "object", "properties": {"text": {"type": "string"}}}}
    search = {
        "operationId": "searchThings",
        "parameters": [CURSOR, LIMIT],
        "requestBody": {"required": True, "content": {"application/json": text}},
        "responses": answers_with("next_cursor: {type: string}"),
    }
    found = openapi({"paths": {"/things/search": {"post": search}}}).only
    assert found["paging"] == {
        "cursor": "$.next_cursor",
        "into": "query.cursor",
        "size": "query.limit",
    }
    assert "query" not in found


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_list_that_may_be_null_does_not_page(method: str) -> None:
    page = {"name": "page", "in": "query", "schema": {"type": "integer"}}
    schema = yaml.safe_load(f"{{type: array, nullable: true, items: {ITEM}}}")
    responses = {"200": {"content": {"application/json": {"schema": schema}}}}
    operation = {"operationId": "x", "parameters": [page], "responses": responses}
    found = openapi({"paths": {"/things/list": {method: operation}}}).only
    assert "paging" not in found
    assert found["query"] == {"page?": "integer"}


@pytest.mark.parametrize(("most", "size"), [(500, 100), (50, 50), (None, 100)])
def test_a_size_that_has_to_be_given_is_given(most: int | None, size: int) -> None:
    count = {"type": "integer"} if most is None else {"type": "integer", "maximum": most}
    limit = {"name": "limit", "in": "query", "required": True, "schema": count}
    operation = {"parameters": [CURSOR, limit], "responses": answers_with("next_cursor: {}")}
    found = openapi({"paths": {"/a": {"get": operation}}}).only["paging"]["size"]
    assert found == {"in": "query.limit", "default": size} | ({"max": most} if most else {})


def test_what_a_list_does_not_have_is_not_taken_over_from_the_others() -> None:
    sized = {"parameters": [CURSOR, LIMIT], "responses": answers_with("next_cursor: {}")}
    other = {"parameters": [], "responses": answers_with("next: {type: string, format: uri}")}
    paths = {"/a": {"get": sized}, "/b": {"get": sized}, "/c": {"get": other}}
    found = openapi({"paths": paths}).data
    assert found["paging"]["size"] == "query.limit"
    assert found["pagings"] == {"urls": {"next_url": "$.next"}}
    assert [each.get("paging") for each in found["actions"].values()] == [None, None, "urls"]


def test_one_thing_in_a_wrapper_is_taken_out() -> None:
    answer = f"{{schema: {{type: object, required: [ticket], properties: {{ticket: {ITEM}}}}}}}"
    found = openapi(
        f"{{paths: {{'/tickets/{{id}}': {{get: {{responses: {{'200': {{content: "
        f"{{application/json: {answer}}}}}}}}}}}}}}}"
    )
    assert found.only["returns"] == "Ticket at $.ticket"


def errors(schema: str, headers: str = "{}") -> Any:
    answer = f"{{headers: {headers}, content: {{application/json: {{schema: {schema}}}}}}}"
    found = openapi(f"{{paths: {{/x: {{get: {{responses: {{'204': {{}}, '400': {answer}}}}}}}}}}}")
    return found.data.get("errors")


TEXTS = "{code: {type: string}, message: {type: string}}"


@pytest.mark.parametrize(
    ("schema", "declared"),
    [
        (f"{{properties: {TEXTS}}}", {"code": "$.code", "message": "$.message"}),
        (
            f"{{properties: {{error: {{properties: {TEXTS}}}}}}}",
            {"code": "$.error.code", "message": "$.error.message"},
        ),
        (
            f"{{properties: {{errors: {{type: array, items: {{properties: {TEXTS}}}}}}}}}",
            {"code": "$.errors[0].code", "message": "$.errors[0].message", "details": "$.errors"},
        ),
        ("{properties: {error: {type: string}}}", {"message": "$.error"}),
        (
            "{properties: {$type: {type: string}, type: {type: string}, detail: {type: string}}}",
            {"code": "$.type", "message": "$.detail"},
        ),
        ("{properties: {id: {type: string}}}", None),
        ("{type: string}", None),
    ],
)
def test_what_errors_look_like(schema: str, declared: Any) -> None:
    assert errors(schema) == declared


def test_the_id_of_a_request() -> None:
    found = errors(f"{{properties: {TEXTS}}}", "{X-Request-Id: {schema: {type: string}}}")
    assert found["request_id"] == "header.X-Request-Id"


def test_limits_in_headers() -> None:
    headers = (
        "{X-RateLimit-Limit: {}, X-RateLimit-Remaining: {}, "
        "X-RateLimit-Reset: {description: 'Unix time of the reset'}}"
    )
    found = openapi(
        f"{{paths: {{/x: {{get: {{responses: {{'204': {{headers: {headers}}}, "
        f"'429': {{headers: {headers}}}}}}}}}}}}}"
    )
    assert found.data["observe"] == {
        "header.X-RateLimit-Limit": "{limit}",
        "header.X-RateLimit-Remaining": "{remaining}",
        "header.X-RateLimit-Reset": "{reset:epoch}",
    }
    assert found.data["errors"]["rules"] == [
        {
            "when": "status == 429",
            "then": "limited",
            "wait": "header.X-RateLimit-Reset as epoch",
        }
    ]


def test_a_key_against_doubles() -> None:
    given = "{name: Idempotency-Key, in: header, schema: {type: string}}"
    found = openapi(f"{{paths: {{/x: {{post: {{parameters: [{given}]}}}}}}}}")
    assert found.only["idempotency_key"] == "header.Idempotency-Key"
    assert "headers" not in found.only
