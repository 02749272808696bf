"""How requests are laid out: URLs, origins, headers, bodies, keys; what never leaves."""

import re
from typing import Any

import pytest

from ferrule_runtime import errors
from ferrule_runtime.contract import (
    Alternatives,
    Basic,
    Custom,
    NoAuth,
    Operation,
    Paging,
    Setting,
    Token,
    body,
    link,
    ref,
    template,
)
from tests.runtime.faces import Face, connector_at
from tests.services.scripted import ScriptedService, reply

TOKEN = Token(template("our-secret"))
KEY_IN_QUERY = Token(template("our-secret"), apply=("query", "api_key"))
FREE: Operation[Any] = Operation(
    "get", "GET", url=template(ref("input", "url")), returns=dict[str, Any]
)


def op(method: str = "GET", path: Any = "/things", **given: Any) -> Operation[Any]:
    return Operation("things.do", method, path, **{"returns": dict[str, Any], **given})


def sent(face: Face, service: ScriptedService, operation: Any, client: Any, **given: Any) -> Any:
    """The request that reached the service."""
    service.on("*", re.compile(".*"), reply(json={}))
    face.run(client, operation, **given)
    return service.requests[-1]


@pytest.mark.parametrize(
    ("base", "path", "target"),
    [
        ("", "/a", "/a"),
        ("/", "/a", "/a"),
        ("/v2", "/a", "/v2/a"),
        ("/v2/", "/a", "/v2/a"),
        ("/v2", "a/", "/v2/a/"),
        ("/v2", "", "/v2"),
        ("", "", "/"),
        ("/v2", "/a.json", "/v2/a.json"),
        ("/v2?api=3", "/a", "/v2/a?api=3"),
    ],
)
def test_base_and_path_are_joined_by_one_slash(
    face: Face, service: ScriptedService, base: str, path: str, target: str
) -> None:
    client = face.at(service.url + base)
    assert sent(face, service, op(path=path), client).target == target


@pytest.mark.parametrize(
    ("value", "target"),
    [
        ("a/b", "/t/a%2Fb/x"),
        ("é?x#", "/t/%C3%A9%3Fx%23/x"),
        ("%2e%2e", "/t/%252e%252e/x"),
        ("a\\b;c", "/t/a%5Cb%3Bc/x"),
        (7, "/t/7/x"),
    ],
)
def test_a_path_value_stays_one_segment(
    face: Face, service: ScriptedService, value: Any, target: str
) -> None:
    client = face.at(service.url)
    assert sent(face, service, op(path="/t/{id}/x"), client, path=(value,)).target == target


@pytest.mark.parametrize("value", ["", ".", "..", None])
def test_a_path_value_that_climbs_is_refused(
    face: Face, service: ScriptedService, value: Any
) -> None:
    client = face.at(service.url)
    with pytest.raises(errors.InvalidRequest, match=r"acme\.things\.do: path\.id"):
        face.run(client, op(path="/t/{id}"), path=(value,))
    with pytest.raises(ValueError, match=r"path\.id"):
        face.run(client, op(path="/t/{id}"), path=(value,))
    assert service.requests == []


@pytest.mark.parametrize("value", ["a\r\nX-Injected: 1", "a\nb", "a\0b", "\ud800"])
def test_a_header_value_cannot_break_out(face: Face, service: ScriptedService, value: str) -> None:
    client = face.at(service.url)
    with pytest.raises(errors.InvalidRequest, match=r"header\.X-Note"):
        face.run(client, op(), headers={"X-Note": value})
    with pytest.raises(errors.InvalidRequest, match=r"(cookie|header)\.c: "):
        face.run(client, op(), cookies={"c": value})
    assert service.requests == []


def test_a_wrong_type_names_the_action(face: Face, service: ScriptedService) -> None:
    client = face.at(service.url)
    with pytest.raises(TypeError, match=r"acme\.things\.do: .*2 values"):
        face.run(client, op(path="/a/{b}/{c}"), path=(1,))


def test_headers_of_connector_action_client_and_call(face: Face, service: ScriptedService) -> None:
    connector = connector_at(
        service.url,
        headers={"X-Version": template("2024"), "X-Gone": template("1"), "X-Unset": ref("none")},
    )
    client = face.client(connector, headers={"X-Client": "c", "Accept-Language": "en"})
    operation = op(headers={"x-gone": None, "X-Action": template("a")}, accepts="text/x")
    seen = sent(face, service, operation, client, headers={"accept-language": "de"})
    assert seen.header("x-version") == "2024"
    assert seen.header("x-gone") is None
    assert seen.header("x-unset") is None
    assert seen.header("x-action") == "a"
    assert seen.header("x-client") == "c"
    assert seen.header("accept-language") == "de"
    assert seen.header("accept") == "text/x"
    assert seen.header("accept-encoding") == "gzip, deflate"


def test_constants_of_query_cookies_and_body(face: Face, service: ScriptedService) -> None:
    connector = connector_at(
        service.url,
        settings=(Setting("account", type="string"),),
        query={"v": template("3"), "account": ref("account")},
        cookies={"lang": template("en")},
    )
    client = face.client(connector, {"account": "a&b"})
    operation = op(
        "POST",
        query={"alt": template("media")},
        body={"kind": template("k"), "inner": {"fixed": template("1")}},
    )
    given = {"inner": {"free": 2}}
    seen = sent(face, service, operation, client, query={"q": "x"}, body=given, cookies={"c": "1"})
    assert seen.query == "v=3&account=a%26b&alt=media&q=x"
    assert seen.header("cookie") == "lang=en; c=1"
    assert seen.json() == {"kind": "k", "inner": {"fixed": "1", "free": 2}}
    assert given == {"inner": {"free": 2}}


def test_the_time_and_a_number_used_once_are_new_in_each_call(
    face: Face, service: ScriptedService
) -> None:
    operation = op(headers={"X-Nonce": template(ref("nonce")), "X-Now": template(ref("now"))})
    client = face.at(service.url)
    first = sent(face, service, operation, client).header("x-nonce")
    second = sent(face, service, operation, client).header("x-nonce")
    assert first
    assert second
    assert first != second


def test_a_callers_own_key_is_kept(face: Face, service: ScriptedService) -> None:
    operation = op("POST", idempotency_key="Idempotency-Key")
    client = face.at(service.url)
    seen = sent(face, service, operation, client, headers={"Idempotency-Key": "mine"})
    assert seen.header("idempotency-key") == "mine"


def test_a_constant_content_type_wins(face: Face, service: ScriptedService) -> None:
    operation = op("POST", headers={"Content-Type": template("application/x+json")})
    client = face.at(service.url)
    assert sent(face, service, operation, client, body={}).header("content-type") == (
        "application/x+json"
    )


# --- credentials


@pytest.mark.parametrize(
    ("where", "name"),
    [("header", "X-Api-Key"), ("query", "api_key"), ("cookie", "sid"), ("body", "key")],
)
def test_a_token_stands_where_the_spec_says(
    face: Face, service: ScriptedService, where: str, name: str
) -> None:
    client = face.at(service.url, auth=Token(template("our-secret"), apply=(where, name)))
    seen = sent(
        face,
        service,
        op("POST"),
        client,
        query={"q": "1"},
        cookies={"c": "2"},
        body={"b": 3},
    )
    assert seen.query == ("q=1&api_key=our-secret" if where == "query" else "q=1")
    assert seen.header("cookie") == ("c=2; sid=our-secret" if where == "cookie" else "c=2")
    assert seen.header("x-api-key") == ("our-secret" if where == "header" else None)
    fields: dict[str, Any] = {"b": 3, "key": "our-secret"} if where == "body" else {"b": 3}
    assert seen.json() == fields


def test_a_credential_is_sent_once_whatever_other_headers_say(
    face: Face, service: ScriptedService
) -> None:
    headers = {"authorization": "Basic x", "X-Other": "1"}
    client = face.at(service.url, auth=Token(template("our-secret")), headers=headers)
    seen = sent(face, service, op(), client, headers={"AUTHORIZATION": "Basic y"})
    proofs = [text for name, text in seen.headers if name.lower() == "authorization"]
    assert proofs == ["Bearer our-secret"]
    assert seen.header("x-other") == "1"


def test_a_body_credential_is_sent_without_a_body_of_the_call_too(
    face: Face, service: ScriptedService
) -> None:
    auth = Token(template("our-secret"), apply=("body", "key"))
    seen = sent(face, service, op("POST", send="form"), face.at(service.url, auth=auth))
    assert seen.body == b"key=our-secret"
    assert seen.header("content-type") == "application/x-www-form-urlencoded"


def test_schemes(face: Face, service: ScriptedService) -> None:
    for auth, expected in (
        (Token(template("t")), "Bearer t"),
        (Token(template("t"), scheme="Key"), "Key t"),
        (Token(template("t"), scheme=None), "t"),
        (Token(template("t"), scheme=ref("scheme")), "Own t"),
    ):
        connector = connector_at(service.url, auth=auth, settings=(Setting("scheme"),))
        client = face.client(connector, {"scheme": "Own"})
        assert sent(face, service, op(), client).header("authorization") == expected


def test_custom_and_several_at_once(face: Face, service: ScriptedService) -> None:
    from ferrule_runtime.contract import AllOf

    auth = AllOf(
        (
            Custom(headers={"X-App": template("app")}, query={"u": ref("user")}),
            Basic(ref("user"), template("pw")),
        )
    )
    connector = connector_at(service.url, auth=auth, settings=(Setting("user"),))
    seen = sent(face, service, op(), face.client(connector, {"user": "me"}))
    assert (seen.header("x-app"), seen.query) == ("app", "u=me")
    assert seen.header("authorization") == "Basic bWU6cHc="


def test_an_action_may_go_without_or_with_another_kind(
    face: Face, service: ScriptedService
) -> None:
    connector = connector_at(
        service.url,
        auth=TOKEN,
        auths={
            "other": Token(template("other-secret")),
            "app": Token(ref("app"), apply=("header", "X-App")),
        },
        settings=(Setting("app", type="secret"),),
    )
    client = face.client(connector)
    assert sent(face, service, op(auth=NoAuth()), client).header("authorization") is None
    assert sent(face, service, op(auth="other"), client).header("authorization") == (
        "Bearer other-secret"
    )
    rows = op(auth=Alternatives((("app", "other"), ("other",), ())))
    assert sent(face, service, rows, client).header("x-app") is None
    assert sent(face, service, rows, client).header("authorization") == "Bearer other-secret"
    given = face.client(connector, {"app": "app-secret"})
    assert sent(face, service, rows, given).header("x-app") == "app-secret"
    bare = op(auth=Alternatives((("app",), ())))
    assert sent(face, service, bare, client).header("authorization") is None


# --- origins


def test_credentials_go_to_hosts_too(
    face: Face, service: ScriptedService, other_service: ScriptedService
) -> None:
    connector = connector_at(
        service.url, auth=TOKEN, hosts={"files": template(other_service.url, "/up")}
    )
    seen = sent(face, other_service, op(host="files"), face.client(connector))
    assert seen.target == "/up/things"
    assert seen.header("authorization") == "Bearer our-secret"


def test_a_whole_url_of_another_origin_gets_no_credential(
    face: Face, service: ScriptedService, other_service: ScriptedService
) -> None:
    client = face.at(service.url, auth=TOKEN)
    elsewhere = op(path="", url=template(other_service.url, "/x/{id}"))
    with pytest.raises(errors.RefusedUrl):
        face.run(client, elsewhere, path=(1,))
    assert other_service.requests == []
    bare = op(path="", url=template(other_service.url, "/x/{id}"), auth=NoAuth())
    seen = sent(face, other_service, bare, client, path=("a/b",))
    assert seen.target == "/x/a%2Fb"
    assert seen.header("authorization") is None


def test_what_holds_for_all_calls_takes_no_secret_elsewhere(
    face: Face, service: ScriptedService, other_service: ScriptedService
) -> None:
    connector = connector_at(
        service.url,
        auth=Token(ref("key")),
        headers={"X-Key": template("k ", ref("key")), "X-Site": "north"},
        query={"key": ref("key"), "v": "2"},
        cookies={"sid": ref("key")},
        settings=(Setting("key", type="secret"),),
    )
    mine = {"X-Mine": "1", "Authorization": "Basic bWU6c2VjcmV0"}
    client = face.client(connector, {"key": "our-secret+1"}, headers=mine)
    bare = op(path="", url=template(ref("input", "url")), auth=NoAuth())
    seen = sent(
        face, other_service, bare, client, input={"url": f"{other_service.url}/x?sig=a%2Bb"}
    )
    assert seen.target == "/x?sig=a%2Bb&v=2"
    told = {name.lower(): text for name, text in seen.headers}
    assert "our-secret" not in f"{told}{seen.target}"
    assert (told["x-site"], told["x-mine"]) == ("north", "1")
    assert {"x-key", "authorization", "cookie"}.isdisjoint(told)
    # What this very request is to send is sent, and at home nothing is held back.
    explicit = op(
        path="",
        url=template(ref("input", "url")),
        auth=NoAuth(),
        headers={"X-Key": ref("key")},
        query={"key": ref("key")},
    )
    seen = sent(face, other_service, explicit, client, input={"url": f"{other_service.url}/y"})
    assert seen.header("x-key") == "our-secret+1"
    assert "key=our-secret%2B1" in seen.query
    seen = sent(face, service, bare, client, input={"url": f"{service.url}/z"})
    assert seen.header("x-key") == "k our-secret+1"
    assert seen.header("cookie") == "sid=our-secret+1"
    assert "key=our-secret%2B1" in seen.query


def test_the_universal_connector_asks_listed_origins_only(
    face: Face, service: ScriptedService, other_service: ScriptedService
) -> None:
    connector = connector_at(
        "",
        base_url=None,
        origins=ref("origins"),
        auth=TOKEN,
        settings=(Setting("origins", type="list", item="url"),),
    )
    client = face.client(connector, {"origins": [service.url]})
    seen = sent(face, service, FREE, client, url=f"{service.url}/a?b=c", query={"q": "1"})
    assert seen.target == "/a?b=c&q=1"
    assert seen.header("authorization") == "Bearer our-secret"
    with pytest.raises(errors.RefusedUrl, match="origins="):
        face.run(client, FREE, url=f"{other_service.url}/x")
    assert other_service.requests == []
    bare = sent(face, other_service, FREE, client, url=f"{other_service.url}/x", auth="none")
    assert bare.header("authorization") is None
    for wrong in ("", "/relative", "ftp://x/y", "https://user:pw@x/", "javascript:alert(1)", "a b"):
        with pytest.raises(errors.InvalidRequest, match="url"):
            face.run(client, FREE, url=wrong)


def test_a_free_method(face: Face, service: ScriptedService) -> None:
    connector = connector_at("", base_url=None)
    operation: Operation[Any] = Operation(
        "request", None, url=template(ref("input", "url")), returns=dict[str, Any]
    )
    client = face.client(connector)
    seen = sent(face, service, operation, client, url=f"{service.url}/x", method="patch", body={})
    assert seen.method == "PATCH"
    with pytest.raises(errors.InvalidRequest):
        face.run(client, operation, url=f"{service.url}/x", method="GET /evil")


def test_a_key_for_a_free_url_lets_the_call_be_sent_again(
    face: Face, service: ScriptedService
) -> None:
    connector = connector_at("", base_url=None)
    operation: Operation[Any] = Operation(
        "post", "POST", url=template(ref("input", "url")), returns=dict[str, Any]
    )
    client = face.client(connector, max_attempts=2, backoff=None)
    service.on("POST", "/x", reply(503), reply(503), reply(json={"id": 1}))
    with pytest.raises(errors.ServiceUnavailable) as caught:
        face.run(client, operation, url=f"{service.url}/x")
    assert caught.value.attempts == 1
    assert "post: POST ${input.url} answered 503" in str(caught.value)
    key = [("idempotency-KEY", "order-1")]
    assert face.run(client, operation, url=f"{service.url}/x", headers=key) == {"id": 1}
    assert [call.header("Idempotency-Key") for call in service.requests[1:]] == ["order-1"] * 2


LEADING_AWAY = [
    "http://127.0.0.2:{port}/things",
    "http://127.0.0.1:1/things",
    "https://127.0.0.1:{port}/things",
    "//evil.example.com/x",
    "//127.0.0.1:1/x",
    "http://127.0.0.1:{port}@evil.example.com/x",
    "http://user@127.0.0.1:{port}/x",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "http:\\\\evil.example.com\\x",
    "http://127.0.0.1:{port}\\@evil.example.com/x",
    "http://127.0.0.1:{port}/x\r\nX: y",
    "http://127.0.0.1:99999/x",
]


@pytest.mark.parametrize("url", LEADING_AWAY)
def test_a_next_page_elsewhere_is_refused_before_a_byte_is_sent(
    face: Face, service: ScriptedService, url: str
) -> None:
    following = url.replace("{port}", service.url.rpartition(":")[2])
    service.on("GET", "/things", reply(json={"items": [1], "next": following}))
    paging = Paging(next_url=body("next"))
    operation = op(returns=list[int], at=body("items"), paging=paging)
    client = face.at(service.url, auth=TOKEN)
    with pytest.raises(errors.RefusedUrl):
        face.drained(client._pages(operation))
    assert len(service.requests) == 1


@pytest.mark.parametrize(
    ("following", "target"),
    [
        ("{origin}/things?page=2", "/things?page=2"),
        ("/things?page=2", "/things?page=2"),
        ("?page=2", "/things?page=2"),
        ("things?page=2", "/things?page=2"),
        ("./../things?page=2", "/things?page=2"),
        ("{upper}/things?page=2", "/things?page=2"),
    ],
)
def test_a_next_page_at_home_is_asked_for(
    face: Face, service: ScriptedService, following: str, target: str
) -> None:
    url = following.format(origin=service.url, upper=service.url.replace("http://", "HTTP://"))
    service.on(
        "GET",
        "/things",
        reply(json={"items": [1], "next": url}),
        reply(json={"items": [2], "next": None}),
    )
    operation = op(returns=list[int], at=body("items"), paging=Paging(next_url=body("next")))
    client = face.at(service.url, auth=TOKEN)
    assert face.drained(client._pages(operation)) == [1, 2]
    assert service.requests[1].target == target
    assert service.requests[1].header("authorization") == "Bearer our-secret"


@pytest.mark.parametrize("echoes", [False, True])
def test_a_key_in_the_query_and_a_next_url_advance_together(
    face: Face, service: ScriptedService, echoes: bool
) -> None:
    key = "&api_key=our-secret" if echoes else ""
    service.on(
        "GET",
        "/things",
        reply(json=[1], headers={"Link": f'<{service.url}/things?page=2{key}>; rel="next"'}),
        reply(json=[2], headers={"Link": f'</things?page=3{key}>; rel="next"'}),
        reply(json=[3]),
    )
    operation = op(returns=list[int], paging=Paging(next_url=link("next")))
    client = face.at(service.url, auth=KEY_IN_QUERY)
    pages = face.drained(client._pages(operation, query={"q": "x"}).pages())
    assert [page.items for page in pages] == [[1], [2], [3]]
    assert [request.query for request in service.requests] == [
        "q=x&api_key=our-secret",
        "page=2&api_key=our-secret",
        "page=3&api_key=our-secret",
    ]
    assert all("our-secret" not in (page.checkpoint or "") for page in pages)


def test_a_host_of_the_connector_may_be_led_to(
    face: Face, service: ScriptedService, other_service: ScriptedService
) -> None:
    service.on("GET", "/things", reply(json={"items": [1], "next": f"{other_service.url}/more"}))
    other_service.on("GET", "/more", reply(json={"items": [2]}))
    connector = connector_at(service.url, auth=TOKEN, hosts={"b": template(other_service.url)})
    operation = op(returns=list[int], at=body("items"), paging=Paging(next_url=body("next")))
    assert face.drained(face.client(connector)._pages(operation)) == [1, 2]


def test_a_redirect_may_be_the_answer(face: Face, service: ScriptedService) -> None:
    service.on("GET", "/things", reply(302, headers={"Location": "https://files.example.com/1"}))
    operation: Operation[Any] = Operation("locate", "GET", "/things", returns=str, redirect=True)
    assert face.run(face.at(service.url), operation) == "https://files.example.com/1"
