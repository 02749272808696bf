"""The JSON documents of the API, made from views and rows; none of them can hold a secret."""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from ferrule_providers.api.problems import document as problem
from ferrule_providers.clock import as_text
from ferrule_providers.core import View
from ferrule_providers.faults import FieldFault, InvalidRequest
from ferrule_providers.form import AUTH, Form, is_sealed
from ferrule_providers.handing_out import Access
from ferrule_providers.installed import Provider
from ferrule_providers.listing import Row
from ferrule_providers.probing import Outcome
from ferrule_providers.signing_in import Started
from ferrule_providers.states import REASONS
from ferrule_providers.store.audit import Entry
from ferrule_runtime.connector import Setting

PROBLEM_CODES = {"refused": "credentials-refused", "misconfigured": "invalid-request"}


def answer(content: Any, headers: Mapping[str, str] | None = None) -> Response:
    """JSON, written in one go: what a framework does to a dict on its way costs more than SQL."""
    body = json.dumps(content, separators=(",", ":"))
    return Response(body, media_type="application/json", headers=dict(headers or {}))


def tagged(view: View, content: Any) -> tuple[str, str]:
    """The body of a connection's document and its entity tag.

    The tag names the revision and what is told about it; for If-Match the revision alone counts.
    """
    body = json.dumps(content, separators=(",", ":"))
    digest = hashlib.sha256(body.encode()).hexdigest()[:8]
    return body, f'"{view.entity_tag}-{digest}"'


def row(found: Row) -> dict[str, Any]:
    """One line of the list."""
    provider = found.provider
    return {
        "provider": found.slug,
        "title": provider.title if provider is not None else found.slug,
        "version": provider.version if provider is not None else None,
        "problem": provider.problem if provider is not None else None,
        "connection": found.name,
        "state": found.state,
        "reason": found.attention,
        "enabled": found.enabled,
        "verified_at": as_text(found.verified_at),
        "updated_at": as_text(found.updated_at),
        "last_error": found.last_error,
    }


def provider(found: Provider) -> dict[str, Any]:
    """A provider with its set-up form."""
    return {
        "provider": found.slug,
        "title": found.title,
        "version": found.version,
        "package": found.package,
        "problem": found.problem,
        "has_test": found.has_test,
        "auth": [
            {
                "name": choice.name,
                "kind": choice.kind,
                "signs_in": choice.signs_in,
                "settings": list(choice.settings),
            }
            for choice in found.form.choices
        ],
        "fields": fields(found.form),
        "setup_schema": schema(found.form),
    }


def fields(form: Form) -> list[dict[str, Any]]:
    """The fields of a set-up form, in the order of the connector's settings."""
    required = required_names(form)
    return [
        {
            "name": each.name,
            "type": each.type,
            "item": each.item,
            "secret": is_sealed(each),
            "required": each.name in required,
            "default": None if is_sealed(each) else each.default,
            "choices": list(each.choices),
            "pattern": each.pattern,
            "minimum": each.minimum,
            "maximum": each.maximum,
            "example": each.example,
            "doc": each.doc,
        }
        for each in form.settings
    ]


def required_names(form: Form) -> set[str]:
    """What is needed whatever is chosen: by the addresses, or by every way to authenticate."""
    missing = [set(form.missing(choice.name, {})) for choice in form.choices]
    return set(form.always) | (set.intersection(*missing) if missing else set())


def schema(form: Form) -> dict[str, Any]:
    """A JSON Schema of the body that sets a connection up. null clears, left out keeps."""
    properties: dict[str, Any] = {each.name: _property(each) for each in form.settings}
    names = [choice.name for choice in form.choices if choice.name is not None]
    if names:
        properties[AUTH] = {"enum": names, "description": "Which way to authenticate is meant."}
    return {"type": "object", "properties": properties, "additionalProperties": False}


_JSON_TYPES = {"integer": "integer", "number": "number", "boolean": "boolean"}


def _property(setting: Setting) -> dict[str, Any]:
    kind = setting.type.partition("(")[0]
    found: dict[str, Any] = {"type": [_JSON_TYPES.get(kind, "string"), "null"]}
    if kind in ("json_secret", "file"):
        found["type"] = ["string", "object", "null"]
    elif kind == "list":
        found = {"type": ["array", "null"], "items": {}}
    elif kind == "map":
        found = {"type": ["object", "null"], "additionalProperties": {}}
    for name, value in (
        ("description", setting.doc or None),
        ("minimum", setting.minimum),
        ("maximum", setting.maximum),
        ("default", None if is_sealed(setting) else setting.default),
    ):
        if value is not None:
            found[name] = value
    if setting.choices:
        found["enum"] = [*setting.choices, None]
    if setting.pattern is not None and kind not in ("list", "map", "file"):
        found["pattern"] = f"^(?:{setting.pattern})$"
    if is_sealed(setting):
        found["writeOnly"] = True
    return found


def connection(view: View, usage: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """A connection: what is set, since when, how it fares; of secrets only that they are there."""
    stored = view.stored
    reason = REASONS.get(view.attention or "")
    found: dict[str, Any] = {
        "provider": view.provider,
        "connection": view.name,
        "state": view.state,
        "reason": view.attention,
        "detail": reason.sentence if reason is not None else None,
        "action": reason.action if reason is not None else None,
        "enabled": stored.enabled if stored is not None else True,
        "auth": stored.auth_choice if stored is not None else None,
        "settings": dict(stored.settings) if stored is not None else {},
        "secrets": {},
        "token": None,
        "verified_at": as_text(stored.verified_at) if stored is not None else None,
        "last_error": stored.last_error if stored is not None else None,
        "pending_authorization": None,
        "revision": stored.revision if stored is not None else 0,
        "created_at": as_text(stored.created_at) if stored is not None else None,
        "updated_at": as_text(stored.updated_at) if stored is not None else None,
    }
    if stored is not None:
        found["secrets"] = {
            secret.name: {
                "set": True,
                "updated_at": as_text(secret.updated_at),
                "fingerprint": secret.fingerprint,
            }
            for secret in sorted(stored.secrets.values(), key=lambda each: each.name)
        }
        if stored.token is not None:
            found["token"] = {
                "expires_at": as_text(stored.token.expires_at),
                "refreshed_at": as_text(stored.token.refreshed_at),
                "has_refresh_token": stored.token.has_refresh,
                "scopes": list(stored.token.scopes),
                "failures": stored.token.failures,
            }
        if stored.pending_until is not None:
            found["pending_authorization"] = {"expires_at": as_text(stored.pending_until)}
    if usage is not None:
        found["usage"] = [
            {
                "day": each["day"].isoformat(),
                "last_at": as_text(each["last_at"]),
                **{kind: each["counts"].get(kind, 0) for kind in USES},
            }
            for each in usage
        ]
    return found


USES = ("handed_out", "tested", "refreshed", "failed")


def outcome(told: Outcome) -> dict[str, Any]:
    """What a test told. A test that fails is a request that succeeded."""
    if told.ok:
        failure = None
    else:
        code = PROBLEM_CODES.get(told.verdict, "service-unreachable")
        failure = problem(code, told.message, upstream_status=told.status_code)
    return {
        "ok": told.ok,
        "message": told.message,
        "problem": failure,
        "duration_ms": told.duration_ms,
    }


def started(sign_in: Started) -> dict[str, Any]:
    """A sign-in that waits for a browser."""
    return {"url": sign_in.url, "expires_at": as_text(sign_in.expires_at)}


def access(handed: Access) -> dict[str, Any]:
    """What a client elsewhere is made from: the only document that holds credentials."""
    token = None
    if handed.access_token is not None:
        token = {
            "access_token": handed.access_token,
            "expires_at": as_text(handed.expires_at),
            "revision": handed.revision,
            "captured": dict(handed.captured),
        }
    return {
        "provider": handed.provider,
        "connection": handed.name,
        "auth": handed.auth,
        "settings": dict(handed.settings),
        "secrets": dict(handed.secrets),
        "token": token,
    }


def entry(line: Entry) -> dict[str, Any]:
    """One line of the audit log."""
    return {
        "id": line.id,
        "at": line.at,
        "actor": line.actor,
        "action": line.action,
        "target": line.target,
        "result": line.result,
        "request_id": line.request_id,
        "fields": list(line.fields),
        "previous_hash": line.previous_hash,
        "hash": line.hash,
    }


def cursor(position: tuple[str, str] | None) -> str | None:
    """Where a page ended, as text for the next request."""
    if position is None:
        return None
    return base64.urlsafe_b64encode("\n".join(position).encode("ascii")).decode("ascii").rstrip("=")


def read_cursor(text: str) -> tuple[str, str]:
    """What `cursor` made. Raises InvalidRequest."""
    if not text:
        return "", ""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        slug, name = base64.b64decode(padded, altchars=b"-_", validate=True).decode().split("\n")
        if slug and (slug + name).replace("-", "").replace("_", "").isalnum():
            return slug, name
    except (ValueError, binascii.Error):
        pass
    raise InvalidRequest([FieldFault("?after", "cursor", "Take it from `next` of a page before.")])
