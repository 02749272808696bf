"""Bodies and answers in XML become trees under their root, as the `xml` objects of schemas say."""

from typing import Any

import pytest
import yaml

from tests.imports.importing import Result, openapi, swagger

LINE = {"type": "object", "xml": {"name": "Line"}, "properties": {"sku": {"type": "string"}}}


def sent(schema: str, **components: Any) -> Result:
    """A body of XML."""
    content = {"application/xml": {"schema": yaml.safe_load(schema)}}
    post = {"requestBody": {"required": True, "content": content}}
    return openapi({"paths": {"/a": {"post": post}}, "components": {"schemas": components}})


def fields(properties: str, **components: Any) -> dict[str, Any]:
    """The fields of a body whose root is `Root`."""
    schema = f"{{type: object, xml: {{name: Root}}, properties: {properties}}}"
    found = sent(schema, **components).only
    assert found["send"] == "xml"
    body: dict[str, Any] = found["body"]
    assert body.pop(".wrap") == "Root"
    return body


def answered(schema: str, media: str = "application/xml", **components: Any) -> Result:
    content = {media: {"schema": yaml.safe_load(schema)}}
    get = {"responses": {"200": {"description": "", "content": content}}}
    return openapi({"paths": {"/a": {"get": get}}, "components": {"schemas": components}})


TEXT = "type: string"


@pytest.mark.parametrize(
    ("properties", "declared"),
    [
        (f"{{a: {{{TEXT}}}}}", {"a?": "string"}),
        (f"{{a: {{{TEXT}, xml: {{name: A}}}}}}", {"A?": "string"}),
        (f"{{a: {{{TEXT}, xml: {{attribute: true}}}}}}", {"@a?": "string"}),
        (f"{{a: {{{TEXT}, xml: {{attribute: true, name: A}}}}}}", {"@A?": "string"}),
        (f"{{a: {{{TEXT}, xml: {{nodeType: attribute}}}}}}", {"@a?": "string"}),
        (f"{{a: {{{TEXT}, xml: {{x-text: true}}}}}}", {"#text?": "string"}),
        (f"{{a: {{{TEXT}, xml: {{nodeType: text}}}}}}", {"#text?": "string"}),
        (f"{{a: {{type: array, items: {{{TEXT}}}}}}}", {"a?": "list(string)"}),
        (f"{{a: {{type: array, items: {{{TEXT}, xml: {{name: B}}}}}}}}", {"B?": "list(string)"}),
        (f"{{a: {{type: array, xml: {{name: C}}, items: {{{TEXT}}}}}}}", {"a?": "list(string)"}),
        (f"{{a: {{type: array, xml: {{wrapped: true}}, items: {{{TEXT}}}}}}}",
         {"a?": {"a?": "list(string)"}}),
        (f"{{a: {{type: array, xml: {{wrapped: true, name: C}}, items: {{{TEXT}}}}}}}",
         {"C?": {"C?": "list(string)"}}),
        (f"{{a: {{type: array, xml: {{nodeType: element}}, items: {{{TEXT}, xml: {{name: B}}}}}}}}",
         {"a?": {"B?": "list(string)"}}),
        ("{a: {type: array, items: {$ref: '#/components/schemas/Row'}}}",
         {"Line?": "list(Row)"}),
    ],
)  # fmt: skip
def test_elements_attributes_and_lists(properties: str, declared: dict[str, Any]) -> None:
    assert fields(properties, Row=LINE) == declared


def test_the_root_is_named_by_the_schema_or_by_the_component() -> None:
    order = {"type": "object", "properties": {"id": {"type": "integer"}}}
    found = sent("{$ref: '#/components/schemas/Order'}", Order=order).only
    assert found["body"] == {".wrap": "Order", "id?": "integer"}
    named = {**order, "xml": {"name": "PurchaseOrder"}}
    found = sent("{$ref: '#/components/schemas/Order'}", Order=named).only
    assert found["body"][".wrap"] == "PurchaseOrder"


def test_a_root_declares_its_namespace() -> None:
    schema = "{type: object, xml: {name: R, namespace: 'urn:x'%s}, properties: {a: {type: string}}}"
    assert sent(schema % "").only["body"] == {".wrap": "R", "@xmlns": "= urn:x", "a?": "string"}
    assert sent(schema % ", prefix: p").only["body"] == {
        ".wrap": "p:R",
        "@xmlns:p": "= urn:x",
        "a?": "string",
    }


def test_namespaces_inside_a_body_are_told() -> None:
    inner = "{a: {type: string, xml: {prefix: p, namespace: 'urn:y'}}}"
    found = sent(f"{{type: object, xml: {{name: R}}, properties: {inner}}}")
    assert found.messages("import-lost") == [
        "1 elements inside a body have a namespace of their own: it is not written: a"
    ]


@pytest.mark.parametrize("schema", ["{type: string}", "{type: object, properties: {a: {}}}", "{}"])
def test_a_body_without_a_named_root_is_text(schema: str) -> None:
    found = sent(schema)
    assert (found.only["send"], found.only["body"]) == ("text", "text")
    assert "without a named root" in found.messages("import-lost")[0]


def test_an_answer_is_read_under_its_root() -> None:
    found = answered("{$ref: '#/components/schemas/Row'}", "text/xml", Row=LINE)
    assert found.only["returns"] == "xml(Row) at $.Line"
    assert found.data["models"] == {"Row": {"sku?": "string"}}
    rows = "{type: array, xml: {name: Rows}, items: {$ref: '#/components/schemas/Row'}}"
    assert answered(rows, Row=LINE).only["returns"] == "xml(list(Row)) at $.Rows.Line"
    assert answered("{type: string}").only["returns"] == "text"


def test_the_same_schema_in_json_and_in_xml_is_two_models() -> None:
    ref = {"schema": {"$ref": "#/components/schemas/Row"}}
    row = {"type": "object", "properties": {"id": {"type": "integer", "xml": {"attribute": True}}}}
    paths = {
        path: {"get": {"responses": {"200": {"description": "", "content": {media: ref}}}}}
        for path, media in (("/a", "application/json"), ("/b", "application/xml"))
    }
    found = openapi({"paths": paths, "components": {"schemas": {"Row": row}}})
    assert found.data["models"] == {"Row": {"id?": "integer"}, "RowModel": {"@id?": "integer"}}


def test_json_is_taken_where_there_is_json_too() -> None:
    content = {"application/xml": {"schema": LINE}, "application/json": {"schema": LINE}}
    get = {"responses": {"200": {"description": "", "content": content}}}
    assert openapi({"paths": {"/a": {"get": get}}}).data["models"] == {"A": {"sku?": "string"}}


def test_several_bodies_have_their_root_as_a_field() -> None:
    form = {"schema": {"type": "object", "properties": {"b": {"type": "string"}}}}
    content = {"application/xml": {"schema": LINE}, "application/x-www-form-urlencoded": form}
    post = {"requestBody": {"required": True, "content": content}}
    assert openapi({"paths": {"/a": {"post": post}}}).only["bodies"] == {
        "xml": {"Line": {"sku?": "string"}},
        "form": {"b?": "string"},
    }


def test_swagger() -> None:
    schema = {"$ref": "#/definitions/Row"}
    post = {
        "consumes": ["application/xml"],
        "produces": ["application/xml"],
        "parameters": [{"name": "body", "in": "body", "required": True, "schema": schema}],
        "responses": {"200": {"description": "", "schema": schema}},
    }
    found = swagger({"paths": {"/a": {"post": post}}, "definitions": {"Row": LINE}}).only
    assert found["send"] == "xml"
    assert found["body"] == {".wrap": "Line", ".type": "Row"}
    assert found["returns"] == "xml(Row) at $.Line"
