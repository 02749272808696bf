"""Actions that make several calls of one kind: fan-outs, windows, cut lists, shaped items."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs

import pytest

from tests.functional.packages import Face
from tests.services.loopback import Request
from tests.services.scripted import Reply, ScriptedService, reply


def listed(face: Face, use: Any, **options: Any) -> list[Any]:
    """All items of a pager."""

    async def drained(client: Any) -> list[Any]:
        return [item async for item in use(client)]

    return list(face(drained if face.is_async else lambda c: list(use(c)), **options))


class TestEach:
    SPEC = """
    settings: {projects: {.type: list(string), .default: [a, b c]}}
    paging: {page: query.page, size: {in: query.size, default: 2}}
    actions:
      tickets.list:
        get: /{org}/tickets
        query: {state?: string}
        returns: list(Ticket)
      comments.list:
        input: {state?: string}
        get: /{org}/tickets/{ticket_id}/comments
        query: {by?: string}
        each: {ticket_id: tickets.list.id, by: tickets.list.owner.name}
        items: {derive: {ticket: "${ticket_id}"}}
        returns: list(Comment)
      details.get:
        get: /details/{project}
        each: {project: "${projects}"}
        errors: {statuses: {ignore: [404]}}
        returns: Detail
      users.find:
        input: {emails: list(string)}
        post: /users
        body: {emails: list(string), kind: = short}
        each: {emails: "${emails}", .batch: 2}
        returns: list(User) at $.users
        paging: none
    models:
      Ticket: {id: integer, owner: {name: string}}
      Comment: {id: integer, ticket: integer}
      Detail: {name: string}
      User: {email: string}
    """

    def script(self, service: ScriptedService) -> None:
        def tickets(request: Request) -> Reply:
            page = int(parse_qs(request.query)["page"][0])
            rows = {1: [1, 2], 2: [3]}.get(page, [])
            return reply(json=[{"id": row, "owner": {"name": f"o{row}"}} for row in rows])

        def comments(request: Request) -> Reply:
            ticket = int(request.path.split("/")[3])
            page = int(parse_qs(request.query)["page"][0])
            rows = {(1, 1): [10, 11], (1, 2): [12], (3, 1): [30]}.get((ticket, page), [])
            return reply(json=[{"id": row} for row in rows])

        service.on("GET", "/acme/tickets", tickets)
        for number in (1, 2, 3):
            service.on("GET", f"/acme/tickets/{number}/comments", comments)

    def test_an_action_goes_through_the_items_of_another(
        self, face: Face, service: ScriptedService
    ) -> None:
        self.script(service)
        found = listed(face, lambda c: c.comments.list(org="acme", state="open"))
        assert [(one.id, one.ticket) for one in found] == [(10, 1), (11, 1), (12, 1), (30, 3)]
        assert "state=open" in service.calls("GET", "/acme/tickets")[0].query
        first = service.calls("GET", "/acme/tickets/1/comments")[0]
        assert parse_qs(first.query)["by"] == ["o1"]
        assert "state" not in first.query

    def test_it_goes_on_from_any_page_another_day(
        self, face: Face, service: ScriptedService
    ) -> None:
        self.script(service)

        async def pages_async(client: Any, **where: Any) -> list[Any]:
            pager = client.comments.list(org="acme", **where)
            return [page async for page in pager.pages()]

        def pages(**where: Any) -> list[Any]:
            if face.is_async:
                return list(face(lambda c: pages_async(c, **where)))
            return list(face(lambda c: list(c.comments.list(org="acme", **where).pages())))

        whole = pages()
        ids = [[one.id for one in page.items] for page in whole]
        assert ids == [[10, 11], [12], [], [], [30], []]
        # Whether there is another page of tickets is known when it is asked for.
        assert all(page.has_next for page in whole)
        for number, page in enumerate(whole):
            rest = pages(checkpoint=page.checkpoint)
            assert [[one.id for one in each.items] for each in rest] == ids[number + 1 :]

    def test_one_thing_each_and_what_is_not_there(
        self, face: Face, service: ScriptedService
    ) -> None:
        service.on("GET", "/details/a", reply(404))
        service.on("GET", "/details/b%20c", reply(json={"name": "B"}))
        assert [one.name for one in listed(face, lambda c: c.details.get())] == ["B"]

    def test_batches(self, face: Face, service: ScriptedService) -> None:
        def users(request: Request) -> Reply:
            return reply(json={"users": [{"email": each} for each in request.json()["emails"]]})

        service.on("POST", "/users", users)
        found = listed(face, lambda c: c.users.find(emails=["a", "b", "c", "d", "e"]))
        assert [one.email for one in found] == ["a", "b", "c", "d", "e"]
        bodies = [call.json() for call in service.requests]
        assert [body["emails"] for body in bodies] == [["a", "b"], ["c", "d"], ["e"]]
        assert {body["kind"] for body in bodies} == {"short"}
        assert listed(face, lambda c: c.users.find(emails=[])) == []

    def test_an_item_without_the_field_is_an_error(
        self, face: Face, service: ScriptedService
    ) -> None:
        with pytest.raises(ValueError, match="an item has no"):
            listed(face, lambda c: c.users.find(emails=["a", None]))
        assert service.requests == []

    def test_fetching_ahead_is_refused(self, face: Face) -> None:
        with pytest.raises(ValueError, match="several walks"):
            face(lambda c: c.details.get().pages(prefetch=1))


class TestSince:
    SPEC = """
    settings: {start_date: date = 2024-01-01}
    actions:
      events.list:
        get: /events
        since:
          into: query.from
          until: query.to
          as: datetime(epoch)
          field: at
          start: ${start_date}
          step: 30d
          lookback: 1h
        returns: list(Event)
      events.days:
        get: /days
        since: {into: query.from, until: query.to, as: date, start: "${start_date}", step: 10d}
        returns: list(Event)
      events.simple:
        get: /simple
        query: {kind?: string}
        since: {into: query.since, field: at}
        returns: list(Event) at $.items
        paging: {cursor: $.next, into: query.cursor}
    models:
      Event: {id: integer, at: datetime}
    """

    def test_windows_follow_each_other(self, face: Face, service: ScriptedService) -> None:
        service.on("GET", "/events", reply(json=[]))
        until = datetime(2024, 3, 10, tzinfo=UTC)
        listed(face, lambda c: c.events.list(until=until))
        begin = datetime(2024, 1, 1, tzinfo=UTC)
        edges = [begin, begin + timedelta(days=30), begin + timedelta(days=60), until]
        expected = [
            f"from={int(a.timestamp())}&to={int(b.timestamp())}" for a, b in pairwise(edges)
        ]
        assert [call.query for call in service.requests] == expected

    def test_days_are_counted_once(self, face: Face, service: ScriptedService) -> None:
        service.on("GET", "/days", reply(json=[]))
        listed(face, lambda c: c.events.days(since=date(2024, 2, 1), until=date(2024, 2, 25)))
        assert [call.query for call in service.requests] == [
            "from=2024-02-01&to=2024-02-10",
            "from=2024-02-11&to=2024-02-20",
            "from=2024-02-21&to=2024-02-25",
        ]

    def test_the_next_reading_begins_where_this_one_ended(
        self, face: Face, service: ScriptedService
    ) -> None:
        rows = [{"id": 1, "at": "2024-01-05T00:00:00Z"}, {"id": 2, "at": "2024-01-03T00:00:00Z"}]
        service.on("GET", "/events", reply(json=rows), reply(json=[]))
        until = datetime(2024, 2, 5, tzinfo=UTC)
        kept = self.bookmark(face, lambda c, **w: c.events.list(until=until, **w))
        assert len(service.requests) == 2
        again = datetime(2024, 1, 10, tzinfo=UTC)
        listed(face, lambda c: c.events.list(checkpoint=kept, until=again))
        newest = datetime(2024, 1, 5, tzinfo=UTC) - timedelta(hours=1)
        assert service.requests[-1].query.startswith(f"from={int(newest.timestamp())}&")

    def bookmark(self, face: Face, use: Any) -> str:
        kept: list[str] = []

        async def read_async(client: Any) -> None:
            pager = use(client)
            _ = [item async for item in pager]
            kept.append(pager.bookmark)

        def read(client: Any) -> None:
            pager = use(client)
            list(pager)
            kept.append(pager.bookmark)

        face(read_async if face.is_async else read)
        return kept[0]

    def test_a_reading_that_broke_off_goes_on(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        first = {"items": [{"id": 1, "at": "2024-05-01T10:00:00.500Z"}], "next": "n"}
        service.on("GET", "/simple", reply(json=first), reply(404))
        bookmarks: list[str] = []

        async def read_async(client: Any) -> None:
            pager = client.events.simple()
            try:
                _ = [item async for item in pager]
            finally:
                bookmarks.append(pager.bookmark)

        def read(client: Any) -> None:
            pager = client.events.simple()
            try:
                list(pager)
            finally:
                bookmarks.append(pager.bookmark)

        with pytest.raises(package.NotFound):
            face(read_async if face.is_async else read)
        assert service.requests[0].query == ""
        service.on("GET", "/simple", reply(json={"items": [], "next": None}))
        kept = self.bookmark(face, lambda c: c.events.simple(checkpoint=bookmarks[0]))
        assert service.requests[-1].query == "cursor=n"
        listed(face, lambda c: c.events.simple(checkpoint=kept, kind="x"))
        query = parse_qs(service.requests[-1].query)
        assert query == {"since": ["2024-05-01T10:00:00.500000Z"], "kind": ["x"]}

    def test_a_moment_is_asked_for(self, face: Face) -> None:
        with pytest.raises(ValueError, match="since must be a moment"):
            face(lambda c: c.events.list(since="soon"))


class TestItemsAndSplit:
    SPEC = """
    paging: {offset: query.offset}
    actions:
      users.list:
        get: /users
        items:
          where: $.active and $.kind != "bot"
          derive: {name: "${item.first} ${item.last}", tag: "${item.kind | upper}"}
          rename: {e-mail: email}
          drop: first
        returns: list(User) at $.users
      users.one:
        get: /users/{id}
        items: {rename: {e-mail: email}, derive: {name: = x}}
        returns: Short
      rows.insert:
        post: /rows
        body: {table: string, records: list(Row)}
        split: body.records by 2
        idempotency_key: header.Idempotency-Key
        returns: list(Saved) at $.saved
      rows.remove:
        delete: /rows
        query: {ids: {.type: list(integer), .style: csv}}
        split: query.ids by 3
      rows.write:
        post: /written
        body: {ids: list(integer)}
        split: body.ids by 2
        errors: {partial: {failed: $.ok == false, code: $.why}}
        returns: list(Written)
    models:
      Written: {id: integer, ok: boolean}
      User: {id: integer, name: string, email: string, tag: string}
      Short: {email: string, name: string}
      Row: {value: string}
      Saved: {id: integer}
    """

    def test_items_are_shaped_before_they_are_read(
        self, face: Face, service: ScriptedService
    ) -> None:
        def user(number: int, **more: Any) -> dict[str, Any]:
            one = {"id": number, "first": "A", "last": "B", "kind": "human", "e-mail": "a@b"}
            return {**one, "active": True, **more}

        service.on(
            "GET",
            "/users",
            reply(json={"users": [user(1), user(2, active=False)]}),
            reply(json={"users": [user(3, kind="bot")]}),
            reply(json={"users": [user(4)]}),
            reply(json={"users": []}),
        )
        found = listed(face, lambda c: c.users.list())
        assert [(one.id, one.name, one.email, one.tag) for one in found] == [
            (1, "A B", "a@b", "HUMAN"),
            (4, "A B", "a@b", "HUMAN"),
        ]
        assert not hasattr(found[0], "first")
        queries = [call.query for call in service.requests]
        assert queries == ["offset=0", "offset=2", "offset=3", "offset=4"]

    def test_one_thing_is_shaped_too(self, face: Face, service: ScriptedService) -> None:
        service.on("GET", "/users/1", reply(json={"e-mail": "x@y"}))
        found = face(lambda c: c.users.one(id_=1))
        assert (found.email, found.name) == ("x@y", "= x")

    def test_a_long_list_is_cut(self, face: Face, service: ScriptedService) -> None:
        def insert(request: Request) -> Reply:
            return reply(
                json={"saved": [{"id": len(each["value"])} for each in request.json()["records"]]}
            )

        service.on("POST", "/rows", insert)
        rows = [{"value": "x" * size} for size in range(1, 6)]
        saved = face(lambda c: c.rows.insert(table="t", records=rows, idempotency_key="mine"))
        assert [one.id for one in saved] == [1, 2, 3, 4, 5]
        sizes = [len(call.json()["records"]) for call in service.requests]
        assert sizes == [2, 2, 1]
        keys = [call.header("idempotency-key") for call in service.requests]
        assert keys == ["mine-1", "mine-2", "mine-3"]
        assert {call.json()["table"] for call in service.requests} == {"t"}
        assert face(lambda c: c.rows.insert(table="t", records=rows[:2]))[0].id == 1

    def test_a_failure_tells_what_was_done(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        service.on("DELETE", "/rows", reply(204), reply(403))
        with pytest.raises(package.Forbidden) as caught:
            face(lambda c: c.rows.remove(ids=[1, 2, 3, 4, 5]))
        assert caught.value.__notes__ == ["1 of the 2 calls of this action had been made before"]
        assert [call.query for call in service.requests] == ["ids=1,2,3", "ids=4,5"]

    def test_items_that_fail_are_told_of_the_whole_list(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        def write(request: Request) -> Reply:
            ids = request.json()["ids"]
            return reply(json=[{"id": each, "ok": each < 12, "why": "locked"} for each in ids])

        service.on("POST", "/written", write)
        with pytest.raises(package.PartialFailure, match="2 of 5 items have failed: locked") as met:
            face(lambda c: c.rows.write(ids=[10, 11, 11, 12, 13]))
        assert [(each.index, each.item["id"]) for each in met.value.failed] == [(3, 12), (4, 13)]
        assert [each.id for each in met.value.result] == [10, 11, 11, 12, 13]
        with pytest.raises(package.PartialFailure, match="1 of 2 items have failed"):
            face(lambda c: c.rows.write(ids=[10, 12]))


class TestMerging:
    """What several calls tell of one thing is one thing."""

    SPEC = """
    actions:
      contacts.read:
        get: /contacts
        query: {fields: {.type: list(string), .style: csv}}
        split: query.fields by 2 merge vid
        returns: list(Contact) at $.results
      rows.read:
        post: /rows
        replay: safe
        body: {columns: list(string)}
        split: body.columns by 1 merge id
        returns: list(map(any))
      contacts.get:
        get: /contacts/{vid}
        query: {fields?: {.type: list(string), .style: csv}}
        split: query.fields by 1 merge vid
        returns: Contact
    models:
      Contact: {vid: {.type: string, .py: number}, properties: Properties, note?: string}
      Properties: {email?: string, phone?: string | null, age?: integer, .rest: any}
    """

    def test_models_are_put_together_by_a_field(self, face: Face, service: ScriptedService) -> None:
        known: dict[str, dict[str, Any]] = {
            "1": {"email": "a@b", "phone": None, "age": 7, "odd name": "x"},
            "2": {"email": "c@d", "phone": "55", "age": 8, "odd name": "y"},
        }

        def read(request: Request) -> Reply:
            asked = request.query.partition("=")[2].replace("%20", " ").replace("+", " ").split(",")
            rows = [
                {"vid": vid, "properties": {name: all_[name] for name in asked}}
                for vid, all_ in known.items()
                # The second answer tells more, and in another order.
                if vid == "2" or "age" in asked
            ]
            return reply(json={"results": rows[::-1]})

        service.on("GET", "/contacts", read)
        found = face(lambda c: c.contacts.read(fields=["email", "phone", "age", "odd name"]))
        assert [each.number for each in found] == ["2", "1"]
        assert len(service.requests) == 2
        second, first = (each.properties for each in found)
        assert second.model_dump(by_alias=True, exclude_unset=True) == known["2"]
        assert (first.age, first.model_extra) == (7, {"odd name": "x"})
        assert "email" not in first.model_fields_set

    def test_one_answer_is_left_as_it_is(self, face: Face, service: ScriptedService) -> None:
        row = {"vid": "1", "properties": {"email": "a"}}
        service.on("GET", "/contacts", reply(json={"results": [row, row]}))
        assert len(face(lambda c: c.contacts.read(fields=["email"]))) == 2

    def test_one_thing_is_put_together_too(self, face: Face, service: ScriptedService) -> None:
        answers = ({"phone": None}, {"age": 7}, {"email": "a@b", "phone": None})
        parts = [{"vid": "1", "properties": each} for each in answers]
        service.on("GET", "/contacts/1", *(reply(json=each) for each in parts))
        found = face(lambda c: c.contacts.get(vid="1", fields=["phone", "age", "email"]))
        assert found.number == "1"
        told = found.properties.model_dump(by_alias=True, exclude_unset=True)
        assert told == {"phone": None, "age": 7, "email": "a@b"}
        assert [call.query for call in service.requests] == [
            f"fields={name}" for name in ("phone", "age", "email")
        ]

    def test_maps_are_put_together_and_what_names_nothing_stays(
        self, face: Face, service: ScriptedService
    ) -> None:
        service.on(
            "POST",
            "/rows",
            reply(json=[{"id": 1, "a": {"x": 1}}, {"a": 5}]),
            reply(json=[{"id": 1, "a": {"y": 2}, "b": None}, {"b": 6}, {"id": "1", "b": 3}]),
        )
        assert face(lambda c: c.rows.read(columns=["a", "b"])) == [
            {"id": 1, "a": {"x": 1, "y": 2}, "b": None},
            {"a": 5},
            {"b": 6},
            {"id": "1", "b": 3},
        ]
