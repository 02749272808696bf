"""Logins of one request or several: what comes of their answers, and when they are made again."""

import threading
from typing import Any

import pytest

from ferrule_runtime.credentials.logging_in import SessionAuth
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
