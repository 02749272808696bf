"""Security schemes as kinds of auth, each with the settings that it needs."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from msgspec import Struct, field

from ferrule.imports.openapi.api import Flow, Scheme
from ferrule.imports.openapi.servers import setting_name
from ferrule.imports.openapi.wire_names import is_token
from ferrule.imports.plain_text import doc_text

_MOST_SCOPES = 6
_SIMILAR = {"apikey": "api_key", "apptoken": "app_token", "authtoken": "auth_token"}
_FLOWS = ("authorizationCode", "clientCredentials", "password", "deviceAuthorization")
_CALLED = {
    "authorizationCode": "an authorization code",
    "clientCredentials": "client credentials",
    "password": "a password",
    "implicit": "the implicit flow",
    "deviceAuthorization": "a device code",
}
_PLAIN_PATH = re.compile(r"/[\w./~-]*\Z")


class Kind(Struct):
    """A kind of auth as a spec writes it, and its settings."""

    form: Any
    settings: dict[str, Any] = field(default_factory=dict)


def kind_of(scheme: Scheme, connector: str, base_url: str | None) -> Kind | None:
    """The kind of auth that a scheme is; None, which is told, where there is none."""
    if scheme.kind == "basic":
        settings = _described(scheme, {"username": "string", "password": "secret"})
        form = {"basic": {"username": "${username}", "password": "${password}"}}
        return Kind(form, settings)
    if scheme.kind == "bearer":
        return _pasted(scheme)
    if scheme.kind == "key":
        return _key(scheme, connector)
    if scheme.kind == "oauth2":
        return _oauth2(scheme, base_url)
    if scheme.kind == "digest":
        form = {"digest": {"username": "${username}", "password": "${password}"}}
        return Kind(form, _described(scheme, {"username": "string", "password": "secret"}))
    if scheme.kind == "openid":
        advice = "the client takes an access token that was fetched elsewhere"
        scheme.node.lost(f"signing in by OpenID Connect (`{scheme.name}`) is left out", advice)
        return _pasted(scheme)
    scheme.node.lost(
        f"the security scheme `{scheme.name}` ({scheme.kind}) has no form in a spec",
        "calls that need it are made without it: headers can be given to the client",
    )
    return None


def _described(scheme: Scheme, settings: dict[str, str]) -> dict[str, Any]:
    """Settings with what the document says of them; the last of them gets the description."""
    text = doc_text(scheme.doc)
    found: dict[str, Any] = dict(settings)
    if text and len(text) < 600:
        last = list(settings)[-1]
        found[last] = {".type": settings[last], ".doc": text}
    return found


def _pasted(scheme: Scheme) -> Kind:
    return Kind({"token": "${access_token}"}, _described(scheme, {"access_token": "secret"}))


def _key(scheme: Scheme, connector: str) -> Kind | None:
    where, parameter = scheme.where, scheme.parameter
    if where not in ("header", "query", "cookie"):
        scheme.node.degraded("a key goes into header, query or cookie", "header is taken")
        where = "header"
    if where != "query" and not is_token(parameter):
        scheme.node.lost(f"`{parameter}` cannot be the name of a {where}")
        return None
    setting = _key_name(parameter, connector, scheme.name)
    name = parameter if " " not in parameter else f'["{parameter}"]'
    place = f"{where}{name if name.startswith('[') else '.' + name}"
    form: dict[str, Any] = {"value": f"${{{setting}}}"}
    if place.lower() == "header.authorization":
        prefix = _prefix(scheme)
        if prefix == "Bearer":
            return Kind({"token": f"${{{setting}}}"}, _described(scheme, {setting: "secret"}))
        form["scheme"] = prefix or "none"
    else:
        form["apply"] = place
    return Kind({"token": form}, _described(scheme, {setting: "secret"}))


def _prefix(scheme: Scheme) -> str | None:
    """The word before the key, where the description shows it."""
    text = " ".join((scheme.doc or "").split())
    met = re.search(
        r"(?:Authorization:?\s*[\"'`]?|[\"'`(])(Bearer|Token|Basic|Bot|ApiKey|Api-Key|apikey|Key)"
        r"\s+[<{\[$*%A-Z]",
        text,
    )
    if met is not None:
        return met[1]
    return "Bearer" if re.search(r"[\"'`]Bearer[\"'` ]", text) else None


def _key_name(parameter: str, connector: str, scheme: str) -> str:
    """The setting for a key: the parameter's name without what only says that it is a header."""
    name = re.sub(r"^[xX][-_]", "", parameter)
    if name.lower() in ("authorization", "auth", "token", "key"):
        # Such a name says nothing; that of the scheme may, where it is one of a credential.
        own = setting_name(scheme)
        return own if re.fullmatch(r"[a-z]+_(key|token|secret)", own) else "api_key"
    found = setting_name(name)
    for prefix in (f"{connector}_", f"{connector.replace('_', '')}_"):
        if found.startswith(prefix) and len(found) > len(prefix):
            found = found.removeprefix(prefix)
    found = re.sub(r"^dd_", "", found)
    return setting_name(_SIMILAR.get(found, found))


def _oauth2(scheme: Scheme, base_url: str | None) -> Kind | None:
    """The first flow that a client can follow; else a token that is fetched elsewhere."""
    refused: list[str] = []
    for name in _FLOWS:
        flow = scheme.flows.get(name)
        if flow is None or (name != "implicit" and not flow.token_url):
            continue
        kind = _flow(name, flow, base_url)
        if kind is not None:
            return kind
        refused.append(name)
    others = refused or [name for name in scheme.flows if name not in _FLOWS]
    called = ", ".join(_CALLED.get(name, name) for name in others) or "flows that are not named"
    if scheme.flows:
        scheme.node.lost(
            f"signing in by oauth2 with {called} (`{scheme.name}`) has no form in a spec",
            "the client takes an access token that was fetched elsewhere",
        )
    return _pasted(scheme)


def _flow(name: str, flow: Flow, base_url: str | None) -> Kind | None:
    token = _address(flow.token_url, base_url)
    if token is None:
        return None
    settings: dict[str, Any] = {"client_id": "string", "client_secret": "secret"}
    form: dict[str, Any] = {}
    if name in ("authorizationCode", "deviceAuthorization"):
        authorize = _address(flow.authorize_url, base_url)
        if authorize is None:
            return None
        form["authorize"] = authorize
    form["token"] = token
    refresh = _address(flow.refresh_url, base_url)
    if refresh is not None and refresh != token:
        form["refresh"] = refresh
    if name == "password":
        form["grant"] = "password"
        settings |= {"username": "string", "password": "secret"}
    elif name == "deviceAuthorization":
        form["grant"] = "device_code"
    if flow.scopes:
        _add_scopes(form, settings, flow)
    return Kind({"oauth2": form}, settings)


def _add_scopes(form: dict[str, Any], settings: dict[str, Any], flow: Flow) -> None:
    """Few scopes are asked for; of many the installer says which."""
    if len(flow.scopes) <= _MOST_SCOPES:
        form["scopes"] = list(flow.scopes)
        return
    form["scopes"] = "${scopes}"
    shown = ", ".join(flow.scopes[:_MOST_SCOPES])
    doc = f"What access is asked for, separated by blanks: {shown}, …"
    settings["scopes?"] = {".type": "string", ".doc": doc_text(doc)}


def _address(url: str | None, base_url: str | None) -> str | None:
    """A URL of a flow, made whole."""
    if not url or url in ("/", "#"):
        return None
    if urlsplit(url).scheme not in ("http", "https"):
        origin = (base_url or "").split("/", 3)
        is_known = origin[0] in ("http:", "https:") and "${" not in origin[2]
        if not is_known and base_url and url.startswith("/") and "${" not in "".join(origin[3:]):
            # The base URL is the installer's choice: the path is one below it.
            return url if _PLAIN_PATH.match(url) else None
        if not is_known or base_url is None:
            return None
        url = urljoin(base_url, url)
    url = re.sub(r"[?#].*", "", url.strip())
    if re.search(r"[{}\s]", url) or not urlsplit(url).netloc:
        return None
    return url.replace("$", "$$")
