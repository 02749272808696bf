"""Templates: references, filters, fallbacks, what is unset."""

import base64
import hashlib
import hmac
import pickle
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferrule_runtime.omit import omit
from ferrule_runtime.templates import (
    TemplateFault,
    choice,
    ref,
    render,
    render_text,
    roots_of,
    template,
    unset_names,
)

SCOPE: dict[str, Any] = {
    "account": "ACME_eu",
    "port": 8080,
    "flag": True,
    "scopes": ["a", "b"],
    "secret": "s3cr3t",
    "environment": "sandbox",
    "token": {"access_token": "tok", "nested": {"x": 1}},
    "now": 1_700_000_000.0,
    "empty": None,
}


def test_text_and_references() -> None:
    url = template("https://", ref("account", filters=(("lower",), ("replace", "_", "-"))), ".x")
    assert url.render(SCOPE) == "https://acme-eu.x"
    assert template("p=", ref("port"), "&f=", ref("flag")).render(SCOPE) == "p=8080&f=true"
    assert template("a$b").render({}) == "a$b"
    assert template().render({}) == ""


def test_exactly_one_reference_keeps_its_type() -> None:
    assert template(ref("port")).render(SCOPE) == 8080
    assert ref("scopes").render(SCOPE) == ["a", "b"]
    assert ref("token", "nested", "x").render(SCOPE) == 1


def test_what_is_unset_is_omitted_and_named() -> None:
    for unset in (ref("nothing"), ref("token", "refresh_token"), ref("port", "deeper")):
        assert unset.render(SCOPE) is omit
        assert template("a", unset).render(SCOPE) is omit
    assert template("a", ref("empty")).render(SCOPE) is omit
    assert template(ref("empty")).render(SCOPE) is None
    both = {"a": template("x", ref("nothing"), ref("token", "gone")), "b": [ref("port")]}
    assert unset_names(both, SCOPE) == ("nothing", "token.gone")
    assert render_text(ref("nothing"), SCOPE) is omit
    assert render_text(ref("port"), SCOPE) == "8080"


def test_fallbacks() -> None:
    assert ref("nothing", fallback="x").render(SCOPE) == "x"
    assert ref("empty", fallback=ref("port")).render(SCOPE) == 8080
    assert ref("nothing", fallback="ABC", filters=(("lower",),)).render(SCOPE) == "abc"
    assert ref("port", fallback=1).render(SCOPE) == 8080
    assert unset_names(ref("nothing", fallback=""), SCOPE) == ()


def test_choices() -> None:
    host = choice("environment", {"production": template("api.x"), "sandbox": "sandbox.x"})
    assert host.render(SCOPE) == "sandbox.x"
    assert host.render({}) is omit
    assert unset_names(host, {}) == ("environment",)
    with pytest.raises(TemplateFault, match="environment must be one of production, sandbox"):
        host.render({"environment": "mars"})
    assert choice("flag", {"true": "yes"}).render(SCOPE) == "yes"


def test_nested_values_are_rendered_without_changing_what_was_given() -> None:
    given = {"a": template("x", ref("port")), "b": ref("nothing"), "c": [ref("nothing"), 1], "d": 2}
    before = dict(given)
    assert render(given, SCOPE) == {"a": "x8080", "c": [1], "d": 2}
    assert given == before


@pytest.mark.parametrize(
    ("filters", "value", "expected"),
    [
        ([("base64",)], "a:b", "YTpi"),
        ([("base64url",)], "\xff\xfe?", "w7_Dvj8"),
        ([("urlencode",)], "a b/é", "a%20b%2F%C3%A9"),
        ([("lower",)], "AbC", "abc"),
        ([("upper",)], "AbC", "ABC"),
        ([("trim",)], "  a b\n", "a b"),
        ([("strip", "https://", "/")], "https://x.com/", "x.com"),
        ([("hex",)], "hi", "6869"),
        ([("sha256",)], "hi", hashlib.sha256(b"hi").hexdigest()),
        (
            [("sha256",), ("base64",)],
            "hi",
            base64.b64encode(hashlib.sha256(b"hi").digest()).decode(),
        ),
        ([("hmac", ref("secret"))], "m", hmac.digest(b"s3cr3t", b"m", "sha256").hex()),
        ([("hmac", "k", "sha1"), ("hex",)], "m", hmac.digest(b"k", b"m", "sha1").hex()),
        ([("json",)], {"a": [1, True, None]}, '{"a":[1,true,null]}'),
        ([("replace", "a", "b")], "banana", "bbnbnb"),
        ([("join", " ")], ["a", 1, True], "a 1 true"),
        ([("date",)], datetime(2024, 5, 1, 12, tzinfo=UTC), "2024-05-01"),
        ([("date", "%d/%m/%Y")], "2024-05-01T00:00:00Z", "01/05/2024"),
        ([("date", "epoch")], datetime(2024, 5, 1, tzinfo=UTC), "1714521600"),
        ([("date", "rfc2822")], 0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        ([("trim",), ("lower",), ("hex",)], " A", "61"),
        ([("lower",)], None, omit),
    ],
)
def test_filters(filters: list[tuple[Any, ...]], value: Any, expected: Any) -> None:
    rendered = render_text(ref("v", filters=tuple(filters)), {**SCOPE, "v": value})
    assert rendered == expected


def test_now_moves_by_seconds() -> None:
    assert ref("now").render(SCOPE) == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    week = ref("now", offset_seconds=-7 * 86400.0, filters=(("date",),))
    assert week.render(SCOPE) == "2023-11-07"
    assert template("at ", ref("now")).render(SCOPE) == "at 2023-11-14T22:13:20Z"


@pytest.mark.parametrize(
    "bad",
    [
        template("a", ref("scopes")),
        template("a", ref("token")),
        ref("scopes", filters=(("lower",),)),
        ref("port", filters=(("join", ","),)),
        ref("secret", filters=(("date",),)),
        ref("secret", filters=(("hmac", "k", "no-such-hash"),)),
    ],
)
def test_what_cannot_be_rendered_names_the_reference_and_hides_the_value(bad: Any) -> None:
    with pytest.raises(TemplateFault) as caught:
        bad.render(SCOPE)
    assert "${" in str(caught.value)
    assert caught.value.__context__ is None
    for secret in ("s3cr3t", "tok"):
        assert f"'{secret}" not in str(caught.value)


def test_a_filter_whose_argument_is_unset_gives_nothing() -> None:
    assert ref("port", filters=(("hmac", ref("nothing")),)).render(SCOPE) is omit


def test_templates_are_data() -> None:
    every: list[Any] = [
        template("a", ref("x", filters=(("hmac", ref("key")),), fallback=ref("y"))),
        choice("env", {"a": template(ref("b"))}),
        ref("now", offset_seconds=-3.0),
    ]
    for one in every:
        again = pickle.loads(pickle.dumps(one))
        assert again == one
        assert hash(again) == hash(one)
        assert repr(again) == repr(one)
    assert sorted(set(roots_of(every))) == ["b", "env", "key", "now", "x", "y"]


_FILTERS = ["base64", "base64url", "urlencode", "lower", "upper", "trim", "hex", "sha256", "json",
            "strip", "join", "date"]  # fmt: skip


@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists),
    st.lists(st.sampled_from(_FILTERS), max_size=4),
)
def test_no_value_breaks_a_filter(value: Any, names: list[str]) -> None:
    one = template("<", ref("v", filters=tuple((name,) for name in names)), ">")
    rendered: Any = omit
    with suppress(TemplateFault):
        rendered = one.render({"v": value})
    assert rendered is omit or rendered.startswith("<")


@given(st.lists(st.text() | st.integers(0, 3), max_size=6))
def test_texts_and_references_are_joined_as_they_stand(parts: list[Any]) -> None:
    scope = {f"n{index}": f"<{index}>" for index in range(4)}
    made = [part if isinstance(part, str) else ref(f"n{part}") for part in parts]
    if len(made) != 1:
        expected = "".join(part if isinstance(part, str) else f"<{part}>" for part in parts)
        assert template(*made).render(scope) == expected
