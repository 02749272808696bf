"""Proves the requests of actions, auth and test: one method, a whole path, a body to send."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from ferrule.forms.shape import Shape
from ferrule.forms.spec import METHODS, Action, Auth
from ferrule.forms.tree import Path
from ferrule.forms.values import Values, named_values
from ferrule.passes.check.context import Context, did_you_mean, listed, quoted
from ferrule.passes.check.declarations import Declarations
from ferrule.passes.check.graphql import check_graphql
from ferrule.passes.check.paging import effective_paging
from ferrule.passes.check.scope import Scope, parts_of, type_of, type_path
from ferrule.passes.check.sites import declared
from ferrule.words import HEADER_NAME, HEADERS_OF_THE_WIRE, ast

if TYPE_CHECKING:
    from ferrule.forms.requests import Request


_LINE_END = re.compile(r"[\r\n\x00]")
_HTTP = re.compile(r"http://(\[[^\]]*\]|[^/:$]*)")
_ORIGIN = re.compile(r"https?://[^/?#\s]*")
_BRACES = re.compile(r"\{[^{}]*\}")
# `/:id` and `/<id>`; a colon inside a segment is a custom method (`/files:batchGet`).
_OTHER_PARAMETER = re.compile(r"/(:[A-Za-z_]\w*|<[A-Za-z_]\w*>)(?=/|\Z)", re.ASCII)
_BODY_KEYS = ("body", "body?", "bodies")
_MEDIA_WORDS = ("json", "form", "multipart", "xml", "text", "bytes")


def check_base_urls(context: Context) -> None:
    """Check the base URL and the other hosts."""
    spec = context.spec
    if spec.base_url is not None:
        _check_url(context, ("base_url",), spec.base_url)
    for name, url in spec.hosts.items():
        _check_url(context, ("hosts", name), url)


def _check_url(context: Context, path: Path, url: ast.Template) -> None:
    text = "".join(part if isinstance(part, str) else "{}" for part in url.parts)
    starts_with_name = bool(url.parts) and not isinstance(url.parts[0], str)
    if not text.startswith(("https://", "http://")) and not starts_with_name:
        message = f"{quoted(context.tree.raw_text(path))} is not an absolute URL"
        advice = "write `https://` and the host"
        context.at_value("bad-base-url", path, message, help=advice)
        return
    for sign, what in (("?", "a query"), ("#", "a fragment")):
        if sign in text:
            message = f"a base URL has no part that begins with `{sign}`: that would be {what}"
            context.at_value("bad-base-url", path, message, help="`query:` is for every request")
    braces = _BRACES.search(text.replace("{}", ""))
    if braces is not None:
        message = f"{quoted(braces[0])} is text here: a base URL has no parameters"
        advice = f"look a setting up: `${braces[0]}`"
        context.at_value("bad-base-url", path, message, help=advice)
    origin = _ORIGIN.match(text)
    if origin is not None and "@" in origin[0]:
        message = "a base URL holds no user name: say it under `auth:`"
        context.at_value("bad-base-url", path, message)
    _check_plain_http(context, path, text)


def _check_plain_http(context: Context, path: Path, text: str) -> None:
    found = _HTTP.match(text)
    if found is None or _is_loopback(found[1]):
        return
    message = "everything sent to `http://` can be read on the way, credentials too"
    advice = "write `https://`"
    context.at_value("plain-http", path, message, help=advice)


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


# --- requests of auth and test ---


def check_auth_requests(context: Context, auth: Auth, path: Path) -> None:
    """Check every request that a kind of auth makes."""
    for request, where in auth_requests(auth, path):
        is_in_row = "steps" in where or where[-1] == "discover"
        check_request(context, request, where, is_in_row=is_in_row)


def auth_requests(auth: Auth, path: Path) -> list[tuple[Request, Path]]:
    """The requests of a kind of auth, those of the kinds inside it too."""
    found: list[tuple[Request, Path]] = []
    if auth.token is not None and auth.token.refresh is not None:
        found.append((auth.token.refresh.request, (*path, "token", "refresh", "request")))
    if auth.oauth2 is not None:
        for key in ("authorize", "token", "refresh", "revoke", "discover"):
            phase: Request | None = getattr(auth.oauth2, key)
            if phase is not None:
                found.append((phase, (*path, "oauth2", key)))
    if auth.session is not None:
        inner = (*path, "session")
        found += [
            (step, (*inner, "steps", number)) for number, step in enumerate(auth.session.steps)
        ]
        if auth.session.refresh is not None:
            found.append((auth.session.refresh, (*inner, "refresh")))
    for key, kinds in (("one_of", auth.one_of), ("all_of", auth.all_of)):
        for name, kind in kinds.items() if isinstance(kinds, dict) else enumerate(kinds or ()):
            found += auth_requests(kind, (*path, key, name))
    return found


def check_request(
    context: Context, request: Request, path: Path, *, is_in_row: bool = False
) -> None:
    """Check a request whose maps hold values; others may follow one that `is_in_row`."""
    for key in () if is_in_row else ("let", "every"):
        if key in request.said:
            message = f"`{key}` is for one of several requests, and this one stands alone"
            context.at_key("option-not-here", (*path, key), message)
    target = one_method(context, request, path)
    if target is not None:
        method, template = target
        for part in template.parts:
            if isinstance(part, ast.PathParam):
                message = f"{quoted(part.name)} has no value: this request has no parameters"
                advice = f"look a setting up: `${{{part.name}}}`"
                context.inside("path-parameter", (*path, method), part, message, help=advice)
        _check_target(context, (*path, method), template)
        if method in ("get", "head") and request.body is not None:
            _tell_body_on_get(context, (*path, "body"), method)
    if request.host is not None:
        check_host(context, request.host, (*path, "host"))
    for place in ("query", "headers"):
        _check_map(context, getattr(request, place), (*path, place))
    for place in ("headers", "cookies"):
        values = named_values(getattr(request, place))
        check_fixed_names(context, values, (*path, place))


def _check_map(context: Context, values: Values | ast.Template, path: Path) -> None:
    """One reference may stand for a whole map, of a setting, where a token is asked for."""
    if not isinstance(values, ast.Template):
        return
    parts = values.parts
    names = parts[0].names if len(parts) == 1 and isinstance(parts[0], ast.Reference) else ()
    shape = context.spec.settings.get(names[0]) if len(names) == 1 else None
    is_map = shape is not None and isinstance(type_of(shape), ast.MapType)
    if path[0] not in ("auth", "auths") or not is_map:
        message = "expected a map of values, or here one setting that is a map"
        if path[0] not in ("auth", "auths"):
            message = "expected a map of values"
        context.at_value("wrong-type", path, message)


def check_fixed_names(context: Context, values: Values, path: Path) -> None:
    """Check the names of headers or cookies, and that a fixed value is one line."""
    for name, value in values.items():
        check_wire_name(context, name, (*path, name))
        if isinstance(value, ast.Template):
            check_one_line(context, value, (*path, name))


def one_method(
    context: Context, request: Request | Action, path: Path
) -> tuple[str, ast.PathTemplate] | None:
    """The one method that a request names, with its path. Anything else is told."""
    given = [(name, getattr(request, name)) for name in METHODS if getattr(request, name)]
    if len(given) == 1:
        return given[0]
    if len(given) > 1:
        names = [name for name, _ in given]
        message = f"{listed(names, 'and')} are given: a request has one method"
        notes = [((*path, names[0]), "the first")]
        context.at_key("exactly-one", (*path, names[1]), message, notes=notes)
    elif context.is_whole(path):
        message = f"{quoted(path[-1])} has no method"
        advice = "such as `get: /path`; also post, put, patch, delete, head, options"
        context.at_key("exactly-one", path, message, help=advice)
    return None


def check_host(context: Context, host: str, path: Path) -> None:
    """Check that a host is declared."""
    if host not in context.names("hosts"):
        context.tell_undeclared("host", host, context.names("hosts"), path)


def _check_target(context: Context, path: Path, target: ast.PathTemplate) -> None:
    if target.is_absolute:
        text = "".join(part if isinstance(part, str) else "{}" for part in target.parts)
        _check_plain_http(context, path, text)
    elif context.spec.base_url is None and context.is_whole(("base_url",)):
        message = "the path is relative, and there is no `base_url`"
        context.at_value("missing-base-url", path, message, help="add `base_url: https://…`")


def check_wire_name(context: Context, name: str, path: Path, what: str = "header") -> None:
    """Check the name of a header or a cookie."""
    if HEADER_NAME.fullmatch(name) is None:
        message = f"{quoted(name)} is not the name of a {what}"
        advice = "such names have letters, digits and `-`"
        context.at_key("wire-name", path, message, help=advice)
    elif what == "header" and name.lower() in HEADERS_OF_THE_WIRE:
        message = f"the header {quoted(name)} is set by the connection itself"
        context.at_key("wire-name", path, message)


def check_one_line(context: Context, template: ast.Template, path: Path) -> None:
    """Check that the fixed text of a header is one line."""
    if any(isinstance(part, str) and _LINE_END.search(part) for part in template.parts):
        message = "the value of a header is one line: this one has a line break or NUL in it"
        context.at_value("header-value", path, message)


def _tell_body_on_get(context: Context, path: Path, method: str) -> None:
    message = f"a {method.upper()} request with a body: many servers and proxies drop it"
    advice = "a search with a body is usually a POST with `replay: safe`"
    context.at_key("body-on-get", path, message, help=advice)


# --- actions ---


def check_action_request(
    context: Context, scope: Scope, declarations: Declarations, action: Action, path: Path
) -> str | None:
    """Check the request of an action. Its method in lower case, None where it is free or told."""
    method: str | None = None
    if action.url is not None:
        _check_free_url(context, scope, action, path)
    else:
        found = one_method(context, action, path)
        if found is not None:
            method, target = found
            _check_path_parameters(context, declarations, action, target, path, method)
            _tell_other_parameters(context, target, (*path, method))
            _check_target(context, (*path, method), target)
        if action.method is not None:
            message = "`method` goes with `url`; here the key is the method"
            told = [part.lower() for part in action.method.parts if isinstance(part, str)]
            advice = f"take it out, and write `{''.join(told) or 'get'}: /…`"
            context.at_key("free-url", (*path, "method"), message, help=advice)
    if action.host is not None:
        check_host(context, action.host, (*path, "host"))
    _check_body(context, declarations, action, path, method)
    return method


def _tell_other_parameters(context: Context, target: ast.PathTemplate, path: Path) -> None:
    """Tell parameters of the path as other tools write them, which are text of it."""
    text = "".join(part if isinstance(part, str) else "/" for part in target.parts)
    for found in _OTHER_PARAMETER.finditer(text):
        message = f"{quoted(found[1])} is text of the path here, and no parameter"
        advice = f"write {{{found[1].strip(':<>')}}}"
        context.at_value("not-looked-up", path, message, help=advice)


def _check_free_url(context: Context, scope: Scope, action: Action, path: Path) -> None:
    for name in METHODS:
        if getattr(action, name) is not None:
            message = f"`url` and `{name}` are given: a request has one target"
            context.at_key("exactly-one", (*path, name), message)
    if action.method is None and context.is_whole((*path, "method")):
        context.at_key("missing-key", path, f"{quoted(path[-1])} needs `method` beside `url`")
    origins = scope.settings.get("origins")
    is_list = origins is not None and any(
        isinstance(each, ast.ListType) for each in parts_of(origins.type)
    )
    if not is_list and context.spec.base_url is None and context.is_whole(("settings",)):
        message = "a free URL, and no origins that credentials may go to"
        advice = "add `settings: {origins: list(url)}`"
        context.at_key("free-url", (*path, "url"), message, help=advice)


def _check_path_parameters(
    context: Context,
    declarations: Declarations,
    action: Action,
    target: ast.PathTemplate,
    path: Path,
    method: str,
) -> None:
    in_path = {part.name: part for part in target.parts if isinstance(part, ast.PathParam)}
    for part in in_path.values():
        if part.type is not None:
            declarations.check_type(part.type, (*path, method), "path")
    for key, shape in action.path.items():
        name = key.removesuffix("?")
        where = (*path, "path", key)
        if name not in in_path:
            message = f"{quoted(name)} does not stand in the path"
            advice = did_you_mean(name, in_path) or f"the path would hold `{{{name}}}`"
            context.at_key("path-parameter", where, message, help=advice)
        elif in_path[name].type is not None and type_of(shape) is not None:
            message = f"the type of {quoted(name)} is said twice"
            notes = [((*path, method), "it stands in the path too")]
            context.at_key("path-parameter", where, message, notes=notes)
        declarations.check(shape, where, "path")


def _check_body(
    context: Context, declarations: Declarations, action: Action, path: Path, method: str | None
) -> None:
    given = [key for key in _BODY_KEYS if context.tree_has((*path, key))]
    if len(given) > 1:
        message = f"{listed(given, 'and')} are given: a request has one body"
        context.at_key("exactly-one", (*path, given[1]), message)
    if given and method in ("get", "head"):
        _tell_body_on_get(context, (*path, given[0]), method)
    send = action.send or context.spec.send or "json"
    for key, shape in (("body", action.body), ("body?", action.optional_body)):
        if shape is not None:
            is_said = action.send is not None or context.spec.send is not None
            filled = _filled_by_paging(context, action)
            _check_sendable(context, shape, (*path, key), send, is_said, filled)
    for media, shape in (action.bodies or {}).items():
        where = (*path, "bodies", media)
        if media not in _MEDIA_WORDS and "/" not in media:
            message = f"{quoted(media)} is neither one of {listed(_MEDIA_WORDS)} nor a media type"
            advice = did_you_mean(media, _MEDIA_WORDS)
            context.at_key("unknown-choice", where, message, help=advice)
        declarations.check(shape, where, "body", is_top=True)
        _check_sendable(context, shape, where, way_of(media), True)


def way_of(media: str) -> str:
    """The word of `send` by which a body of this media type is written."""
    if "/" not in media:
        return media
    bare = media.partition(";")[0].strip().lower()
    if bare == "application/x-www-form-urlencoded":
        return "form"
    if bare.startswith("multipart/"):
        return "multipart"
    subtype = bare.partition("/")[2]
    for word in ("json", "xml"):
        if subtype == word or subtype.endswith(f"+{word}"):
            return word
    return "text" if bare.startswith("text/") else "bytes"


def _filled_by_paging(context: Context, action: Action) -> tuple[str, ...]:
    """The field of the body that every request of a list gives the size of its page."""
    found = effective_paging(context, action, is_list=True)
    size = None if found is None else found[0].size
    if size is None or size.in_ is None or size.default is None:
        return ()
    return size.in_.keys[:1]


def _check_sendable(
    context: Context,
    shape: Shape,
    path: Path,
    send: str,
    is_said: bool,
    filled: Collection[str] = (),
) -> None:
    type_ = type_of(shape)
    where = type_path(shape, path)
    word = type_.word if isinstance(type_, ast.WordType) else ""
    if send == "graphql" or shape.document is not None:
        check_graphql(context, shape, path, send, filled)
    elif send in ("text", "bytes"):
        if word not in ("text", "bytes", "file", "string", "any"):
            message = f"`send: {send}` sends one piece, and this body has fields"
            advice = f"write `body: {send}`, or send json, form or multipart"
            context.at_value("body-mismatch", where, message, help=advice)
    elif is_said and word in ("text", "bytes", "file"):
        message = f"`send: {send}` cannot send `{word}`"
        advice = f"write `send: {'text' if word == 'text' else 'bytes'}`"
        context.at_value("body-mismatch", where, message, help=advice)
    elif send in ("form", "multipart", "xml") and _is_list(type_):
        message = f"`send: {send}` sends fields, and this body is a list"
        context.at_value("body-mismatch", where, message)
    elif send == "xml" and shape.is_object and shape.wrap is None and len(shape.members) != 1:
        message = f"XML has one root, and this body has {len(shape.members)} fields"
        advice = "put them under a root: `.wrap: Name`"
        context.at_key("body-mismatch", path, message, help=advice)
    if send != "multipart":
        _check_files(context, shape, path, send, is_top=True)
    else:
        _check_parts(context, shape, path)


def _is_list(type_: ast.TypeExpr | None) -> bool:
    return isinstance(type_, ast.ListType)


def _check_files(
    context: Context, shape: Shape, path: Path, send: str, *, is_top: bool = False
) -> None:
    """A file inside a body of fields needs multipart."""
    if not is_top:
        for part in parts_of(type_of(shape)):
            if isinstance(part, ast.WordType) and part.word == "file":
                message = f"a file cannot be a field of `{send}`"
                where = type_path(shape, path)
                advice = "write `send: multipart`"
                context.inside("body-mismatch", where, part, message, help=advice)
    for key, _, _, each in shape.members:
        _check_files(context, each, (*path, key), send)


def _check_parts(context: Context, shape: Shape, path: Path) -> None:
    """A part of multipart is one value or file, unless it says what it is or how it is spread."""
    for key, name, _, each in shape.members:
        is_json = each.part is not None and "json" in (each.part.type or "")
        if each.is_object and each.fields and not is_json and each.style is None:
            message = f"{quoted(name)} is an object, and a part of `multipart` is one value"
            advice = "send it as JSON: `.part: {type: application/json}`"
            context.at_key("body-mismatch", (*path, key), message, help=advice)


def check_declared(
    context: Context, declarations: Declarations, action: Action, path: Path
) -> None:
    """Check what an action declares in its maps."""
    for key, shape in action.input.items():
        declarations.check(shape, (*path, "input", key), "input")
    for key, shape in declared(action):
        where = key.removesuffix("?")
        declarations.check(shape, (*path, key), where, is_top=True)
        if where in ("headers", "cookies"):
            _check_header_names(context, shape, (*path, key), where.removesuffix("s"))


def _check_header_names(context: Context, shape: Shape, path: Path, what: str) -> None:
    for key, name, _, each in shape.members:
        check_wire_name(context, name, (*path, key), what)
        if each.word is not None and each.word.constant is not None:
            check_one_line(context, each.word.constant, (*path, key))
