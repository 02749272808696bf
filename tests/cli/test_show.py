"""`ferrule show`: what holds for each action, and where it comes from."""

import inspect
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ferrule.cli.resolved import DEFAULTS, Origin, Shown
from ferrule.cli.yaml_text import yaml_text
from ferrule_runtime.connector import Retry, Timeout
from tests.cli.calling import Ferrule
from tests.cli.specs import ACME, BROKEN
from tests.services.real import REPOSITORY

SPEC = """\
ferrule: 1
connector: acme
version: 1.0.0
base_url: https://api.acme.com
headers: {X-Version: "2024-01-01", X-Other: yes}
settings:
  api_key: secret
auth: {token: "${api_key}"}
rate_limit: 10/second
retry: {attempts: 2}
timeout: 5s
idempotency_key: header.Idempotency-Key
paging:
  cursor: $.next
  into: query.cursor
  more: $.has_more
  size: {in: query.limit, max: 50}
errors:
  code: $.code
  rules:
    - {when: status == 409, then: retry}
  codes: {NotFound: [gone]}
actions:
  me:
    get: /me
    auth: none
    headers:
      X-Other: none
      If-Match?: string
    retry: {backoff: none}
    timeout: {total: 60s}
    errors:
      rules:
        - {when: status == 410, then: ignore}
      codes: {Locked: [locked]}
    returns: Me | null
  users.list:
    get: /users
    paging: {size: {in: query.size, default: 10, max: 20}}
    returns: list(Me) at $.users
  users.pages:
    get: /users/pages
    paging: {page: query.page, size: {max: 5}}
    returns: list(Me)
  users.create:
    post: /users
    body: {name: string}
    returns: {200: Me, 204: none}
models:
  Me: {id: string}
"""
ME = """\
actions:
  me:
    get: /me                   # line 25
    headers:
      X-Version: "2024-01-01"  # connector, line 5
      If-Match?: string        # line 29
    returns: Me | null         # line 36
    auth: none                 # line 26
    limit: default             # connector, line 9
    replay: safe               # default
    retry:
      attempts: 2              # connector, line 10
      backoff: none            # line 30
      jitter: full             # default
      network: true            # default
      all_errors: false        # default
    timeout:
      connect: 10s             # default
      read: 5s                 # connector, line 11
      write: 60s               # default
      pool: 60s                # default
      total: 60s               # line 31
    errors:
      code: $.code             # connector, line 19
      rules:
        - when: status == 410  # line 34
          then: ignore
        - when: status == 409  # connector, line 21
          then: retry
      codes:
        NotFound:              # connector, line 22
          - gone
        Locked:                # line 35
          - locked
"""


@pytest.fixture
def spec(ferrule: Ferrule) -> str:
    ferrule.write("acme.yaml", SPEC)
    return "acme.yaml"


def test_an_action_is_shown_with_what_it_inherits(ferrule: Ferrule, spec: str) -> None:
    code, out, err = ferrule("show", spec, "me")
    assert (code, err) == (0, "")
    assert out == ME


def plain(ferrule: Ferrule, *words: str) -> Any:
    code, out, _ = ferrule("show", *words)
    assert code == 0
    return yaml.safe_load(out)


def test_pagings_are_filled_in(ferrule: Ferrule, spec: str) -> None:
    actions = plain(ferrule, spec)["actions"]
    assert actions["users.list"]["paging"] == {
        "cursor": "$.next",
        "into": "query.cursor",
        "more": "$.has_more",
        "size": {"in": "query.size", "default": 10, "max": 20},
    }
    # Another style: what belongs to the connector's own stays behind.
    assert actions["users.pages"]["paging"] == {
        "page": "query.page",
        "size": {"in": "query.limit", "max": 5},
    }
    assert "paging" not in actions["me"]


def test_a_page_size_in_a_word_is_shown_with_what_it_inherits(ferrule: Ferrule) -> None:
    word = SPEC.replace("size: {in: query.size, default: 10, max: 20}", "size: query.size")
    ferrule.write("acme.yaml", word)
    shown = plain(ferrule, "acme.yaml", "users.list")["actions"]["users.list"]
    assert shown["paging"]["size"] == {"in": "query.size", "max": 50}


def test_what_a_call_may_do_twice_is_told(ferrule: Ferrule, spec: str) -> None:
    actions = plain(ferrule, spec)["actions"]
    assert actions["users.create"]["replay"] == "key"
    assert actions["users.create"]["idempotency_key"] == "header.Idempotency-Key"
    assert actions["users.create"]["send"] == "json"
    assert actions["users.list"]["replay"] == "safe"


def test_the_whole_spec_stands_above_its_actions(ferrule: Ferrule, spec: str) -> None:
    shown = plain(ferrule, spec)
    stated = yaml.load(SPEC, yaml.BaseLoader)
    assert list(shown) == list(stated)
    for key in ("settings", "auth", "retry", "errors", "models", "base_url"):
        assert shown[key] == yaml.safe_load(SPEC)[key]


def test_json_has_values_and_origins_apart(ferrule: Ferrule, spec: str) -> None:
    code, out, _ = ferrule("show", spec, "me", "--format", "json")
    assert code == 0
    document = json.loads(out)
    assert document["spec"] == plain(ferrule, spec, "me")
    origins = document["origins"]
    assert origins["/actions/me/get"] == {"from": "spec", "line": 25}
    assert origins["/actions/me/retry/attempts"] == {"from": "connector", "line": 10}
    assert origins["/actions/me/retry/jitter"] == {"from": "default"}
    for pointer in origins:
        value = document["spec"]
        for part in pointer.split("/")[1:]:
            name = part.replace("~1", "/").replace("~0", "~")
            value = value[int(name) if isinstance(value, list) else name]


def test_a_table_lists_the_actions(ferrule: Ferrule, spec: str) -> None:
    code, out, _ = ferrule("show", spec, "--format", "table")
    assert code == 0
    assert out == (
        "action        request           returns     pages   notes\n"
        "me            GET /me           Me | null           no auth\n"
        "users.list    GET /users        list(Me)    cursor\n"
        "users.pages   GET /users/pages  list(Me)    page\n"
        "users.create  POST /users       Me or none          replay key\n"
    )


def test_a_spec_with_errors_is_not_shown(ferrule: Ferrule) -> None:
    ferrule.write("broken.yaml", BROKEN)
    code, out, err = ferrule("show", "broken.yaml")
    assert (code, err) == (1, "")
    assert out.startswith("broken.yaml:5:1  error[unknown-key]")


def test_a_mistyped_action_is_guessed(ferrule: Ferrule, spec: str) -> None:
    code, out, err = ferrule("show", spec, "users.lst")
    assert (code, out) == (2, "")
    assert err.endswith("Error: there is no action `users.lst`; did you mean `users.list`?\n")


def test_one_spec_at_a_time(ferrule: Ferrule) -> None:
    ferrule.write("specs/a.yaml", ACME)
    assert ferrule("show", "specs").code == 0
    ferrule.write("specs/b.yaml", ACME)
    code, _, err = ferrule("show", "specs")
    assert code == 2
    assert "specs holds 2 specs; name one of them" in err


def test_the_defaults_are_those_of_the_runtime() -> None:
    retry, timeout = Retry(), Timeout()
    assert DEFAULTS["retry"] == {
        "attempts": retry.attempts,
        "backoff": "500ms..30s" if retry.backoff == (0.5, 30.0) else retry.backoff,
        "jitter": retry.jitter,
        "network": retry.network,
        "all_errors": retry.all_errors,
    }
    assert list(inspect.signature(Timeout).parameters) == list(DEFAULTS["timeout"])
    for phase, said in DEFAULTS["timeout"].items():
        seconds = getattr(timeout, phase)
        assert said == ("none" if seconds is None else f"{seconds:g}s")


# --- the YAML that is written ---

TEXTS = st.text(max_size=20) | st.sampled_from(
    ["no", "1.10", "1:30", "2024-10-01", "~", "a: b", "a #b", "- a", "x:", " x", "${a}", "/x/{y}",
     "[a]", "{a}", "'", '"', "\n", "a\n", "a\nb", "a\n\n", " a\nb", "1e3", "0x1f", "=", "<<", "\t",
     "12:30:45", "1_000", "\u2028", "\x85", "\ufeff", "yes", "Off", ".inf", "+.5", "?", "|", "%a"]
)  # fmt: skip
SCALARS = TEXTS | st.none() | st.booleans() | st.integers() | st.sampled_from([0.5, -1.25])


def shown_values(inner: st.SearchStrategy[Shown]) -> st.SearchStrategy[Shown]:
    maps = st.dictionaries(TEXTS.filter(bool), inner, max_size=4)
    return st.builds(Shown, maps | st.lists(inner, max_size=3), ORIGINS)


ORIGINS = st.none() | st.builds(Origin, st.sampled_from(["spec", "connector"]), st.integers(1, 9))
VALUES = st.recursive(st.builds(Shown, SCALARS, ORIGINS), shown_values, max_leaves=12)


@given(st.dictionaries(TEXTS.filter(bool), VALUES, min_size=1, max_size=4))
def test_what_is_written_reads_the_same(value: dict[str, Shown]) -> None:
    shown = Shown(value)
    read = yaml.safe_load(yaml_text(shown))
    assert read == shown.plain()


@pytest.mark.parametrize(
    "path", sorted((REPOSITORY / "specs").glob("*.yaml")), ids=lambda p: p.stem
)
def test_real_specs_are_shown_whole(ferrule: Ferrule, path: Path) -> None:
    _, as_json, _ = ferrule("show", path, "--format", "json")
    assert plain(ferrule, str(path)) == json.loads(as_json)["spec"]
    code, table, _ = ferrule("show", path, "--format", "table")
    assert code == 0
    assert len(table.splitlines()) == 1 + len(json.loads(as_json)["spec"]["actions"])


def test_the_values_of_an_action_are_a_table(ferrule: Ferrule) -> None:
    ferrule.write("acme.yaml", ACME)
    code, out, err = ferrule("show", "acme.yaml", "things.get", "--format", "table")
    assert (code, err) == (0, "")
    rows = [line.split("  ") for line in out.splitlines()]
    cells = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    assert cells[0] == ["key", "value", "from"]
    assert ["things.get returns", "Thing", "line 12"] in cells
    assert ["things.get auth", "token", "connector, line 7"] in cells
    assert ["things.get retry attempts", "4", "default"] in cells
