"""Text of a spec stays text: it changes no statement of the package, whatever it holds."""

import ast
import tomllib
from typing import Any

import pytest

from ferrule.diagnostics import Report
from ferrule.forms.reading import read_form
from ferrule.forms.spec import ConnectorSpec
from ferrule.passes.polish import polish
from ferrule.passes.render import render
from ferrule.passes.resolve import resolve
from tests.compiler.test_python_text import HOSTILE

CODE = '"""\nimport os\nos.system("x")\n"""'
TEXTS = [
    *(text for text in HOSTILE if text.strip() and "\ud800" not in text),
    CODE,
    "'''" + CODE + "'''",
    "{{ module.doc }}",
    "{% include 'macros/class.jinja' %}",
    "${x",
    "{x}",
    "</script><b>|` # x",
    "\n```\n# heading\n| a | b |\n",
    "*/ // <!-- -->",
    "a-" * 150,
    "#" * 90 + "\n\n" * 3,
]


def spec_with(text: str) -> dict[str, Any]:
    """A spec with the text in every place where an author can write one."""
    plain = text.replace("$", "$$").replace("{", "(").replace("}", ")")
    word = plain.strip() or "x"
    field: dict[str, Any] = {
        ".type": "string",
        ".doc": text,
        ".example": text,
        ".deprecated": text,
        ".py": "odd",
    }
    return {
        "ferrule": 1,
        "connector": "acme",
        "version": text,
        "title": text,
        "description": text,
        "docs": text,
        "base_url": f"https://example.com/{word}",
        "hosts": {text: "https://files.example.com"},
        "settings": {
            "account": {
                ".type": "string",
                ".doc": text,
                ".example": text,
                ".default": plain,
                ".strip": [text],
            },
            "mode": {".enum": [text, "other"]},
        },
        "values": {"derived": f"{plain}${{account | replace a b}}"},
        "auth": {"token": {"value": f"{plain}${{account}}", "scheme": word}},
        "auths": {text: {"custom": {"headers": {text: plain}, "query": {text: [plain, plain]}}}},
        "headers": {text: plain},
        "query": {text: {"a": plain}},
        "cookies": {text: plain},
        "rate_limits": {text: "1/second"},
        "pagings": {"default": {"cursor": "$.next", "into": "query.next"}},
        "errors": {"code": "$.code", "codes": {"NotFound": [text]}},
        "observe": {"header.X": text},
        "actions": {
            "things.list": {
                "get": "/things",
                "summary": text,
                "description": text,
                "docs": text,
                "deprecated": text,
                "query": {text: field, "b": f"= {word}", "c": {".const": text}},
                "headers": {text: {**field, ".py": "head"}},
                "returns": "list(Thing) at $.things",
                "limit": [text],
            },
            "things.create": {
                "post": "/things/{id}",
                "path": {"id": {".type": "string", ".doc": text}},
                "body": {
                    ".wrap": text,
                    text: {**field, ".default": text},
                    "deep": {".doc": text, text: {".type": "datetime", ".format": "epoch"}},
                },
                "host": text,
                "idempotency_key": "header.X-Key",
                "returns": "Thing",
            },
            "things.choose": {"get": "/x", "returns": {"200": "Thing", "202": "= true"}},
        },
        "models": {
            "Thing": {
                ".doc": text,
                text: field,
                "state": {".enum": [text, "b"]},
                "sub": {text: field},
            },
            "Kind": {".enum": {"A": text}, ".doc": text},
            "Either": {".by": text, "a": "Thing", "b": {text: field}},
            "Odd": {text: {".const": text, ".py": "odd"}, ".rest": "any"},
        },
    }


def files_with(text: str) -> dict[str, str]:
    report = Report()
    spec = read_form(ConnectorSpec, spec_with(text))
    package = resolve(spec, None, report)
    assert package is not None, [finding.message for finding in report]
    return dict(polish(render(package)).files)


class _Blank(ast.NodeTransformer):
    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return ast.Constant("") if isinstance(node.value, str) else node


def shape(source: str) -> str:
    """The code of a module without its texts."""
    return ast.dump(_Blank().visit(ast.parse(source)))


BENIGN = files_with("plain-text")


@pytest.mark.parametrize("text", TEXTS)
def test_no_text_changes_the_code(text: str) -> None:
    files = files_with(text)
    assert files.keys() == BENIGN.keys()
    for path, source in files.items():
        source.encode("utf-8")
        if path.endswith(".py"):
            assert shape(source) == shape(BENIGN[path]), path


@pytest.mark.parametrize("text", TEXTS)
def test_no_text_breaks_the_project_file_or_the_tables(text: str) -> None:
    files = files_with(text)
    project = tomllib.loads(files["pyproject.toml"])
    benign = tomllib.loads(BENIGN["pyproject.toml"])
    assert project.keys() == benign.keys()
    assert project["project"]["version"] == text
    assert project["project"]["dependencies"] == benign["project"]["dependencies"]
    readme, plain = files["README.md"], BENIGN["README.md"]
    assert tables(readme) == tables(plain)
    assert [line for line in readme.splitlines() if line.startswith("#")][1:] == [
        line for line in plain.splitlines() if line.startswith("#")
    ][1:]


def tables(readme: str) -> list[int]:
    """The number of cells of every row."""
    return [
        line.replace("\\|", "").count("|") for line in readme.splitlines() if line.startswith("|")
    ]


def test_texts_arrive_as_they_were() -> None:
    text = "a\"'\\\n\x00é"
    files = files_with(text)
    found = {
        node.value
        for source in (
            files["acme_connector/_connector.py"],
            files["acme_connector/models/things.py"],
        )
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert text in found
