"""References lead inside the document, into files beside it, and nowhere else unless allowed."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.imports.importing import Result, import_text, openapi

HEAD = "openapi: 3.1.0\ninfo: {title: Acme}\nservers: [{url: 'https://a.example'}]\n"


def paths(ref: str) -> str:
    answer = f"{{schema: {{$ref: '{ref}'}}}}"
    return (
        f"{HEAD}paths:\n  /things/{{id}}:\n    get:\n      responses:\n        '200':\n"
        f"          content: {{application/json: {answer}}}\n"
    )


def in_folder(folder: Path, ref: str, **options: Any) -> Result:
    home = folder / "api" / "openapi.yaml"
    home.parent.mkdir(exist_ok=True)
    home.write_text(paths(ref), encoding="utf-8")
    return import_text(home.read_bytes(), home=home, **options)


def test_a_file_beside_the_document(tmp_path: Path) -> None:
    (tmp_path / "api" / "schemas").mkdir(parents=True)
    pet = "{type: object, properties: {owner: {$ref: 'owner.json'}, twin: {$ref: '#'}, n: {}}}"
    (tmp_path / "api" / "schemas" / "pet.yaml").write_text(pet, encoding="utf-8")
    owner = {"type": "object", "properties": {"größe": {"type": "integer"}, "n": {}}}
    (tmp_path / "api" / "schemas" / "owner.json").write_text(json.dumps(owner), encoding="utf-8")
    found = in_folder(tmp_path, "schemas/pet.yaml")
    assert found.data["models"] == {
        "Pet": {"owner?": "Owner", "twin?": "Pet", "n?": "any"},
        "Owner": {"größe?": "integer", "n?": "any"},
    }
    assert not found.messages("import-reference")


def test_faults_in_another_file_are_told_there(tmp_path: Path) -> None:
    (tmp_path / "api").mkdir()
    other = "a:\n  type: object\n  properties:\n    x: {type: wrong}\n    y: {}\n"
    (tmp_path / "api" / "other.yaml").write_text(other, encoding="utf-8")
    found = in_folder(tmp_path, "other.yaml#/a")
    (finding,) = [each for each in found.told if each.rule == "import-degraded"]
    assert (finding.path, finding.position) == ("other.yaml", (4, 5))


@pytest.mark.parametrize(
    ("ref", "rule", "message"),
    [
        ("../secret.yaml", "import-refused", "outside the folder"),
        ("/etc/passwd", "import-refused", "outside the folder"),
        ("link.yaml", "import-refused", "outside the folder"),
        ("https://evil.example/a.yaml", "import-refused", "is on the network"),
        ("http://evil.example/a.yaml", "import-refused", "is on the network"),
        ("ftp://evil.example/a", "import-refused", "is not a place that is read"),
        ("none.yaml", "import-reference", "No such file"),
        ("#/components/schemas/None", "import-reference", "leads nowhere"),
        ("#Anchor", "import-reference", "leads nowhere"),
    ],
)
def test_what_is_not_read(tmp_path: Path, ref: str, rule: str, message: str) -> None:
    (tmp_path / "secret.yaml").write_text("{type: string}", encoding="utf-8")
    (tmp_path / "api").mkdir()
    (tmp_path / "api" / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    found = in_folder(tmp_path, ref)
    assert found.only["returns"] == "any"
    assert any(message in each for each in found.messages(rule))


def test_a_host_that_is_allowed(tmp_path: Path) -> None:
    asked: list[str] = []

    def fetch(address: str) -> bytes:
        asked.append(address)
        inner = b"{type: object, properties: {more: {$ref: 'more.yaml'}, n: {}}}"
        return inner if address.endswith("/pet.yaml") else b"{type: integer}"

    found = in_folder(
        tmp_path,
        "https://good.example/s/pet.yaml",
        allowed_hosts=frozenset(["good.example"]),
        fetch=fetch,
    )
    assert found.data["models"] == {"Pet": {"more?": "integer", "n?": "any"}}
    assert asked == ["https://good.example/s/pet.yaml", "https://good.example/s/more.yaml"]


def test_an_allowed_host_is_not_asked_without_encryption(tmp_path: Path) -> None:
    def fetch(address: str) -> bytes:
        raise AssertionError(address)

    hosts = frozenset(["good.example"])
    found = in_folder(tmp_path, "http://good.example/a.yaml", allowed_hosts=hosts, fetch=fetch)
    assert any("only https" in each for each in found.messages("import-refused"))


def test_circles_of_references_end() -> None:
    circle = {"A": {"$ref": "#/components/schemas/B"}, "B": {"$ref": "#/components/schemas/A"}}
    answer = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}
    found = openapi(
        {
            "paths": {"/x": {"get": {"responses": {"200": answer}}}},
            "components": {"schemas": circle},
        }
    )
    assert found.only["returns"] == "any"
    assert any("goes round in a circle" in each for each in found.messages("import-reference"))


def test_a_long_chain_of_schemas_is_followed_to_its_end() -> None:
    chain = {
        f"S{n}": {"properties": {"next": {"$ref": f"#/components/schemas/S{n + 1}"}, "n": {}}}
        for n in range(3000)
    }
    chain["S3000"] = {"properties": {"end": {"type": "string"}, "n": {}}}
    answer = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/S0"}}}}
    found = openapi(
        {"paths": {"/x": {"get": {"responses": {"200": answer}}}}, "components": {"schemas": chain}}
    )
    assert found.data["models"]["S3000"] == {"end?": "string", "n?": "any"}


def test_everything_can_be_referred_to() -> None:
    components = {
        "parameters": {"P": {"name": "p", "in": "query", "schema": {"type": "string"}}},
        "requestBodies": {"B": {"content": {"application/json": {"schema": {"type": "integer"}}}}},
        "responses": {"R": {"content": {"application/json": {"schema": {"type": "number"}}}}},
        "pathItems": {
            "I": {
                "post": {
                    "parameters": [{"$ref": "#/components/parameters/P"}],
                    "requestBody": {"$ref": "#/components/requestBodies/B"},
                    "responses": {"200": {"$ref": "#/components/responses/R"}},
                }
            }
        },
        "securitySchemes": {"S": {"$ref": "#/components/securitySchemes/T"},
                            "T": {"type": "http", "scheme": "bearer"}},
    }  # fmt: skip
    found = openapi(
        {"paths": {"/x": {"$ref": "#/components/pathItems/I"}}, "components": components}
    )
    action = found.only
    assert (action["query"], action["body?"], action["returns"]) == (
        {"p?": "string"},
        "integer",
        "number",
    )
