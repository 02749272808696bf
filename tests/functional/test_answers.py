"""What a service answers becomes what the spec declares, or an error that says where it differs."""

import os
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar
from uuid import UUID

import pytest

from tests.functional.packages import Face
from tests.services.scripted import ScriptedService, reply


class TestModels:
    SPEC = """
    actions:
      things.get: {get: /thing, returns: Thing}
      things.maybe: {get: /maybe, returns: "Thing | null at $.thing"}
      things.names: {get: /names, returns: "list(string) at $.items[*].name"}
      things.count: {get: /count, returns: "integer(text) = 0 at $.count"}
      things.location: {post: /copy, returns: 'string at header.Location ~ "[0-9]+$"'}
      trees.get: {get: /tree, returns: Node}
    models:
      State: enum(open | closed)
      Level: {.enum: {LOW: 1, HIGH: 2}}
      Base: {sku: string}
      Part: {.is: Base, count: integer}
      Strict: {.closed: true, a: integer}
      Node: {name: string, children?: list(Node)}
      Thing:
        id: integer
        name: string | null
        state: State
        level: Level
        kind: = gadget
        page[size]?: integer
        class?: string
        created: datetime
        updated?: datetime(epoch_ms)
        custom?: datetime("%d/%m/%Y")
        day?: date
        at?: time
        took?: duration
        code?: uuid
        price?: decimal
        number?: integer(text)
        blob?: bytes
        hex?: bytes(hex)
        pair?: {.items: [integer, string]}
        note?: {.type: string, .blank_is_null: true}
        rank?: integer = 3
        part?: Part
        strict?: Strict
        size?: {width: number}
        password?: {.type: string, .write_only: true}
        old?: {.type: string, .deprecated: use name}
    """
    LEAST: ClassVar = {
        "id": 1,
        "name": None,
        "state": "new",
        "level": 7,
        "kind": "gadget",
        "created": "2024-01-02T03:04:05Z",
    }

    def get(self, face: Face, service: ScriptedService, **fields: Any) -> Any:
        service.on("GET", "/thing", reply(json={**self.LEAST, **fields}))
        return face(lambda c: c.things.get())

    def test_the_least(self, face: Face, service: ScriptedService) -> None:
        thing = self.get(face, service, more={"a": 1})
        assert thing.created == datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
        assert (thing.name, thing.state, thing.level, thing.rank) == (None, "new", 7, 3)
        assert thing.model_extra == {"more": {"a": 1}}

    def test_every_type(self, face: Face, service: ScriptedService) -> None:
        thing = self.get(
            face,
            service,
            **{
                "page[size]": 5,
                "class": "c",
                "updated": 1704153600000,
                "custom": "02/01/2024",
                "day": "2024-01-02",
                "at": "12:30:00",
                "took": "PT5M",
                "code": str(UUID(int=7)),
                "price": "1.50",
                "number": "12",
                "blob": "/wA=",
                "hex": "ff00",
                "pair": [1, "x"],
                "note": "",
                "part": {"sku": "s", "count": 2},
                "size": {"width": 1},
            },
        )
        assert (thing.page_size, thing.class_) == (5, "c")
        assert thing.updated == datetime(2024, 1, 2, tzinfo=UTC)
        assert thing.custom == datetime(2024, 1, 2, tzinfo=UTC)
        assert (thing.day, thing.at) == (date(2024, 1, 2), time(12, 30))
        assert (thing.took, thing.code) == (timedelta(minutes=5), UUID(int=7))
        assert (thing.price, thing.number) == (Decimal("1.50"), 12)
        assert (thing.blob, thing.hex) == (b"\xff\x00", b"\xff\x00")
        assert (thing.pair, thing.note) == ((1, "x"), None)
        assert (thing.part.sku, thing.part.count, thing.size.width) == ("s", 2, 1.0)

    @pytest.mark.parametrize(
        ("fields", "place"),
        [
            ({"id": "1"}, "$.id"),
            ({"id": True}, "$.id"),
            ({"kind": "other"}, "$.kind"),
            ({"part": {"sku": "s"}}, "$.part.count"),
            ({"strict": {"a": 1, "b": 2}}, "$.strict.b"),
            ({"created": "never"}, "$.created"),
        ],
    )
    def test_what_differs_is_told_with_its_place(
        self,
        face: Face,
        service: ScriptedService,
        package: ModuleType,
        fields: dict[str, Any],
        place: str,
    ) -> None:
        with pytest.raises(package.InvalidResponse) as caught:
            self.get(face, service, **fields)
        assert place in str(caught.value)
        assert caught.value.action == "things.get"

    def test_places(self, face: Face, service: ScriptedService) -> None:
        service.on("GET", "/maybe", reply(json={"thing": None}))
        assert face(lambda c: c.things.maybe()) is None
        service.on("GET", "/names", reply(json={"items": [{"name": "a"}, {}, {"name": "b"}]}))
        assert face(lambda c: c.things.names()) == ["a", "b"]
        service.on("GET", "/count", reply(json={}))
        assert face(lambda c: c.things.count()) == 0
        service.on("POST", "/copy", reply(201, headers={"Location": "/things/77"}))
        assert face(lambda c: c.things.location()) == "77"

    def test_a_deprecated_field_warns_when_it_is_used(
        self, face: Face, service: ScriptedService
    ) -> None:
        thing = self.get(face, service, old="x")
        with pytest.warns(DeprecationWarning, match="use name"):
            assert thing.old == "x"
        assert thing.name is None

    def test_models_in_themselves(self, face: Face, service: ScriptedService) -> None:
        service.on("GET", "/tree", reply(json={"name": "a", "children": [{"name": "b"}]}))
        assert face(lambda c: c.trees.get()).children[0].name == "b"

    def test_names_of_values(self, package: ModuleType) -> None:
        assert package.LevelValue.HIGH == 2


class TestUnions:
    SPEC = """
    actions:
      blocks.list: {get: /blocks, returns: list(Block)}
      pets.list: {get: /pets, returns: list(Pet)}
      things.any: {get: /any, returns: "string | integer | Dog | null"}
    models:
      Block: {.by: type, text: Text, image: Image, .else: Other}
      Text: {type: = text, text: string}
      Image: {type: = image, url: url, alt?: Block}
      Other: {type: string}
      Pet: Loose | Dog | Cat
      Loose: {name?: string}
      Dog: {kind: = dog, bark: boolean}
      Cat: {kind: = cat, lives: integer}
    """

    def test_a_tag_decides(self, face: Face, service: ScriptedService, package: ModuleType) -> None:
        answer = [
            {"type": "text", "text": "x"},
            {"type": "image", "url": "u", "alt": {"type": "text", "text": "y"}},
            {"type": "video", "length": 3},
        ]
        service.on("GET", "/blocks", reply(json=answer))
        text, image, other = face(lambda c: c.blocks.list())
        assert type(text) is package.Text
        assert type(image.alt) is package.Text
        assert (type(other), other.model_extra) == (package.Other, {"length": 3})

    def test_constants_decide_then_required_fields(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        answer = [{"kind": "dog", "bark": True}, {"kind": "cat", "lives": 9}, {"name": "x"}]
        service.on("GET", "/pets", reply(json=answer))
        kinds = [type(pet) for pet in face(lambda c: c.pets.list())]
        assert kinds == [package.Dog, package.Cat, package.Loose]

    @pytest.mark.parametrize("value", ["x", 1, None])
    def test_plain_values(self, face: Face, service: ScriptedService, value: Any) -> None:
        service.on("GET", "/any", reply(json=value))
        assert face(lambda c: c.things.any()) == value


class TestCases:
    SPEC = """
    actions:
      things.make: {post: /make, returns: {200: Thing, 202: Job, 204: none, 404: = false}}
      things.report: {get: /report, returns: {json: Thing, csv: text}}
      things.page: {get: /page, returns: text}
      things.link: {get: /link, returns: redirect}
      things.delete: {delete: /thing}
      things.flag: {get: /flag, returns: = true}
    models:
      Thing: {id: integer}
      Job: {job: string}
    """

    def test_by_status(self, face: Face, service: ScriptedService, package: ModuleType) -> None:
        replies = [reply(json={"id": 1}), reply(202, json={"job": "j"}), reply(204), reply(404)]
        service.on("POST", "/make", *replies)
        assert face(lambda c: c.things.make()) == package.Thing(id=1)
        assert face(lambda c: c.things.make()) == package.Job(job="j")
        assert face(lambda c: c.things.make()) is None
        assert face(lambda c: c.things.make()) is False

    def test_by_media_type(self, face: Face, service: ScriptedService, package: ModuleType) -> None:
        csv = reply(text="a,b\n", content_type="text/csv")
        service.on("GET", "/report", reply(json={"id": 1}), csv)
        assert face(lambda c: c.things.report()) == package.Thing(id=1)
        assert face(lambda c: c.things.report()) == "a,b\n"

    def test_texts_redirects_and_constants(self, face: Face, service: ScriptedService) -> None:
        service.on("GET", "/page", reply(text="<p>", content_type="text/html"))
        assert face(lambda c: c.things.page()) == "<p>"
        service.on("GET", "/link", reply(302, headers={"Location": "https://else.example.com/x"}))
        assert face(lambda c: c.things.link()) == "https://else.example.com/x"
        service.on("DELETE", "/thing", reply(204))
        assert face(lambda c: c.things.delete()) is None
        service.on("GET", "/flag", reply(200))
        assert face(lambda c: c.things.flag()) is True


class TestStreams:
    SPEC = """
    actions:
      feeds.lines: {get: /lines, returns: lines(Item)}
      feeds.events: {get: /events, returns: events(Item)}
      feeds.rows: {get: /rows, returns: csv(Item)}
      feeds.bytes: {get: /bytes, returns: bytes}
    models:
      Item: {id: integer, name: string}
    """

    def test_items_arrive_one_by_one(self, face: Face, service: ScriptedService) -> None:
        lines = '{"id":1,"name":"a"}\n\n{"id":2,"name":"b"}'
        service.on("GET", "/lines", reply(text=lines, content_type="application/x-ndjson"))
        events = 'data: {"id":1,"name":"a"}\n\ndata: {"id":2,"name":"b"}\n\n'
        service.on("GET", "/events", reply(text=events, content_type="text/event-stream"))
        service.on("GET", "/rows", reply(text="id,name\n1,a\n2,b\n", content_type="text/csv"))
        for use in (
            lambda c: c.feeds.lines(),
            lambda c: c.feeds.events(),
            lambda c: c.feeds.rows(),
        ):
            assert [(item.id, item.name) for item in face(use)] == [(1, "a"), (2, "b")]

    def test_bytes(self, face: Face, service: ScriptedService, tmp_path: Path) -> None:
        content = os.urandom(100_000)
        service.on("GET", "/bytes", reply(content=content))
        assert face(lambda c: c.feeds.bytes()) == content


class TestRawAnswers:
    SPEC = """
    paging: {offset: query.start, size: query.count}
    actions:
      me: {get: /me, returns: Me}
      things.list: {get: /things, returns: list(Me)}
      things.bytes: {get: /bytes, returns: bytes}
    models:
      Me: {id: integer}
    """

    def test_the_whole_answer(self, face: Face, service: ScriptedService) -> None:
        service.on("GET", "/me", reply(json={"id": 1}, headers={"X-Extra": "x"}))
        raw = face(lambda c: c.with_raw_response.me())
        assert (raw.status_code, raw.headers["x-extra"], raw.parse().id) == (200, "x", 1)
        service.on("GET", "/things", reply(json=[{"id": 1}]))
        raw = face(lambda c: c.things.with_raw_response.list())
        assert [me.id for me in raw.parse()] == [1]
