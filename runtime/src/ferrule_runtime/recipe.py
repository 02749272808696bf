"""How one client makes the requests of one operation: what is fixed is made ready once."""

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ferrule_runtime.connector import Timeout
from ferrule_runtime.credentials.kinds import NoAuth
from ferrule_runtime.encode.lines import header_lines
from ferrule_runtime.layout import (
    accept_line,
    changes,
    classifier_of,
    codec_of,
    fixed_url,
    free_method,
    has_line,
    headers_of,
    over,
    path_lookups,
    present,
    streaming_cases,
)
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.plan import DEEPEST_JSON, MOST_HEADER_BYTES, MOST_REDIRECTS, Plan
from ferrule_runtime.scope import Scope
from ferrule_runtime.templates import Template, render, render_text
from ferrule_runtime.urls import Foreign, UrlFault, parse_url, render_url, resolve, with_query
from ferrule_runtime.wire import Body, Call, Lines, Origin

if TYPE_CHECKING:
    from ferrule_runtime.hooks import CallHook
    from ferrule_runtime.installation import Installation
    from ferrule_runtime.operation import Arguments, Operation
    from ferrule_runtime.options import Options


# Headers that prove who somebody is, whatever they hold.
_PROOFS = frozenset(("authorization", "cookie", "proxy-authorization"))


class Recipe:
    """Makes calls of one operation. Raises ValueError and TypeError that name no values."""

    __slots__ = (
        "_apart",
        "_body",
        "_change",
        "_changing",
        "_codec",
        "_cookies",
        "_has_free_url",
        "_installation",
        "_is_bare",
        "_key_header",
        "_key_place",
        "_lines",
        "_method",
        "_needs_scope",
        "_origin",
        "_path_lookups",
        "_prefix",
        "_query",
        "_send",
        "_timeout",
        "_total_seconds",
        "operation",
        "plan",
    )

    def __init__(
        self,
        operation: "Operation[Any]",
        installation: "Installation",
        options: "Options",
        auth: Any,
        *,
        is_streaming: bool,
    ) -> None:
        connector, scope = installation.connector, installation.scope
        self.operation = operation
        self._installation = installation
        self._codec = codec_of(operation, installation)
        self._method = None if operation.method is None else operation.method.upper()
        self._send = operation.send or connector.send
        self._timeout = options.timeout(connector, operation.timeout)
        self._total_seconds = options.total_seconds(connector, operation.timeout)
        self._origin: Origin | None = None
        self._prefix, base_query = "", ""
        self._is_bare = isinstance(auth, NoAuth) or auth == "none"
        self._has_free_url = operation.url is not None and changes(operation.url)
        if operation.url is None:
            self._origin, self._prefix, base_query = installation.host(operation.host)
        elif not self._has_free_url:
            self._origin, path = fixed_url(operation.url, installation)
            self._codec = codec_of(operation, installation, path)
        given = headers_of(connector.headers, operation.headers, options.get("headers"))
        # What holds the time or an argument is rendered by each call, the rest here.
        self._changing: dict[str, dict[str, Any]] = {}
        accept = accept_line(operation, is_streaming=is_streaming)
        lines = list(header_lines(self._fixed("headers", given, scope)))
        self._lines = over([*installation.lines, accept], lines)
        query = self._fixed("query", present(connector.query, operation.query), scope)
        self._query = "&".join(filter(None, (base_query, self._codec.query(query))))
        cookies = present(connector.cookies, operation.cookies)
        self._cookies = self._fixed("cookies", cookies, scope)
        has_changing_body = operation.body is not None and changes(operation.body)
        self._body = operation.body if has_changing_body else render(operation.body, scope)
        self._path_lookups = path_lookups(operation.path) if operation.url is None else ()
        self._needs_scope = bool(
            self._changing or self._path_lookups or self._has_free_url or has_changing_body
        )
        self._change: CallHook | None = None
        authorize: Any = None
        if operation.hooks is not None:
            from ferrule_runtime.hooks import authorizing, hook_of

            self._change = hook_of(operation, "call")
            authorize = hook_of(operation, "authorize")
            if authorize is not None:
                authorize = authorizing(authorize, scope, installation.secrets.keep)
        key = operation.idempotency_key
        self._key_header = b"" if key is None or isinstance(key, tuple) else key.encode()
        self._key_place = key if isinstance(key, tuple) else None
        authenticator = installation.authenticator(auth)
        limiter = installation.policy.limiter
        is_limited = options.get("rate_limits", True)
        self._apart = limiter.places(operation.limits) if is_limited else ()
        streams = streaming_cases(operation) if is_streaming else None
        self.plan = Plan(
            operation.action,
            operation.template,
            classifier_of(operation, connector.errors),
            advice=lambda: installation.advice(auth),
            retry=options.retry(connector, operation.retry),
            auth=authenticator,
            authorize=authorize,
            lane=limiter.lane(operation.limits) if is_limited and not self._apart else None,
            cost=operation.cost if isinstance(operation.cost, int) else 1,
            scopes=operation.scopes,
            measured_cost=None if isinstance(operation.cost, int) else operation.cost,
            is_streaming=is_streaming,
            follows_redirects=not operation.redirect,
            allows_client_auth=authenticator is None
            and not self._is_bare
            and self._origin is not None,
            caches=operation.cache == "etag" and self._method == "GET",
            expects_json=operation.media == "json"
            and operation.returns not in (None, Any)
            and not is_streaming,
            max_header_bytes=options.get("max_header_bytes", MOST_HEADER_BYTES),
            max_nesting=options.get("max_nesting", DEEPEST_JSON),
            max_redirects=options.get("max_redirects", MOST_REDIRECTS),
            max_bytes=options.max_response_bytes if streams or not is_streaming else None,
            streams=streams,
        )

    def __repr__(self) -> str:
        return f"Recipe({self.operation.action})"

    def _fixed(self, where: str, values: Mapping[str, Any], scope: Scope) -> dict[str, Any]:
        """The values that are the same for every call; the others are kept for later."""
        fixed: dict[str, Any] = {}
        for name, value in values.items():
            if changes(value):
                self._changing.setdefault(where, {})[name] = value
                continue
            rendered = render(value, scope)
            if rendered is not omit:
                fixed[name] = rendered
        return fixed

    def call(self, arguments: "Arguments") -> Call:
        """The call of these arguments; nothing of them is changed."""
        if self._change is not None:
            from ferrule_runtime.hooks import changed

            arguments = changed(self._change, arguments)
        method = self._method or free_method(arguments.method)
        if self._key_place is not None:
            arguments = with_key(arguments, self, self._key_place)
        scope = self._scope(arguments)
        origin, target = self._where(arguments, scope)
        lines = self._call_lines(arguments, scope)
        if self._is_abroad(origin):
            lines = self._without_secrets(lines, arguments)
        content, content_type = self._content(arguments, scope)
        if content_type is not None and not has_line(lines, b"content-type"):
            lines.append((b"content-type", content_type.encode("ascii")))
        has_key = self._key_place is not None or self._has_key(lines)
        replay = self.operation.replay
        is_replayable = self.operation.is_repeatable(method) or (has_key and replay != "never")
        call = Call(
            self.plan,
            method.encode("ascii"),
            origin,
            target,
            lines,
            content,
            is_replayable=is_replayable,
            timeout=self._timeout,
        )
        call.may_restart = arguments.may_restart
        if self._apart:
            values = tuple(value_at(arguments, self, *place) for place in self._apart)
            limiter = self._installation.policy.limiter
            call.lane = limiter.lane_of(self.operation.limits, values)
        if self._total_seconds is not None:
            call.deadline = self._installation.policy.clock() + self._total_seconds
        if self.operation.extends_timeout is not None:
            self._extend(call, arguments)
        body = arguments.body
        auth = self.plan.auth
        if auth is not None and auth.fills_body and (isinstance(body, dict) or body is omit):
            send = arguments.send or self._send
            call.encode_with = lambda fields: self._codec.body(
                _joined(fields, body, scope, self), send
            )
        return call

    def _scope(self, arguments: "Arguments") -> Scope:
        """The names that this call adds; only where a template asks for them."""
        scope = self._installation.scope
        if not self._needs_scope:
            return scope
        given: dict[str, Any] = {"url": arguments.url}
        for values in (arguments.query, arguments.body):
            if isinstance(values, Mapping):
                given.update(values)
        given.update(arguments.input or {})
        given = {name: value for name, value in given.items() if value is not None}
        from secrets import token_hex

        let = {} if arguments.let is None else arguments.let
        return scope.having(input=given, let=let, now=time.time(), nonce=token_hex(16))

    def _where(self, arguments: "Arguments", scope: Scope) -> tuple[Origin, str]:
        if arguments.next_url is not None:
            return self._following(arguments, scope)
        if self._has_free_url:
            return self._free_url(arguments, scope)
        assert self._origin is not None
        values = arguments.path
        if self._path_lookups:
            left = iter(values)
            values = tuple(
                next(left, omit) if each is None else each.render(scope)
                for each in self._path_lookups
            )
        path = self._codec.path.fill(values)
        if path and path[0] != "/":
            path = f"/{path}"
        target = self._prefix + path or "/"
        query = self._query_to(self._origin, arguments, scope)
        return self._origin, f"{target}?{query}" if query else target

    def _full_query(self, arguments: "Arguments", scope: Scope) -> str:
        query = self._query
        changing = self._changing.get("query")
        if changing is not None:
            more = self._codec.query(render(changing, scope))
            query = f"{query}&{more}" if query and more else query or more
        given = arguments.query
        if not given:
            return query
        text = self._codec.query(given)
        return with_query(f"?{query}", text)[1:] if query else text

    def _free_url(self, arguments: "Arguments", scope: Scope) -> tuple[Origin, str]:
        url = self._rendered_url(scope)
        if isinstance(url, Omit) or not url:
            raise ValueError("url: may not be left out or empty")
        reason = ""
        try:
            base = self._installation.base
            if base is not None and not url.startswith(("http://", "https://")):
                origin, target = resolve(url, base[0], f"{base[1]}/")
            else:
                origin, path, query = parse_url(url)
                target = (path or "/") + (f"?{query}" if query else "")
        except UrlFault as fault:
            reason = str(fault)
        if reason:
            raise ValueError(f"url: {reason}")
        self._refuse_unlisted(origin)
        return origin, with_query(target, self._query_to(origin, arguments, scope))

    def _rendered_url(self, scope: Scope) -> str | Omit:
        """The URL of this call. What stands behind its beginning cannot lead elsewhere."""
        url = self.operation.url
        parts = url.parts if isinstance(url, Template) else ()
        if len(parts) < 2:
            return render_text(url, scope)
        try:
            return render_url(url, scope)
        except UrlFault as fault:
            reason = str(fault)
        raise ValueError(f"url: {reason}")

    def _refuse_unlisted(self, origin: Origin) -> None:
        """Where the installer has listed origins, no other one is asked, but bare on purpose."""
        trusted = self._installation.policy.trusted
        if origin in trusted or self._is_bare:
            return
        if self._installation.connector.origins is None and trusted:
            raise Foreign(f"{origin.text} is none of the service's own origins: nothing was sent")
        if trusted or self.plan.auth is not None:
            raise Foreign(
                f"{origin.text} is none of the origins of this client: list it in origins=, "
                'or say auth="none" to send no credential there'
            )

    def _is_abroad(self, origin: Origin) -> bool:
        """Whether a call goes to none of the service's own origins, which it may where it is bare.

        What holds for all calls and has a secret in it stays at home then, as credentials do.
        """
        trusted = self._installation.policy.trusted
        return self._is_bare and bool(trusted) and origin not in trusted

    def _query_to(self, origin: Origin, arguments: "Arguments", scope: Scope) -> str:
        query = self._full_query(arguments, scope)
        if not query or not self._is_abroad(origin):
            return query
        from urllib.parse import unquote_plus

        own = {*(self.operation.query or ()), *(arguments.query or ())}
        scrub = self._installation.secrets.scrub
        kept = (
            pair
            for pair in query.split("&")
            if unquote_plus(pair.partition("=")[0]) in own or scrub(pair) == pair
        )
        return "&".join(kept)

    def _without_secrets(self, lines: Lines, arguments: "Arguments") -> Lines:
        """The header lines that were meant for this very call, or hold no secret."""
        scrub = self._installation.secrets.scrub
        own = {
            name.lower() for name in (*(self.operation.headers or ()), *(arguments.headers or ()))
        }
        if self.operation.cookies or arguments.cookies:
            own.add("cookie")
        texts = ((line, line[0].decode("latin-1").lower()) for line in lines)
        return [
            line
            for line, name in texts
            if name in own
            or (name not in _PROOFS and scrub(text := line[1].decode("latin-1")) == text)
        ]

    def _following(self, arguments: "Arguments", scope: Scope) -> tuple[Origin, str]:
        """A URL that the service gave: on its own origins, or refused before a byte is sent."""
        own = self._origin
        target = "/"
        reason = ""
        if arguments.base_url is not None:
            own, path, query = parse_url(arguments.base_url)
            target = (path or "/") + (f"?{query}" if query else "")
        elif own is None:
            own, target = self._free_url(arguments, scope)
        elif self._prefix:
            target = f"{self._prefix}/"
        assert arguments.next_url is not None
        assert own is not None
        try:
            origin, target = resolve(arguments.next_url, own, target)
        except UrlFault as fault:
            reason = str(fault)
        if reason:
            raise Foreign(f"the service gave a URL that is not followed: {reason}")
        if origin != own and origin not in self._installation.policy.trusted:
            raise Foreign(f"the service leads to {origin.text}, which is none of its own origins")
        return origin, target

    def body_of(self, arguments: "Arguments") -> Any:
        """What a caller gave for the body, over what the action always sends; not encoded."""
        constants = self._body if isinstance(self._body, dict) else {}
        return over_body(constants, arguments.body)

    def _call_lines(self, arguments: "Arguments", scope: Scope) -> Lines:
        lines = self._lines.copy()
        changing = self._changing.get("headers")
        if changing is not None:
            lines = over(lines, list(header_lines(render(changing, scope))))
        if arguments.headers:
            lines = over(lines, self._codec.headers(arguments.headers))
        if self._cookies or arguments.cookies or "cookies" in self._changing:
            cookies = {
                **self._cookies,
                **render(self._changing.get("cookies", {}), scope),
                **{k: v for k, v in (arguments.cookies or {}).items() if v is not omit},
            }
            line = self._codec.cookies(cookies)
            if line:
                lines = over(lines, [(b"cookie", line)])
        return lines

    def _content(
        self, arguments: "Arguments", scope: Scope
    ) -> tuple[bytes | Body | None, str | None]:
        body = arguments.body
        if self._body is not None:
            body = over_body(render(self._body, scope), body)
        if body is omit and self._codec.document is None:
            return None, None
        return self._codec.body(body, arguments.send or self._send)

    def _has_key(self, lines: Lines) -> bool:
        """One key for the logical call, the same at each attempt; the caller's own one stands."""
        if not self._key_header:
            # Who calls a URL of their own choice tells by a key that the service there knows keys.
            return self._has_free_url and has_line(lines, b"idempotency-key")
        if not has_line(lines, self._key_header.lower()):
            from uuid import uuid4

            lines.append((self._key_header, str(uuid4()).encode("ascii")))
        return True

    def _extend(self, call: Call, arguments: "Arguments") -> None:
        """A long poll is given the time that it asks the service for, on top."""
        where, _, name = (self.operation.extends_timeout or "").partition(".")
        given = {"query": arguments.query, "body": arguments.body}.get(where)
        seconds: Any = given.get(name) if isinstance(given, Mapping) else None
        if hasattr(seconds, "total_seconds"):
            seconds = seconds.total_seconds()
        timeout = call.timeout or self._installation.connector.timeout
        if isinstance(seconds, (int, float)) and seconds > 0 and timeout.read is not None:
            call.timeout = Timeout(
                timeout.connect, timeout.read + seconds, timeout.write, timeout.pool, timeout.total
            )


def _joined(fields: Mapping[str, Any], body: Any, scope: Scope, recipe: Recipe) -> Any:
    """The body of a call with the fields of a credential."""
    constants = render(recipe._body, scope) if recipe._body is not None else {}
    return over_body(over_body(constants, body), dict(fields))


def with_key(arguments: "Arguments", recipe: Recipe, place: tuple[str, str]) -> "Arguments":
    """The arguments with a key of the call in the query or body; the caller's own one stands."""
    if value_at(arguments, recipe, *place):
        return arguments
    from uuid import uuid4

    from ferrule_runtime.walk import put_value

    made = arguments.copy()
    if made.body is omit and place[0] == "body":
        made.body = {}
    put_value(made, place, str(uuid4()), ())
    return made


def value_at(arguments: "Arguments", recipe: Recipe, where: str, name: str) -> str:
    """The text that a call has at a place of its request; empty where it has none."""
    from ferrule_runtime.encode.json import split_path
    from ferrule_runtime.walk import path_names_of

    if where == "path":
        names = path_names_of(recipe.operation.path)
        found = arguments.path[names.index(name)] if name in names else None
    elif where == "body":
        node: Any = recipe.body_of(arguments)
        for step in split_path(name):
            node = node.get(step) if hasattr(node, "get") else getattr(node, step, None)
        found = node
    else:
        key = "cookies" if where == "cookie" else "headers" if where == "header" else where
        given = getattr(arguments, key) or {}
        found = dict(given).get(name)
    return "" if found is None or found is omit else str(found)


def over_body(constants: Any, body: Any) -> Any:
    """The caller's body over the constants of an action, field by field, at any depth."""
    if body is omit:
        return constants
    if not isinstance(constants, dict) or not isinstance(body, dict):
        return body
    merged = dict(constants)
    for name, value in body.items():
        if value is not omit:
            merged[name] = over_body(merged[name], value) if name in merged else value
    return merged
