"""Paging, errors, auth and limits of a spec at work."""

from types import ModuleType
from typing import Any, ClassVar

import pytest

from tests.functional.packages import Face
from tests.services.scripted import ScriptedService, reply


class TestPaging:
    SPEC = """
    pagings:
      default:
        cursor: $.next
        into: query.cursor
        size: {in: "query.page[size]", default: 50, max: 200}
      pages: {page: query.page, start: 1, size: query.per_page}
      linked: {link_header: next}
      offsets: {offset: query.offset}
      two: {into: {body.after: last.id, body.revision: $.revision}}
    actions:
      things.list: {get: /things, query: {sort?: string}, returns: list(Thing) at $.items}
      things.pages: {get: /pages, paging: pages, returns: list(Thing) at $.items}
      things.linked: {get: /linked, paging: linked, returns: list(Thing)}
      things.offsets: {get: /offsets, paging: offsets, returns: list(Thing)}
      things.search:
        post: /search
        body: {q: string, cursor?: string}
        paging: {into: body.cursor, size: {default: 2}}
        returns: list(Thing) at $.items
      things.last:
        get: /last
        paging: {cursor: last.id, into: query.after, more: $.more}
        returns: list(Thing) at $.items
      things.two:
        post: /two
        replay: safe
        paging: two
        body: {.rest: any}
        returns: list(Thing) at $.items
      things.own:
        get: /own
        paging: {into: {query.after: last.id, query.revision: $.revision}}
        returns: list(Thing) at $.items
      things.whole: {get: /whole, paging: none, returns: list(Thing) at $.items}
    models:
      Thing: {id: integer}
    """

    def ids(self, face: Face, use: Any) -> list[int]:
        return [thing.id for thing in face(use)]

    def test_cursors(self, face: Face, service: ScriptedService) -> None:
        service.on(
            "GET",
            "/things",
            reply(json={"items": [{"id": 1}], "next": "a b"}),
            reply(json={"items": [{"id": 2}], "next": None}),
        )
        assert self.ids(face, lambda c: c.things.list(sort="x", page_size=7)) == [1, 2]
        first, second = service.requests
        assert first.query == "page%5Bsize%5D=7&sort=x" or set(first.query.split("&")) == {
            "page%5Bsize%5D=7",
            "sort=x",
        }
        assert "cursor=a%20b" in second.query

    def test_pages_offsets_and_links(self, face: Face, service: ScriptedService) -> None:
        one, two, none = [reply(json={"items": items}) for items in ([{"id": 1}], [{"id": 2}], [])]
        service.on("GET", "/pages", one, two, none)
        assert self.ids(face, lambda c: c.things.pages(start=5)) == [1, 2]
        assert [call.query for call in service.requests] == ["page=5", "page=6", "page=7"]
        service.on("GET", "/offsets", reply(json=[{"id": 1}, {"id": 2}]), reply(json=[]))
        assert self.ids(face, lambda c: c.things.offsets()) == [1, 2]
        assert service.requests[-1].query == "offset=2"
        link = {"Link": '</linked?page=2>; rel="next"'}
        service.on("GET", "/linked", reply(json=[{"id": 1}], headers=link), reply(json=[{"id": 2}]))
        assert self.ids(face, lambda c: c.things.linked()) == [1, 2]

    def test_partial_maps(self, face: Face, service: ScriptedService) -> None:
        service.on(
            "POST",
            "/search",
            reply(json={"items": [{"id": 1}], "next": "n"}),
            reply(json={"items": []}),
        )
        assert self.ids(face, lambda c: c.things.search(q="x")) == [1]
        first, second = service.requests
        assert (first.json(), first.query) == ({"q": "x"}, "page%5Bsize%5D=2")
        assert second.json() == {"q": "x", "cursor": "n"}

    def test_last_records_and_several_targets(self, face: Face, service: ScriptedService) -> None:
        service.on(
            "GET",
            "/last",
            reply(json={"items": [{"id": 4}], "more": True}),
            reply(json={"items": [{"id": 5}], "more": False}),
        )
        assert self.ids(face, lambda c: c.things.last()) == [4, 5]
        assert "after=4" in service.requests[-1].query
        service.on(
            "POST",
            "/two",
            reply(json={"items": [{"id": 6}], "revision": "r"}),
            reply(json={"items": []}),
        )
        assert self.ids(face, lambda c: c.things.two()) == [6]
        assert service.requests[-1].json() == {"after": 6, "revision": "r"}

    def test_an_action_may_have_several_targets_where_the_default_is_a_cursor(
        self, face: Face, service: ScriptedService
    ) -> None:
        page = {"items": [{"id": 6}], "revision": "r", "next": "not a cursor here"}
        service.on("GET", "/own", reply(json=page), reply(json={"items": []}))
        assert self.ids(face, lambda c: c.things.own()) == [6]
        query = set(service.requests[-1].query.split("&"))
        assert query >= {"after=6", "revision=r"}
        assert not any(pair.startswith("cursor=") for pair in query)

    def test_no_paging_is_a_list(self, face: Face, service: ScriptedService) -> None:
        service.on("GET", "/whole", reply(json={"items": [{"id": 1}], "next": "n"}))
        assert self.ids(face, lambda c: c.things.whole()) == [1]


class TestConcurrency:
    SPEC = """
    settings: {at_once: integer(1..25) = 3}
    concurrency: ${at_once}
    actions:
      things.get: {get: /thing, returns: any}
    """

    def test_it_may_be_a_setting(self, face: Face, service: ScriptedService) -> None:
        service.on("GET", "/thing", reply(json=1))
        assert face(lambda c: c.things.get(), at_once=1) == 1
        assert face(lambda c: c.things.get()) == 1
        with pytest.raises(face.package.ConfigurationError, match="at_once"):
            face(lambda c: c.things.get(), at_once=0)


class TestErrors:
    SPEC = """
    retry: {backoff: none}
    errors:
      ok: $.ok
      code: $.error
      message: $.message
      rules:
        - {when: status == 418 and header.x-tea == "green", then: Teapot}
        - {when: '$.error matches "^temp"', then: retry}
      codes:
        NotFound: [nothing_there]
        Locked: {codes: [locked], then: retry}
      statuses:
        Gone: [410]
    actions:
      things.get: {get: "/things/{id}", returns: Thing at $.thing}
      things.create: {post: /things, idempotency_key: header.X-Key, returns: Thing at $.thing}
      things.maybe:
        get: /maybe
        errors: {rules: [{when: status == 404, then: ignore}]}
        returns: Thing at $.thing
      things.list:
        get: /list
        errors: {rules: [{when: status == 404, then: ignore}]}
        returns: list(Thing) at $.things
    models:
      Thing: {id: integer}
    """
    GOOD: ClassVar = {"ok": True, "thing": {"id": 1}}

    @pytest.mark.parametrize(
        ("answer", "kind"),
        [
            (reply(json={"ok": False, "error": "nothing_there"}), "NotFound"),
            (reply(404), "NotFound"),
            (reply(410), "Gone"),
            (reply(418, headers={"X-Tea": "green"}), "Teapot"),
            (reply(json={"ok": False, "error": "odd"}), "AcmeError"),
            (reply(400), "BadRequest"),
            (reply(302, headers={"Location": "https://elsewhere.example.com"}), "Redirected"),
        ],
    )
    def test_classes(
        self, face: Face, service: ScriptedService, package: ModuleType, answer: Any, kind: str
    ) -> None:
        service.on("GET", "/things/1", answer)
        with pytest.raises(getattr(package, kind)) as caught:
            face(lambda c: c.things.get(id_="1"))
        assert isinstance(caught.value, package.AcmeError)
        assert caught.value.action == "things.get"
        assert caught.value.path_template == "/things/{id}"

    def test_retries(self, face: Face, service: ScriptedService) -> None:
        passing = reply(json={"ok": False, "error": "temporary"})
        locked = reply(json={"ok": False, "error": "locked"})
        service.on("GET", "/things/1", passing, locked, reply(503), reply(json=self.GOOD))
        assert face(lambda c: c.things.get(id_="1")).id == 1
        service.on("POST", "/things", reply(503), reply(json=self.GOOD))
        assert face(lambda c: c.things.create(idempotency_key="mine")).id == 1
        assert [call.header("X-Key") for call in service.calls("POST", "/things")] == ["mine"] * 2

    def test_ignored(self, face: Face, service: ScriptedService) -> None:
        service.on("GET", "/maybe", reply(404))
        assert face(lambda c: c.things.maybe()) is None
        service.on("GET", "/list", reply(404))
        assert face(lambda c: c.things.list()) == []


class TestKeys:
    SPEC = """
    retry: {backoff: none}
    actions:
      by.query: {post: /q, query: {a?: integer}, idempotency_key: query.key, returns: none}
      by.body:
        post: /b
        body: {.wrap: order, name: string}
        idempotency_key: body.order.key
        returns: none
      by.deep: {post: /d, body: map(any), idempotency_key: body.meta.key, returns: none}
    """

    def test_each_call_has_one_key_for_all_attempts(
        self, face: Face, service: ScriptedService
    ) -> None:
        for path in ("/q", "/b", "/d"):
            service.on("POST", path, reply(503), reply(204))
        face(lambda c: c.by.query(a=1))
        face(lambda c: c.by.body(name="n"))
        face(lambda c: c.by.deep(body={"x": 1}))
        by_query = [call.query for call in service.calls("POST", "/q")]
        assert by_query[0] == by_query[1]
        assert by_query[0].startswith("a=1&key=")
        first, second = (call.json() for call in service.calls("POST", "/b"))
        assert first == second
        assert len(first["order"]["key"]) == 36
        first, second = (call.json() for call in service.calls("POST", "/d"))
        assert first == second
        assert (first["x"], len(first["meta"]["key"])) == (1, 36)

    def test_a_key_of_ones_own(self, face: Face, service: ScriptedService) -> None:
        service.on("POST", "/q", reply(204))
        service.on("POST", "/b", reply(204))
        face(lambda c: c.by.query(idempotency_key="mine"))
        assert service.requests[-1].query == "key=mine"
        face(lambda c: c.by.body(name="n", idempotency_key="mine"))
        assert service.requests[-1].json() == {"order": {"name": "n", "key": "mine"}}


class TestAuth:
    SPEC = """
    settings: {user: string, key: secret, tenant: string}
    auth:
      one_of:
        key: {token: {value: "${key}", apply: header.X-Key}}
        query: {token: {value: "${key}", apply: query.token}}
        user: {basic: {username: "${user}/x", password: "${key}"}}
        both:
          all_of:
            - custom: {headers: {X-Tenant: "${tenant}"}, cookies: {c: "1"}}
            - token: {value: "${key}", scheme: Key}
    actions:
      me: {get: /me, returns: any}
      open: {get: /open, auth: none, returns: any}
    """

    @pytest.mark.parametrize(
        ("auth", "settings", "header", "value"),
        [
            ("key", {}, "X-Key", "s3cret"),
            ("user", {"user": "me"}, "Authorization", "Basic bWUveDpzM2NyZXQ="),
            ("both", {"tenant": "t"}, "Authorization", "Key s3cret"),
            ("both", {"tenant": "t"}, "X-Tenant", "t"),
            ("both", {"tenant": "t"}, "Cookie", "c=1"),
        ],
    )
    def test_kinds(
        self,
        face: Face,
        service: ScriptedService,
        auth: str,
        settings: dict[str, str],
        header: str,
        value: str,
    ) -> None:
        service.on("GET", "/me", reply(json=1))
        service.on("GET", "/open", reply(json=1))
        face(lambda c: c.me(), auth=auth, key="s3cret", **settings)
        assert service.requests[-1].header(header) == value
        face(lambda c: c.open(), auth=auth, key="s3cret", **settings)
        assert service.requests[-1].header(header) is None

    def test_a_key_in_the_query(self, face: Face, service: ScriptedService) -> None:
        service.on("GET", "/me", reply(json=1))
        face(lambda c: c.me(), auth="query", key="s3cret")
        assert service.requests[-1].query == "token=s3cret"

    def test_settings_come_from_the_environment(
        self, face: Face, service: ScriptedService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("ACME_KEY", "fromenv")
        service.on("GET", "/me", reply(json=1))
        face(lambda c: c.me(), auth="key")
        assert service.requests[-1].header("X-Key") == "fromenv"

    def test_secrets_are_not_shown(self, face: Face) -> None:
        if not face.is_async:
            client = face.client_class(auth="key", key="s3cret", **face.options)
            assert "s3cret" not in repr(client)
            client.close()


class TestTokens:
    SPEC = """
    settings: {client_id: string, client_secret: secret}
    auth:
      oauth2:
        token: {post: /token, body: {audience: acme}}
        scopes: [read, write]
    test: {get: /me, ok: $.ok, message: $.why}
    actions:
      me: {get: /me, returns: any}
    """

    def test_client_credentials(self, face: Face, service: ScriptedService) -> None:
        service.on("POST", "/token", reply(json={"access_token": "t", "expires_in": 3600}))
        service.on("GET", "/me", reply(json={"ok": True}))
        face(lambda c: c.me(), client_id="i", client_secret="s")
        assert service.requests[-1].header("Authorization") == "Bearer t"
        sent = service.calls("POST", "/token")[0].body.decode()
        assert set(sent.split("&")) >= {"grant_type=client_credentials", "audience=acme"}

    def test_connection(self, face: Face, service: ScriptedService) -> None:
        service.on("POST", "/token", reply(json={"access_token": "t"}))
        service.on("GET", "/me", reply(json={"ok": False, "why": "closed today"}))
        found = face(lambda c: c.test_connection(), client_id="i", client_secret="s")
        assert (found.ok, found.message) == (False, "closed today")


class TestMocks:
    SPEC = """
    paging: {cursor: $.next, into: query.cursor}
    settings: {key: secret}
    auth: {token: "${key}"}
    actions:
      me: {get: /me, returns: Thing}
      calls.get: {get: /calls, returns: Thing}
      things.list: {get: /things, returns: list(Thing) at $.items}
      things.parts.get: {get: /parts, returns: Thing}
    models:
      Thing: {id: integer, name: string}
    """

    def test_a_service_answers_as_told(self, package: ModuleType) -> None:
        with package.testing.mock() as service:
            service.me.returns(id=1, name="x")
            service.things.list.pages([{"id": 1}], [{"id": 2}])
            service.things.parts.get.fails(package.NotFound, code="gone")
            service.calls_.get.returns(id=3)
            client = service.client()
            assert client.me().name == "x"
            assert [thing.id for thing in client.things.list()] == [1, 2]
            with pytest.raises(package.NotFound) as caught:
                client.things.parts.get()
            assert caught.value.code == "gone"
            assert client.calls.get().id == 3
            assert len(service.things.list.calls) == 2

    def test_lazy_names(self, package: ModuleType) -> None:
        assert set(package.__all__) <= set(dir(package))
        for name in package.__all__:
            assert getattr(package, name) is not None
        with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
            package.Nothing  # noqa: B018
        package.preload()
