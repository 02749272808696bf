"""HTTP digest authentication: reads challenges and answers them (RFC 7616, 2617, 2069)."""

# ruff: noqa: ARG002 - every authenticator is asked in the same words

import hashlib
import re
from collections.abc import Iterable
from itertools import count
from secrets import token_hex
from threading import Lock
from typing import TYPE_CHECKING

from ferrule_runtime.credentials.authenticators import Authenticator, CredentialFault
from ferrule_runtime.credentials.outgoing import Outgoing
from ferrule_runtime.encode.lines import header_value
from ferrule_runtime.flows.limit import limited
from ferrule_runtime.flows.retry import can_send_again
from ferrule_runtime.forks import watch
from ferrule_runtime.wire import Call, Close, Credential, Flow, Lines, Reply

if TYPE_CHECKING:
    from ferrule_runtime.flows.policy import Policy

# The strongest first: of several challenges the best that both sides know is answered. SHA-512 is
# in no RFC and in services all the same.
_HASHES = {"SHA-512": "sha512", "SHA-512-256": "sha512_256", "SHA-256": "sha256", "MD5": "md5"}
_TOKEN = r"[A-Za-z0-9!#$%&'*+.^_`|~-]+"
_next_item = re.compile(
    rf'[\s,]*(?:({_TOKEN})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|({_TOKEN}))|({_TOKEN})(?=\s|,|$))'
).match
_NEVER_SENT: Credential = Credential()


class Challenge:
    """What a service wants to have answered; `numbers` counts the answers given to it."""

    __slots__ = (
        "algorithm",
        "charset",
        "hashes_user",
        "is_session",
        "nonce",
        "numbers",
        "opaque",
        "qop",
        "realm",
    )

    def __init__(self, fields: dict[str, str]) -> None:
        """Raises ValueError where it cannot be answered."""
        named = fields.get("algorithm", "MD5").upper()
        self.algorithm = named.removesuffix("-SESS")
        self.is_session = named.endswith("-SESS")
        if self.algorithm not in _HASHES:
            raise ValueError("an algorithm that nobody here knows")
        hashlib.new(_HASHES[self.algorithm], usedforsecurity=False)
        self.nonce = fields["nonce"]
        self.numbers = count(1)
        self.realm = fields.get("realm", "")
        self.opaque = fields.get("opaque")
        self.charset = fields.get("charset", "").lower()
        self.hashes_user = fields.get("userhash", "").lower() == "true"
        offered = [each.strip().lower() for each in fields.get("qop", "").split(",")]
        self.qop = next((each for each in ("auth", "auth-int") if each in offered), "")
        if "qop" in fields and not self.qop:
            raise ValueError("a quality of protection that nobody here knows")


def challenges_in(lines: Lines) -> list[dict[str, str]]:
    """The digest challenges of an answer; there may be several, in one header line or in many."""
    found: list[dict[str, str]] = []
    for name, value in lines:
        if name.lower() == b"www-authenticate":
            found += [fields for scheme, fields in _read(value.decode("latin-1"))]
    return found


def _read(text: str) -> Iterable[tuple[str, dict[str, str]]]:
    """The challenges of one header line whose scheme is Digest, with their parameters."""
    schemes: list[tuple[str, dict[str, str]]] = []
    at = 0
    while (item := _next_item(text, at)) is not None and item.end() > at:
        at = item.end()
        name, quoted, plain, scheme = item.groups()
        if scheme is not None:
            schemes.append((scheme.lower(), {}))
        elif schemes:
            value = plain if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
            schemes[-1][1].setdefault(name.lower(), value)
    return [each for each in schemes if each[0] == "digest"]


def strongest(offered: list[dict[str, str]]) -> Challenge | None:
    """The best of the challenges that can be answered."""
    possible = []
    for fields in offered:
        try:
            possible.append(Challenge(fields))
        except (KeyError, ValueError):
            continue
    order = list(_HASHES)
    return min(possible, key=lambda each: order.index(each.algorithm), default=None)


def answer(
    challenge: Challenge,
    username: str,
    password: str,
    request: Outgoing,
    *,
    number: int,
    client_nonce: str,
) -> str:
    """The value of the Authorization header. Raises CredentialFault for a body sent in parts."""

    def digest(text: bytes) -> str:
        made = hashlib.new(_HASHES[challenge.algorithm], text, usedforsecurity=False)
        return made.hexdigest()

    encoding = "utf-8" if challenge.charset == "utf-8" else "latin-1"
    try:
        user, secret = username.encode(encoding), password.encode(encoding)
    except UnicodeEncodeError:
        user, secret = username.encode(), password.encode()
    realm = challenge.realm.encode("latin-1", "replace")
    first = digest(b":".join((user, realm, secret)))
    if challenge.is_session:
        first = digest(f"{first}:{challenge.nonce}:{client_nonce}".encode("latin-1"))
    second_parts = [request.method, request.target]
    if challenge.qop == "auth-int":
        if request.body is None:
            raise CredentialFault(
                "the service wants the body signed, and a body sent in parts cannot be"
            )
        second_parts.append(digest(request.body))
    second = digest(":".join(second_parts).encode("latin-1"))
    counted = f"{number:08x}"
    middle = [challenge.nonce]
    if challenge.qop:
        middle += [counted, client_nonce, challenge.qop]
    response = digest(":".join((first, *middle, second)).encode("latin-1"))
    shown = digest(user + b":" + realm) if challenge.hashes_user else None
    return _spelled(
        challenge, request, _user_field(username, shown), response, counted, client_nonce
    )


def _user_field(username: str, hashed: str | None) -> str:
    from urllib.parse import quote

    if hashed is not None:
        return f'username="{hashed}", userhash=true'
    if username.isascii():
        return f"username={_quoted(username)}"
    return f"username*=UTF-8''{quote(username, safe='')}"


def _spelled(
    challenge: Challenge,
    request: Outgoing,
    user_field: str,
    response: str,
    counted: str,
    client_nonce: str,
) -> str:
    algorithm = challenge.algorithm + ("-sess" if challenge.is_session else "")
    parts = [
        user_field,
        f"realm={_quoted(challenge.realm)}",
        f"nonce={_quoted(challenge.nonce)}",
        f"uri={_quoted(request.target)}",
        f"algorithm={algorithm}",
        f'response="{response}"',
    ]
    if challenge.qop:
        parts += [f"qop={challenge.qop}", f"nc={counted}", f'cnonce="{client_nonce}"']
    elif challenge.is_session:
        parts.append(f'cnonce="{client_nonce}"')
    if challenge.opaque is not None:
        parts.append(f"opaque={_quoted(challenge.opaque)}")
    return "Digest " + ", ".join(parts)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


class DigestAuth(Authenticator):
    """Answers the latest challenge of each origin; the first call of all is sent without."""

    __slots__ = ("__weakref__", "_lock", "_met", "_password", "_username")
    is_refreshable = True
    fills_body = False
    signs_request = True

    def __init__(self, username: str, password: str) -> None:
        self._username = username
        self._password = password
        self._lock = Lock()
        self._met: dict[str, Challenge] = {}
        watch(self)

    def __repr__(self) -> str:
        return "DigestAuth(hidden)"

    def current(self, call: Call) -> Credential | None:
        if call.origin.text not in self._met and not can_send_again(call):
            return None
        return self.sign(Outgoing(call))

    def sign(self, request: Outgoing) -> Credential:
        with self._lock:
            challenge = self._met.get(request.origin.text)
            number = 0 if challenge is None else next(challenge.numbers)
        if challenge is None:
            return _NEVER_SENT
        text = answer(
            challenge,
            self._username,
            self._password,
            request,
            number=number,
            client_nonce=token_hex(16),
        )
        return Credential([(b"authorization", header_value(text, "Authorization"))])

    def obtain(self, call: Call, policy: "Policy") -> Flow[Credential]:
        """Ask for the challenge by a GET without a body: this body can be sent only once."""
        headers = [line for line in call.headers if not line[0].lower().startswith(b"content-")]
        plan = call.plan.varied(auth=None, is_streaming=False)
        probe = Call(
            plan,
            b"GET",
            call.origin,
            call.path_and_query,
            headers,
            timeout=call.timeout,
            deadline=call.deadline,
        )
        reply = yield from limited(probe, policy)
        if reply.close is not None:
            yield Close(reply)
        self._learn(call.origin.text, reply)
        return self.sign(Outgoing(call))

    def renew(self, refused: Credential, call: Call, reply: Reply) -> bool:
        return self._learn(call.origin.text, reply)

    def _learn(self, origin: str, reply: Reply) -> bool:
        challenge = strongest(challenges_in(reply.headers)) if reply.status == 401 else None
        if challenge is None:
            return False
        with self._lock:
            self._met[origin] = challenge
        return True

    def after_fork(self) -> None:
        """In a child process: whoever held the lock is not here, and numbers are not shared."""
        self._lock = Lock()
        self._met = {}
