"""Parameter styles of an OpenAPI document, as they arrive at a service."""

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.functional.packages import Face, written
from tests.imports.importing import openapi, swagger
from tests.services.scripted import ScriptedService, reply

LIST = {"type": "array", "items": {"type": "string"}}
COLOR = {
    "type": "object",
    "properties": {"R": {"type": "integer"}, "G": {"type": "integer"}, "B": {"type": "string"}},
}
ITEMS = ["blue", "black", "b n"]
FIELDS = {"R": 100, "G": 200, "B": "a b"}

# Where, style, explode, whether a list or an object; what stands on the wire (RFC 6570).
STYLES = [
    ("path", "simple", False, "list", "/blue,black,b%20n"),
    ("path", "simple", True, "list", "/blue,black,b%20n"),
    ("path", "simple", False, "object", "/R,100,G,200,B,a%20b"),
    ("path", "simple", True, "object", "/R=100,G=200,B=a%20b"),
    ("path", "label", False, "single", "/.b%20n"),
    ("path", "label", False, "list", "/.blue,black,b%20n"),
    ("path", "label", True, "list", "/.blue.black.b%20n"),
    ("path", "label", False, "object", "/.R,100,G,200,B,a%20b"),
    ("path", "label", True, "object", "/.R=100.G=200.B=a%20b"),
    ("path", "matrix", False, "single", "/;color=b%20n"),
    ("path", "matrix", False, "list", "/;color=blue,black,b%20n"),
    ("path", "matrix", True, "list", "/;color=blue;color=black;color=b%20n"),
    ("path", "matrix", False, "object", "/;color=R,100,G,200,B,a%20b"),
    ("path", "matrix", True, "object", "/;R=100;G=200;B=a%20b"),
    ("query", "form", True, "list", "color=blue&color=black&color=b%20n"),
    ("query", "form", False, "list", "color=blue,black,b%20n"),
    ("query", "form", True, "object", "R=100&G=200&B=a%20b"),
    ("query", "form", False, "object", "color=R,100,G,200,B,a%20b"),
    ("query", "spaceDelimited", False, "list", "color=blue%20black%20b%20n"),
    ("query", "spaceDelimited", False, "object", "color=R%20100%20G%20200%20B%20a%20b"),
    ("query", "pipeDelimited", False, "list", "color=blue%7Cblack%7Cb%20n"),
    ("query", "pipeDelimited", False, "object", "color=R%7C100%7CG%7C200%7CB%7Ca%20b"),
    ("query", "deepObject", True, "object", "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=a%20b"),
    ("header", "simple", False, "list", "blue,black,b n"),
    ("header", "simple", True, "list", "blue,black,b n"),
    ("header", "simple", False, "object", "R,100,G,200,B,a b"),
    ("header", "simple", True, "object", "R=100,G=200,B=a b"),
    ("cookie", "form", False, "list", "color=blue,black,b n"),
    ("cookie", "form", True, "list", "color=blue; color=black; color=b n"),
    ("cookie", "form", False, "object", "color=R,100,G,200,B,a b"),
    ("cookie", "form", True, "object", "R=100; G=200; B=a b"),
    ("cookie", "cookie", True, "list", "color=blue; color=black; color=b n"),
]
COLLECTIONS = [
    ("query", "csv", "color=blue,black,b%20n"),
    ("query", "ssv", "color=blue%20black%20b%20n"),
    ("query", "tsv", "color=blue%09black%09b%20n"),
    ("query", "pipes", "color=blue%7Cblack%7Cb%20n"),
    ("query", "multi", "color=blue&color=black&color=b%20n"),
    ("path", "csv", "/blue,black,b%20n"),
    ("path", "pipes", "/blue%7Cblack%7Cb%20n"),
    ("header", "csv", "blue,black,b n"),
    ("header", "pipes", "blue|black|b n"),
    ("formData", "csv", "color=blue,black,b+n"),
    ("formData", "multi", "color=blue&color=black&color=b+n"),
    ("formData", "pipes", "color=blue%7Cblack%7Cb+n"),
]


def of_openapi() -> str:
    """A spec with an operation a style."""
    paths: dict[str, Any] = {}
    for number, (where, style, explode, kind, _) in enumerate(STYLES):
        schema = {"list": LIST, "object": COLOR, "single": {"type": "string"}}[kind]
        name = "X-Color" if where == "header" else "color"
        parameter = {
            "name": name, "in": where, "style": style, "explode": explode, "schema": schema,
            "required": True,
        }  # fmt: skip
        path = f"/case{number}" + ("/{color}" if where == "path" else "")
        answers = {"204": {"description": ""}}
        paths[path] = {"post": {"parameters": [parameter], "responses": answers}}
    return openapi({"paths": paths}, connector="styles").text


def of_swagger() -> str:
    """A spec with an operation a collection format."""
    paths: dict[str, Any] = {}
    for number, (where, collection, _) in enumerate(COLLECTIONS):
        parameter = {
            "name": "X-Color" if where == "header" else "color", "in": where, "type": "array",
            "items": {"type": "string"}, "collectionFormat": collection, "required": True,
        }  # fmt: skip
        path = f"/case{number}" + ("/{color}" if where == "path" else "")
        operation = {"parameters": [parameter], "responses": {"204": {"description": ""}}}
        paths[path] = {"post": operation}
    return swagger({"paths": paths}, connector="collections").text


class Made:
    """The package of a spec, and the names of its actions by the first part of their paths."""

    def __init__(self, spec: str, folder: Path) -> None:
        self.module = import_module(written(spec, folder))
        actions = yaml.safe_load(spec)["actions"]
        self.names = {str(each["post"]).split("/")[1]: name for name, each in actions.items()}

    def sent(self, service: ScriptedService, number: int, where: str, value: Any) -> str | None:
        """What arrives at the service where the parameter goes."""
        service.on("POST", re.compile(r"/.*"), reply(204))
        argument = "x_color" if where == "header" else "color"

        def call(client: Any) -> Any:
            method = attrgetter(self.names[f"case{number}"])(client)
            return method(**{argument: value})

        Face(self.module, service.url, is_async=False)(call)
        request = service.requests[-1]
        if where == "path":
            return request.path.removeprefix(f"/case{number}")
        if where == "query":
            return request.query
        if where == "formData":
            return request.body.decode()
        return request.header("X-Color" if where == "header" else "Cookie")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Made]]:
    """The packages of both documents, importable while the module's tests run."""
    place = tmp_path_factory.mktemp("packages")
    sys.path.insert(0, str(place))
    yield {name: Made(spec(), place) for name, spec in SPECS.items()}
    sys.path.remove(str(place))
    owners = {f"{name}_connector" for name in SPECS}
    for module in [each for each in sys.modules if each.split(".")[0] in owners]:
        del sys.modules[module]


SPECS = {"styles": of_openapi, "collections": of_swagger}


@pytest.mark.parametrize("number", range(len(STYLES)))
def test_styles_of_openapi_on_the_wire(
    made: dict[str, Made], service: ScriptedService, number: int
) -> None:
    where, _, _, kind, expected = STYLES[number]
    value = {"list": ITEMS, "object": FIELDS, "single": ITEMS[-1]}[kind]
    assert made["styles"].sent(service, number, where, value) == expected


@pytest.mark.parametrize("number", range(len(COLLECTIONS)))
def test_collection_formats_of_swagger_on_the_wire(
    made: dict[str, Made], service: ScriptedService, number: int
) -> None:
    where, _, expected = COLLECTIONS[number]
    assert made["collections"].sent(service, number, where, ITEMS) == expected
