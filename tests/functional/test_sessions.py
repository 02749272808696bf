"""Logins of one request or several: what comes of their answers, and when they are made again."""

import itertools
import threading
from typing import Any

import pytest

from ferrule_runtime.credentials.logging_in import SessionAuth
from ferrule_runtime.stores import MemoryStore
from tests.functional.packages import Face
from tests.services.loopback import Request
from tests.services.scripted import Reply, ScriptedService, reply

LOGIN = {"user": "ada", "password": "pa55 w0rd"}


class TestSteps:
    SPEC = """
    settings: {user: string, password: secret}
    auth:
      session:
        steps:
          - get: /login
            let: {csrf: header.X-CSRF, form: cookie.form}
          - post: /login
            headers: {X-CSRF: "${csrf}"}
            cookies: {form: "${form}"}
            body: {user: "${user}", password: "${password}"}
            let: {area: $.area}
          - post: /areas
            send: form
            body: {area: "${area}", csrf: "${csrf}"}
        access_token: $.token
        refresh: {post: /refresh, auth: current, body: {token: "${token.refresh_token}"}}
        refresh_token: $.refresh
        expires_in: $.expires_in
        apply: header.X-Session
        headers: {X-Area: "${area}", X-CSRF: "${csrf}"}
    errors: {message: $.message}
    actions:
      things.get: {get: /things, returns: any}
    """

    def script(self, service: ScriptedService, **login: Any) -> None:
        first = [("X-CSRF", "c5rf-value"), ("Set-Cookie", "form=f0rm-value; Path=/; HttpOnly")]
        service.on("GET", "/login", reply(headers=first, text="<form>"))
        service.on("POST", "/login", reply(json={"area": "north"}))
        service.on(
            "POST", "/areas", reply(json={"token": "t0ken-1", "refresh": "r3fresh", **login})
        )

    def test_each_request_knows_what_the_ones_before_were_told(
        self, face: Face, service: ScriptedService
    ) -> None:
        self.script(service)
        service.on("GET", "/things", reply(json=1))
        assert face(lambda c: c.things.get(), **LOGIN) == 1
        _, login, area, call = service.requests
        assert login.json() == LOGIN
        assert (login.header("x-csrf"), login.header("cookie")) == ("c5rf-value", "form=f0rm-value")
        assert area.body == b"area=north&csrf=c5rf-value"
        assert call.header("x-session") == "t0ken-1"
        assert (call.header("x-area"), call.header("x-csrf")) == ("north", "c5rf-value")
        assert call.header("authorization") is None

    def test_a_refused_token_is_refreshed_and_a_refused_refresh_logs_in(
        self, face: Face, service: ScriptedService
    ) -> None:
        self.script(service)
        service.on("GET", "/things", reply(401), reply(json=1))
        service.on("POST", "/refresh", reply(json={"token": "t0ken-2"}))
        assert face(lambda c: c.things.get(), **LOGIN) == 1
        (refresh,) = service.calls("POST", "/refresh")
        assert refresh.json() == {"token": "r3fresh"}
        assert (refresh.header("x-session"), refresh.header("x-area")) == ("t0ken-1", "north")
        assert service.requests[-1].header("x-session") == "t0ken-2"
        service.on("GET", "/things", reply(401), reply(json=2))
        service.on("POST", "/refresh", reply(401))
        assert face(lambda c: c.things.get(), **LOGIN) == 2
        assert len(service.calls("POST", "/areas")) == 3

    def test_what_goes_wrong_says_where(self, face: Face, service: ScriptedService) -> None:
        self.script(service, token="")
        with pytest.raises(face.package.InvalidResponse, match=r"auth\.token.*no token at"):
            face(lambda c: c.things.get(), **LOGIN)
        service.on("POST", "/login", reply(json={"other": 1}))
        with pytest.raises(face.package.InvalidResponse, match=r"auth\.login.*no area at"):
            face(lambda c: c.things.get(), **LOGIN)
        service.on("POST", "/login", reply(403, json={"message": "no such user"}))
        expected = "no such user; look at user= or ACME_USER, password= or ACME_PASSWORD"
        with pytest.raises(face.package.Unauthorized, match=expected):
            face(lambda c: c.things.get(), **LOGIN)
        with pytest.raises(face.package.ConfigurationError, match="password= or ACME_PASSWORD"):
            face(lambda c: c.things.get(), user="ada")


class TestCookies:
    SPEC = """
    settings: {user: string, password: secret}
    auth:
      session:
        steps: [{post: /login, send: form, body: {user: "${user}", password: "${password}"}}]
        access_token: cookie.sid
        idle: 10m
    actions:
      things.get: {get: /things, cookies: {theme: = dark}, returns: any}
    """

    def test_what_came_as_a_cookie_goes_back_as_one(
        self, face: Face, service: ScriptedService
    ) -> None:
        away = [("Location", "/home"), ("Set-Cookie", "sid=s3ss10n; HttpOnly")]
        service.on("POST", "/login", reply(302, headers=away))
        service.on("GET", "/things", reply(json=1))
        face(lambda c: c.things.get(), **LOGIN)
        assert service.requests[0].body == b"user=ada&password=pa55+w0rd"
        assert service.requests[-1].header("cookie") == "theme=dark; sid=s3ss10n"

    def test_threads_share_one_login(self, face: Face, service: ScriptedService) -> None:
        service.on(
            "POST", "/login", reply(headers={"Set-Cookie": "sid=s3ss10n"}, after_seconds=0.1)
        )
        service.on("GET", "/things", reply(json=1))
        if face.is_async:
            import asyncio

            async def several() -> None:
                async with face.client_class(**face.options, **LOGIN) as client:
                    await asyncio.gather(*(client.things.get() for _ in range(8)))

            asyncio.run(several())
        else:
            with face.client_class(**face.options, **LOGIN) as client:
                threads = [threading.Thread(target=client.things.get) for _ in range(8)]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join(10)
        assert len(service.calls("POST", "/login")) == 1
        assert len(service.calls("GET", "/things")) == 8

    def test_a_session_that_nobody_uses_dies(self, face: Face, service: ScriptedService) -> None:
        service.on("POST", "/login", reply(headers={"Set-Cookie": "sid=s3ss10n"}))
        service.on("GET", "/things", reply(json=1))
        if face.is_async:
            return
        with face.client_class(**face.options, **LOGIN) as client:
            now = [1000.0]
            auth = client._installation.authenticator(None)
            assert isinstance(auth, SessionAuth)
            auth._clock = lambda: now[0]
            for seconds, logins in ((0, 1), (500, 1), (500, 1), (560, 2), (530, 2)):
                now[0] += seconds
                client.things.get()
                assert len(service.calls("POST", "/login")) == logins


class TestKept:
    """A login that lies in a store is used by whoever would log in as the same person."""

    SPEC = """
    settings: {user: string, password: secret}
    auth:
      session:
        steps:
          - get: /form
            let: {csrf: $.csrf}
          - post: /login
            headers: {X-CSRF: "${csrf}"}
            body: {user: "${user}", password: "${password}"}
            let: {area: $.area}
        access_token: $.token
        refresh_token: $.refresh
        refresh: {post: /refresh, auth: current, body: {token: "${token.refresh_token}"}}
        expires_in: $.expires_in
        apply: header.X-Session
        headers: {X-CSRF: "${csrf}", X-Area: "${area}"}
    actions:
      things.get: {get: /things, returns: any}
    """

    @pytest.fixture
    def logins(self, service: ScriptedService) -> ScriptedService:
        numbers = itertools.count(1)

        def login(request: Request) -> Reply:
            number = next(numbers)
            told = {"token": f"t0ken-{number}", "refresh": f"r3fresh-{number}", "area": "north"}
            return reply(json=told)

        service.on("GET", "/form", reply(json={"csrf": "c5rf-value"}))
        service.on("POST", "/login", login)
        service.on("GET", "/things", reply(json=1))
        return service

    def call(self, face: Face, store: Any, **given: Any) -> Any:
        return face(lambda c: c.things.get(), token_store=store, **LOGIN, **given)

    def test_the_next_client_goes_on_with_it(self, face: Face, logins: ScriptedService) -> None:
        store = MemoryStore()
        for _ in range(3):
            self.call(face, store)
        assert len(logins.calls("POST", "/login")) == 1
        calls = logins.calls("GET", "/things")
        assert {call.header("x-session") for call in calls} == {"t0ken-1"}
        assert {(call.header("x-csrf"), call.header("x-area")) for call in calls} == {
            ("c5rf-value", "north")
        }
        (text,) = store._texts.values()
        assert "pa55" not in text

    def test_a_refused_one_is_refreshed_and_then_logged_in_again(
        self, face: Face, logins: ScriptedService
    ) -> None:
        store = MemoryStore()
        self.call(face, store)
        logins.on("GET", "/things", reply(401), reply(json=1))
        logins.on("POST", "/refresh", reply(json={"token": "t0ken-new", "refresh": "r3fresh-new"}))
        self.call(face, store)
        (refresh,) = logins.calls("POST", "/refresh")
        assert refresh.json() == {"token": "r3fresh-1"}
        assert (refresh.header("x-session"), refresh.header("x-area")) == ("t0ken-1", "north")
        self.call(face, store)
        assert logins.requests[-1].header("x-session") == "t0ken-new"
        logins.on("GET", "/things", reply(401), reply(json=1))
        logins.on("POST", "/refresh", reply(401))
        self.call(face, store)
        assert logins.requests[-1].header("x-session") == "t0ken-2"
        assert len(logins.calls("POST", "/login")) == 2

    def test_who_was_refused_first_looks_for_what_others_have_fetched(
        self, face: Face, logins: ScriptedService
    ) -> None:
        store, good = MemoryStore(), ["t0ken-1"]

        def things(request: Request) -> Reply:
            return reply(json=1) if request.header("x-session") == good[0] else reply(401)

        def refreshed(request: Request) -> Reply:
            good[0] = f"t0ken-{len(logins.calls('POST', '/refresh')) + 10}"
            return reply(json={"token": good[0], "refresh": "r3fresh-new"})

        logins.on("GET", "/things", things)
        logins.on("POST", "/refresh", refreshed)
        if face.is_async:
            import asyncio

            async def both() -> None:
                options = {**face.options, **LOGIN, "token_store": store}
                async with face.client_class(**options) as one, face.client_class(**options) as two:
                    await one.things.get()
                    await two.things.get()
                    good[0] = "another"
                    await asyncio.gather(one.things.get(), two.things.get())

            asyncio.run(both())
        else:
            options = {**face.options, **LOGIN, "token_store": store}
            with face.client_class(**options) as one, face.client_class(**options) as two:
                one.things.get()
                two.things.get()
                good[0] = "another"
                threads = [threading.Thread(target=each.things.get) for each in (one, two)]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join(10)
        assert len(logins.calls("POST", "/login")) == 1
        assert len(logins.calls("POST", "/refresh")) == 1

    def test_one_that_has_ended_is_not_used(self, face: Face, logins: ScriptedService) -> None:
        store = MemoryStore()
        told = {"token": "t0ken-old", "refresh": "", "area": "north", "expires_in": 0.001}
        logins.on("POST", "/login", reply(json=told), reply(json={**told, "token": "t0ken-next"}))
        logins.on("POST", "/refresh", reply(401))
        self.call(face, store)
        self.call(face, store)
        assert logins.requests[-1].header("x-session") == "t0ken-next"

    @pytest.mark.parametrize("other", [{"user": "bob"}, {"password": "changed"}, {"name": "two"}])
    def test_another_person_has_a_login_of_their_own(
        self, face: Face, logins: ScriptedService, other: dict[str, str]
    ) -> None:
        store = MemoryStore()
        self.call(face, store)
        face(lambda c: c.things.get(), **{**LOGIN, **other}, token_store=store)
        assert len(logins.calls("POST", "/login")) == 2
        assert logins.requests[-1].header("x-session") == "t0ken-2"

    def test_one_that_cannot_be_stored_is_not_used(
        self, face: Face, logins: ScriptedService
    ) -> None:
        class Full(MemoryStore):
            def save(self, key: str, text: str) -> None:
                raise OSError(28, "No space left on device")

        with pytest.raises(face.package.AcmeError, match="No space left") as caught:
            self.call(face, Full())
        assert logins.calls("GET", "/things") == []
        assert "t0ken-1" not in str(caught.value)


class TestPerRequest:
    SPEC = """
    settings: {key: secret, desk: url}
    hosts: {desk: "${desk}"}
    auths:
      ticket:
        session:
          steps: [{post: /tickets, host: desk, headers: {X-Key: "${key}"}}]
          access_token: $.ticket as text
          apply: query.ticket
          per: request
      stamped: {custom: {headers: {X-Nonce: "${nonce}"}}}
    auth: ticket
    actions:
      things.get: {get: /things, auth: [ticket + stamped], returns: any}
    """

    def test_each_attempt_has_a_ticket_of_its_own(
        self, face: Face, service: ScriptedService, other_service: ScriptedService
    ) -> None:
        given: list[int] = []

        def ticket(request: Request) -> Reply:
            given.append(len(given) + 1)
            return reply(json={"ticket": given[-1]})

        other_service.on("POST", "/desk/tickets", ticket)
        settings = {"key": "k3y", "desk": f"{other_service.url}/desk"}
        service.on("GET", "/things", reply(503), reply(json=1))
        assert face(lambda c: c.things.get(), backoff=None, **settings) == 1
        calls = service.calls("GET", "/things")
        assert [call.query for call in calls] == ["ticket=1", "ticket=2"]
        assert len({call.header("x-nonce") for call in calls}) == 2
