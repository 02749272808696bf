"""Imports documents that are written in tests, and makes sure that what comes out is sound."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ferrule.diagnostics import Diagnostic, Report
from ferrule.forms.source import SourceFile
from ferrule.imports.openapi import import_openapi
from ferrule.imports.spec_text import spec_text
from ferrule.passes.check import check
from ferrule.passes.parse import parse


@dataclass(frozen=True)
class Result:
    """The spec as text and as data, and what was told."""

    text: str
    data: dict[str, Any]
    told: list[Diagnostic]

    def action(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = self.data["actions"][name]
        return found

    @property
    def only(self) -> dict[str, Any]:
        """The one action."""
        (found,) = self.data["actions"].values()
        assert isinstance(found, dict)
        return found

    def messages(self, rule: str) -> list[str]:
        return [each.message for each in self.told if each.rule == rule]


def import_text(text: str | bytes, *, home: Path | None = None, **options: Any) -> Result:
    """The spec of a document. Fails where the checker has something against it."""
    report = Report()
    content = text.encode() if isinstance(text, str) else text
    made = import_openapi(
        "api.yaml",
        content,
        report,
        connector=options.pop("connector", "acme"),
        home=home,
        **options,
    )
    assert made is not None, list(report)
    written = spec_text(made.data)
    told = Report()
    tree = parse(SourceFile("acme.yaml", written), told)
    assert tree is not None, f"{written}\n{list(told)}"
    check(tree, told)
    assert not told.errors, f"{written}\n{[(each.position, each.message) for each in told.errors]}"
    return Result(written, tree.data, list(report))


def unreadable(text: str | bytes) -> list[Diagnostic]:
    """What is told of a text that is no document."""
    report = Report()
    content = text.encode() if isinstance(text, str) else text
    assert import_openapi("api.yaml", content, report) is None
    return list(report)


def openapi(document: dict[str, Any] | str, **options: Any) -> Result:
    """A document of OpenAPI 3 without its head."""
    given = yaml.safe_load(document) if isinstance(document, str) else document
    head = {
        "openapi": "3.1.0",
        "info": {"title": "Acme", "version": "1"},
        "servers": [{"url": "https://api.acme.example"}],
        "paths": {},
    }
    return import_text(json.dumps({**head, **given}), **options)


def swagger(document: dict[str, Any] | str, **options: Any) -> Result:
    """A document of Swagger 2.0 without its head."""
    given = yaml.safe_load(document) if isinstance(document, str) else document
    head = {
        "swagger": "2.0",
        "info": {"title": "Acme", "version": "1"},
        "host": "api.acme.example",
        "paths": {},
    }
    return import_text(json.dumps({**head, **given}), **options)


def schema(document: dict[str, Any] | str, **components: Any) -> Any:
    """The declaration that a schema comes to, as a field of an answer."""
    found = models({"properties": {"field": _loaded(document)}}, **components)
    return found["Thing"]["field?"]


def models(thing: dict[str, Any] | str, **components: Any) -> dict[str, Any]:
    """The models of an API whose one answer is `Thing`."""
    found = openapi(
        {
            "paths": {"/things/{id}": {"get": {"responses": {"200": json_answer("Thing")}}}},
            "components": {"schemas": {"Thing": _loaded(thing), **components}},
        }
    )
    answer: dict[str, Any] = found.data["models"]
    return answer


def json_answer(name: str) -> dict[str, Any]:
    """An answer in JSON with a named schema."""
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
    return {"description": "", "content": content}


def _loaded(document: dict[str, Any] | str) -> Any:
    return yaml.safe_load(document) if isinstance(document, str) else document
