"""Webhooks: proves that the service sent one, now, and reads it as the event that it is."""

import base64
import hashlib
import hmac
import os
import re
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ferrule_runtime.answer import Answer, AnswerFault
from ferrule_runtime.errors import ConnectorError
from ferrule_runtime.frozen import Frozen
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.places import LONGEST_SEARCHED, HeaderPlace, Matching
from ferrule_runtime.scope import Scope
from ferrule_runtime.settings import SettingFault, read_setting, told
from ferrule_runtime.templates import Ref, Template, as_text, render
from ferrule_runtime.waits import UNITS, Wait

if TYPE_CHECKING:
    from ferrule_runtime.connector import Connector

__all__ = ["Webhook", "WebhookEvent"]

T = TypeVar("T")

TOLERANCE_SECONDS = 300.0
_HASHES = {"hmac_sha1": hashlib.sha1, "hmac_sha256": hashlib.sha256, "hmac_sha512": hashlib.sha512}
# More signatures than a rotation of keys needs are no proof and cost time.
_MOST_SIGNATURES = 16


class WebhookEvent(Frozen, Generic[T]):
    """What a service told: `type`, `data` as its type, `id` and `timestamp` where it has them.

    `timestamp` is in seconds since the epoch. Data of a type that the spec does not name is the
    decoded JSON.
    """

    __slots__ = ("data", "id", "timestamp", "type")
    type: str | None
    data: T
    id: str | None
    timestamp: float | None

    def __init__(
        self,
        type: str | None,  # noqa: A002 - the language's words
        data: T,
        id: str | None = None,  # noqa: A002
        timestamp: float | None = None,
    ) -> None:
        self._fill(type=type, data=data, id=id, timestamp=timestamp)


class Webhook(Generic[T]):
    """How the webhooks of a service are proven and read. A constant; nothing is kept in it."""

    def __init__(
        self,
        name: str,
        *,
        connector: "Connector",
        sign: str,
        key: Any,
        signature: Any,
        over: Any = None,
        key_encoding: str = "text",
        encoding: str = "hex",
        timestamp: Any = None,
        tolerance_seconds: float = TOLERANCE_SECONDS,
        id: Any = None,  # noqa: A002 - the language's word
        type: Any = None,  # noqa: A002
        data: Any = None,
        events: Mapping[str, Any] | None = None,
    ) -> None:
        self.name = name
        self._connector = connector
        self._hash = _HASHES[sign]
        self._key = key
        self._signature = signature
        self._over = over
        self._key_encoding = key_encoding
        self._encoding = encoding
        self._timestamp = timestamp
        self._tolerance_seconds = tolerance_seconds
        self._id = id
        self._type = type
        self._data = data
        self._events = dict(events or {})
        self._adapters: dict[str, Any] = {}

    def __repr__(self) -> str:
        return f"Webhook({self.name})"

    def receive(
        self,
        body: bytes,
        headers: "Mapping[str, str] | Sequence[tuple[str, str]]",
        *,
        url: str = "",
        now: float | None = None,
        environ: Mapping[str, str] = os.environ,
        **settings: Any,
    ) -> "WebhookEvent[T]":
        """The event of a request. Raises WebhookRefused for one that the service did not send.

        `body` is what came, byte for byte. `now` is in seconds since the epoch.
        """
        pairs = headers.items() if isinstance(headers, Mapping) else headers
        lines = [
            (str(key).encode("latin-1"), str(text).encode("latin-1", "replace"))
            for key, text in pairs
        ]
        answer = Answer(200, lines, bytes(body))
        scope = self._scope(settings, environ)
        timestamp, written = self._moment(answer, time.time() if now is None else now)
        given_id = None if self._id is None else self._id(answer)
        names = {"timestamp": written, "id": given_id, "url": url}
        self._prove(answer, scope, names)
        return self._event(answer, None if given_id is None else str(given_id), timestamp)

    # --- the proof

    def _prove(self, answer: Answer, scope: Scope, names: Mapping[str, Any]) -> None:
        given = self._signatures(answer)
        if not given:
            raise self._refused("it has no signature")
        expected = hmac.new(self._secret(scope), self._signed(answer, scope, names), self._hash)
        digest = expected.digest()
        # Each is compared, and in constant time: how long it takes tells nothing.
        matches = [hmac.compare_digest(digest, each) for each in given]
        if not any(matches):
            raise self._refused("its signature is not the service's")

    def _signatures(self, answer: Answer) -> list[bytes]:
        place = self._signature
        if isinstance(place, Matching) and isinstance(place.place, HeaderPlace):
            text = place.place(answer)
            found = [] if text is None else _all_matches(place.pattern, str(text))
        else:
            text = place(answer)
            found = [] if text is None else [str(text)]
        decoded = (_decoded(each, self._encoding) for each in found[:_MOST_SIGNATURES])
        return [each for each in decoded if each is not None]

    def _secret(self, scope: Scope) -> bytes:
        text = render(self._key, scope)
        if text is omit or not text:
            raise self._unusable("the key is not given")
        key = _decoded(as_text(text), self._key_encoding)
        if key is None:
            raise self._unusable(f"the key is not {self._key_encoding}")
        return key

    def _signed(self, answer: Answer, scope: Scope, names: Mapping[str, Any]) -> bytes:
        if self._over is None:
            return answer.content
        parts: list[bytes] = []
        for part in self._over.parts if isinstance(self._over, Template) else (self._over,):
            if isinstance(part, str):
                parts.append(part.encode())
            elif isinstance(part, Ref) and part.names == ("body",):
                parts.append(answer.content)
            else:
                value = part.render({**scope, **names})
                if value is omit or value is None:
                    raise self._refused(f"it has no {part}")
                parts.append(as_text(value, part).encode())
        return b"".join(parts)

    def _moment(self, answer: Answer, now: float) -> tuple[float | None, str | None]:
        """When it was sent, in seconds and as written; refused where that is too long ago."""
        if self._timestamp is None:
            return None, None
        wait = self._timestamp if isinstance(self._timestamp, Wait) else None
        place: Any = self._timestamp if wait is None else wait.source
        text = place(answer)
        if text is None:
            raise self._refused("it does not say when it was sent")
        seconds = _seconds(str(text), "epoch" if wait is None else wait.unit)
        if seconds is None:
            raise self._refused("it does not say when it was sent in a way that can be read")
        if abs(now - seconds) > self._tolerance_seconds:
            age = f"{now - seconds:.0f} s ago, and {self._tolerance_seconds:g} s are allowed"
            raise self._refused(f"it was sent {age}")
        return seconds, str(text)

    # --- the event

    def _event(
        self, answer: Answer, given_id: str | None, timestamp: float | None
    ) -> "WebhookEvent[T]":
        tree = self._tree(answer)
        answer = answer.with_tree(tree)
        found = None if self._type is None else self._type(answer)
        kind = None if found is None else str(found)
        data = tree if self._data is None else self._data(answer)
        return WebhookEvent(kind, self._typed(kind, data), given_id, timestamp)

    def _tree(self, answer: Answer) -> Any:
        """The body as JSON; that of a form as its fields, and without declared events as text."""
        if answer.media_type == "application/x-www-form-urlencoded":
            from urllib.parse import parse_qsl

            return dict(parse_qsl(answer.text, keep_blank_values=True))
        reason = ""
        try:
            return answer.json
        except AnswerFault as fault:
            reason = str(fault)
        if not self._events:
            return answer.text
        raise self._invalid(reason)

    def _typed(self, kind: str | None, data: Any) -> Any:
        returns = self._events.get(kind) if kind is not None else None
        if returns is None:
            return data
        from pydantic_core import ValidationError

        from ferrule_runtime.mismatch import fault_of
        from ferrule_runtime.models import adapter

        assert kind is not None
        if kind not in self._adapters:
            self._adapters[kind] = adapter(returns())
        failure: ValidationError | None = None
        try:
            return self._adapters[kind].validator.validate_python(data)
        except ValidationError as error:
            failure = error
        raise self._invalid(str(fault_of(failure, data)))

    # --- settings and errors

    def _scope(self, given: Mapping[str, Any], environ: Mapping[str, str]) -> Scope:
        """The settings that the key and the signed text need; others are not asked for."""
        wanted = {*_roots(self._key), *_roots(self._over)}
        values: dict[str, Any] = {}
        for setting in self._connector.settings:
            if setting.name not in wanted:
                continue
            reason = ""
            try:
                value = read_setting(setting, given.get(setting.name, omit), environ)
            except SettingFault as fault:
                reason = str(fault)
            if reason:
                values.clear()
                raise self._unusable(f"the setting {setting.name} ({told(setting)}) {reason}")
            if not isinstance(value, Omit):
                values[setting.name] = value
        for name, derived in self._connector.values.items():
            if name in wanted:
                values[name] = render(derived, values)
        return Scope(values)

    def _named(self, name: str, text: str) -> ConnectorError:
        from ferrule_runtime.errors import ErrorTable

        table = (self._connector.error_table or ErrorTable)()
        return table.named(name)(f"{self._connector.name}: webhook {self.name}: {text}")

    def _refused(self, reason: str) -> ConnectorError:
        return self._named("WebhookRefused", f"refused: {reason}")

    def _invalid(self, reason: str) -> ConnectorError:
        return self._named("InvalidResponse", f"it is not what was declared: {reason}")

    def _unusable(self, reason: str) -> ConnectorError:
        return self._named("ConfigurationError", reason)


def _all_matches(pattern: str, text: str) -> list[str]:
    """Every part of a text that a pattern finds: its first group, or the whole."""
    found = re.finditer(pattern, text[:LONGEST_SEARCHED], re.ASCII)
    return [each[1] if each.re.groups else each[0] for each in found]


def _decoded(text: str, encoding: str) -> bytes | None:
    try:
        if encoding == "hex":
            return bytes.fromhex(text.strip())
        if encoding == "base64":
            return base64.b64decode(text.strip(), validate=True)
    except ValueError:
        return None
    return text.encode()


def _seconds(text: str, unit: str) -> float | None:
    """A moment in seconds since the epoch."""
    # The units of waits count from now on; from the epoch they tell the moment itself.
    return UNITS[unit if unit in UNITS else "epoch"](text, 0.0)


def _roots(template: Any) -> set[str]:
    from ferrule_runtime.templates import roots_of

    return set(roots_of(template))
