"""Every text of a spec in which names are looked up, with what can be looked up there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from ferrule.forms.fields import Form
from ferrule.forms.kinds import NAMES_OF_WEBHOOK, PROOFS
from ferrule.forms.reading import fields_of
from ferrule.forms.shape import Shape
from ferrule.forms.spec import METHODS, Action, Auth, ConnectorSpec
from ferrule.forms.tree import Path
from ferrule.forms.values import Value
from ferrule.words import ast

if TYPE_CHECKING:
    from ferrule.forms.logins import Session
    from ferrule.forms.oauth import OAuth2
    from ferrule.forms.requests import Request
    from ferrule.forms.triggers import Webhook


PLAIN = frozenset({"now", "nonce"})
WITH_TOKEN = PLAIN | {"token"}
WITH_INPUT = WITH_TOKEN | {"input"}
WITH_REQUEST = WITH_TOKEN | {"request"}


class Site(Struct, frozen=True):
    """A word with look-ups. `roots` are the roots that are known there besides settings and values,
    `local` the names that an action adds: what is given (with its shape) and what answers told.
    In a `url` nothing secret and nothing that may be absent can stand. Where an answer is read,
    nobody knows the settings.
    """

    path: Path
    parts: tuple[str | ast.Reference, ...]
    roots: frozenset[str]
    sink: Literal["url", "text"] = "text"
    knows_settings: bool = True
    local: dict[str, Shape | None] = field(default_factory=dict)

    @property
    def references(self) -> Iterator[tuple[ast.Reference, bool]]:
        """Every look-up, and whether something else stands in where it finds nothing."""
        for part in self.parts:
            each = part if isinstance(part, ast.Reference) else None
            while each is not None:
                yield each, each.fallback is not None
                for used in each.filters:
                    if used.key is not None:
                        yield used.key, False
                each = each.fallback


def sites_of(spec: ConnectorSpec) -> Iterator[Site]:
    """Every site of a spec, in no order that matters."""
    yield from _connector(spec)
    yield from _network(spec)
    for place in ("headers", "query", "cookies"):
        yield from _values(getattr(spec, place), (place,), WITH_TOKEN)
    if isinstance(spec.auth, Auth):
        yield from _auth(spec.auth, ("auth",))
    for name, kind in spec.auths.items():
        yield from _auth(kind, ("auths", name))
    if spec.test is not None:
        yield from _request(spec.test, ("test",), WITH_TOKEN)
    if isinstance(spec.concurrency, ast.Template):
        yield Site(("concurrency",), spec.concurrency.parts, frozenset())
    if spec.share is not None:
        yield Site(("share",), spec.share.parts, frozenset(), "url")
    for name, trigger in spec.triggers.items():
        yield from _webhook(trigger.webhook, ("triggers", name, "webhook"))
    for name, action in spec.actions.items():
        yield from sites_of_action(action, ("actions", name))


def _connector(spec: ConnectorSpec) -> Iterator[Site]:
    if spec.base_url is not None:
        yield Site(("base_url",), spec.base_url.parts, WITH_TOKEN, "url")
    for name, url in spec.hosts.items():
        yield Site(("hosts", name), url.parts, WITH_TOKEN, "url")
    for name, value in spec.values.items():
        if isinstance(value, ast.Template):
            yield Site(("values", name), value.parts, PLAIN)
            continue
        for key, template in value.items():
            if key != ".by":
                yield Site(("values", name, key), template.parts, PLAIN)


def _network(spec: ConnectorSpec) -> Iterator[Site]:
    """The words that say how the service is reached."""
    yield from _fields(spec, (), ("proxy", "socket"), frozenset())
    if spec.tls is not None:
        yield from _fields(spec.tls, ("tls",), tuple(fields_of(type(spec.tls))), frozenset())


def _auth(auth: Auth, path: Path) -> Iterator[Site]:
    if auth.basic is not None:
        yield from _fields(auth.basic, (*path, "basic"), ("username", "password"), PLAIN)
    if auth.token is not None:
        yield from _fields(auth.token, (*path, "token"), ("value", "scheme"), WITH_TOKEN)
        if auth.token.refresh is not None:
            inner = (*path, "token", "refresh", "request")
            yield from _request(auth.token.refresh.request, inner, WITH_TOKEN)
    if auth.oauth2 is not None:
        inner = (*path, "oauth2")
        yield from _oauth2(auth.oauth2, inner)
    if auth.custom is not None:
        for place in ("headers", "query", "cookies", "body"):
            inner = (*path, "custom", place)
            yield from _values(getattr(auth.custom, place), inner, WITH_REQUEST)
    yield from _proofs(auth, path)
    if auth.session is not None:
        yield from sites_of_session(auth.session, (*path, "session"))
    for name, kind in (auth.one_of or {}).items():
        yield from _auth(kind, (*path, "one_of", name))
    for number, kind in enumerate(auth.all_of or ()):
        yield from _auth(kind, (*path, "all_of", number))


def _oauth2(form: OAuth2, path: Path) -> Iterator[Site]:
    words = ("client_id", "client_secret", "scopes", "scheme", "issuer")
    yield from _fields(form, path, words, PLAIN)
    is_redirected = form.kind_of_grant == "authorization_code"
    for key, roots in (
        ("authorize", PLAIN),
        ("token", PLAIN | {"redirect"} if is_redirected else PLAIN),
        ("refresh", WITH_TOKEN),
        ("revoke", WITH_TOKEN),
        ("discover", WITH_TOKEN),
    ):
        request: Request | None = getattr(form, key)
        if request is not None:
            yield from _request(request, (*path, key), roots)
    if form.assertion is not None:
        inner = (*path, "assertion")
        yield from _fields(form.assertion, inner, ("key",), PLAIN)
        for key in ("claims", "headers"):
            yield from _values(getattr(form.assertion, key), (*inner, key), PLAIN)


def sites_of_session(session: Session, path: Path) -> Iterator[Site]:
    """Every site of a login; each request knows what the ones before it were told."""
    local: dict[str, Shape | None] = {}
    for number, request in enumerate(session.steps):
        for site in _request(request, (*path, "steps", number), PLAIN):
            yield replace(site, local=dict(local))
        local.update(dict.fromkeys(request.let))
    later = list(_fields(session, path, ("scheme",), WITH_TOKEN))
    if session.refresh is not None:
        later += _request(session.refresh, (*path, "refresh"), WITH_TOKEN)
    for place in ("headers", "query", "cookies"):
        later += _values(getattr(session, place), (*path, place), WITH_TOKEN)
    for site in later:
        yield replace(site, local=dict(local))


def _proofs(auth: Auth, path: Path) -> Iterator[Site]:
    """The words of kinds that prove a secret instead of sending it."""
    for key in PROOFS:
        form: Form | None = getattr(auth, key)
        if form is None:
            continue
        for name in fields_of(type(form)):
            value = getattr(form, name)
            roots = WITH_REQUEST - {"token"} if key in ("jwt", "signature") else PLAIN
            if (key, name) == ("signature", "format"):
                roots |= {"signature"}
            if isinstance(value, ast.Template | dict):
                yield from _values(value, (*path, key, name), roots)


def _fields(
    form: object, path: Path, names: tuple[str, ...], roots: frozenset[str]
) -> Iterator[Site]:
    for name in names:
        word = getattr(form, name)
        if isinstance(word, ast.Template):
            yield Site((*path, name), word.parts, roots)


def _request(request: Request, path: Path, roots: frozenset[str]) -> Iterator[Site]:
    for method in METHODS:
        target = getattr(request, method)
        if target is not None:
            yield _target((*path, method), target, roots)
    for place in ("query", "headers", "cookies"):
        yield from _values(getattr(request, place), (*path, place), roots)
    yield from _values(request.body, (*path, "body"), roots)


def _target(path: Path, target: ast.PathTemplate, roots: frozenset[str]) -> Site:
    parts = tuple(part for part in target.parts if not isinstance(part, ast.PathParam))
    return Site(path, parts, roots, "url")


def _values(value: Value, path: Path, roots: frozenset[str]) -> Iterator[Site]:
    if isinstance(value, ast.Template):
        yield Site(path, value.parts, roots)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _values(each, (*path, key), roots)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _values(each, (*path, number), roots)


def sequence_of(action: Action, path: Path) -> Iterator[tuple[Request, Path]]:
    """The requests of an action that makes several, in the order in which they are made."""
    for number, step in enumerate(action.steps or ()):
        yield step, (*path, "steps", number)
    if action.job is not None:
        for key in ("start", "poll", "result", "cancel"):
            request = getattr(action.job, key)
            if request is not None:
                yield request, (*path, "job", key)


def sites_of_action(action: Action, path: Path) -> Iterator[Site]:
    """Every site of an action."""
    local: dict[str, Shape | None] = dict(action.input)
    for request, where in sequence_of(action, path):
        for site in _request(request, where, WITH_INPUT):
            yield replace(site, local=dict(local))
        local.update(dict.fromkeys(request.let))
    yield from _sweep(action, path)
    for method in METHODS:
        target = getattr(action, method)
        if target is not None:
            yield _target((*path, method), target, WITH_INPUT)
    if action.url is not None:
        yield Site((*path, "url"), action.url.parts, WITH_INPUT, "url")
    if action.method is not None:
        yield Site((*path, "method"), action.method.parts, frozenset({"input"}))
    for key, shape in declared(action):
        yield from _constants(shape, (*path, key))


def _sweep(action: Action, path: Path) -> Iterator[Site]:
    """The sites of what makes an action several calls, and of what becomes of its items."""
    given: dict[str, Shape | None] = dict(action.input)
    if action.each is not None:
        for name, word in action.each.parameters.items():
            yield Site((*path, "each", name), word.parts, frozenset(), local=given)
    if action.since is not None and action.since.start is not None:
        start = action.since.start.parts
        yield Site((*path, "since", "start"), start, frozenset({"now"}), local=given)
    if action.items is not None:
        filled = () if action.each is None else action.each.parameters
        names: dict[str, Shape | None] = dict.fromkeys(filled)
        for site in _values(action.items.derive, (*path, "items", "derive"), frozenset({"item"})):
            yield replace(site, local=names, knows_settings=False)


def _webhook(webhook: Webhook | None, path: Path) -> Iterator[Site]:
    if webhook is not None:
        yield Site((*path, "key"), webhook.key.parts, frozenset())
        if webhook.over is not None:
            local: dict[str, Shape | None] = dict.fromkeys(NAMES_OF_WEBHOOK)
            yield Site((*path, "over"), webhook.over.parts, frozenset(), local=local)


def declared(action: Action) -> Iterator[tuple[str, Shape]]:
    """The declarations of an action's parameters, each under its key."""
    for key, shape in (
        ("query", action.query),
        ("query?", action.optional_query),
        ("headers", action.headers),
        ("headers?", action.optional_headers),
        ("cookies", action.cookies),
        ("body", action.body),
        ("body?", action.optional_body),
    ):
        if shape is not None:
            yield key, shape


def _constants(shape: Shape, path: Path) -> Iterator[Site]:
    if shape.word is not None and shape.word.constant is not None:
        yield Site(path, shape.word.constant.parts, WITH_INPUT)
    for key, each in (shape.fields or {}).items():
        yield from _constants(each, (*path, key))
