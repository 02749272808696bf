"""Parameters, bodies and answers of operations become what an action says of them."""

import json
from typing import Any

import pytest
import yaml

from tests.imports.importing import Result, openapi, swagger


def operation(text: str, method: str = "get", path: str = "/things/{id}", **more: Any) -> Result:
    return openapi({"paths": {path: {method: yaml.safe_load(text)}}, **more})


def parameter(text: str, path: str = "/things") -> dict[str, Any]:
    return operation(f"parameters: [{text}]", path=path).only


@pytest.mark.parametrize(
    ("written", "declared"),
    [
        ("{name: a, in: query, schema: {type: string}}", {"query": {"a?": "string"}}),
        ("{name: a, in: query, required: true, schema: {type: integer}}",
         {"query": {"a": "integer"}}),
        ("{name: X-A, in: header, schema: {type: string}}", {"headers": {"X-A?": "string"}}),
        ("{name: a, in: cookie, schema: {type: string}}", {"cookies": {"a?": "string"}}),
        ("{name: a, in: query, schema: {default: 3, type: integer}}",
         {"query": {"a?": "integer = 3"}}),
        ("{name: a, in: query, required: true, schema: {enum: [x]}}", {"query": {"a": "= x"}}),
        ("{name: a, in: query, schema: {enum: [x]}}", {"query": {"a?": "enum(x)"}}),
        ("{name: a, in: query, required: true, schema: {enum: [true]}}",
         {"query": {"a": {".const": True}}}),
        ("{name: a, in: query, description: An a., deprecated: true, schema: {type: string}}",
         {"query": {"a?": {".type": "string", ".doc": "An a.", ".deprecated": "deprecated"}}}),
        ("{name: a, in: query, content: {application/json: {schema: {type: array}}}}",
         {"query": {"a?": {".type": "list(any)", ".style": "json"}}}),
        ("{name: a, in: query}", {"query": {"a?": "any"}}),
        ("{name: Accept, in: header, schema: {type: string}}", {}),
        ("{name: Accept, in: header, schema: {enum: [application/vnd.a+json]}}",
         {"headers": {"Accept": "= application/vnd.a+json"}}),
        ("{name: Authorization, in: header, schema: {type: string}}", {}),
        ("{name: Content-Length, in: header, schema: {type: string}}", {}),
    ],
)  # fmt: skip
def test_a_parameter(written: str, declared: dict[str, Any]) -> None:
    found = parameter(written)
    found.pop("get")
    found.pop("returns", None)
    assert found == declared


LIST = "{type: array, items: {type: string}}"
OBJECT = "{type: object, properties: {r: {type: integer}, g: {type: integer}}}"


@pytest.mark.parametrize(
    ("where", "style", "schema", "word"),
    [
        ("query", "style: form, explode: true", LIST, None),
        ("query", "style: form, explode: false", LIST, "csv"),
        ("query", "style: spaceDelimited, explode: false", LIST, "spaces"),
        ("query", "style: pipeDelimited, explode: false", LIST, "pipes"),
        ("query", "style: pipeDelimited, explode: true", LIST, None),
        ("query", "style: deepObject", LIST, "brackets"),
        ("query", "style: form, explode: true", OBJECT, "spread"),
        ("query", "style: form, explode: false", OBJECT, "csv"),
        ("query", "style: deepObject", OBJECT, "deep"),
        ("header", "style: simple", LIST, None),
    ],
)
def test_how_lists_and_objects_are_written(
    where: str, style: str, schema: str, word: str | None
) -> None:
    found = parameter(f"{{name: a, in: {where}, {style}, schema: {schema}}}")
    declared = found["query" if where == "query" else "headers"]["a?"]
    assert (declared[".style"] if isinstance(declared, dict) else None) == word


@pytest.mark.parametrize(
    ("collection", "word"),
    [("csv", "csv"), ("ssv", "spaces"), ("pipes", "pipes"), ("multi", None), ("odd", "csv")],
)
def test_collection_formats_of_swagger(collection: str, word: str | None) -> None:
    given = {"name": "a", "in": "query", "type": "array", "items": {"type": "string"}}
    given["collectionFormat"] = collection
    declared = swagger({"paths": {"/a": {"get": {"parameters": [given]}}}}).only["query"]["a?"]
    assert (declared[".style"] if isinstance(declared, dict) else None) == word


@pytest.mark.parametrize(
    ("path", "parameters", "written", "declared"),
    [
        ("/a/{id}", "{name: id, schema: {type: string}}", "/a/{id}", None),
        ("/a/{id}", "{name: id, schema: {type: integer}}", "/a/{id:integer}", None),
        ("/a/{id}", "{name: id, schema: {type: string, format: uuid}}", "/a/{id:uuid}", None),
        ("/a/{id}", "{name: id, description: Its id., schema: {type: string}}",
         "/a/{id}", {"id": {".type": "string", ".doc": "Its id."}}),
        ("/a/{id}", "{name: id, schema: {type: array, items: {type: string}}}",
         "/a/{id}", {"id": "list(string)"}),
        ("/a/{id}", "{name: id, schema: {enum: [x, y]}}", "/a/{id}", {"id": "enum(x | y)"}),
        ("/a/{id}", "{name: id, schema: {enum: ['x/y']}}", "/a/x%2Fy", None),
        ("/a/{id}", "{name: id, schema: {type: boolean, enum: [false]}}", "/a/false", None),
        ("/a/{id}", "{name: id, schema: {type: number, enum: [1.5]}}", "/a/1.5", None),
        ("/a/{odd name!}", "{name: odd name!, schema: {type: string}}", "/a/{odd_name}", None),
        ("/a/{+path}", "{name: path, schema: {type: string}}", "/a/{path:slashes}", None),
        ("a/{id}.json", "{name: id, schema: {type: string}}", "/a/{id}.json", None),
        ("/a/{id}/b/{id}", "{name: id, schema: {type: string}}", "/a/{id}/b/{id2}", None),
        ("/a b/$c/ü", "{name: id, schema: {type: string}}", "/a%20b/$$c/ü", None),
        ("/a//b/../c", "{name: id, schema: {type: string}}", "/a/b/c", None),
        ("/a#frag", "{name: id, schema: {type: string}}", "/a", None),
        ("/a/{", "{name: id, schema: {type: string}}", "/a/%7B", None),
    ],
)  # fmt: skip
def test_paths(path: str, parameters: str, written: str, declared: Any) -> None:
    given = parameters.replace("{name", "{in: path, required: true, name", 1)
    found = parameter(given, path)
    assert found["get"] == written
    assert found.get("path") == declared


def test_a_query_in_the_path_is_a_fixed_parameter() -> None:
    found = parameter("{name: a, in: query, schema: {type: string}}", "/things?kind=x&flag")
    assert found["get"] == "/things"
    assert found["query"] == {"kind": "= x", "flag": {".const": ""}, "a?": "string"}


def test_a_query_in_the_path_holds_where_a_parameter_has_its_name() -> None:
    view = {"name": "view", "in": "query", "schema": {"type": "string", "enum": ["status"]}}
    found = openapi({"paths": {"/a?view=status": {"get": {"parameters": [view]}}}}).only
    assert found["query"] == {"view": "= status"}


def test_parameters_of_the_path_item_hold_for_all_and_can_be_changed() -> None:
    shared = [
        {"name": "a", "in": "query", "schema": {"type": "string"}},
        {"name": "b", "in": "query", "schema": {"type": "string"}},
    ]
    own = [{"name": "a", "in": "query", "schema": {"type": "integer"}}]
    found = openapi({"paths": {"/x": {"parameters": shared, "get": {"parameters": own}}}})
    assert found.only["query"] == {"a?": "integer", "b?": "string"}


def test_arguments_that_python_cannot_tell_apart() -> None:
    given = "{name: a-b, in: query, schema: {}}, {name: a_b, in: query, schema: {}}"
    found = operation(f"parameters: [{given}]", path="/x")
    assert found.only["query"] == {"a-b?": "any", "a_b?": {".type": "any", ".py": "a_b_field"}}


def test_an_argument_called_function_is_no_trouble() -> None:
    found = operation("parameters: [{name: function, in: query, required: true, schema: {}}]")
    assert found.only["query"] == {"function": "any"}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("{name: a, in: nowhere}", "`in` of a parameter is path, query, header or cookie"),
        ("{in: query}", "a parameter has a name"),
        ("[1]", "a parameter is expected here"),
        ("{name: zz, in: path}", "the parameter `zz` does not stand in the path"),
        ("{name: a, in: query, style: odd}", "`odd` is not a style of a parameter in query"),
    ],
)
def test_a_bad_parameter_is_told_and_harms_no_other(given: str, message: str) -> None:
    good = "{name: good, in: query, schema: {type: string}}"
    found = operation(f"parameters: [{given}, {good}]", path="/things")
    assert found.only["query"]["good?"] == "string"
    assert any(message in each for each in found.messages("import-degraded"))


def test_names_that_cannot_be_said_are_told() -> None:
    given = "{name: .dot, in: query}, {name: 'a b', in: header}"
    found = operation(f"parameters: [{given}]", path="/things")
    assert len(found.messages("import-lost")) == 2
    assert "# Not carried over: `a b` cannot be the name of a header." in found.text


def test_what_cannot_be_seen_in_a_name_is_escaped_in_its_comment() -> None:
    found = operation(r'parameters: [{name: "a\u2028\u202e ü\\b", in: header}]', path="/things")
    assert r"# Not carried over: `a\u2028\u202e ü\b` cannot be the name" in found.text


# --- bodies


def body(content: str, method: str = "post", required: str = "true", **more: Any) -> dict[str, Any]:
    text = f"requestBody: {{required: {required}, content: {content}}}"
    found = operation(text, method, "/things", **more).only
    found.pop(method)
    found.pop("returns", None)
    return found


FIELDS = (
    "{schema: {type: object, required: [a], properties: {a: {type: string}, b: {type: integer}}}}"
)
ONLY_A = "{schema: {type: object, properties: {a: {}}}}"
F_AND_O = "{f: {type: string, format: binary}, o: {type: object, properties: {x: {}}}}"
FILES = f"{{schema: {{type: object, properties: {F_AND_O}}}}}"


@pytest.mark.parametrize(
    ("content", "declared"),
    [
        (f"{{application/json: {FIELDS}}}", {"body": {"a": "string", "b?": "integer"}}),
        (f"{{application/vnd.acme+json: {FIELDS}}}",
         {"headers": {"Content-Type": "= application/vnd.acme+json"},
          "body": {"a": "string", "b?": "integer"}}),
        ("{application/json: {schema: {type: array, items: {type: string}}}}",
         {"body": "list(string)"}),
        ("{application/json: {schema: {type: object}}}", {"body": "map(any)"}),
        ("{application/json: {}}", {"body": "any"}),
        (f"{{application/x-www-form-urlencoded: {FIELDS}}}",
         {"body": {"a": "string", "b?": "integer"}}),
        (f"{{multipart/form-data: {FILES}}}",
         {"send": "multipart",
          "body": {"f?": "file", "o?": {".part": {"type": "application/json"}, "x?": "any"}}}),
        ("{application/octet-stream: {schema: {type: string, format: binary}}}",
         {"send": "bytes", "body": "bytes"}),
        ("{image/png: {}}", {"headers": {"Content-Type": "= image/png"}, "send": "bytes",
                             "body": "bytes"}),
        ("{text/plain: {schema: {type: string}}}", {"send": "text", "body": "text"}),
        (f"{{application/xml: {FIELDS}, application/json: {FIELDS}}}",
         {"body": {"a": "string", "b?": "integer"}}),
        (f"{{application/json: {ONLY_A}, multipart/form-data: {FILES}}}",
         {"bodies": {"json": {"a?": "any"},
                     "multipart": {"f?": "file",
                                   "o?": {".part": {"type": "application/json"}, "x?": "any"}}}}),
    ],
)  # fmt: skip
def test_a_body(content: str, declared: dict[str, Any]) -> None:
    found = body(content)
    if "send" not in declared and found.get("send") == "form":
        found.pop("send")
    assert found == declared


def test_an_optional_body() -> None:
    fields = "{schema: {type: object, properties: {a: {type: string}}}}"
    assert body(f"{{application/json: {fields}}}", required="false") == {"body?": {"a?": "string"}}


def test_a_body_with_required_fields_is_required() -> None:
    assert "body" in body(f"{{application/json: {FIELDS}}}", required="false")


def test_a_named_body_that_stands_once_gives_arguments_and_a_shared_one_a_model() -> None:
    ref = {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}
    pet = {"type": "object", "properties": {"name": {"type": "string"}}}
    post = {"requestBody": {"required": True, "content": ref}}
    components = {"schemas": {"Pet": pet}}
    once = openapi({"paths": {"/pets": {"post": post}}, "components": components})
    assert once.only["body"] == {"name?": "string"}
    twice = openapi({"paths": {"/pets": {"post": post, "put": post}}, "components": components})
    assert twice.action("pets.create")["body"] == "Pet"


def test_what_a_service_sets_is_not_sent() -> None:
    fields = "{id: {type: integer, readOnly: true}, name: {type: string}}"
    found = body(f"{{application/json: {{schema: {{type: object, properties: {fields}}}}}}}")
    assert found == {"body": {"name?": "string"}}


def test_defaults_are_not_sent_where_only_some_fields_are_changed() -> None:
    fields = "{name: {type: string}, active: {type: boolean, default: true}}"
    content = f"{{application/json: {{schema: {{type: object, properties: {fields}}}}}}}"
    assert body(content)["body"]["active?"] == "boolean = true"
    assert body(content, "patch")["body"]["active?"] == "boolean"


def test_the_style_of_a_form() -> None:
    schema = "{type: object, properties: {tags: {type: array, items: {type: string}}}}"
    encoding = "{tags: {style: deepObject, explode: true}}"
    content = f"{{application/x-www-form-urlencoded: {{schema: {schema}, encoding: {encoding}}}}}"
    assert body(content)["arrays"] == "brackets"


COMPOSED = """
    multipart/form-data:
      schema:
        allOf:
          - {$ref: "#/components/schemas/Base"}
          - {properties: {image: {type: string, format: binary}, title: {type: string}}}
      encoding: {tags: {style: form, explode: false}, size: {style: deepObject, explode: true}}
"""
PARTS = {
    "type": "object",
    "required": ["about"],
    "properties": {
        "about": {"type": "object", "properties": {"x": {"type": "string"}}},
        "thumb": {"type": "string", "format": "binary"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "size": {"type": "object", "properties": {"w": {"type": "integer"}}},
    },
}


def test_a_form_has_the_files_and_parts_of_what_it_is_composed_of() -> None:
    given = {"content": yaml.safe_load(COMPOSED)}
    paths = {"/a": {"post": {"requestBody": given}}}
    components = {"schemas": {"Base": PARTS}}
    assert openapi({"paths": paths, "components": components}).only["body"] == {
        "about": {".part": {"type": "application/json"}, "x?": "string"},
        "thumb?": "file",
        "tags?": {".type": "list(string)", ".style": "csv"},
        "size?": {".style": "deep", "w?": "integer"},
        "image?": "file",
        "title?": "string",
    }


def test_an_empty_body_on_a_read_is_none() -> None:
    content = "{application/x-www-form-urlencoded: {schema: {type: object, properties: {}}}}"
    assert body(content, "get") == {}


def test_forms_of_swagger() -> None:
    fields = [
        {"name": "file", "in": "formData", "type": "file", "required": True},
        {"name": "title", "in": "formData", "type": "string", "description": "What it is called."},
    ]
    found = swagger({"paths": {"/files": {"post": {"parameters": fields}}}}).only
    assert found["send"] == "multipart"
    assert found["body"] == {
        "file": "file",
        "title?": {".type": "string", ".doc": "What it is called."},
    }


def test_a_body_of_swagger() -> None:
    given = {"name": "pet", "in": "body", "schema": {"$ref": "#/definitions/Pet"}}
    pet = {"type": "object", "properties": {"name": {"type": "string"}}}
    found = swagger(
        {"paths": {"/pets": {"post": {"parameters": [given]}}}, "definitions": {"Pet": pet}}
    )
    assert found.only["body?"] == {"name?": "string"}


# --- answers


def returns(responses: str, method: str = "get") -> Any:
    return operation(f"responses: {responses}", method, "/things/{id}").only.get("returns")


ONE = "{application/json: {schema: {type: object, properties: {a: {type: string}, b: {}}}}}"
TWO = "{application/json: {schema: {type: object, properties: {c: {type: string}, d: {}}}}}"


JSON_OR_CSV = (
    "{'200': {content: {application/json: {schema: {type: integer}}, "
    "text/csv: {schema: {type: string}}}}}"
)


@pytest.mark.parametrize(
    ("responses", "declared"),
    [
        (f"{{'200': {{content: {ONE}}}}}", "Thing"),
        (f"{{'2XX': {{content: {ONE}}}}}", "Thing"),
        (f"{{default: {{content: {ONE}}}}}", "Thing"),
        (f"{{'200': {{content: {ONE}}}, '201': {{content: {ONE}}}}}", "Thing"),
        (f"{{'200': {{content: {ONE}}}, '202': {{content: {TWO}}}}}",
         {"200": "Thing", "202": "ThingModel"}),
        (f"{{'200': {{content: {ONE}}}, '204': {{}}}}", {"200": "Thing", "204": "none"}),
        ("{'204': {}}", None),
        ("{'302': {}}", "redirect"),
        ("{'404': {}}", "any"),
        ("{'200': {content: {application/json: {schema: {type: string}}}}}", "string"),
        ("{'200': {content: {text/plain: {schema: {type: string}}}}}", "text"),
        ("{'200': {content: {text/csv: {}}}}", "text"),
        ("{'200': {content: {application/xml: {}}}}", "text"),
        ("{'200': {content: {application/pdf: {}}}}", "bytes"),
        ("{'200': {content: {'*/*': {schema: {type: string, format: binary}}}}}", "bytes"),
        ("{'200': {content: {text/event-stream: {schema: {type: integer}}}}}", "events(integer)"),
        ("{'200': {content: {application/x-ndjson: {schema: {type: integer}}}}}", "lines(integer)"),
        (JSON_OR_CSV, {"json": "integer", "csv": "text"}),
        ("{'200': {}}", "any"),
    ],
)  # fmt: skip
def test_what_an_action_returns(responses: str, declared: Any) -> None:
    assert returns(responses) == declared


def test_an_answer_of_swagger() -> None:
    answer = {"200": {"description": "", "schema": {"type": "file"}}}
    assert swagger({"paths": {"/x": {"get": {"responses": answer}}}}).only["returns"] == "bytes"


def test_what_is_said_of_an_action() -> None:
    found = operation(
        "{summary: Show a thing., description: 'Shows it. Deprecated: use things.find instead.', "
        "deprecated: true, externalDocs: {url: 'https://acme.example/docs'}}"
    ).only
    assert found["summary"] == "Show a thing."
    assert found["docs"] == "https://acme.example/docs"
    assert found["deprecated"] == "use things.find instead"


LONG = "Gives what is known of a thing to those who " + "really " * 40 + "want it."


@pytest.mark.parametrize(
    ("said", "summary", "description"),
    [
        ({"description": f"{LONG} And more."}, None, f"{LONG} And more."),
        ({"description": f"Rather short. {LONG}"}, "Rather short.", f"Rather short. {LONG}"),
        ({"description": "Short."}, "Short.", None),
        ({"summary": LONG}, None, LONG),
        ({"summary": LONG, "description": "More."}, None, f"{LONG}\n\nMore."),
        ({"summary": LONG, "description": f"It: {LONG}"}, None, f"It: {LONG}"),
        ({"summary": f"Rather short. {LONG}"}, "Rather short.", f"Rather short. {LONG}"),
    ],
)
def test_a_summary_is_a_sentence(
    said: dict[str, str], summary: str | None, description: str | None
) -> None:
    found = openapi({"paths": {"/x": {"get": said}}}).only
    assert found.get("summary") == summary
    words = (found.get("description") or "").split()
    assert words == (description or "").split()


def test_a_title_that_says_the_name_again_is_left_out() -> None:
    found = openapi({"info": {"title": "acme", "version": "1"}, "paths": {"/x": {"get": {}}}})
    assert "title" not in found.data


def test_callbacks_webhooks_and_odd_methods_are_told() -> None:
    found = openapi(
        {
            "paths": {"/x": {"post": {"callbacks": {"onData": {}}}, "trace": {}, "odd": {}}},
            "webhooks": {"newThing": {}},
        }
    )
    unsigned = "is not received: the document does not say how the service signs it"
    told = found.messages("import-lost")
    assert f"POST /x: the callback `onData` {unsigned}" in told
    assert f"the webhook `newThing` {unsigned}" in told
    assert "the method TRACE of /x is not one that a client can call" in told
    assert f"# Not carried over: the callback `onData` {unsigned}." in found.text
    places = {each.message: each.position for each in found.told}
    assert places[f"the webhook `newThing` {unsigned}"] is not None


def test_the_document_as_a_string_of_surprises() -> None:
    odd = {
        "paths": {"/x": {"get": [], "post": {"parameters": {}, "responses": [], "requestBody": 3}}}
    }
    found = openapi(odd)
    assert list(found.data["actions"]) == ["x.create"]
    assert json.dumps(odd)


def test_constant_headers_that_all_requests_have_are_said_once() -> None:
    accept = {"name": "Accept", "in": "header", "required": True, "schema": {"enum": ["a/b+json"]}}
    media = {"enum": ["application/json"]}
    sent = {"name": "Content-Type", "in": "header", "required": True, "schema": media}
    body = {"required": True, "content": {"text/plain": {"schema": {"type": "string"}}}}
    paths: dict[str, Any] = {f"/a{n}": {"get": {"parameters": [accept, sent]}} for n in range(5)}
    paths["/b"] = {"put": {"requestBody": body}}
    found = openapi({"paths": paths})
    assert found.data["headers"] == {"Accept": "a/b+json", "Content-Type": "application/json"}
    assert found.action("a0.get") == {"get": "/a0", "returns": "any"}
    assert found.action("b.update")["headers"] == {"Accept": "none", "Content-Type": "none"}


@pytest.mark.parametrize(
    ("schema", "sent"),
    [
        ({"type": "string", "default": "application/vnd.a+json"}, "= application/vnd.a+json"),
        ({"type": "string", "example": "text/csv"}, "= text/csv"),
        ({"type": "string"}, "= application/json"),
    ],
)
def test_a_content_type_that_is_demanded_without_a_body_is_sent(schema: Any, sent: str) -> None:
    header = {"name": "Content-Type", "in": "header", "required": True, "schema": schema}
    body: Any = {"content": {"multipart/form-data": {"schema": {"properties": {"f": {}}}}}}
    calls: Any = {"delete": {"parameters": [header]}}
    calls["post"] = {"parameters": [header], "requestBody": body}
    found = openapi({"paths": {"/a": calls, "/b": {"get": {}}}}).data["actions"]
    assert [each.get("headers") for each in found.values()] == [{"Content-Type": sent}, None, None]


def test_questions_on_one_line_are_read_by_every_reader_of_yaml() -> None:
    given = "{parameters: [{name: q, in: query, description: 'Gone?', schema: {type: string}}]}"
    found = operation(given)
    assert '{.type: string, .doc: "Gone?"}' in found.text
    assert yaml.safe_load(found.text) == found.data
