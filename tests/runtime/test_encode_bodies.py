"""Bodies: JSON, forms, text, bytes, files and iterators."""

import copy
import io
import json
from collections import UserDict, deque
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import TypedDict

from ferrule_runtime.encode.codec import Codec
from ferrule_runtime.encode.json import format_tree, json_bytes, json_value, split_path
from ferrule_runtime.models import (
    Base64Bytes,
    DateTime,
    DateTimeFormat,
    Duration,
    EpochDateTime,
    Field,
    IntegerText,
    Model,
    StrictInt,
)
from ferrule_runtime.omit import omit
from ferrule_runtime.wire import Body
from tests.runtime.bodies import pieces

MOMENT = datetime(2024, 5, 1, tzinfo=UTC)
NAIVE = MOMENT.replace(tzinfo=None)


class Comment(Model):
    body: str
    is_public: bool | None = Field(default=None, alias="public")
    at: EpochDateTime | None = None


class Input(TypedDict, total=False):
    at: EpochDateTime
    big: IntegerText
    raw: Base64Bytes
    day: Annotated[datetime, DateTimeFormat("%d/%m/%Y")]
    lasts: Duration
    when: DateTime
    kind: Literal["a", "b"]


def sent(value: Any, **codec: Any) -> Any:
    content, content_type = Codec(**codec).body(value)
    assert content_type == "application/json"
    assert isinstance(content, bytes)
    return json.loads(content)


def test_what_is_left_out_is_left_out_at_any_depth_and_nothing_is_changed() -> None:
    given = {"a": omit, "b": {"c": omit, "d": [1, omit, {"e": omit, "f": None}]}, "g": omit}
    before = copy.deepcopy(given)
    assert sent(given) == {"b": {"d": [1, {"f": None}]}}
    assert given == before
    assert Codec().body(omit) == (None, None)
    assert sent(None) is None
    assert sent({}) == {}


def test_python_values_as_json() -> None:
    given = {
        "at": MOMENT,
        "span": timedelta(seconds=90),
        "raw": b"hi",
        "money": Decimal("1.10"),
        "set": {1},
        "deque": deque([1, 2]),
        "map": UserDict({"a": 1}),
        3: True,
    }
    assert sent(given) == {
        "at": "2024-05-01T00:00:00Z",
        "span": 90,
        "raw": "aGk=",
        "money": "1.10",
        "set": [1],
        "deque": [1, 2],
        "map": {"a": 1},
        "3": True,
    }


def test_a_model_sends_what_was_set_under_its_wire_names() -> None:
    comment = Comment.model_validate_json(b'{"body":"x","public":true,"unknown":[1]}')
    assert sent({"comment": comment, "list": [comment]}) == {
        "comment": {"body": "x", "public": True, "unknown": [1]},
        "list": [{"body": "x", "public": True, "unknown": [1]}],
    }
    assert sent(Comment(body="x", at=MOMENT)) == {"body": "x", "at": 1714521600}


def test_formats_follow_the_fields_through_lists() -> None:
    formats = {
        "body.start": "epoch",
        "body.rows.at": "strftime:%d.%m.",
        'body["odd.name"].x': "text",
    }
    given = {"start": MOMENT, "rows": [{"at": MOMENT}, {"at": None}], "odd.name": {"x": 5}}
    assert sent(given, formats=formats) == {
        "start": 1714521600,
        "rows": [{"at": "01.05."}, {"at": None}],
        "odd.name": {"x": "5"},
    }


def test_a_body_type_writes_by_its_formats() -> None:
    given: Input = {
        "at": MOMENT,
        "big": 2**60,
        "raw": b"hi",
        "day": MOMENT,
        "lasts": timedelta(minutes=1),
        "when": MOMENT,
        "kind": "a",
    }
    extra: dict[str, Any] = {**given, "left": omit, "raw": "aGk="}
    codec = Codec(body_type=lambda: Input)
    expected = {
        "at": 1714521600,
        "big": str(2**60),
        "raw": "aGk=",
        "day": "01/05/2024",
        "lasts": 60,
        "when": "2024-05-01T00:00:00Z",
        "kind": "a",
    }
    for each in (given, extra):
        content, _ = codec.body(each)
        assert isinstance(content, bytes)
        assert json.loads(content) == expected
    nested = Codec(body_type=lambda: dict[str, list[Input]])
    content, _ = nested.body({"rows": [{"at": MOMENT, "big": omit}]})
    assert content == b'{"rows":[{"at":1714521600}]}'
    with pytest.raises(ValueError, match="time zone"):
        codec.body({"when": NAIVE})


CIRCLE: list[Any] = []
CIRCLE.append(CIRCLE)


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        {"a": [float("inf")]},
        {"a": NAIVE},
        {"a": object()},
        {"a": "\ud800"},
        {"\ud800": 1},
        {None: 1},
        CIRCLE,
        {"a": Decimal("NaN")},
    ],
)
def test_what_json_cannot_hold_is_refused_without_telling_it(value: Any) -> None:
    with pytest.raises((ValueError, TypeError), match=r"^body: ") as caught:
        Codec().body(value)
    assert caught.value.__context__ is None
    assert "\ud800" not in str(caught.value)


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4),
    max_leaves=15,
)


@given(_JSON)
def test_json_is_what_the_standard_library_reads(value: Any) -> None:
    before = copy.deepcopy(value)
    assert json.loads(json_bytes(value)) == value
    assert json_value(value) == value
    assert value == before


@given(
    st.lists(
        st.text(alphabet='ab."[]', min_size=1).filter(lambda name: '"]' not in name),
        min_size=1,
        max_size=4,
    )
)
def test_names_of_any_kind_survive_a_path(names: list[str]) -> None:
    path = "".join(
        f'["{name}"]' if set(name) & set('."[]') else f".{name}" for name in names
    ).removeprefix(".")
    assert split_path(path) == names
    tree: Any = format_tree({path: "epoch"})
    for name in names:
        tree = tree[name]
    assert tree == "epoch"


def test_forms() -> None:
    content, content_type = Codec(arrays="brackets").body(
        {"a": 1, "items": [{"price": "x", "n": omit}], "tags": ["a b"], "gone": omit}, "form"
    )
    assert content_type == "application/x-www-form-urlencoded"
    assert content == b"a=1&items%5B0%5D%5Bprice%5D=x&tags%5B%5D=a+b"
    content, _ = Codec(formats={"body.at": "epoch"}).body({"at": MOMENT}, "form")
    assert content == b"at=1714521600"
    content, _ = Codec().body(Comment.model_validate({"body": "x", "is_public": True}), "form")
    assert content == b"body=x&public=true"
    with pytest.raises(TypeError, match="named fields"):
        Codec().body([1], "form")


def test_text() -> None:
    assert Codec().body("hé", "text") == ("hé".encode(), "text/plain; charset=utf-8")
    with pytest.raises(TypeError, match="text is needed"):
        Codec().body(5, "text")
    with pytest.raises(ValueError, match="surrogate"):
        Codec().body("\ud800", "text")
    with pytest.raises(ValueError, match="pigeon"):
        Codec().body("x", "pigeon")


def opened(value: Any) -> tuple[Body, str | None]:
    body, content_type = Codec().body(value, "bytes")
    assert isinstance(body, Body)
    return body, content_type


def test_bytes_are_sent_as_they_are() -> None:
    for value in (b"abc", bytearray(b"abc"), memoryview(b"abc")):
        assert Codec().body(value, "bytes") == (b"abc", "application/octet-stream")


def test_a_path_is_opened_for_each_attempt(tmp_path: Path) -> None:
    file = tmp_path / "f.bin"
    file.write_bytes(b"x" * 200_000)
    body, _ = opened(file)
    assert (body.length, body.is_replayable) == (200_000, True)
    for _ in range(2):
        parts = list(pieces(body))
        assert len(parts) > 1
        assert b"".join(parts) == file.read_bytes()


def test_a_file_that_changes_size_is_never_sent_wrong(tmp_path: Path) -> None:
    file = tmp_path / "f.bin"
    file.write_bytes(b"12345")
    body, _ = opened(file)
    file.write_bytes(b"1234567890")
    assert b"".join(pieces(body)) == b"12345"
    file.write_bytes(b"123")
    with pytest.raises(ValueError, match="shorter"):
        list(pieces(body))


def test_an_open_file_is_sent_from_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"0123456789")
    with (tmp_path / "f").open("rb") as file:
        file.seek(4)
        body, _ = opened(file)
        assert (body.length, body.is_replayable) == (6, True)
        assert b"".join(pieces(body)) == b"456789"
        assert b"".join(pieces(body)) == b"456789"


class Pipe(io.RawIOBase):
    """A file that gives its bytes once and tells nothing about them."""

    def __init__(self, content: bytes) -> None:
        self._content = io.BytesIO(content)

    def read(self, size: int | None = -1) -> bytes:
        return self._content.read(size)

    def seekable(self) -> bool:
        return False


def test_a_pipe_and_a_generator_are_sent_once() -> None:
    for value in (Pipe(b"abc"), (part for part in (b"a", b"", b"bc"))):
        body, _ = opened(value)
        assert (body.length, body.is_replayable) == (None, False)
        assert b"".join(pieces(body)) == b"abc"


def test_a_list_of_parts_can_be_sent_again() -> None:
    body, _ = opened([b"a", b"bc"])
    assert (body.length, body.is_replayable) == (None, True)
    assert b"".join(pieces(body)) == b"".join(pieces(body)) == b"abc"


def test_a_named_file_brings_its_type() -> None:
    _, content_type = opened(("a.png", io.BytesIO(b"x"), "image/png"))
    assert content_type == "image/png"


@pytest.mark.parametrize("value", ["a path?", 5, io.StringIO("x"), [1], ("name", "text")])
def test_what_gives_no_bytes_is_refused(value: Any) -> None:
    def send() -> None:
        body, _ = opened(value)
        list(pieces(body))

    with pytest.raises(TypeError):
        send()


def test_models_that_were_read_are_sent_back_as_they_came() -> None:
    class Ticket(Model):
        id: StrictInt
        at: DateTime
        note: str | None = None

    came = {"id": 1, "at": "2024-05-01T10:00:00+02:00", "more": {"deep": [1.5]}}
    assert sent(Ticket.model_validate(came)) == came
