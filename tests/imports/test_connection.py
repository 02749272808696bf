"""Servers become base URLs and settings, security schemes become kinds of auth."""

from typing import Any

import pytest

from tests.imports.importing import Result, openapi, swagger

CALL: dict[str, Any] = {"/x": {"get": {}}}


def servers(*given: dict[str, Any] | str) -> Result:
    urls = [{"url": each} if isinstance(each, str) else each for each in given]
    return openapi({"servers": urls, "paths": CALL})


def test_one_server() -> None:
    assert servers("https://api.acme.example/v1/").data["base_url"] == "https://api.acme.example/v1"


def test_variables_are_settings() -> None:
    found = servers(
        {
            "url": "https://{sub-domain}.acme.example:{port}/{name}",
            "variables": {
                "sub-domain": {"default": "demo", "description": "Yours."},
                "port": {"enum": ["443", "8443"], "default": "8443"},
            },
        }
    )
    assert found.data["base_url"] == "https://${sub_domain}.acme.example:${port}/${account_name}"
    assert found.data["settings"] == {
        "sub_domain": {".type": "string = demo", ".doc": "Yours."},
        "port": "enum(443 | 8443) = 8443",
        "account_name": "string",
    }


def test_several_servers_are_environments() -> None:
    found = servers(
        {"url": "https://api.acme.example", "description": "Production"},
        {"url": "https://sandbox.acme.example", "description": "For trying things"},
    )
    assert found.data["base_url"] == "${server}"
    assert found.data["settings"] == {"environment": "enum!(production | sandbox) = production"}
    assert found.data["values"]["server"]["sandbox"] == "https://sandbox.acme.example"


@pytest.mark.parametrize("given", [[], ["/api/v2"], ["https:"], ["/"]])
def test_a_document_that_does_not_say_where_its_service_is(given: list[str]) -> None:
    found = servers(*given)
    assert found.data["base_url"].startswith("${server_url}")
    assert "# the document names no server" in found.text


def test_a_relative_server_is_relative_to_the_document() -> None:
    found = openapi(
        {"servers": [{"url": "/v2"}], "paths": CALL}, address="https://a.example/x.json"
    )
    assert found.data["base_url"] == "https://a.example/v2"


def test_the_server_that_all_operations_name_is_the_base_url() -> None:
    own = {"/x": {"servers": [{"url": "https://own.acme.example"}], "get": {}}}
    found = openapi({"servers": [], "paths": own})
    assert found.data["base_url"] == "https://own.acme.example"
    assert "host" not in found.only


def test_an_operation_with_another_server() -> None:
    own = {"/x": {"get": {}}, "/y": {"get": {"servers": [{"url": "https://files.acme.example"}]}}}
    found = openapi({"paths": own})
    assert found.data["hosts"] == {"files": "https://files.acme.example"}
    assert found.action("y.get")["host"] == "files"


def test_the_host_of_swagger() -> None:
    assert swagger({"basePath": "/v1", "paths": CALL}).data["base_url"] == (
        "https://api.acme.example/v1"
    )
    plain = swagger({"schemes": ["http"], "paths": CALL})
    assert plain.data["base_url"] == "http://api.acme.example"


# --- auth

KEY = {"type": "apiKey", "in": "header", "name": "X-Api-Key"}
SECOND = {"type": "apiKey", "in": "query", "name": "app_key"}
BEARER = {"type": "http", "scheme": "bearer"}
BASIC = {"type": "http", "scheme": "basic"}
MACHINE = {
    "type": "oauth2",
    "flows": {"clientCredentials": {"tokenUrl": "https://a.example/token", "scopes": {"read": ""}}},
}


def auth(security: list[Any] | None, own: Any = None, **schemes: Any) -> Result:
    operations = {"/x": {"get": {}}, "/y": {"get": {} if own is None else {"security": own}}}
    document = {"paths": operations, "components": {"securitySchemes": schemes}}
    return openapi(document if security is None else {**document, "security": security})


@pytest.mark.parametrize(
    ("scheme", "written", "settings"),
    [
        (
            KEY,
            {"token": {"value": "${api_key}", "apply": "header.X-Api-Key"}},
            {"api_key": "secret"},
        ),
        (
            {"type": "apiKey", "in": "cookie", "name": "sid"},
            {"token": {"value": "${sid}", "apply": "cookie.sid"}},
            {"sid": "secret"},
        ),
        (
            {"type": "apiKey", "in": "header", "name": "Authorization"},
            {"token": {"value": "${api_key}", "scheme": "none"}},
            {"api_key": "secret"},
        ),
        (
            {"type": "apiKey", "in": "header", "name": "ACME-CLIENT-ID"},
            {"token": {"value": "${client_id}", "apply": "header.ACME-CLIENT-ID"}},
            {"client_id": "secret"},
        ),
        (BEARER, {"token": "${access_token}"}, {"access_token": "secret"}),
        (
            BASIC,
            {"basic": {"username": "${username}", "password": "${password}"}},
            {"username": "string", "password": "secret"},
        ),
        (
            MACHINE,
            {"oauth2": {"token": "https://a.example/token", "scopes": ["read"]}},
            {"client_id": "string", "client_secret": "secret"},
        ),
    ],
)
def test_a_scheme(scheme: Any, written: Any, settings: Any) -> None:
    found = auth([{"a": []}], a=scheme)
    assert found.data["auth"] == written
    assert found.data["settings"] == settings


def test_a_prefix_that_the_description_shows() -> None:
    scheme = {"type": "apiKey", "in": "header", "name": "Authorization"}
    told = {**scheme, "description": "Send `Authorization: Token YOUR_KEY`."}
    assert auth([{"a": []}], a=told).data["auth"] == {
        "token": {"value": "${api_key}", "scheme": "Token"}
    }


def test_keys_whose_parameters_say_nothing_are_named_by_their_schemes() -> None:
    keys = {
        name: {"type": "apiKey", "in": "query", "name": name.removeprefix("api_")}
        for name in ("api_key", "api_token")
    }
    found = auth([{"api_key": [], "api_token": []}], **keys)
    assert found.data["auth"] == {
        "custom": {"query": {"key": "${api_key}", "token": "${api_token}"}}
    }


def test_credentials_are_no_arguments() -> None:
    given = [
        {"name": "app_key", "in": "query", "required": True, "schema": {"type": "string"}},
        {"name": "q", "in": "query", "schema": {"type": "string"}},
    ]
    document = {
        "security": [{"b": []}],
        "paths": {"/x": {"get": {"parameters": given, "responses": {"204": {"description": ""}}}}},
        "components": {"securitySchemes": {"b": SECOND}},
    }
    found = openapi(document)
    assert found.only["query"] == {"q?": "string"}
    assert any("what auth sends" in each for each in found.messages("import-left-out"))


def test_keys_that_every_request_demands_are_needed_together() -> None:
    keys = {name: {"type": "apiKey", "in": "query", "name": name} for name in ("key", "token")}
    demanded = [
        {"name": name, "in": "query", "required": True, "schema": {"type": "string"}}
        for name in keys
    ]
    found = openapi(
        {
            "security": [{"key": []}, {"token": []}],
            "components": {"securitySchemes": keys},
            "paths": {"/a": {"get": {"parameters": demanded, "summary": "getA()"}}},
        }
    )
    assert found.data["auth"] == {
        "custom": {"query": {"key": "${api_key}", "token": "${access_token}"}}
    }
    assert found.only == {"get": "/a", "returns": "any"}
    assert found.messages("import-guess") == [
        "`auth`: every request demands `key`, `token` together"
    ]


def test_alternatives_are_the_choice_of_the_installer() -> None:
    found = auth([{"a": []}, {"b": []}], a=KEY, b=BEARER)
    assert list(found.data["auth"]["one_of"]) == ["a", "b"]


def test_calls_may_be_made_without() -> None:
    found = auth([{"a": []}, {}], a=BEARER)
    assert found.data["auth"]["one_of"]["anonymous"] == "none"


def test_keys_that_are_needed_together() -> None:
    found = auth([{"a": [], "b": []}], a=KEY, b=SECOND)
    assert found.data["auth"] == {
        "custom": {"headers": {"X-Api-Key": "${api_key}"}, "query": {"app_key": "${app_key}"}}
    }


def test_kinds_that_fill_one_place_are_alternatives() -> None:
    key = {"type": "apiKey", "in": "header", "name": "authorization"}
    found = auth([{"a": [], "b": [], "c": []}], a=key, b=BEARER, c=SECOND)
    assert list(found.data["auth"]["one_of"]) == ["a_and_c", "b_and_c"]
    assert found.messages("import-guess") == [
        "`auth`: `a`, `b` fill one place of a request: one of them is sent"
    ]


@pytest.mark.parametrize(
    ("doc", "token"),
    [
        ("Your token.", {"value": "${api_key}", "scheme": "none"}),
        ('"Bearer {token}", that is.', "${api_key}"),
    ],
)
def test_an_authorization_that_requests_demand_is_auth(doc: str, token: Any) -> None:
    header = {"name": "authorization", "in": "header", "required": True, "description": doc}
    calls: Any = {"/x": {"get": {"parameters": [header]}}, "/y": {"get": {}}}
    found = openapi({"paths": calls})
    assert found.data["auth"] == {"token": token}
    assert "headers" not in found.action("x.get")
    assert found.messages("import-guess") == ["`auth`: requests demand the header `authorization`"]


def test_a_key_that_is_demanded_and_not_declared() -> None:
    key = {"name": "X-Acme-Api-Key", "in": "header", "required": True, "description": "Yours."}
    other = {"name": "X-Trace", "in": "header", "required": True}
    calls = {path: {"get": {"parameters": [key, other]}} for path in ("/x", "/y")}
    found = openapi({"paths": calls})
    assert found.data["settings"] == {"api_key": {".type": "secret", ".doc": "Yours."}}
    assert found.data["auth"] == {
        "token": {"value": "${api_key}", "apply": "header.X-Acme-Api-Key"}
    }
    assert list(found.action("x.get")["headers"]) == ["X-Trace"]
    assert found.messages("import-guess") == [
        "`auth`: every request demands the header `X-Acme-Api-Key`"
    ]


def test_a_key_that_some_requests_demand_is_an_argument() -> None:
    key = {"name": "X-Api-Key", "in": "header", "required": True}
    found = openapi({"paths": {"/x": {"get": {"parameters": [key]}}, "/y": {"get": {}}}})
    assert "auth" not in found.data
    assert list(found.action("x.get")["headers"]) == ["X-Api-Key"]


def test_kinds_that_are_needed_together() -> None:
    found = auth([{"a": [], "b": []}], a=KEY, b=BASIC)
    assert len(found.data["auth"]["all_of"]) == 2


def test_an_operation_without_auth() -> None:
    found = auth([{"a": []}], own=[], a=BEARER)
    assert found.action("y.get")["auth"] == "none"
    assert "auth" not in found.action("x.get")


def test_an_operation_with_another_kind() -> None:
    found = auth([{"a": []}], own=[{"b": []}, {"a": [], "b": []}], a=BEARER, b=KEY)
    assert found.data["auth"] == "a"
    assert found.data["auths"]["b"] == {
        "token": {"value": "${api_key}", "apply": "header.X-Api-Key"}
    }
    assert found.action("y.get")["auth"] == ["b", "a + b"]


def test_what_most_operations_need_is_the_default() -> None:
    document = {
        "paths": {f"/p{n}": {"get": {"security": [{"a": []}]}} for n in range(3)},
        "components": {"securitySchemes": {"a": BEARER}},
    }
    found = openapi(document)
    assert found.data["auth"] == {"token": "${access_token}"}
    assert all("auth" not in each for each in found.data["actions"].values())


def test_schemes_that_nothing_names_are_a_guess() -> None:
    found = auth(None, a=BEARER)
    assert found.data["auth"] == {"token": "${access_token}"}
    assert "# A guess: the document names schemes" in found.text
    assert found.messages("import-guess")


def test_scopes_of_an_action() -> None:
    found = auth([{"a": []}], own=[{"a": ["read"]}], a=MACHINE)
    assert found.action("y.get")["scopes"] == ["read"]
    assert "auth" not in found.action("y.get")


def test_scopes_that_a_flow_does_not_list_are_asked_for() -> None:
    found = auth([{"a": []}], own=[{"a": ["write", "read"]}], a=MACHINE)
    assert found.data["auth"]["oauth2"]["scopes"] == ["read", "write"]
    assert found.action("y.get")["scopes"] == ["write", "read"]


def test_what_has_no_form_is_told_and_the_rest_is_kept() -> None:
    found = auth([{"a": []}, {"b": []}], a={"type": "mutualTLS"}, b=KEY)
    assert "token" in found.data["auth"]
    assert any("mutualtls" in each.lower() for each in found.messages("import-lost"))


def test_a_sign_in_by_hand_takes_a_token() -> None:
    flows = {"implicit": {"authorizationUrl": "https://a.example/go", "scopes": {}}}
    found = auth([{"a": []}], a={"type": "oauth2", "flows": flows})
    assert found.data["auth"] == {"token": "${access_token}"}
    assert any("the implicit flow" in each for each in found.messages("import-lost"))


@pytest.mark.parametrize(
    ("flow", "given", "written"),
    [
        ("authorizationCode", {"authorizationUrl": "https://a.example/go"},
         {"authorize": "https://a.example/go", "token": "https://a.example/token"}),
        ("deviceAuthorization", {"deviceAuthorizationUrl": "https://a.example/go"},
         {"authorize": "https://a.example/go", "token": "https://a.example/token",
          "grant": "device_code"}),
        ("password", {}, {"token": "https://a.example/token", "grant": "password"}),
        ("clientCredentials", {"refreshUrl": "https://a.example/more"},
         {"token": "https://a.example/token", "refresh": "https://a.example/more"}),
    ],
)  # fmt: skip
def test_flows(flow: str, given: dict[str, Any], written: dict[str, Any]) -> None:
    flows = {flow: {**given, "tokenUrl": "https://a.example/token", "scopes": {}}}
    found = auth([{"a": []}], a={"type": "oauth2", "flows": flows})
    assert found.data["auth"] == {"oauth2": written}


def test_a_token_url_below_servers_of_which_one_is_chosen() -> None:
    flows = {"clientCredentials": {"tokenUrl": "/oauth/token", "scopes": {}}}
    servers = [{"url": f"https://{name}.example", "description": name} for name in ("test", "live")]
    document = {
        "servers": servers,
        "security": [{"a": []}],
        "paths": {"/x": {"get": {"responses": {"204": {"description": ""}}}}},
        "components": {"securitySchemes": {"a": {"type": "oauth2", "flows": flows}}},
    }
    assert openapi(document).data["auth"] == {"oauth2": {"token": "/oauth/token"}}


def test_security_of_swagger() -> None:
    definitions = {"k": KEY, "b": {"type": "basic"}}
    found = swagger({"paths": CALL, "securityDefinitions": definitions, "security": [{"k": []}]})
    assert found.data["auth"] == {"token": {"value": "${api_key}", "apply": "header.X-Api-Key"}}


def test_a_requirement_for_what_is_not_declared() -> None:
    found = auth([{"nothing": []}])
    assert "auth" not in found.data
    assert any(
        "`nothing` is required and not declared" in m for m in found.messages("import-degraded")
    )
