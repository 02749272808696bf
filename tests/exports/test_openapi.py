"""A connector as an OpenAPI document: accepted by the validator, and stable when imported again."""

import json
import textwrap
from pathlib import Path
from typing import Any

import pytest
import yaml
from openapi_spec_validator import validate

from ferrule.diagnostics import Report
from ferrule.exports.openapi import openapi_document
from ferrule.forms.source import SourceFile
from ferrule.imports.openapi import import_openapi
from ferrule.imports.spec_text import spec_text
from ferrule.passes.check import check
from ferrule.passes.parse import parse

ROOT = Path(__file__).parents[2]
SPECS = sorted((ROOT / "specs").glob("*.yaml"))
CORPUS = ROOT / ".." / "shared" / "corpus"
SAMPLE = (
    "train_travel_31.yaml",
    "autorest_body_complex.json",
    "readme_params_style_31.json",
    "svix.json",
)
HEAD = """\
ferrule: 1
connector: acme
version: 2.1.0
base_url: https://api.acme.example
"""


def exported(text: str, report: Report | None = None) -> dict[str, Any]:
    """The document of a spec; without findings, unless a report takes them."""
    own = Report()
    tree = parse(SourceFile("spec.yaml", text), own)
    assert tree is not None, list(own)
    spec = check(tree, own)
    assert spec is not None, [each.message for each in own]
    assert not own.errors, [(each.position, each.message) for each in own.errors]
    losses = report if report is not None else Report()
    document = openapi_document(spec, tree, losses)
    if report is None:
        assert not list(losses), [each.message for each in losses]
    plain: dict[str, Any] = json.loads(json.dumps(document))
    return plain


def imported(document: bytes, name: str = "api.json") -> str:
    made = import_openapi(name, document, Report())
    assert made is not None
    return spec_text(made.data)


def again(text: str) -> str:
    """A spec, exported and imported."""
    return imported(json.dumps(exported(text, Report())).encode())


def of(text: str, report: Report | None = None) -> dict[str, Any]:
    return exported(HEAD + textwrap.dedent(text), report)


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_our_connectors_are_accepted_and_stable(path: Path) -> None:
    document = exported(path.read_text(), Report())
    validate(document)
    first = imported(json.dumps(document).encode())
    second = again(first)
    assert again(second) == second
    names = [list(yaml.safe_load(text).get("actions", {})) for text in (first, second)]
    assert names[0] == names[1]


@pytest.mark.parametrize("name", SAMPLE)
def test_what_was_imported_comes_back_as_it_was(name: str) -> None:
    path = CORPUS / name
    if not path.exists():
        pytest.skip(f"there is no document {path.name}")
    first = imported(path.read_bytes(), name)
    document = exported(first, Report())
    validate(document)
    without_guesses = parse(SourceFile("spec.yaml", first), Report())
    assert without_guesses is not None
    assert again(first) == spec_text(without_guesses.data)


def test_head_servers_and_auth() -> None:
    document = exported("""\
ferrule: 1
connector: acme
version: 2.1.0
title: Acme
description: Things.
docs: https://acme.example/docs
base_url: https://${region}.acme.example/v1
settings:
  region: {.type: enum(eu | us) = eu, .doc: Where you are.}
  email: string
  api_key: secret
  client_id: string
  client_secret: secret
auth:
  one_of:
    key: {token: {value: "${api_key}", apply: header.X-Key}}
    person: {basic: {username: "${email}/token", password: "${api_key}"}}
    app:
      oauth2: {token: /token, scopes: [read]}
rate_limit: 5/second
actions:
  me: {get: /me, auth: person, returns: any}
  ping: {get: /ping, auth: none}
""")
    validate(document)
    assert document["info"] == {"title": "Acme", "version": "2.1.0", "description": "Things."}
    assert document["externalDocs"] == {"url": "https://acme.example/docs"}
    (server,) = document["servers"]
    assert server["url"] == "https://{region}.acme.example/v1"
    variable = {"enum": ["eu", "us"], "default": "eu", "description": "Where you are."}
    assert server["variables"] == {"region": variable}
    assert document["security"] == [{"key": []}, {"person": []}, {"app": []}]
    schemes = document["components"]["securitySchemes"]
    assert schemes["key"] == {"type": "apiKey", "in": "header", "name": "X-Key"}
    assert schemes["person"] == {"type": "http", "scheme": "basic"}
    assert schemes["app"]["flows"]["clientCredentials"]["tokenUrl"] == "/token"
    assert document["paths"]["/me"]["get"]["security"] == [{"person": []}]
    assert document["paths"]["/ping"]["get"]["security"] == []
    assert document["x-ferrule"]["rate_limit"] == "5/second"
    assert yaml.safe_load(again(HEAD + "rate_limit: 5/second\n"))["rate_limit"] == "5/second"


def test_the_default_of_a_number_in_text_is_text() -> None:
    spec = """
        actions:
          things.create:
            post: /things
            body: {size: integer(text) = 3, share?: number(text) | null = 0.5, cost: decimal = 1.50}
            returns: none
          things.list:
            get: /things
            query: {least: {.type: integer(text), .default: 2, .example: 4}}
            returns: none
        """
    document = of(spec)
    validate(document)
    (media,) = document["paths"]["/things"]["post"]["requestBody"]["content"].values()
    fields = media["schema"]["properties"]
    assert [each["default"] for each in fields.values()] == ["3", "0.5", "1.50"]
    (least,) = document["paths"]["/things"]["get"]["parameters"]
    assert (least["schema"]["default"], least["example"]) == ("2", "4")
    back = yaml.safe_load(again(HEAD + textwrap.dedent(spec)))["actions"]["things.create"]["body"]
    assert back["size"] == "integer(text) = 3"
    assert back["cost"] == "decimal = 1.50"


def test_parameters_bodies_and_answers() -> None:
    document = of("""
        paging: {cursor: $.next, into: query.after, size: {in: query.limit, default: 10, max: 50}}
        envelope: {next: string | null}
        actions:
          things.list:
            summary: List things.
            get: /shops/{shop:integer}/things
            query: {ids?: {.type: list(integer), .style: csv}, deep?: {.type: Range, .style: deep}}
            headers: {X-Version: = 2}
            returns: list(Thing) at $.data
          things.create:
            post: /shops/{shop:integer}/things
            body: {.wrap: thing, name: string, size?: integer = 3}
            idempotency_key: header.Idempotency-Key
            returns: Thing at $.thing
          files.send:
            post: /files
            send: multipart
            body: {upload: file, about?: {.type: Range, .part: {type: application/json}}}
        models:
          Range: {from?: date, to?: date | null}
          Thing:
            .doc: A thing.
            id: {.type: uuid, .read_only: true}
            name: {.type: string(1..80), .example: Bolt}
            kind: enum(a | b)
        """)
    validate(document)
    listing = document["paths"]["/shops/{shop}/things"]["get"]
    assert listing["operationId"] == "things.list"
    by_name = {each["name"]: each for each in listing["parameters"]}
    assert list(by_name) == ["shop", "ids", "deep", "X-Version", "after", "limit"]
    assert (by_name["ids"]["style"], by_name["ids"]["explode"]) == ("form", False)
    assert by_name["deep"]["style"] == "deepObject"
    assert by_name["X-Version"]["schema"]["enum"] == ["2"]
    assert by_name["limit"]["schema"]["maximum"] == 50
    answer = listing["responses"]["200"]["content"]["application/json"]["schema"]
    assert list(answer["properties"]) == ["data", "next"]
    creating = document["paths"]["/shops/{shop}/things"]["post"]
    body = creating["requestBody"]["content"]["application/json"]["schema"]
    assert body["properties"]["thing"]["properties"]["size"] == {"type": "integer", "default": 3}
    assert creating["parameters"][-1]["name"] == "Idempotency-Key"
    parts = document["paths"]["/files"]["post"]["requestBody"]["content"]["multipart/form-data"]
    assert parts["schema"]["properties"]["upload"] == {"type": "string", "format": "binary"}
    assert parts["encoding"] == {"about": {"contentType": "application/json"}}
    models = document["components"]["schemas"]
    assert models["Thing"]["required"] == ["id", "name", "kind"]
    assert models["Range"]["properties"]["to"] == {"type": ["string", "null"], "format": "date"}


XML = """\
ferrule: 1
connector: acme
version: 2.1.0
base_url: https://api.acme.example
actions:
  orders.create:
    post: /orders
    send: xml
    body:
      .wrap: p:Order
      "@xmlns:p": = urn:orders
      "@version": = 2
      Id: integer
      Line?: list(Line)
    returns: xml(Order) at $.Order
  orders.list:
    get: /orders
    returns: xml(list(Order)) at $.Listing.Order
  orders.update:
    patch: /orders
    send: xml
    body: {.wrap: Order, .type: Order}
    returns: xml(Listing)
  orders.raw:
    put: /orders
    send: xml
    body: map(any)
  orders.send:
    post: /orders/send
    bodies:
      json: Order
      xml: {Order: Order}
models:
  Line: {"@unit?": enum(kg | m), "#text": string}
  Order: {"@version?": integer, Id: integer, Line: list(Line)}
  Listing: {Listing?: {"Order?": list(Order)}}
"""


def test_xml_says_its_root_attributes_and_namespace() -> None:
    document = exported(XML)
    validate(document)
    creating = document["paths"]["/orders"]["post"]
    body = creating["requestBody"]["content"]["application/xml"]["schema"]
    assert body["xml"] == {"name": "Order", "prefix": "p", "namespace": "urn:orders"}
    assert "@xmlns:p" not in {*body["properties"], *body["required"]}
    models = document["components"]["schemas"]
    assert models["Order"]["properties"]["@version"]["xml"] == {
        "name": "version",
        "attribute": True,
    }
    answer = creating["responses"]["200"]["content"]["application/xml"]["schema"]
    assert answer == {"$ref": "#/components/schemas/Order"}
    listing = document["paths"]["/orders"]["get"]["responses"]["200"]
    listed = listing["content"]["application/xml"]["schema"]
    assert (listed["xml"], list(listed["properties"])) == ({"name": "Listing"}, ["Order"])


def test_xml_comes_back_as_it_was() -> None:
    tree = parse(SourceFile("spec.yaml", XML), Report())
    assert tree is not None
    assert yaml.safe_load(again(XML)) == yaml.safe_load(spec_text(tree.data))


RECEIVED = """\
ferrule: 1
connector: acme
version: 2.1.0
base_url: https://api.acme.example
settings: {hook_secret?: secret, ca?: string}
tls: {ca: "${ca}"}
triggers:
  events:
    webhook:
      sign: hmac_sha256
      key: ${hook_secret}
      in: header.X-Signature
      type: $.type
      data: $.data
      events: {thing.created: Thing}
actions:
  things.list:
    get: /things
    query: {since?: datetime}
    returns: list(Thing)
    items: {where: "$.id > 1"}
models:
  Thing: {id: integer}
"""


def test_webhooks_are_said_and_come_back() -> None:
    document = exported(RECEIVED)
    validate(document)
    (hook,) = document["webhooks"].values()
    schema = hook["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert schema["properties"] == {"data": {"$ref": "#/components/schemas/Thing"}}
    tree = parse(SourceFile("spec.yaml", RECEIVED), Report())
    assert tree is not None
    assert yaml.safe_load(again(RECEIVED)) == yaml.safe_load(spec_text(tree.data))


def test_packed_files_are_said_as_bytes_and_come_back() -> None:
    text = (
        "actions:\n"
        "  rows: {get: /rows, returns: gzip(csv(Row))}\n"
        "  lines: {get: /lines, returns: zip(lines(Row))}\n"
        "  either: {get: /either, returns: {json: Row, application/gzip: gzip(csv(Row))}}\n"
        "models:\n  Row: {id: integer}\n"
    )
    report = Report()
    paths = of(text, report)["paths"]
    packed = {"type": "string", "format": "binary"}
    answer = {"description": "The answer.", "content": {"application/gzip": {"schema": packed}}}
    assert paths["/rows"]["get"]["responses"]["200"] == answer
    assert set(paths["/lines"]["get"]["responses"]["200"]["content"]) == {"application/zip"}
    either = paths["/either"]["get"]["responses"]["200"]["content"]
    assert either["application/gzip"]["schema"] == packed
    assert {"export-lost"} == {each.rule for each in report}
    back = yaml.safe_load(again(HEAD + text))["actions"]
    assert [back[name]["returns"] for name in ("rows", "lines")] == [
        "gzip(csv(Row))",
        "zip(lines(Row))",
    ]
    assert back["either"]["returns"]["application/gzip"] == "gzip(csv(Row))"


def test_graphql_comes_back_as_it_was() -> None:
    two = "query A($x: ID) { viewer(x: $x) { id } } query B { viewer { id } }"
    text = (
        f"{HEAD}send: graphql\n"
        "actions:\n"
        '  one: {post: /graphql, body: {.query: "{ viewer { id } }"}, returns: any}\n'
        f'  two: {{post: /graphql, body: {{.query: "{two}", .operation: A, "x?": string}}}}\n'
        "  plain: {post: /plain, send: json, body: {x: string}}\n"
    )
    before, after = yaml.safe_load(text), yaml.safe_load(again(text))
    assert after["send"] == "graphql"
    assert after["actions"] == before["actions"]


def test_what_a_body_looks_up_is_told_and_comes_back() -> None:
    text = (
        f"{HEAD}settings: {{org: string}}\n"
        "actions:\n"
        '  one: {post: /one, body: {a: string, b: "= x-${org}", c: integer}, returns: any}\n'
        '  two: {post: /two, body: {b: "= ${org}"}, returns: any}\n'
    )
    report = Report()
    document = exported(text, report)
    assert [each.message for each in report] == ["what is looked up is not said: it is text"] * 2
    content = document["paths"]["/two"]["post"]["requestBody"]["content"]
    assert content["application/json"]["schema"]["properties"] == {"b": {"type": "string"}}
    before, after = yaml.safe_load(text), yaml.safe_load(again(text))
    assert after["actions"] == before["actions"]


def test_functions_are_told() -> None:
    told = Report()
    text = "hooks: {transform: hooks.py:rows}\nactions: {a.get: {get: /a, returns: any}}\n"
    tree = parse(SourceFile("spec.yaml", HEAD + text), Report())
    assert tree is not None
    spec = check(tree, Report())
    assert spec is not None
    openapi_document(spec, tree, told)
    assert [each.message for each in told] == ["functions of your own are not said"]


def test_what_is_said_of_a_parameter_of_a_path_alone() -> None:
    text = """
        actions:
          a.get: {get: "/a/{path:slashes}", path: {path: {.doc: Where it stands.}}}
          b.get: {get: "/b/{id:integer}", path: {id: {.doc: Its number.}}}
          c.get: {get: "/c/{kind}", path: {kind: {.enum: [x, y]}}, query: {q: {.doc: Anything.}}}
    """
    paths = of(text)["paths"]
    found = [item["get"]["parameters"][0]["schema"] for item in paths.values()]
    kind = {"type": "string", "enum": ["x", "y"]}
    assert found == [{"type": "string"}, {"type": "integer"}, kind]
    assert paths["/c/{kind}"]["get"]["parameters"][1]["schema"] == {}


def test_actions_come_back_in_their_order_and_without_summaries_where_they_had_none() -> None:
    text = """\
actions:
  b.get: {get: /b}
  a.get: {get: /a, description: "One sentence. Another."}
  b.create: {post: /b}
"""
    found = yaml.safe_load(again(HEAD + text))
    assert list(found["actions"]) == ["b.get", "a.get", "b.create"]
    assert "summary" not in found["actions"]["a.get"]


def test_the_same_comes_back_from_what_was_exported() -> None:
    text = """\
# a comment
ferrule: 1
connector: acme
version: 2.1.0
base_url: https://api.acme.example
settings: {account: string}
paging: {page: query.page}
actions:
  things.get:
    get: /things/{path:slashes}
    query: {account: "= ${account}", "q?": {.type: string, .py: text}, .rest: string}
    returns: "list(Thing) at $.a.b"
    retry: {attempts: 2}
  things.update:
    put: /things
    body: Thing
  things.of:
    get: /${account}/things/{kind}
    path: {kind: {.type: string, .py: sort}}
    returns: Thing
  things.drop: {delete: "/things", returns: {200: Thing, 202: none}}
  things.send:
    post: /things/images
    send: multipart
    body:
      image: file
      tags?: {.type: list(string), .style: csv}
      of?: {.style: deep, id?: integer}
  things.find:
    post: /things/find
    body: {.one_of_fields: [id, name], id?: integer, "name?": string}
    returns: Same | Also | Told | Named | Twins | Single
models:
  Thing: {.rest: any, id: integer, of: Pet}
  Same: Thing
  Also: {.is: Thing}
  Told: {.type: Thing, .doc: Another name.}
  Named:
    "+1": {.type: integer, .py: likes}
    of?: {.type: Thing, .py: owner}
    note?: {.type: string | null, .blank_is_null: true}
  Twins: {.by: of, one: Bird, two: Bird}
  Single: {.by: of, one: Bird}
  Bird: {of: enum(one | two)}
  Pet: {.by: kind, cat: Cat, dog: Dog, .else: Cat}
  Cat: {kind: = cat, "name": string}
  Dog: {kind: = dog, age?: integer | null}
"""
    tree = parse(SourceFile("spec.yaml", text), Report())
    assert tree is not None
    assert yaml.safe_load(again(text)) == yaml.safe_load(spec_text(tree.data))
