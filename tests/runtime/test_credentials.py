"""Settings, the choice of an auth kind, and tokens that are fetched."""

import datetime as dt
from typing import Any

import pytest

from ferrule_runtime import errors
from ferrule_runtime.contract import (
    Basic,
    Errors,
    NoAuth,
    OAuth2,
    OneOf,
    Operation,
    Outcome,
    Refresh,
    Request,
    Rule,
    Setting,
    Token,
    body,
    choice,
    equal,
    ref,
    template,
    wait,
)
from ferrule_runtime.settings import SettingFault, read_setting
from tests.runtime.faces import Face, connector_at
from tests.services.scripted import ScriptedService, reply

GET: Operation[Any] = Operation("things.get", "GET", "/x", returns=dict[str, Any])


def read(given: Any, environ: dict[str, str] | None = None, **setting: Any) -> Any:
    made = Setting("name", env="ACME_NAME", **setting)
    return read_setting(made, given, environ or {})


@pytest.mark.parametrize(
    ("setting", "given", "value"),
    [
        ({"type": "string"}, "x", "x"),
        ({"type": "string", "strip": ("https://", ".acme.com")}, "https://me.acme.com", "me"),
        ({"type": "string", "pattern": "[a-z]+"}, "abc", "abc"),
        ({"type": "integer"}, "12", 12),
        ({"type": "integer"}, 12, 12),
        ({"type": "number"}, "1.5", 1.5),
        ({"type": "boolean"}, "yes", True),
        ({"type": "boolean"}, False, False),
        ({"type": "date"}, "2024-10-01", dt.date(2024, 10, 1)),
        (
            {"type": "datetime"},
            "2024-10-01T12:00:00",
            dt.datetime(2024, 10, 1, 12, tzinfo=dt.UTC),
        ),
        ({"type": "duration"}, "500ms", 0.5),
        ({"type": "duration"}, "5m", 300.0),
        ({"type": "duration"}, dt.timedelta(hours=1), 3600.0),
        ({"type": "duration"}, 7, 7.0),
        ({"type": "url"}, "https://x.example.com/a", "https://x.example.com/a"),
        ({"type": "secret"}, "s3cret", "s3cret"),
        ({"type": "enum", "choices": ("a", "b")}, "b", "b"),
        ({"type": "enum", "choices": (1, 2)}, "2", 2),
        ({"type": "list", "item": "string"}, "a, b", ["a", "b"]),
        ({"type": "list", "item": "integer"}, "[1, 2]", [1, 2]),
        ({"type": "list(url)"}, ["https://a.b"], ["https://a.b"]),
        ({"type": "map", "item": "string"}, "a=1, b=2", {"a": "1", "b": "2"}),
        ({"type": "map(secret)"}, '{"a": "x"}', {"a": "x"}),
        ({"type": "file"}, "/etc/ca.pem", "/etc/ca.pem"),
    ],
)
def test_a_setting_is_read_by_its_type(setting: Any, given: Any, value: Any) -> None:
    assert read(given, **setting) == value


@pytest.mark.parametrize(
    ("setting", "given"),
    [
        ({"type": "string"}, 5),
        ({"type": "string", "pattern": "[a-z]+"}, "VALUE-1"),
        ({"type": "integer"}, "VALUE"),
        ({"type": "integer"}, 1.5),
        ({"type": "integer"}, True),
        ({"type": "integer", "minimum": 5}, 4),
        ({"type": "integer", "maximum": 5}, 6),
        ({"type": "number"}, "nan"),
        ({"type": "boolean"}, "VALUE"),
        ({"type": "date"}, "VALUE"),
        ({"type": "datetime"}, "VALUE"),
        ({"type": "duration"}, "VALUE"),
        ({"type": "url"}, "VALUE"),
        ({"type": "url"}, "https://user:VALUE@x.example.com"),
        ({"type": "secret"}, ""),
        ({"type": "enum", "choices": ("a", "b")}, "VALUE"),
        ({"type": "list"}, "[VALUE"),
        ({"type": "list", "item": "integer"}, "VALUE"),
        ({"type": "map"}, "VALUE"),
        ({"type": "file"}, 7),
    ],
)
def test_a_malformed_setting_is_refused_without_its_value(setting: Any, given: Any) -> None:
    with pytest.raises(SettingFault) as caught:
        read(given, **setting)
    assert "VALUE" not in str(caught.value)


def test_arguments_come_before_the_environment_before_defaults() -> None:
    from ferrule_runtime.omit import omit

    assert read("given", {"ACME_NAME": "env"}, default="default") == "given"
    assert read(omit, {"ACME_NAME": " env "}, default="default") == "env"
    assert read(None, {"ACME_NAME": ""}, default="default") == "default"
    assert read(omit) is omit


def test_a_missing_setting_names_keyword_and_variable(face: Face) -> None:
    connector = connector_at(
        "",
        base_url=template("https://", ref("account_host"), "/v2"),
        values={"account_host": template(ref("account", filters=(("lower",),)), ".acme.com")},
        settings=(Setting("account", env="ACME_ACCOUNT"), Setting("unused", env="ACME_UNUSED")),
    )
    with pytest.raises(errors.ConfigurationError, match="account= or ACME_ACCOUNT"):
        face.client(connector)
    assert "https://me.acme.com/v2" in repr(face.client(connector, {"account": "ME"}))


def test_a_setting_in_the_host_can_be_a_part_of_the_host_only(face: Face) -> None:
    connector = connector_at(
        "",
        base_url=template("https://", ref("sub"), ".acme.com/api/", ref("tenant")),
        settings=(Setting("sub"), Setting("tenant")),
    )
    for sub in ("evil.com/", "evil.com#", "evil.com?", "a@evil.com", "evil.com\\", "a b", ""):
        with pytest.raises(errors.ConfigurationError, match="base URL"):
            face.client(connector, {"sub": sub, "tenant": "t"})
    for tenant in ("..", "a/../..", "x?y", "x#y", ""):
        with pytest.raises(errors.ConfigurationError, match="base URL"):
            face.client(connector, {"sub": "me", "tenant": tenant})
    face.client(connector, {"sub": "me", "tenant": "t"})


def test_an_environment_is_chosen_by_a_setting(face: Face) -> None:
    hosts = {"production": template("api.acme.com"), "sandbox": template("sandbox.acme.com")}
    connector = connector_at(
        "",
        base_url=template("https://", ref("host")),
        values={"host": choice("environment", hosts)},
        settings=(Setting("environment", type="enum", choices=tuple(hosts), default="production"),),
    )
    assert "https://api.acme.com" in repr(face.client(connector))
    assert "https://sandbox.acme.com" in repr(face.client(connector, {"environment": "sandbox"}))


ONE_OF = OneOf(
    {
        "bot": Token(ref("bot_token")),
        "user": Basic(ref("email"), ref("password")),
        "open": NoAuth(),
    }
)
ONE_OF_SETTINGS = (
    Setting("bot_token", type="secret", env="ACME_BOT_TOKEN"),
    Setting("email", env="ACME_EMAIL"),
    Setting("password", type="secret", env="ACME_PASSWORD"),
)


def test_the_installer_chooses_or_what_is_given_does(face: Face, service: ScriptedService) -> None:
    service.on("GET", "/x", reply(json={}))
    connector = connector_at(service.url, auth=ONE_OF, settings=ONE_OF_SETTINGS)
    both = {"bot_token": "t-secret", "email": "me", "password": "p-secret"}
    for given, auth, header in (
        ({"bot_token": "t-secret"}, None, "Bearer t-secret"),
        ({"email": "me", "password": "p-secret"}, None, "Basic bWU6cC1zZWNyZXQ="),
        ({}, None, None),
        (both, "bot", "Bearer t-secret"),
        (both, "open", None),
    ):
        face.run(face.client(connector, given, auth=auth), GET)
        assert service.requests[-1].header("authorization") == header
    with pytest.raises(errors.ConfigurationError) as caught:
        face.client(connector, both)
    assert "bot needs bot_token= or ACME_BOT_TOKEN" in str(caught.value)
    assert "user needs email= or ACME_EMAIL, password= or ACME_PASSWORD" in str(caught.value)
    with pytest.raises(errors.ConfigurationError, match="auth= must be one of bot, user, open"):
        face.client(connector, both, auth="other")
    with pytest.raises(errors.ConfigurationError, match="email= or ACME_EMAIL"):
        face.client(connector, {}, auth="user")


def test_a_user_name_with_a_colon_cannot_be_sent(face: Face) -> None:
    connector = connector_at(
        "https://x.example.com", auth=Basic(ref("u")), settings=(Setting("u"),)
    )
    with pytest.raises(errors.ConfigurationError, match="colon"):
        face.client(connector, {"u": "a:b"})


def test_a_key_with_a_line_break_is_refused_when_the_client_is_made(face: Face) -> None:
    connector = connector_at(
        "https://x.example.com",
        auth=Token(ref("key")),
        settings=(Setting("key", type="secret"),),
    )
    with pytest.raises(errors.ConfigurationError, match="control character") as caught:
        face.client(connector, {"key": "line\nbreak"})
    assert "line\nbreak" not in str(caught.value)


def test_a_key_file_is_read_when_it_is_needed(
    face: Face, service: ScriptedService, tmp_path: Any
) -> None:
    path = tmp_path / "key.json"
    connector = connector_at(
        service.url,
        headers={"X-Id": template(ref("account", "id"))},
        settings=(Setting("account", type="json_secret"),),
    )
    client = face.client(connector, {"account": str(path)})
    path.write_text('{"id": "from-file"}')
    service.on("GET", "/x", reply(json={}))
    face.run(client, GET)
    face.run(face.client(connector, {"account": '{"id": "from-text"}'}), GET)
    face.run(face.client(connector, {"account": {"id": "from-map"}}), GET)
    found = [request.header("x-id") for request in service.requests]
    assert found == ["from-file", "from-text", "from-map"]


# --- fetched tokens

OAUTH_SETTINGS = (Setting("client_id"), Setting("client_secret", type="secret"))
CLIENT = {"client_id": "me", "client_secret": "its-secret"}


def oauth(face: Face, service: ScriptedService, **given: Any) -> Any:
    kind = OAuth2(token=given.pop("token", Request("POST", template("/token"))), **given)
    return face.client(
        connector_at(service.url, auth=kind, settings=OAUTH_SETTINGS), CLIENT, backoff=None
    )


def granted(token: str = "t1", **more: Any) -> Any:
    return reply(json={"access_token": token, "token_type": "bearer", **more})


def test_client_credentials_as_the_standard_says(face: Face, service: ScriptedService) -> None:
    service.on("POST", "/token", granted(expires_in="3600"))
    service.on("GET", "/x", reply(json={}))
    client = oauth(face, service, scopes=("a", "b"))
    for _ in range(3):
        face.run(client, GET)
    (asked,) = service.calls("POST", "/token")
    assert asked.body == b"grant_type=client_credentials&scope=a+b"
    assert asked.header("content-type") == "application/x-www-form-urlencoded"
    assert asked.header("authorization") == "Basic bWU6aXRzLXNlY3JldA=="
    assert {each.header("authorization") for each in service.calls("GET", "/x")} == {"Bearer t1"}


def test_odd_characters_are_form_encoded_before_basic(face: Face, service: ScriptedService) -> None:
    import base64

    service.on("POST", "/token", granted())
    service.on("GET", "/x", reply(json={}))
    connector = connector_at(
        service.url,
        auth=OAuth2(token=Request("POST", template("/token"))),
        settings=OAUTH_SETTINGS,
    )
    face.run(face.client(connector, {"client_id": "a:b", "client_secret": "c d+/é"}), GET)
    given = service.requests[0].header("authorization") or ""
    assert base64.b64decode(given.removeprefix("Basic ")) == b"a%3Ab:c+d%2B%2F%C3%A9"


@pytest.mark.parametrize(
    ("client_auth", "content", "query"),
    [
        ("body", b"grant_type=client_credentials&client_id=me&client_secret=its-secret", ""),
        ("query", b"grant_type=client_credentials", "client_id=me&client_secret=its-secret"),
        ("none", b"grant_type=client_credentials&client_id=me", ""),
    ],
)
def test_client_authentication(
    face: Face, service: ScriptedService, client_auth: str, content: bytes, query: str
) -> None:
    service.on("POST", "/token", granted())
    service.on("GET", "/x", reply(json={}))
    face.run(oauth(face, service, client_auth=client_auth), GET)
    asked = service.requests[0]
    assert (asked.body, asked.query, asked.header("authorization")) == (content, query, None)


def test_a_token_request_of_another_shape(face: Face, service: ScriptedService) -> None:
    request = Request(
        "POST",
        template("/token"),
        query={"v": template("2")},
        headers={"X-App": template("app-", ref("client_id"))},
        body={"audience": template("api"), "grant_type": template("own")},
        send="json",
    )
    service.on("POST", "/token", reply(json={"data": {"token": "deep"}, "ok": True}))
    service.on("GET", "/x", reply(json={}))
    client = oauth(
        face,
        service,
        token=request,
        client_auth="body",
        access_token=body("data", "token"),
        ok=equal(body("ok"), True),
        apply=("query", "access_token"),
    )
    face.run(client, GET)
    asked = service.requests[0]
    assert asked.json() == {
        "grant_type": "own",
        "client_id": "me",
        "client_secret": "its-secret",
        "audience": "api",
    }
    assert (asked.query, asked.header("x-app")) == ("v=2", "app-me")
    assert service.requests[1].query == "access_token=deep"


def test_a_token_is_replaced_before_it_ends(face: Face, service: ScriptedService) -> None:
    service.on("POST", "/token", granted("t1", expires_in=0.000001), granted("t2"))
    service.on("GET", "/x", reply(json={}))
    client = oauth(face, service)
    for _ in range(3):
        face.run(client, GET)
    used = [each.header("authorization") for each in service.calls("GET", "/x")]
    assert used == ["Bearer t1", "Bearer t2", "Bearer t2"]


def test_a_refused_token_is_fetched_anew_once(face: Face, service: ScriptedService) -> None:
    service.on("POST", "/token", granted("t1"), granted("t2"), granted("t3"))
    service.on("GET", "/x", reply(401), reply(json={}), reply(401))
    client = oauth(face, service)
    face.run(client, GET)
    with pytest.raises(errors.Unauthorized):
        face.run(client, GET)
    used = [each.header("authorization") for each in service.calls("GET", "/x")]
    assert used == ["Bearer t1", "Bearer t2", "Bearer t2", "Bearer t3"]


@pytest.mark.parametrize("status", [400, 401, 403])
def test_a_refused_login_is_unauthorized_and_not_tried_again(
    face: Face, service: ScriptedService, status: int
) -> None:
    service.on("POST", "/token", reply(status, json={"error": "invalid_client"}))
    with pytest.raises(errors.Unauthorized) as caught:
        face.run(oauth(face, service), GET)
    assert (caught.value.code, caught.value.status_code) == ("invalid_client", status)
    assert len(service.requests) == 1


def test_a_token_endpoint_that_fails_for_a_moment_is_asked_again(
    face: Face, service: ScriptedService
) -> None:
    service.on("POST", "/token", reply(503), reply(500), granted())
    service.on("GET", "/x", reply(json={}))
    face.run(oauth(face, service), GET)
    assert len(service.calls("POST", "/token")) == 3


@pytest.mark.parametrize(
    "answer",
    [
        reply(json={"token_type": "bearer"}),
        reply(json={"access_token": None}),
        reply(json={"access_token": ""}),
        reply(json={"access_token": {"a": 1}}),
        reply(json={"access_token": "line\nbreak"}),
        reply(text="<html>please log in</html>"),
        reply(204),
    ],
)
def test_an_answer_without_a_token_is_a_failure(
    face: Face, service: ScriptedService, answer: Any
) -> None:
    service.on("POST", "/token", answer)
    with pytest.raises(errors.InvalidResponse, match="token"):
        face.run(oauth(face, service), GET)
    assert len(service.requests) == 1


def test_rules_of_the_connector_see_token_answers(face: Face, service: ScriptedService) -> None:
    rule = Rule(equal(body("error"), "revoked"), Outcome("reconnect"))
    kind = OAuth2(token=Request("POST", template("/token")))
    connector = connector_at(
        service.url, auth=kind, settings=OAUTH_SETTINGS, errors=Errors(rules=(rule,))
    )
    service.on("POST", "/token", reply(400, json={"error": "revoked"}))
    with pytest.raises(errors.ReconnectRequired):
        face.run(face.client(connector, CLIENT), GET)


def test_a_refresh_token_is_spent_and_replaced(face: Face, service: ScriptedService) -> None:
    service.on(
        "POST",
        "/token",
        granted("t1", refresh_token="r1"),
        granted("t2", refresh_token="r2"),
        granted("t3"),
        reply(400, json={"error": "invalid_grant"}),
        granted("t5", refresh_token="r5"),
    )
    service.on("GET", "/x", *[reply(json={}), reply(401)] * 3, reply(json={}))
    client = oauth(face, service, refresh=Request("POST", template("/token")))
    for _ in range(4):
        face.run(client, GET)
    asked = [each.body.decode() for each in service.calls("POST", "/token")]
    assert asked == [
        "grant_type=client_credentials",
        "grant_type=refresh_token&refresh_token=r1",
        "grant_type=refresh_token&refresh_token=r2",
        # The answer told no new one, so the old one stays; refused, the client logs in by itself.
        "grant_type=refresh_token&refresh_token=r2",
        "grant_type=client_credentials",
    ]


def refreshing(service: ScriptedService, **given: Any) -> Any:
    request = Request(
        "POST",
        template("/refresh"),
        body={"refresh": ref("token", "refresh_token")},
        send="json",
        auth=given.pop("request_auth", None),
    )
    made = Refresh(request, body("new"), refresh_token=body("next"), **given)
    return connector_at(
        service.url,
        auth=Token(ref("key"), refresh=made),
        settings=(Setting("key", type="secret"), Setting("refresh_token", type="secret")),
    )


def test_the_general_refresh(face: Face, service: ScriptedService) -> None:
    service.on(
        "POST", "/refresh", reply(json={"new": "t2", "next": "r2"}), reply(json={"new": "t3"})
    )
    service.on("GET", "/x", reply(json={}), reply(401), reply(json={}), reply(401), reply(json={}))
    given = {"key": "t1-secret", "refresh_token": "r1-secret"}
    client = face.client(refreshing(service), given)
    for _ in range(3):
        face.run(client, GET)
    used = [each.header("authorization") for each in service.calls("GET", "/x")]
    assert used == [f"Bearer {each}" for each in ("t1-secret", "t1-secret", "t2", "t2", "t3")]
    asked = [each.json()["refresh"] for each in service.calls("POST", "/refresh")]
    assert asked == ["r1-secret", "r2"]


def test_a_refused_refresh_means_that_a_person_must_act(
    face: Face, service: ScriptedService
) -> None:
    service.on("POST", "/refresh", reply(400, json={"error": "invalid_grant"}))
    service.on("GET", "/x", reply(401))
    client = face.client(refreshing(service), {"key": "t1-secret", "refresh_token": "r1-secret"})
    with pytest.raises(errors.ReconnectRequired, match="invalid_grant"):
        face.run(client, GET)
    assert len(service.calls("POST", "/refresh")) == 1


def test_a_refresh_token_that_may_have_been_spent_is_not_sent_twice(
    face: Face, service: ScriptedService
) -> None:
    from tests.services.loopback import Ending

    service.on("POST", "/refresh", Ending.CLOSE)
    service.on("GET", "/x", reply(401))
    client = face.client(refreshing(service), {"key": "t1-secret", "refresh_token": "r1-secret"})
    with pytest.raises(errors.ConnectionFailed):
        face.run(client, GET)
    assert len(service.calls("POST", "/refresh")) == 1


def test_a_refresh_may_carry_the_old_token(face: Face, service: ScriptedService) -> None:
    service.on("POST", "/refresh", reply(json={"new": "t2"}))
    service.on("GET", "/x", reply(401), reply(json={}))
    connector = refreshing(service, request_auth="current")
    face.run(face.client(connector, {"key": "t1-secret"}), GET)
    assert service.calls("POST", "/refresh")[0].header("authorization") == "Bearer t1-secret"


@pytest.mark.parametrize(
    ("given", "answer", "seconds"),
    [
        ({"expires_in": body("ttl")}, {"ttl": 100}, 100),
        ({"expires_in": body("ttl")}, {"ttl": "100"}, 100),
        ({"expires_in": wait(body("ttl"), "milliseconds")}, {"ttl": 100_000}, 100),
        ({"expires_at": body("until")}, {"until": 1_000_100}, 100),
        ({"expires_at": body("until")}, {"until": "1000100"}, 100),
        ({"expires_at": body("until")}, {"until": 1_700_000_100_000}, 1_699_000_100),
        ({"expires_at": body("until")}, {"until": "1970-01-12T13:48:20Z"}, 100),
        ({"expires_in": body("ttl"), "lifetime": 50.0}, {}, 50),
        ({"expires_in": body("ttl"), "lifetime": 50.0}, {"ttl": -5}, 50),
        ({"expires_in": body("ttl")}, {"ttl": "soon"}, None),
        ({"expires_in": body("ttl")}, {}, None),
        ({"expires_at": "jwt.exp"}, {"access_token": "e30.eyJleHAiOjEwMDAxMDB9.x"}, 100),
        ({"expires_at": "jwt.exp"}, {"access_token": "no-jwt"}, None),
    ],
)
def test_how_long_a_token_lasts(given: Any, answer: Any, seconds: float | None) -> None:
    import json

    from ferrule_runtime.answer import Answer
    from ferrule_runtime.credentials.terms import lifetime_seconds

    terms = Refresh(Request("POST", "/"), body("access_token"), **given)
    found = Answer(200, (), json.dumps(answer).encode())
    told = lifetime_seconds(terms, found, answer.get("access_token", ""), 1_000_000.0)
    assert told == (None if seconds is None else pytest.approx(seconds))
