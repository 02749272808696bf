"""Reading an answer: headers, cookies, links, JSON, text."""

import copy
import pickle
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferrule_runtime.answer import Answer, JsonFault, parse_links
from ferrule_runtime.omit import Omit, omit


def answer(content: bytes = b"", *headers: tuple[str, str], status: int = 200) -> Answer:
    lines = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    return Answer(status, lines, content)


def test_omit_is_one_falsy_value_that_survives_copies_and_pickles() -> None:
    assert not omit
    assert Omit() is omit
    assert copy.copy(omit) is omit
    assert copy.deepcopy([omit])[0] is omit
    assert pickle.loads(pickle.dumps({"a": omit}))["a"] is omit
    assert repr(omit) == "omit"
    with pytest.raises(TypeError, match="subclassed"):
        type("Sub", (Omit,), {})


def test_a_header_is_found_whatever_its_case_and_joined_when_repeated() -> None:
    met = answer(b"", ("X-Rate", " 5 "), ("link", "<a>"), ("Link", "<b>"))
    assert met.header("x-rate") == "5"
    assert met.header("LINK") == "<a>, <b>"
    assert met.header("nothing") is None
    assert met.header("ÿ€") is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("sid=abc; Path=/; HttpOnly", "abc"),
        ('sid="a b"', "a b"),
        (" sid = abc ", "abc"),
        ("sid=a=b", "a=b"),
        ("sid=", ""),
        ("other=1", None),
        ("sid", None),
    ],
)
def test_cookies(line: str, expected: str | None) -> None:
    assert answer(b"", ("Set-Cookie", line)).cookie("sid") == expected


def test_the_last_cookie_of_a_name_counts() -> None:
    met = answer(b"", ("set-cookie", "sid=old"), ("Set-Cookie", "sid=new"))
    assert met.cookie("sid") == "new"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('<https://a/?p=2>; rel="next"', "https://a/?p=2"),
        ("<https://a/?p=2>; rel=next", "https://a/?p=2"),
        ('</?a=1,2;3>; rel="prev next"', "/?a=1,2;3"),
        ('<u>; title="a, b; <c>; rel=next"; rel=last, <v>; REL="NEXT"', "v"),
        (r'<u>; title="q\"; rel=next"; rel="next"', "u"),
        ('<u>; rel="last", <v>;rel="next"', "v"),
        ("<u>; rel=prev; rel=next", None),
        ('<u>; rel="next"; anchor="#other", <v>; rel=next', "v"),
        ("<u> ; rel = next", "u"),
        (";;; <u>; rel=next", "u"),
        ("<u; rel=next", None),
        ("", None),
        ("next", None),
        ('<u>; rel="next', "u"),
    ],
)
def test_links(value: str, expected: str | None) -> None:
    assert answer(b"", ("Link", value)).link("next") == expected


@given(st.text(alphabet='<>;,="\\ \tabrelnxt', max_size=60))
def test_no_link_header_breaks_the_parser(value: str) -> None:
    for target, parameters in parse_links(value):
        assert ">" not in target
        assert all(name == name.lower() for name in parameters)


_TARGETS = st.text(alphabet="abc/?&=,;%\"' ", max_size=12).map(str.strip)
_TEXTS = st.text(alphabet='ab,;<>"\\ =', max_size=8)


@given(st.lists(st.tuples(_TARGETS, _TEXTS), min_size=1, max_size=4))
def test_what_is_written_as_links_is_read_as_links(links: list[tuple[str, str]]) -> None:
    written = ", ".join(
        '<{}>; rel="r{}"; title="{}"'.format(
            target, index, title.replace("\\", "\\\\").replace('"', '\\"')
        )
        for index, (target, title) in enumerate(links)
    )
    read = list(parse_links(written))
    assert [target for target, _ in read] == [target for target, _ in links]
    assert [parameters["title"] for _, parameters in read] == [title for _, title in links]
    met = answer(b"", ("Link", written))
    assert [met.link(f"r{index}") for index in range(len(links))] == [target for target, _ in links]


def test_json_is_parsed_when_asked_and_once() -> None:
    met = answer(b'{"a": [1, 2.5, null, true]}')
    assert not met.is_parsed
    assert met.json == {"a": [1, 2.5, None, True]}
    assert met.json is met.json
    assert met.is_parsed


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b'{"a":',
        b'{"a":1} x',
        b"NaN",
        b'{"a":Infinity}',
        b"[" * 100_000,
        b"9" * 10_000,
        b'"\xff"',
        b'"\\ud800"',
    ],
    ids=["empty", "html", "cut", "more", "nan", "inf", "deep", "bigint", "utf8", "surrogate"],
)
def test_what_is_not_json_is_one_typed_fault_and_no_tree(content: bytes) -> None:
    met = answer(content)
    for _ in range(2):
        with pytest.raises(JsonFault) as caught:
            _ = met.json
        assert caught.value.place == "$"
        assert caught.value.__cause__ is None
    assert met.tree is None


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b'\xef\xbb\xbf{"a":"\xc3\xa9"}', ""),
        ('{"a":"é"}'.encode("utf-16"), ""),
        ('{"a":"é"}'.encode("utf-16-le"), ""),
        ('{"a":"é"}'.encode("utf-16-be"), ""),
        ('{"a":"é"}'.encode("latin-1"), 'application/json; charset="ISO-8859-1"'),
    ],
)
def test_json_in_other_charsets(content: bytes, content_type: str) -> None:
    assert answer(content, ("Content-Type", content_type)).json == {"a": "é"}


@pytest.mark.parametrize(
    ("content", "content_type", "expected"),
    [
        (b"h\xe9", "text/plain; charset=latin-1", "hé"),
        ("hé".encode(), "text/plain", "hé"),
        (b"\xef\xbb\xbfh", "", "h"),
        (b"h\xff", "", "h\ufffd"),
        ("hé".encode(), "text/plain; charset=no-such", "hé"),
        (b"6869", "text/plain; charset=hex", "6869"),
        (b"9" * 200_000, "text/plain; charset=punycode", "9" * 200_000),
        (b"xn--9", 'text/plain; charset="PunyCode-"', "xn--9"),
        (b"xn--9", "text/plain; charset=idna", "xn--9"),
    ],
)
def test_text(content: bytes, content_type: str, expected: str) -> None:
    assert answer(content, ("Content-Type", content_type)).text == expected


@given(st.binary(max_size=60), st.text(max_size=20))
def test_text_and_tree_never_raise(content: bytes, charset: str) -> None:
    header = f"text/plain; charset={charset}".encode("utf-8", "replace").decode("latin-1")
    met = answer(content, ("content-type", header))
    assert isinstance(met.text, str)
    assert met.tree is None or met.is_parsed


LIGHT = ("omit", "answer", "places", "conditions", "waits", "templates", "filters", "files",
         "reading", "walk", "checkpoint", "pager", "feeds", "saving", "streams",
         "envelope", "mismatch", "encode.json", "encode.codec", "encode.multipart")  # fmt: skip
HEAVY = ("httpx", "httpx2", "httpcore", "pydantic", "pydantic_core", "asyncio", "ssl", "json")


def test_the_value_modules_import_nothing_heavy() -> None:
    program = (
        f"import sys\nbefore = set(sys.modules)\n"
        f"for name in {LIGHT!r}:\n    __import__('ferrule_runtime.' + name)\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules and name not in before])"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:] = {sys.path!r}\n{program}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.strip() == ""
