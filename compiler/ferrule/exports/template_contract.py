"""Writes down what templates see: each template, the form that fills it, and all its fields."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from inspect import get_annotations

from msgspec import Struct

from ferrule.forms import package as forms
from ferrule.template_files import TEMPLATE_CONTRACT

TEMPLATES: tuple[tuple[str, str, type[Struct] | None], ...] = (
    ("pyproject.toml.jinja", "project", forms.ProjectIR),
    ("README.md.jinja", "readme", forms.ReadmeIR),
    ("package/__init__.py.jinja", "module", forms.InitModule),
    ("package/__main__.py.jinja", "module", forms.MainModule),
    ("package/_connector.py.jinja", "module", forms.ConnectorModule),
    ("package/client.py.jinja", "module", forms.ClientModule),
    ("package/errors.py.jinja", "module", forms.ErrorsModule),
    ("package/testing.py.jinja", "module", forms.TestingModule),
    ("package/triggers.py.jinja", "module", forms.TriggersModule),
    ("package/hooks/__init__.py.jinja", "module", forms.HooksModule),
    ("package/models/module.py.jinja", "module", forms.ModelModule),
    ("package/resources/module.py.jinja", "module", forms.ResourceModule),
    ("package/models/__init__.py.jinja", "", None),
    ("package/resources/__init__.py.jinja", "", None),
    ("package/py.typed.jinja", "", None),
)
_NAME = re.compile(r"[A-Za-z_]\w*")


def contract_forms() -> dict[str, dict[str, str]]:
    """The fields of every form that a template can reach, each with its type as written."""
    found: dict[str, dict[str, str]] = {}
    waiting = [form for _, _, form in TEMPLATES if form is not None]
    while waiting:
        form = waiting.pop(0)
        if form.__name__ in found:
            continue
        fields = _fields_as_written(form)
        found[form.__name__] = fields
        waiting += [inner for written in fields.values() for inner in _named(written)]
    return found


def _fields_as_written(form: type[Struct]) -> dict[str, str]:
    written: dict[str, str] = {}
    for part in reversed(form.__mro__):
        written |= get_annotations(part)
    return {name: written[name] for name in form.__struct_fields__}


def _named(written: str) -> Iterator[type[Struct]]:
    for word in _NAME.findall(written):
        meant = getattr(forms, word, None)
        if isinstance(meant, type) and issubclass(meant, Struct):
            yield meant


def contract_text() -> str:
    """The page about the contract, as Markdown."""
    lines = [
        "# What templates see",
        "",
        f"This is contract {TEMPLATE_CONTRACT}. A template of your own begins with",
        f"`{{# ferrule templates {TEMPLATE_CONTRACT} #}}`. The number grows when something that a",
        "template could ask for is no longer there; what comes new leaves it as it is.",
        "",
        "| Template | Variable | Form |",
        "|---|---|---|",
    ]
    for name, variable, form in TEMPLATES:
        shown = f"`{variable}` | [{form.__name__}](#{form.__name__.lower()})" if form else "|"
        lines.append(f"| `{name}` | {shown} |")
    lines += [
        "",
        "`Code` is text that is safe where it stands; it and whole numbers are all that a template",
        "can print. `Imports` are groups of import statements.",
    ]
    for name, fields in contract_forms().items():
        doc = " ".join((getattr(forms, name).__doc__ or "").split())
        lines += ["", f"## {name}", "", doc, "", "| Field | Type |", "|---|---|"]
        lines += [f"| `{field}` | `{_shown(type_)}` |" for field, type_ in fields.items()]
    return "\n".join(lines) + "\n"


def _shown(type_: str) -> str:
    # Inside a table a bar ends the cell, in backticks too.
    return type_.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(contract_text())
