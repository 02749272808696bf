"""multipart/form-data, read back by the standard library's mail parser."""

import io
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferrule_runtime.encode.codec import Codec
from ferrule_runtime.encode.multipart import escaped, multipart_body
from ferrule_runtime.omit import omit
from ferrule_runtime.wire import Body
from tests.runtime.bodies import pieces


def read(body: Body, content_type: str) -> list[Message]:
    content = b"".join(pieces(body))
    if body.length is not None:
        assert len(content) == body.length
    message = message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + content)
    assert not message.defects
    parts = message.get_payload()
    assert isinstance(parts, list)
    return [part for part in parts if isinstance(part, Message)]


def names(parts: list[Message]) -> list[Any]:
    return [
        (
            part.get_param("name", header="content-disposition"),
            part.get_filename(),
            part.get_payload(decode=True),
        )
        for part in parts
    ]


def test_the_bytes_are_what_browsers_send() -> None:
    body, content_type = multipart_body(
        {"title": "é", "file": ("a.txt", b"hi")}, boundary="cut", arrays="repeat"
    )
    assert content_type == "multipart/form-data; boundary=cut"
    assert b"".join(pieces(body)).decode() == (
        '--cut\r\nContent-Disposition: form-data; name="title"\r\n\r\né\r\n'
        '--cut\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n'
        "Content-Type: text/plain\r\n\r\nhi\r\n--cut--\r\n"
    )
    assert body.length == len(b"".join(pieces(body)))
    assert body.is_replayable


def test_the_files_of_a_map_that_is_spread_have_names_of_their_own() -> None:
    parts = read(
        *multipart_body(
            {
                "form": {"title": "Q3", "tags": ["a", "b"], "gone": omit},
                "files": {"one": b"1", "two": ("2.txt", b"2"), "more": [b"3", b"4"]},
                "none": {},
            },
            styles={"form": "spread", "files": "spread", "none": "spread"},
        )
    )
    assert names(parts) == [
        ("title", None, b"Q3"),
        ("tags", None, b"a"),
        ("tags", None, b"b"),
        ("one", "one", b"1"),
        ("two", "2.txt", b"2"),
        ("more", "more", b"3"),
        ("more", "more", b"4"),
    ]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("report.pdf", "body.file: text is no file: .*pathlib.Path.*open.*encode"),
        (("report.pdf", "text"), "body.file: text is no file"),
        ([b"1", "report.pdf"], "body.file: text is no file"),
        (io.StringIO("text"), "body.file: the file is open as text: .*'rb'"),
        ({"name": b""}, "body.file: dict gives no bytes"),
        (5, "body.file: int gives no bytes"),
        (("a", b"", "text/plain", {}), "body.file: a file is .name, content"),
    ],
)
def test_what_is_no_file_is_refused_where_one_is_due(given: Any, told: str) -> None:
    with pytest.raises(TypeError, match=told) as refused:
        multipart_body({"file": given}, formats={"file": "file"})
    assert "report" not in str(refused.value)
    files = {"more": {"one": "report.pdf"}}
    with pytest.raises(TypeError, match=r"body\.one: text is no file"):
        multipart_body(files, formats={"more": "file"}, styles={"more": "spread"})


def test_every_kind_of_file_goes_where_one_is_due(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"1")
    several = [tmp_path / "a.txt", ("b.txt", io.BytesIO(b"2")), b"3", bytearray(b"4"), iter([b"5"])]
    for content, names_ in (
        (several, ["a.txt", "b.txt", "file", "file", "file"]),
        ((b"1", b"2"), ["file", "file"]),
        ([], []),
        (omit, []),
        (None, [None]),
    ):
        parts, content_type = multipart_body({"file": content}, formats={"file": "file"})
        found = read(parts, content_type) if names_ else []
        assert [part.get_filename() for part in found] == names_


def test_fields_files_and_lists_of_both(tmp_path: Path) -> None:
    (tmp_path / "pic.png").write_bytes(b"\x89PNG\r\n--")
    parts = read(
        *multipart_body(
            {
                "n": 5,
                "at": datetime(2024, 5, 1, tzinfo=UTC),
                "tags": ["a", "b"],
                "deep": {"x": True},
                "gone": omit,
                "pic": tmp_path / "pic.png",
                "more": [b"1", ("two.bin", io.BytesIO(b"2"))],
                "raw": b"",
            },
            formats={"at": "epoch"},
        )
    )
    assert names(parts) == [
        ("n", None, b"5"),
        ("at", None, b"1714521600"),
        ("tags", None, b"a"),
        ("tags", None, b"b"),
        ("deep[x]", None, b"true"),
        ("pic", "pic.png", b"\x89PNG\r\n--"),
        ("more", "more", b"1"),
        ("more", "two.bin", b"2"),
        ("raw", "raw", b""),
    ]
    assert parts[5].get_content_type() == "image/png"
    assert parts[7].get_content_type() == "application/octet-stream"


def test_parts_have_the_types_that_the_spec_or_the_caller_says() -> None:
    parts = read(
        *multipart_body(
            {"meta": {"at": datetime(1970, 1, 2, tzinfo=UTC), "x": omit}, "a": b"1",
             "b": ("b", b"2", "text/csv")},
            parts={"meta": "application/json; charset=utf-8", "a": "image/png", "b": "image/png"},
            formats={"meta": {"at": "epoch"}},
        )
    )  # fmt: skip
    assert [part.get_content_type() for part in parts] == [
        "application/json",
        "image/png",
        "text/csv",
    ]
    assert parts[0].get_payload(decode=True) == b'{"at":86400}'


def test_joined_styles() -> None:
    assert names(read(*multipart_body({"v": ["a", "b"]}, arrays="csv"))) == [("v", None, b"a,b")]
    styled = multipart_body({"v": ["a", "b"], "w": [1]}, styles={"v": "pipes", "w": "indexed"})
    assert names(read(*styled)) == [("v", None, b"a|b"), ("w[0]", None, b"1")]


def test_a_one_shot_file_makes_a_body_that_is_sent_once() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    body, content_type = multipart_body({"a": 1, "f": ("f", Pipe(b"x" * 100_000))})
    assert (body.length, body.is_replayable) == (None, False)
    assert names(read(body, content_type))[1] == ("f", "f", b"x" * 100_000)


def test_large_files_are_streamed_and_replayed(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"0123456789" * 30_000)
    body, _ = multipart_body({"f": tmp_path / "big"})
    parts = [len(part) for part in pieces(body)]
    assert max(parts) <= 65_536
    assert sum(parts) == body.length == sum(len(part) for part in pieces(body))


def test_boundaries_differ_and_stay_for_a_body() -> None:
    first, type_of_first = multipart_body({"a": 1})
    _, type_of_second = multipart_body({"a": 1})
    assert type_of_first != type_of_second
    assert list(pieces(first)) == list(pieces(first))


@pytest.mark.parametrize(
    "values",
    [
        {"a": ("n", b"1", "text/plain\r\nX-Evil: 1")},
        {"a": ("n", b"1", "nonsense")},
        {"a": "\ud800"},
        {"\ud800": "x"},
        {"a": object()},
        {"a": {"b": float("nan")}},
    ],
)
def test_what_cannot_be_a_part_is_refused(values: Any) -> None:
    with pytest.raises((ValueError, TypeError), match=r"^body") as caught:
        multipart_body(values)
    assert "Evil" not in str(caught.value)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_no_name_breaks_out_of_its_quotes(name: str) -> None:
    body, _ = multipart_body({"f": (name, b"x")}, boundary="cut")
    head = b"".join(pieces(body)).split(b"\r\n\r\n")[0].decode()
    lines = head.split("\r\n")
    assert len(lines) == 3
    assert lines[1] == f'Content-Disposition: form-data; name="f"; filename="{escaped(name)}"'
    assert not set(escaped(name)) & set('"\r\n\x00')


def test_a_codec_sends_multipart() -> None:
    codec = Codec(parts={"meta": "application/json"}, formats={"body.meta.at": "epoch"})
    body, content_type = codec.body(
        {"meta": {"at": datetime(1970, 1, 2, tzinfo=UTC)}}, "multipart", boundary="cut"
    )
    assert content_type == "multipart/form-data; boundary=cut"
    assert isinstance(body, Body)
    assert b'{"at":86400}' in b"".join(pieces(body))
