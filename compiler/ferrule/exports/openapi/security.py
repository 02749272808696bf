"""Auth as security schemes: what OpenAPI has words for, the rest as a key in a header, told."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct, field

from ferrule.exports.openapi.losses import Losses
from ferrule.forms.reading import fields_of
from ferrule.forms.spec import Auth, ConnectorSpec
from ferrule.forms.tree import Path
from ferrule.words import ast

Requirement = dict[str, list[str]]


class Security(Struct):
    """Gathers the schemes of a connector, and what a call demands of them."""

    spec: ConnectorSpec
    data: dict[str, Any]
    losses: Losses
    schemes: dict[str, Any] = field(default_factory=dict)
    _by_name: dict[str, list[Requirement]] = field(default_factory=dict)

    def requirements(self) -> list[Requirement]:
        """What calls demand where they say nothing. Fills `schemes`."""
        for name, each in self.spec.auths.items():
            self._by_name[name] = self._of(each, name, ("auths", name))
        auth = self.spec.auth
        if auth is None:
            return []
        if isinstance(auth, str):
            return self._by_name.get(auth, [])
        return self._of(auth, "", ("auth",))

    def of_action(self, words: list[str] | None) -> list[Requirement] | None:
        """What one call demands; None where it says nothing."""
        if words is None:
            return None
        found: list[Requirement] = []
        for word in words:
            if word == "none":
                found.append({})
                continue
            both: Requirement = {}
            for name in word.split("+"):
                for each in self._by_name.get(name.strip(), [])[:1]:
                    both |= each
            found.append(both)
        return [] if found == [{}] else found

    def _of(self, auth: Auth, name: str, path: Path) -> list[Requirement]:
        if auth.one_of is not None:
            found: list[Requirement] = []
            for key, each in auth.one_of.items():
                made = self._of(each, key, (*path, "one_of", key))
                self._by_name.setdefault(key, made)
                found += made or [{}]
            return found
        if auth.all_of is not None:
            both: Requirement = {}
            for number, each in enumerate(auth.all_of):
                for one in self._of(each, name, (*path, "all_of", number))[:1]:
                    both |= one
            return [both] if both else []
        kind = next((key for key in fields_of(Auth) if getattr(auth, key) is not None), "none")
        if kind == "none":
            return []
        made_schemes = self._schemes(auth, kind, path)
        requirement: Requirement = {}
        for number, scheme in enumerate(made_schemes):
            own = name or kind
            key = own if not number else f"{own}{number + 1}"
            requirement[self._named(key, scheme)] = []
        return [requirement]

    def _named(self, name: str, scheme: dict[str, Any]) -> str:
        wanted = re.sub(r"[^A-Za-z0-9._-]", "_", name)
        number = 2
        while self.schemes.get(wanted, scheme) != scheme:
            wanted, number = f"{name}{number}", number + 1
        self.schemes[wanted] = scheme
        return wanted

    def _schemes(self, auth: Auth, kind: str, path: Path) -> list[dict[str, Any]]:
        if kind in ("basic", "digest"):
            return [{"type": "http", "scheme": kind}]
        if kind == "token":
            assert auth.token is not None
            return [_token_scheme(auth.token.apply, auth.token.scheme)]
        if kind == "oauth2":
            return [self._oauth2(path)]
        if kind == "custom":
            assert auth.custom is not None
            found = [
                {"type": "apiKey", "in": where, "name": name}
                for where, values in (
                    ("header", auth.custom.headers),
                    ("query", auth.custom.query),
                    ("cookie", auth.custom.cookies),
                )
                for name in values
            ]
            if found:
                return found
        self.losses.tell((*path, kind), f"auth by {kind} is a header: OpenAPI has no word for it")
        text = f"Made by the client ({kind})."
        return [{"type": "apiKey", "in": "header", "name": "Authorization", "description": text}]

    def _oauth2(self, path: Path) -> dict[str, Any]:
        given: Any = self.data
        for key in (*path, "oauth2"):
            given = given[key]
        scopes = given.get("scopes")
        named = dict.fromkeys(scopes, "") if isinstance(scopes, list) else {}
        flow: dict[str, Any] = {"tokenUrl": _url(given.get("token")), "scopes": named}
        if "refresh" in given:
            flow["refreshUrl"] = _url(given["refresh"])
        if "authorize" in given:
            flow["authorizationUrl"] = _url(given["authorize"])
            return {"type": "oauth2", "flows": {"authorizationCode": flow}}
        kind = "password" if given.get("grant") == "password" else "clientCredentials"
        return {"type": "oauth2", "flows": {kind: flow}}


def _url(request: Any) -> str:
    """The URL of a request, its settings as they are named."""
    if isinstance(request, dict):
        request = next((request[key] for key in ("post", "get", "put") if key in request), "")
    return re.sub(r"\$\{([^}|?]*)[^}]*\}", r"{\1}", str(request or "/"))


def _token_scheme(apply: ast.RequestPlace | None, scheme: ast.Template | None) -> dict[str, Any]:
    where = apply.where if apply is not None else "header"
    name = apply.name if apply is not None else "Authorization"
    word = None
    if scheme is not None and scheme.is_constant:
        word = "".join(str(part) for part in scheme.parts)
    if where == "header" and name.lower() == "authorization" and word in (None, "Bearer"):
        return {"type": "http", "scheme": "bearer"}
    if where not in ("header", "query", "cookie"):
        where, name = "header", "Authorization"
    return {"type": "apiKey", "in": where, "name": name}
