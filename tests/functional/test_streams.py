"""Answers that arrive in parts: several kinds of them, packed files, events beyond a cut."""

import gzip
import io
import os
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.functional.packages import Face
from tests.services.scripted import Reply, ScriptedService, reply


def xml(text: str) -> Reply:
    return reply(text=text, content_type="application/xml; charset=utf-8")


class TestStreamedCases:
    SPEC = """
    retry: {backoff: none}
    actions:
      things.by:
        get: /by
        input: {as?: enum!(json | text | binary | rows) = json}
        returns: {.by: as, json: Thing, text: text, binary: bytes, rows: csv(Thing)}
      things.media: {get: /media, returns: {json: Thing, csv: csv(Thing), bytes: bytes}}
      things.status:
        get: /status
        errors: {rules: [{when: status == 410, then: ignore}], ok: $.ok}
        returns: {200: Thing, 206: bytes}
      things.any: {get: /any, returns: any}
      things.at: {get: /at, returns: any at $.a.b}
    models:
      Thing: {id: integer, ok?: boolean}
    """

    def test_an_argument_picks_what_streams(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        service.on("GET", "/by", reply(json={"id": 1}))
        assert face(lambda c: c.things.by()) == package.Thing(id=1)
        assert face(lambda c: c.things.by(as_="text")) == '{"id": 1}'
        assert face(lambda c: c.things.by(as_="binary")) == b'{"id": 1}'
        service.on("GET", "/by", reply(text="id\n1\n2\n", content_type="text/csv"))
        assert [row.id for row in face(lambda c: c.things.by(as_="rows"))] == [1, 2]

    def test_the_answer_picks_what_streams(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        csv = reply(text="id\n1\n", content_type="text/csv")
        service.on("GET", "/media", reply(json={"id": 1}), csv, reply(content=b"\x00\x01"))
        assert face(lambda c: c.things.media()) == package.Thing(id=1)
        assert [row.id for row in face(lambda c: c.things.media())] == [1]
        assert face(lambda c: c.things.media()) == b"\x00\x01"
        accept = service.requests[-1].header("Accept")
        assert accept == "application/json, text/csv, */*;q=0.5"

    def test_what_does_not_stream_is_judged_and_read_whole(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        answers = [reply(503), reply(json={"id": 1, "ok": True}), reply(206, content=b"part")]
        service.on("GET", "/status", *answers, reply(410), reply(json={"id": 1, "ok": False}))
        assert face(lambda c: c.things.status()).id == 1
        assert face(lambda c: c.things.status()) == b"part"
        assert face(lambda c: c.things.status()) is None
        with pytest.raises(package.AcmeError):
            face(lambda c: c.things.status())
        service.on("GET", "/status", reply(json={"id": 1, "ok": True, "more": "x" * 5000}))
        with pytest.raises(package.InvalidResponse, match="larger than 1000"):
            face(lambda c: c.things.status(), max_response_bytes=1000)

    @pytest.mark.parametrize(
        ("answer", "value"),
        [
            (reply(json={"a": {"b": 1}}), {"a": {"b": 1}}),
            (reply(text='{"a": 1}'), {"a": 1}),
            (reply(text="<a><b>x</b></a>", content_type="text/xml"), {"a": {"b": "x"}}),
            (reply(text="a=1&b=2&b=3", content_type="application/x-www-form-urlencoded"),
             {"a": "1", "b": ["2", "3"]}),
            (reply(text="plain"), "plain"),
            (reply(content=b"\xff\x00", content_type="image/png"), b"\xff\x00"),
        ],
    )  # fmt: skip
    def test_where_the_spec_leaves_it_open_the_media_type_decides(
        self, face: Face, service: ScriptedService, answer: Reply, value: Any
    ) -> None:
        service.on("GET", "/any", answer)
        assert face(lambda c: c.things.any()) == value

    def test_a_place_in_what_was_left_open(self, face: Face, service: ScriptedService) -> None:
        service.on("GET", "/at", xml("<a><b>x</b></a>"), reply(json={"a": {"b": 2}}))
        assert face(lambda c: c.things.at()) == "x"
        assert face(lambda c: c.things.at()) == 2

    @pytest.mark.parametrize(
        "answer",
        [
            reply(text="<html>", content_type="text/html"),
            reply(text="{", content_type="application/json"),
            reply(text="<a>", content_type="application/xml"),
        ],
    )
    def test_what_is_not_what_it_says_is_an_invalid_response(
        self, face: Face, service: ScriptedService, package: ModuleType, answer: Reply
    ) -> None:
        service.on("GET", "/any", answer)
        with pytest.raises(package.InvalidResponse):
            face(lambda c: c.things.any())


class TestPackedFiles:
    SPEC = """
    actions:
      exports.rows: {get: /rows, returns: gzip(csv(Row))}
      exports.lines: {get: /lines, returns: zip(lines(Row))}
      exports.tables: {get: /tables, returns: zip(csv(Row))}
      exports.file: {get: /file, returns: gzip(bytes)}
      exports.one: {get: /one, returns: zip(bytes)}
      exports.either: {get: /either, returns: {json: Row, application/gzip: gzip(lines(Row))}}
    models:
      Row: {id: integer}
    """

    def test_rows_in_a_gzip_file(self, face: Face, service: ScriptedService) -> None:
        packed = gzip.compress(b"id\n1\n", mtime=0) + gzip.compress(b"2\n", mtime=0)
        service.on("GET", "/rows", reply(content=packed, content_type="application/gzip"))
        assert [row.id for row in face(lambda c: c.exports.rows())] == [1, 2]

    def test_files_in_a_zip_file(self, face: Face, service: ScriptedService) -> None:
        lines = zipped({"a.jsonl": b'{"id": 1}\n{"id": 2}', "b/": b"", "b/c.jsonl": b'{"id": 3}'})
        service.on("GET", "/lines", reply(content=lines))
        assert [row.id for row in face(lambda c: c.exports.lines())] == [1, 2, 3]
        service.on("GET", "/tables", reply(content=zipped({"a": b"id\n1\n", "b": b"id\n2\n"})))
        assert [row.id for row in face(lambda c: c.exports.tables())] == [1, 2]

    def test_downloads_are_what_is_inside(self, face: Face, service: ScriptedService) -> None:
        content = os.urandom(200_000)
        service.on("GET", "/file", reply(content=gzip.compress(content, mtime=0)))
        assert face(lambda c: c.exports.file()) == content
        service.on("GET", "/one", reply(content=zipped({"a": content})))
        assert face(lambda c: c.exports.one()) == content
        service.on("GET", "/either", reply(content=gzip.compress(b'{"id": 1}', mtime=0),
                                           content_type="application/gzip"))  # fmt: skip
        assert [row.id for row in face(lambda c: c.exports.either())] == [1]

    @pytest.mark.parametrize(
        ("action", "content"),
        [
            ("file", b"plain"),
            ("file", b""),
            ("file", gzip.compress(b"x" * 1000, mtime=0)[:-9]),
            ("file", gzip.compress(b"x", mtime=0) + b"more"),
            ("file", b"\x1f\x8b\x08" + b"\xff" * 40),
            ("one", b"PK\x03\x04 but no zip file"),
            ("one", b""),
            ("rows", b"id\n1\n"),
            ("tables", b"id\n1\n"),
        ],
    )
    def test_what_is_no_such_file_is_an_invalid_response(
        self, face: Face, service: ScriptedService, package: ModuleType, action: str, content: bytes
    ) -> None:
        service.on("GET", f"/{action}", reply(content=content))
        with pytest.raises(package.InvalidResponse):
            face(lambda c: getattr(c.exports, action)())

    def test_several_files_where_one_is_meant(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        service.on("GET", "/one", reply(content=zipped({"a": b"1", "b": b"2"})))
        with pytest.raises(package.InvalidResponse, match="several files"):
            face(lambda c: c.exports.one())

    def test_a_bomb_is_stopped_by_the_limit(
        self, package: ModuleType, service: ScriptedService, tmp_path: Path
    ) -> None:
        bomb = gzip.compress(bytes(30_000_000))
        service.on("GET", "/file", reply(content=bomb))
        seen: list[int] = []
        client = package.Acme(base_url=service.url)
        with client, pytest.raises(package.InvalidResponse, match="larger than"):
            client.exports.file().save(
                tmp_path / "x", max_bytes=100_000, progress=lambda got, of: seen.append(got)
            )
        assert list(tmp_path.iterdir()) == []
        assert seen
        assert max(seen) <= 200_000


def zipped(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def sse(text: bytes, *, is_cut: bool = False) -> Reply:
    return reply(content=text, content_type="text/event-stream", is_cut=is_cut)


def cut(text: bytes) -> Reply:
    return sse(text, is_cut=True)


class TestEvents:
    SPEC = """
    retry: {backoff: none, attempts: 3}
    actions:
      feed.read: {get: /feed, query: {topic?: string}, returns: events(Item)}
      feed.ask: {post: /feed, returns: events(Item)}
      feed.lines: {get: /lines, returns: lines(Item)}
    models:
      Item: {n: integer}
    """

    def test_a_stream_that_is_cut_off_goes_on_behind_the_last_event(
        self, face: Face, service: ScriptedService
    ) -> None:
        first = b'retry: 1\nid: a\ndata: {"n": 1}\n\nid: b\ndata: {"n": 2}\n\nid: c\ndata: {"n"'
        service.on("GET", "/feed", cut(first), cut(b'id: c\ndata: {"n": 3}\n\n'),
                   sse(b'id: d\ndata: {"n": 4}\n\n'))  # fmt: skip
        assert [item.n for item in face(lambda c: c.feed.read(topic="t"))] == [1, 2, 3, 4]
        asked = [call.header("Last-Event-ID") for call in service.requests]
        assert asked == [None, "b", "c"]
        assert {call.query for call in service.requests} == {"topic=t"}

    def test_without_an_id_or_with_an_effect_it_does_not(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        service.on("GET", "/feed", cut(b'data: {"n": 1}\n\n'))
        service.on("POST", "/feed", cut(b'id: a\ndata: {"n": 1}\n\n'))
        for use in (lambda c: c.feed.read(), lambda c: c.feed.ask()):
            with pytest.raises(package.ConnectionFailed):
                face(use)
        assert len(service.requests) == 2

    def test_it_gives_up_when_nothing_comes(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        service.on("GET", "/feed", cut(b'id: a\ndata: {"n": 1}\n\n'), cut(b": \n"))
        with pytest.raises(package.ConnectionFailed):
            face(lambda c: c.feed.read())
        assert len(service.requests) == 3

    @pytest.mark.parametrize(
        ("path", "media"),
        [("/feed", "text/html"), ("/feed", "application/json"), ("/lines", "text/html")],
    )
    def test_another_media_type_is_an_invalid_response(
        self, face: Face, service: ScriptedService, package: ModuleType, path: str, media: str
    ) -> None:
        service.on("GET", path, reply(text="{}", content_type=media))
        with pytest.raises(package.InvalidResponse, match="expected"):
            face(lambda c: c.feed.read() if path == "/feed" else c.feed.lines())
