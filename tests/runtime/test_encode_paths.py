"""Path values: encoded, and unable to reach another resource."""

from datetime import UTC, date, datetime
from enum import Enum
from typing import Any
from urllib.parse import unquote, urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferrule_runtime.encode.paths import PathTemplate, path_value
from ferrule_runtime.omit import omit

NAIVE = datetime(2024, 1, 1, tzinfo=UTC).replace(tzinfo=None)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (7, "7"),
        ("a", "a"),
        ("a/b", "a%2Fb"),
        ("é?x#", "%C3%A9%3Fx%23"),
        ("%2e%2e", "%252e%252e"),
        ("\\", "%5C"),
        (";x=1", "%3Bx%3D1"),
        ("...", "..."),
        (True, "true"),
        (1.5, "1.5"),
        (date(2024, 5, 1), "2024-05-01"),
        (datetime(2024, 5, 1, tzinfo=UTC), "2024-05-01T00%3A00%3A00Z"),
        (Enum("E", {"A": "x y"}).A, "x%20y"),  # type: ignore[attr-defined]
        (["a", "b,c"], "a,b%2Cc"),
        ({"a": 1, "b": 2}, "a,1,b,2"),
    ],
)
def test_values(value: Any, expected: str) -> None:
    assert path_value(value, "id") == expected


@pytest.mark.parametrize("value", ["", ".", "..", None, omit, [], [".."], {"..": 1}])
@pytest.mark.parametrize("keeps_slashes", [False, True])
def test_what_would_name_another_resource_is_refused(value: Any, keeps_slashes: bool) -> None:
    with pytest.raises(ValueError, match=r"^path\.id: "):
        path_value(value, "id", keeps_slashes=keeps_slashes)


@pytest.mark.parametrize("value", [object(), b"\xff", float("nan"), "\ud800", NAIVE])
def test_what_cannot_be_sent_is_refused_without_telling_the_value(value: Any) -> None:
    if value == b"\xff":
        assert path_value(value, "id") == "%2Fw%3D%3D"
        return
    with pytest.raises((ValueError, TypeError), match=r"^path\.id: ") as caught:
        path_value(value, "id")
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    ("style", "value", "expected"),
    [
        ("label", ["a", "b"], ".a.b"),
        ("label", "a", ".a"),
        ("label", {"a": 1, "b": 2}, ".a=1.b=2"),
        ("label_csv", ["a", "b"], ".a,b"),
        ("label_csv", {"a": 1, "b": omit}, ".a,1"),
        ("matrix_repeat", ["a", "b"], ";id=a;id=b"),
        ("matrix_repeat", {"a": 1, "b": "x;y"}, ";a=1;b=x%3By"),
        ("pairs", {"a": 1, "b": 2}, "a=1,b=2"),
        ("tabs", ["a", "b"], "a%09b"),
        ("matrix", ["a", "b"], ";id=a,b"),
        ("matrix", 5, ";id=5"),
        ("pipes", ["a", "b|"], "a%7Cb%7C"),
        ("json", {"a": [1]}, "%7B%22a%22%3A%5B1%5D%7D"),
    ],
)
def test_styles(style: str, value: Any, expected: str) -> None:
    assert path_value(value, "id", style=style) == expected


def test_slashes_are_kept_where_the_spec_says_so() -> None:
    template = PathTemplate("/files/{path}.json", slashes=("path",), optional=("path",))
    assert template.fill(("a b/c",)) == "/files/a%20b/c.json"
    assert template.fill(("",)) == "/files/.json"
    assert template.fill((omit,)) == "/files/.json"
    with pytest.raises(ValueError, match=r"path\.path"):
        template.fill(("a/../../b",))


def test_a_template_is_filled_in_order() -> None:
    template = PathTemplate("/a/{b}/c/{d}/", forms={"d": "epoch"})
    assert template.names == ("b", "d")
    assert template.fill((1, datetime(1970, 1, 2, tzinfo=UTC))) == "/a/1/c/86400/"
    assert PathTemplate("/plain").fill(()) == "/plain"
    with pytest.raises(TypeError, match="needs 2 values, 1 are given"):
        template.fill((1,))


def test_two_gaps_cannot_make_a_dot_segment_together() -> None:
    with pytest.raises(ValueError, match=r"path\.a"):
        PathTemplate("/{a}{b}").fill((".", "."))
    with pytest.raises(ValueError, match="dot segment"):
        PathTemplate("/.{a}", optional=("a",)).fill(("",))


_HOSTILE = st.text(alphabet="./\\%2eE?#;:@&= \t\r\n\x00aé", max_size=12) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=12
)


@given(_HOSTILE, _HOSTILE)
def test_no_value_climbs_or_leaves_its_segment(first: str, second: str) -> None:
    template = PathTemplate("/api/{a}/items/{b}")
    if first in ("", ".", "..") or second in ("", ".", ".."):
        with pytest.raises(ValueError, match=r"^path\."):
            template.fill((first, second))
        return
    path = template.fill((first, second))
    assert path.count("/") == 4
    before, a, items, b = path.lstrip("/").split("/")
    assert (before, items) == ("api", "items")
    assert (unquote(a), unquote(b)) == (first, second)
    assert not set(path) & set("?#\\ \t\r\n\x00")
    assert urljoin("https://x.example", path) == f"https://x.example{path}"


@given(_HOSTILE)
def test_no_value_with_slashes_climbs(value: str) -> None:
    try:
        path = PathTemplate("/files/{a}", slashes=("a",)).fill((value,))
    except ValueError:
        return
    assert path.startswith("/files/")
    assert not {".", ".."} & set(path.split("/"))
    assert unquote(path.removeprefix("/files/")) == value
