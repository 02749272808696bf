"""Templates and paths of requests: what they read as, and what is said of the wrong ones."""

from typing import Any

import pytest

from ferrule.words import FILTERS, parse_path_template, parse_template
from ferrule.words.ast import (
    EnumType,
    Filter,
    PathParam,
    PathTemplate,
    PatternType,
    Reference,
    Template,
    WordType,
)
from tests.compiler.words import bare, expect_fault, fault

NOWHERE: dict[str, Any] = {"start": 0, "end": 0}


def ref(*names: str, **more: Any) -> Reference:
    return Reference(names=names, **more, **NOWHERE)


def use(name: str, *arguments: str, key: Reference | None = None) -> Filter:
    return Filter(name=name, arguments=arguments, key=key, **NOWHERE)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("text", ("text",)),
        ("{{ x }} {% y %} {z}", ("{{ x }} {% y %} {z}",)),
        ("cost: 5$", ("cost: 5$",)),
        ("$$", ("$",)),
        ("$${x}", ("${x}",)),
        ("$$${x}", ("$", ref("x"))),
        ("${x}", (ref("x"),)),
        ("${ x }", (ref("x"),)),
        ("a${x}b${y}", ("a", ref("x"), "b", ref("y"))),
        ("${x}}", (ref("x"), "}")),
        ("${token.access_token}", (ref("token", "access_token"),)),
        ("${header.X-Slack-Timestamp}", (ref("header", "X-Slack-Timestamp"),)),
        ("${x | lower}", (ref("x", filters=(use("lower"),)),)),
        ("${x|lower|trim}", (ref("x", filters=(use("lower"), use("trim"))),)),
        ("${x | replace _ -}", (ref("x", filters=(use("replace", "_", "-"),)),)),
        ("${x | join ', '}", (ref("x", filters=(use("join", ", "),)),)),
        ('${x | strip "}" https://}', (ref("x", filters=(use("strip", "}", "https://"),)),)),
        ("${x | date %Y-%m-%d}", (ref("x", filters=(use("date", "%Y-%m-%d"),)),)),
        ("${now}", (ref("now"),)),
        ("${now - 7d | date}", (ref("now", offset_seconds=-604800.0, filters=(use("date"),)),)),
        ("${now+1h}", (ref("now", offset_seconds=3600.0),)),
        ("${a ?? b}", (ref("a", fallback=ref("b")),)),
        ("${a ?? b.c ?? now - 1d}", (
            ref("a", fallback=ref("b", "c", fallback=ref("now", offset_seconds=-86400.0))),
        )),
        ("${a ?? b | lower}", (ref("a", fallback=ref("b"), filters=(use("lower"),)),)),
        ("${a | hmac api_secret sha1 | hex}", (
            ref("a", filters=(
                use("hmac", "api_secret", "sha1", key=ref("api_secret")), use("hex"),
            )),
        )),
    ],
)  # fmt: skip
def test_a_template_reads_as(text: str, parts: tuple[str | Reference, ...]) -> None:
    assert bare(parse_template(text)) == Template(parts=parts, **NOWHERE)


def test_references_count_fallbacks_and_keys() -> None:
    found = parse_template("${a ?? b}:${body | hmac sa.key}")
    assert [each.names for each in found.references] == [("a",), ("b",), ("body",), ("sa", "key")]


def test_a_reference_knows_its_place() -> None:
    text = "x ${a ?? b.c | lower} y"
    found, fallback = parse_template(text).references
    assert text[found.start : found.end] == "${a ?? b.c | lower}"
    assert text[fallback.start : fallback.end] == "b.c"
    assert [text[each.start : each.end] for each in found.filters] == ["lower"]


@pytest.mark.parametrize("name", FILTERS)
def test_every_filter_counts_its_arguments(name: str) -> None:
    least, most = FILTERS[name]
    arguments = ["key", "sha256"] if name == "hmac" else ["x"] * most
    for count in range(least, most + 1):
        (found,) = parse_template(f"${{a | {' '.join([name, *arguments[:count]])}}}").references[:1]
        assert len(found.filters[0].arguments) == count
    expect_fault(
        parse_template,
        f"${{a | {' '.join([name, *arguments, 'more'])}}}",
        f"`{name}` takes {'no' if most == 0 else f'at most {most}'} argument",
        "more",
    )


@pytest.mark.parametrize(
    ("text", "message", "pointed_at"),
    [
        ("a ${b", "this `${` is not closed", "${b"),
        ("${", "this `${` is not closed", "${"),
        ("${a.", "this `${` is not closed", "${a."),
        ("${a |", "this `${` is not closed", "${a |"),
        ("${a ??", "this `${` is not closed", "${a ??"),
        ("${}", "nothing is looked up here", "${}"),
        ("${ }", "nothing is looked up here", "${ }"),
        ("${a b}", "is expected, not `b`", "b"),
        ("${a-b}", "only `now` can be followed by `-`", "-"),
        ("${a + 1d}", "only `now` can be followed by `+`", "+"),
        ("${now.x}", "`now` has no parts", ".x"),
        ("${now - 7}", "`7` has no unit", "7"),
        ("${now - 7 d}", "`7` has no unit", "7"),
        ("${1}", "a name (letters, digits and `_`) is expected", "1"),
        ("${'x'}", "a name is expected", "'x'"),
        ("${a.}", "a name behind the dot is expected", "}"),
        ("${a ?? 'x'}", "a name is expected", "'x'"),
        ("${a | }", "the name of a filter is expected", "}"),
        ("${a | uper}", "`uper` is not a filter", "uper"),
        ("${a | default x}", "`default` is not a filter", "default"),
        ("${a | replace}", "`replace` needs an argument", "replace"),
        ("${a | replace(_, -)}", "arguments are not put in parentheses", "("),
        ("${a | replace ${b} c}", "a look-up cannot stand inside a look-up", "${"),
        ("${a | join 'x}", "a quote is not closed", "'x}"),
        ("${a | hmac}", "`hmac` needs an argument", "hmac"),
        ("${a | hmac 'key'}", "the name of a setting that holds the key is expected", "'key'"),
        ("${a | hmac a/b}", "the end of the name of the key is expected", "/b"),
        ("${a | hmac key md4}", "`md4` is not a hash", "md4"),
    ],
)
def test_a_wrong_template_is_told(text: str, message: str, pointed_at: str) -> None:
    expect_fault(parse_template, text, message, pointed_at)


def test_the_filters_are_the_candidates() -> None:
    assert fault(parse_template, "${a | uper}").candidates == tuple(FILTERS)


def test_rows_in_a_look_up_have_a_limit() -> None:
    expect_fault(parse_template, "${a" + " ?? a" * 16 + "}", "more than 16 fallbacks", " ")
    expect_fault(parse_template, "${a" + " | trim" * 33 + "}", "more than 32 filters", " ")


# --- paths


def gap(name: str, **more: Any) -> PathParam:
    return PathParam(name=name, **more, **NOWHERE)


INTEGER = WordType(word="integer", **NOWHERE)
PATTERN = PatternType(pattern="[0-9]{4}", **NOWHERE)
CHOICE = EnumType(values=("a", "b"), **NOWHERE)


@pytest.mark.parametrize(
    ("text", "parts", "is_absolute"),
    [
        ("/", ("/",), False),
        ("/users/me/", ("/users/me/",), False),
        ("/$metadata/$$x", ("/$metadata/$x",), False),
        ("/t/{id}", ("/t/", gap("id")), False),
        ("/t/{id:integer}.json", ("/t/", gap("id", type=INTEGER), ".json"), False),
        ("/t/{user-id}", ("/t/", gap("user-id")), False),
        ("/{a}...{b}", ("/", gap("a"), "...", gap("b")), False),
        ("/f/{path:slashes}", ("/f/", gap("path", keeps_slashes=True)), False),
        (
            "/f/{path?:slashes}",
            ("/f/", gap("path", keeps_slashes=True, is_optional=True)),
            False,
        ),
        ('/{y:string(~"[0-9]{4}")}', ("/", gap("y", type=PATTERN)), False),
        ("/{k:enum(a | b)}/x", ("/", gap("k", type=CHOICE), "/x"), False),
        ("/{version}/${account}", ("/", gap("version"), "/", ref("account")), False),
        ("https://a.example/x", ("https://a.example/x",), True),
        (
            "https://${host}.example/{id}",
            ("https://", ref("host"), ".example/", gap("id")),
            True,
        ),
        ("${upload_url}", (ref("upload_url"),), True),
        ("${base}/x/{id}", (ref("base"), "/x/", gap("id")), True),
    ],
)
def test_a_path_reads_as(text: str, parts: tuple[Any, ...], is_absolute: bool) -> None:
    expected = PathTemplate(parts=parts, is_absolute=is_absolute, **NOWHERE)
    assert bare(parse_path_template(text)) == expected


@pytest.mark.parametrize(
    ("text", "message", "pointed_at"),
    [
        ("", "the path is empty", ""),
        ("tickets", "a path begins with `/`", "t"),
        ("//evil.example/x", "a path begins with one slash", "//"),
        ("ftp://x/y", "`ftp://` is not a scheme", "ftp://"),
        ("https://", "the host is missing", ""),
        ("https:///x", "the host is missing", ""),
        ("https://{host}/x", "a parameter cannot choose the host", "{host}"),
        ("${base}{x}/y", "a parameter cannot choose the host", "{x}"),
        ("${base | strip /}{x}/y", "a parameter cannot choose the host", "{x}"),
        ("/a/../b", "climbs out of the path", ".."),
        ("/a/.", "climbs out of the path", "."),
        ("/a/%2E%2e/b", "climbs out of the path", "%2E%2e"),
        ("/a?b=c", "a query does not stand in a path", "?"),
        ("/a#b", "a fragment is never sent", "#"),
        ("/a b", "a blank cannot stand in a path", " "),
        ("/a\\b", "a backslash cannot stand in a path", "\\"),
        ("/a\nb", "U+000A cannot stand in a path", "\n"),
        ("/a\u202eb", "U+202E cannot stand in a path", "\u202e"),
        ("/a\ud800", "U+D800 cannot stand in a path", "\ud800"),
        ("/{id}/{id}", "`id` stands twice in the path", "{id}"),
        ("/{}", "the name of a parameter is expected", "}"),
        ("/{a", "this `{` is not closed", "{"),
        ("/{a:", "a type is missing", ""),
        ("/a}", "this `}` closes nothing", "}"),
        ("/{{x}}", "two braces stand here", "{{"),
        ("/{a?}", "a part of a path cannot be left out", "?"),
        ("/{a?:integer}", "a part of a path cannot be left out", "?"),
        ("/{a:strng}", "`strng` is not a type", "strng"),
        ("/{a:integer x}", "is expected, not `x`", "x"),
        ("/${a", "this `${` is not closed", "${a"),
    ],
)
def test_a_wrong_path_is_told(text: str, message: str, pointed_at: str) -> None:
    expect_fault(parse_path_template, text, message, pointed_at)


def test_slashes_is_among_the_candidates() -> None:
    assert "slashes" in fault(parse_path_template, "/{a:slahes}").candidates
