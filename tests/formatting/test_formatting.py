"""The canonical layout, shown by what goes in and what comes out."""

import pytest

from ferrule.cli.starter import AUTH_SETTINGS, Starter
from ferrule.diagnostics import Report
from ferrule.formatting import formatted
from ferrule.forms.source import SourceFile

BEFORE = """\
#yaml-language-server: $schema=x.json
ferrule:   1   # the language
connector: acme # ours

version: 1.0.0
settings:

    #what is asked for
    region:    string
    api_key: {  .type: secret,.doc: 'A key' }   # never shown


    limits: [ 1,2 , {a: b} ]
actions:
 things.list:
  get: /things
  query: {sort?: string, page: integer}
  # query:
  #   more?: string

 # the last one
 things.get: {get: '/things/{id}',returns: Thing, summary: "A summary that makes the line too long"}
 things.log:
  description: |   # as it is
     one
       two

  returns:
    list(Thing)
errors:
  rules:
  - {when: status == 404,
     then: NotFound} # gone
  - when: status == 409   # taken

    then: Conflict
# the end
"""
AFTER = """\
# yaml-language-server: $schema=x.json
ferrule: 1       # the language
connector: acme  # ours

version: 1.0.0

settings:
  # what is asked for
  region: string
  api_key: {.type: secret, .doc: "A key"}  # never shown

  limits: [1, 2, {a: b}]

actions:
  things.list:
    get: /things
    query:
      sort?: string
      page: integer
    # query:
    #   more?: string

  # the last one
  things.get:
    get: "/things/{id}"
    returns: Thing
    summary: "A summary that makes the line too long"
  things.log:
    description: |  # as it is
      one
        two

    returns: list(Thing)

errors:
  rules:
    - {when: status == 404, then: NotFound}  # gone
    - when: status == 409                    # taken

      then: Conflict
# the end
"""


def layout(text: str) -> str | None:
    return formatted(SourceFile("acme.yaml", text), Report())


def test_the_canonical_layout() -> None:
    assert layout(BEFORE) == AFTER
    assert layout(AFTER) == AFTER


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{"a": 1, "b": {"c": [true]}}', '"a": 1\n\n"b": {"c": [true]}\n'.replace("\n\n", "\n")),
        ("---\na: 1\n...\n", "a: 1\n"),
        ("\ufeff".strip("\ufeff") + "a: 1", "a: 1\n"),
        ("a: 1\r\nb: 2\r\n", "a: 1\nb: 2\n"),
        ("a:   # c\n  b: 1\n", "a:  # c\n  b: 1\n"),
        ("a: >-\n    one\n    two\nb: 1\n", "a: >-\n  one\n  two\n\nb: 1\n"),
        ("a: |4\n      led\n    by\n", "a: |2\n    led\n  by\n"),
        ("a: |+\n  x\n\n\nb: 1\n", "a: |+\n  x\n\n\nb: 1\n"),
        ("a: [x,\n  # c\n  y]\n", "a:\n  - x\n  # c\n  - y\n"),
        ("a: one\n    two # c\n", "a: one\n  two  # c\n"),
        ("a: 'it''s'\nb: '\\d'\n", "a: 'it''s'\nb: '\\d'\n"),
        ("a: 1\n\n\n\n# c\n\n\nb: 2\n", "a: 1\n\n# c\n\nb: 2\n"),
        ("a:\n- b: 1\n  c: 2\n-   d: 3\n", "a:\n  - b: 1\n    c: 2\n  - d: 3\n"),
    ],
)
def test_one_thing_at_a_time(before: str, after: str) -> None:
    assert layout(before) == after
    assert layout(after) == after


def test_what_is_no_yaml_is_told() -> None:
    report = Report()
    assert formatted(SourceFile("acme.yaml", "a: [\n"), report) is None
    assert report.has_errors


@pytest.mark.parametrize("auth", AUTH_SETTINGS)
def test_a_first_spec_is_formatted(auth: str) -> None:
    text = Starter(
        name="acme",
        base_url="https://${region}.acme.com/v1",
        auth=auth,
        list_path="/things",
        token_url="https://acme.com/oauth/token",
        schema_path="x.json",
    ).text()
    assert layout(text) == text
