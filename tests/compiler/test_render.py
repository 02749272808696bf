"""Rendering prints what is known to be safe, and every file of a package."""

import pytest

from ferrule.forms.code import Code
from ferrule.passes.render import UnsafeTextError, _only_safe, render
from ferrule.passes.render import __name__ as render_name
from tests.compiler.resolving import files_of, package_of

TICKETS = """\
title: Acme
actions:
  tickets.get: {get: "/tickets/{id}", returns: Ticket}
  me: {get: /me, returns: Ticket}
models:
  Ticket: {id: integer}
"""


def test_only_code_and_numbers_are_printed() -> None:
    assert _only_safe(Code("x")) == "x"
    assert _only_safe(3) == 3
    for value in ("x", None, True, 1.5, ["x"]):
        with pytest.raises(UnsafeTextError, match=type(value).__name__):
            _only_safe(value)
    assert render_name == "ferrule.passes.render"


def test_a_package_has_its_files() -> None:
    assert set(files_of(TICKETS)) == {
        "README.md",
        "pyproject.toml",
        "acme_connector/__init__.py",
        "acme_connector/_connector.py",
        "acme_connector/client.py",
        "acme_connector/errors.py",
        "acme_connector/models/__init__.py",
        "acme_connector/models/shared.py",
        "acme_connector/py.typed",
        "acme_connector/resources/__init__.py",
        "acme_connector/resources/plain.py",
        "acme_connector/resources/tickets.py",
        "acme_connector/testing.py",
    }


def test_the_same_spec_gives_the_same_text() -> None:
    first, second = render(package_of(TICKETS)), render(package_of(TICKETS))
    assert first == second
    assert list(first.files) == sorted(first.files)
