"""Specs made to be hard to lay out: every module is, byte for byte, what black itself writes."""

import black
import pytest
from black.mode import TargetVersion
from hypothesis import given, settings
from hypothesis import strategies as st

from ferrule.diagnostics import Report
from ferrule.forms.source import SourceFile
from ferrule.pipeline import compile_spec

MODE = black.Mode(target_versions={TargetVersion.PY311})
HEAD = """\
ferrule: 1
connector: {connector}
version: 1.0.0
title: {title}
base_url: https://api.example.com
settings: {{key: secret}}
auth: {{token: "${{key}}"}}
actions:
"""
LONG = (
    "a_name_that_goes_on_and_on_until_no_line_of_any_width_could_hold_it_together_with_another_one"
)


def spec(actions: str, *, models: str = "", connector: str = "acme", title: str = "Acme") -> str:
    return HEAD.format(connector=connector, title=title) + actions + models


def stays_as_it_is(text: str) -> None:
    """What is compiled is left alone by black, and was not refused."""
    report = Report()
    package = compile_spec(SourceFile("spec.yaml", text), report)
    assert package is not None, [each.message for each in report]
    for path, code in package.files.files.items():
        if path.endswith(".py") and code.strip():
            assert black.format_str(code, mode=MODE) == code, path


def deep(depth: int) -> str:
    """A type of lists and maps in each other."""
    return "string" if depth == 0 else f"map(list({deep(depth - 1)}))"


def of_width(width: int) -> str:
    """An action whose signature and call are about so wide."""
    return f"""\
  things.do_{'x' * width}:
    get: /things/{{thing_{'y' * (width // 2)}:integer}}
    query: {{limit?: integer, after?: string}}
    returns: list(string) at $.items
"""


HARD = {
    "long names": spec(
        f"  {LONG}.{LONG}_too:\n"
        f"    post: /{LONG}/{{{LONG}_id}}\n"
        f"    query: {{{LONG}_q?: list(string), b?: boolean}}\n"
        f"    body: {{{LONG}_b: {LONG.title().replace('_', '')}, plain?: integer}}\n"
        f"    returns: {LONG.title().replace('_', '')}\n",
        models=f"models:\n  {LONG.title().replace('_', '')}: {{{LONG}: string, id: integer}}\n",
    ),
    "deep types": spec(
        f"  a.b:\n    post: /a\n    body: {{x: '{deep(7)}', y?: '{deep(4)} | null | integer'}}\n"
        f"    returns: {deep(6)}\n"
        "  a.c:\n    get: /c\n    returns: >-\n      "
        + " | ".join(f"list({'Model' + str(n)})" for n in range(9))
        + "\n",
        models="models:\n" + "".join(f"  Model{n}: {{id: integer}}\n" for n in range(9)),
    ),
    "long docstrings": spec(
        "  a.b:\n"
        f"    summary: {'word ' * 60}\n"
        "    description: |\n"
        f"      {'x' * 120}\n\n        indented and \"\"\"quoted\"\"\" \\\n\n\n"
        '      end with a quote"\n'
        "    get: /a\n"
        f"    query: {{q?: {{.type: string, .doc: 'ends with \\ and \"'}}}}\n"
    ),
    "other scripts": spec(
        "  things.list:\n    summary: Größe auflisten, 列出大小 😀\n    get: /größe/{id}\n"
        "    query: {naïve?: 'enum(é | 日本語 | ﬁ)', 名前?: 'enum(😀 | 👩‍👩‍👧)'}\n"
        "    returns: Thing\n",
        models="models:\n  Thing: {höhe: number, 名前?: string, ключ: 'enum(да | нет | ещё)'}\n",
        title="Größe 日本語 😀",
    ),
    "awkward words": spec(
        "  class.def:\n    get: /a\n    query:\n      from?: string\n      list?: list(string)\n"
        "      self?: string\n      'a\"b'?: string\n      \"it's\"?: string\n"
        "      'back\\slash'?: string\n".replace("'?:", "?':").replace('"?:', '?":')
        + "  list.list:\n    get: /b\n    returns: list(string)\n"
        "  none.true:\n    delete: /c/{None}\n"
    ),
    "many choices": spec(
        "  a.b:\n    get: /a\n    query:\n      kind?: enum("
        + " | ".join(f"choice_number_{n}" for n in range(30))
        + ")\n      one?: enum(single)\n"
    ),
    "one long word": spec(
        f"  a.b:\n    get: /{'p' * 150}\n    returns: string at $.{'k' * 90}.{'l' * 90}\n",
    ),
}


@pytest.mark.parametrize("text", HARD.values(), ids=HARD)
def test_hard_specs_come_out_as_black_writes_them(text: str) -> None:
    stays_as_it_is(text)


@given(st.integers(1, 90))
@settings(max_examples=8)
def test_every_width_comes_out_as_black_writes_it(width: int) -> None:
    """The line where something has to be wrapped lies somewhere between."""
    stays_as_it_is(spec(of_width(width)))
