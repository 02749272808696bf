"""Keeps the secrets of a client out of every text that leaves it: messages, logs, errors."""

import re
from collections import deque
from collections.abc import Iterable
from typing import Any
from weakref import WeakSet

HIDDEN = "***"
# Shorter ones would make a riddle of every message, and are no secrets anyway.
SHORTEST = 4
# Tokens come and go; the latest are those that a service may still echo.
MOST_TOKENS = 64
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

_alive: "WeakSet[Secrets]" = WeakSet()


class Secrets:
    """The secret texts of one client, and what they look like encoded.

    Settings are kept for good, fetched tokens as long as they are among the latest.
    """

    __slots__ = ("__weakref__", "_find", "_find_bytes", "_kept", "_tokens")

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._kept = {text for text in texts if len(text) >= SHORTEST}
        self._tokens: deque[str] = deque(maxlen=MOST_TOKENS)
        self._find: re.Pattern[str] | None = None
        self._find_bytes: re.Pattern[bytes] | None = None
        _alive.add(self)

    def __repr__(self) -> str:
        return "Secrets(hidden)"

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("secrets cannot be pickled")

    def keep(self, *texts: str) -> None:
        """Secrets that hold as long as the client lives."""
        self._kept.update(text for text in texts if len(text) >= SHORTEST)
        self._find = self._find_bytes = None

    def add_token(self, *texts: str) -> None:
        """Secrets that are replaced by others in time."""
        for text in texts:
            if len(text) >= SHORTEST and text not in self._tokens:
                self._tokens.append(text)
                self._find = self._find_bytes = None

    def scrub(self, text: str) -> str:
        """The text with every secret in it, raw or encoded, replaced by `***`."""
        find = self._find
        if find is None:
            find = self._find = re.compile("|".join(map(re.escape, self._forms())) or r"(?!)")
        return find.sub(HIDDEN, text)

    def scrub_bytes(self, content: bytes) -> bytes:
        """The same for bytes, in which secrets stand as UTF-8."""
        find = self._find_bytes
        if find is None:
            forms = [form.encode("utf-8", "surrogatepass") for form in self._forms()]
            find = self._find_bytes = re.compile(b"|".join(map(re.escape, forms)) or rb"(?!)")
        return find.sub(HIDDEN.encode(), content)

    def scrub_tree(self, value: Any) -> Any:
        """The same for every text of a JSON value; the value given is not changed."""
        if isinstance(value, str):
            return self.scrub(value)
        if isinstance(value, dict):
            return {self.scrub(str(key)): self.scrub_tree(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.scrub_tree(inner) for inner in value]
        return value

    def _forms(self) -> list[str]:
        found = {form for text in [*self._kept, *self._tokens] for form in _forms_of(text)}
        # The longest first: a secret may begin with another one.
        return sorted((form for form in found if len(form) >= SHORTEST), key=len, reverse=True)


def _forms_of(text: str) -> set[str]:
    import json
    from base64 import b64encode, urlsafe_b64encode
    from urllib.parse import quote, quote_plus

    raw = text.encode("utf-8", "surrogatepass")
    forms = {text, quote(raw), quote(raw, safe=""), quote_plus(raw), json.dumps(text)[1:-1]}
    for encode in (b64encode, urlsafe_b64encode):
        for shift in range(3):
            # Inside a longer text its base64 depends on where it begins: three ways there are, and
            # the characters at both ends are shared with the neighbours.
            encoded = encode(b"\0" * shift + raw).decode("ascii").rstrip("=")
            is_ragged = (len(raw) + shift) % 3 != 0
            forms.add(encoded[(0, 2, 3)[shift] : len(encoded) - is_ragged])
            if shift == 0:
                forms.add(encoded)
    forms.add(raw.hex())
    # What a service makes of it that reads headers as Latin-1.
    forms.add(raw.decode("latin-1"))
    return forms


def one_line(text: str, longest: int = 500) -> str:
    """The text without line breaks, escape sequences and other control characters, and bounded."""
    text = text[: longest + 1]
    text = _CONTROL.sub(lambda match: repr(match[0])[1:-1], text)
    return text if len(text) <= longest else text[:longest] + "…"


def scrub_for_all(text: str) -> str:
    """The text without the secrets of any client that lives in this process."""
    for secrets in list(_alive):
        text = secrets.scrub(text)
    return text
