"""Proves every look-up: known where it stands, no circle, nothing secret or absent in a URL."""

from __future__ import annotations

import re

from ferrule.diagnostics.nearness import is_clear
from ferrule.forms.tree import Path
from ferrule.passes.check.context import Context, did_you_mean, listed, nearest, quoted
from ferrule.passes.check.scope import ROOTS, Scope, Setting, parts_of
from ferrule.passes.check.sites import Site, sites_of
from ferrule.words import ast

_TOKEN_FIELDS = ("access_token", "refresh_token")
_REQUEST_FIELDS = ("method", "url", "host", "path", "query", "target", "body")
_MAKES_TEXT = ("join", "json", "base64", "base64url", "hex", "sha256", "hmac")
# How other tools look something up; `$${x}` says in a spec that `${x}` is meant as text.
_OTHER_LOOK_UP = re.compile(
    r"(?<![${])\{\{?\s*([A-Za-z_]\w*)\s*\}\}?|(?<!\$)\$([A-Za-z_]\w*)", re.ASCII
)
_SOUNDS_SECRET = re.compile(r"(?:secret|password|passphrase|token|key)\Z")
_WHERE = {
    "token": "in headers, and in the requests that renew a token",
    "request": "in `custom`, `jwt` and `signature`",
    "input": "in the parameters and the URL of an action",
    "signature": "in the `format` of a signature",
    "item": "where items are derived",
    "redirect": "in the token request of `oauth2` with `authorize`",
}


def check_references(context: Context, scope: Scope) -> set[str]:
    """Check every look-up. The names that are looked up somewhere."""
    used: set[str] = set()
    _check_cycles(context, scope)
    for site in sites_of(context.spec):
        used |= _check_text(context, scope, site)
        for reference, has_fallback in site.references:
            used.add(reference.names[0])
            used.add(_check_reference(context, scope, site, reference, has_fallback) or "")
    for name, value in context.spec.values.items():
        if not isinstance(value, ast.Template):
            used.add(scope.chooses_by(name) or "")
            _check_choice(context, scope, name, value)
    return used


def _check_text(context: Context, scope: Scope, site: Site) -> set[str]:
    """Tell names that are text and were meant to be looked up. The names that were meant."""
    meant: set[str] = set()
    for text in site.parts:
        if not isinstance(text, str):
            continue
        names = {found[1] or found[2] for found in _OTHER_LOOK_UP.finditer(text)}
        if len(site.parts) == 1 and text in scope.secrets:
            names.add(text)
        for name in sorted(names & {*scope.settings, *context.spec.values, *site.local}):
            message = f"{quoted(name)} is not looked up here: {quoted(text)} is sent as it stands"
            advice = f"write `${{{name}}}`"
            context.at_value("not-looked-up", site.path, message, help=advice)
            meant.add(name)
    return meant


def _check_reference(
    context: Context, scope: Scope, site: Site, reference: ast.Reference, has_fallback: bool
) -> str | None:
    """Check one look-up. The name that was meant, where it is not known."""
    root = reference.names[0]
    if root in ROOTS:
        # A setting of that name is a finding of its own.
        if root not in context.spec.settings:
            _check_root(context, site, reference)
        return None
    shown = quoted(".".join(reference.names))
    if root in site.local or f"{root}?" in site.local:
        _check_local(context, site, reference, has_fallback)
        return None
    if root in scope.captures:
        return None
    if root not in scope.settings and root not in context.spec.values:
        return _tell_unknown(context, site, reference)
    if not site.knows_settings:
        message = f"{quoted(root)} is not known where an answer is read"
        advice = "the item is: `${item.field}`; where `each` fans out, what it fills in is too"
        context.inside("reference-not-here", site.path, reference, message, help=advice)
        return None
    setting = scope.settings.get(root)
    is_text_site = site.sink == "url" or len(site.parts) > 1
    if len(reference.names) > 1:
        _check_part(context, scope, site, reference)
    elif (
        setting is not None
        and is_text_site
        and not setting.can_be_text
        and not any(each.name in _MAKES_TEXT for each in reference.filters)
    ):
        message = f"{shown} is not a single value and cannot stand inside a text"
        advice = "a list can be joined: `${list | join ,}`"
        context.inside("reference-not-text", site.path, reference, message, help=advice)
    if site.sink == "url":
        _check_url(context, scope, site, reference, has_fallback)
    return None


def _check_local(
    context: Context, site: Site, reference: ast.Reference, has_fallback: bool
) -> None:
    """A name that the action itself adds: what callers give, or what an answer told."""
    root = reference.names[0]
    key = root if root in site.local else f"{root}?"
    shape = site.local[key]
    if shape is None:
        return
    given = Setting(root, site.path, shape, key.endswith("?"))
    makes_text = any(each.name in _MAKES_TEXT for each in reference.filters)
    if (site.sink == "url" or len(site.parts) > 1) and not given.can_be_text and not makes_text:
        message = f"{quoted(root)} is not a single value and cannot stand inside a text"
        context.inside("reference-not-text", site.path, reference, message)
    elif site.sink == "url" and given.is_optional and not given.has_default and not has_fallback:
        message = f"{quoted(root)} may be left out, and a URL cannot do without it"
        advice = "give it a default, or a fallback: `${a ?? b}`"
        context.inside("optional-in-url", site.path, reference, message, help=advice)


def _check_url(
    context: Context, scope: Scope, site: Site, reference: ast.Reference, has_fallback: bool
) -> None:
    root = reference.names[0]
    if root in scope.secrets:
        message = f"{quoted(root)} is a secret and would show in the URL"
        advice = (
            "URLs are logged by every server on the way: send it in a header or a query instead"
        )
        context.inside("secret-in-url", site.path, reference, message, help=advice)
    elif root in scope.absent and not has_fallback:
        message = f"{quoted(root)} may be left out, and a URL cannot do without it"
        advice = "give it a default, or a fallback: `${a ?? b}`"
        context.inside("optional-in-url", site.path, reference, message, help=advice)


def _tell_unknown(context: Context, site: Site, reference: ast.Reference) -> str | None:
    root = reference.names[0]
    written = {key.removesuffix("?") for key in context.names("settings")}
    known = [*written, *context.names("values"), *Scope(context.spec).captures]
    if root in known:
        return None  # it is there, and what is wrong with it has been told
    local = [each.removesuffix("?") for each in site.local]
    known += local
    message = f"{quoted(root)} is neither a setting nor a value"
    is_sequence = site.path[0] == "actions" and _has_sequence(context, site.path)
    if is_sequence:
        if _is_cut(context, site.path, root):
            return None  # what is wrong with the `let` has been told
        message = f"{quoted(root)} is no setting, no value, no input, and nothing told it before"
    # What is always there is meant by a slip of the keys only: `${api_key}` is no `${token}`.
    known += [each for each in site.roots if is_clear(root, each, site.roots)]
    meant = nearest(root, known)
    advice: str | None = did_you_mean(root, known)
    is_parameter = not is_sequence and reference.names == (root,)
    if advice is None and is_parameter and _is_parameter(context, site.path, root):
        advice = f"a parameter stands in single braces: `{{{root}}}`"
    if is_sequence and advice is None:
        advice = (
            f"declare it under `input:`, or tell it in a request before: `let: {{{root}: $.x}}`"
        )
    if root in ("settings", "values") and len(reference.names) > 1:
        advice = f"look it up by its name alone: `${{{'.'.join(reference.names[1:])}}}`"
    kind = "secret" if site.sink == "text" and _SOUNDS_SECRET.search(root) else "string"
    advice = advice or f"declare it: `settings: {{{root}: {kind}}}`"
    context.inside("unknown-reference", site.path, reference, message, help=advice)
    return meant


def _is_cut(context: Context, path: Path, name: str) -> bool:
    """Whether a `let` of the action says the name, and was left out because it is wrong."""
    action, written = context.spec.actions[str(path[1])], context.tree.data["actions"]
    requests = [*(action.steps or ())]
    if action.job is not None:
        requests += [action.job.start, action.job.poll]
    return _says(written.get(path[1]), name) and not any(name in each.let for each in requests)


def _says(written: object, name: str) -> bool:
    """Whether a `let` somewhere in what is written says the name."""
    if isinstance(written, dict):
        told = written.get("let")
        if isinstance(told, dict) and name in told:
            return True
        return any(_says(each, name) for each in written.values())
    return isinstance(written, list) and any(_says(each, name) for each in written)


def _has_sequence(context: Context, path: Path) -> bool:
    action = context.spec.actions[str(path[1])]
    return any(each is not None for each in (action.steps, action.job, action.each))


def _is_parameter(context: Context, path: Path, name: str) -> bool:
    if path[0] != "actions":
        return False
    action = context.spec.actions[str(path[1])]
    return name in action.path or name in action.input or path[-1] in ("get", "post", "put")


def _check_root(context: Context, site: Site, reference: ast.Reference) -> None:
    root, fields = reference.names[0], reference.names[1:]
    shown = quoted(".".join(reference.names))
    if root not in site.roots:
        advice: str | None = None
        if root == "env":
            advice = (
                "declare a setting, `settings: {api_key: secret}`: it is read from there by itself"
            )
        if {root, f"{root}?"} & site.local.keys():
            return  # a name of the author's that is reserved, which has been told
        where = f"; it is known {_WHERE[root]}" if root in _WHERE else ""
        message = f"{quoted(root)} is not known here{where}"
        context.inside("reference-not-here", site.path, reference, message, help=advice)
    elif root == "token" and fields not in {(name,) for name in _TOKEN_FIELDS}:
        message = f"{shown} is not a part of a token"
        advice = f"a token has {listed([f'token.{name}' for name in _TOKEN_FIELDS], 'and')}"
        context.inside("unknown-reference", site.path, reference, message, help=advice)
    elif root == "request" and fields not in {(name,) for name in _REQUEST_FIELDS}:
        message = f"{shown} is not a part of a request"
        advice = f"a request has {listed([f'request.{name}' for name in _REQUEST_FIELDS], 'and')}"
        context.inside("unknown-reference", site.path, reference, message, help=advice)
    elif root == "input":
        _check_input(context, site, reference)


def _check_input(context: Context, site: Site, reference: ast.Reference) -> None:
    action = context.spec.actions[str(site.path[1])]
    path = site.path[:2]
    known = [key.removesuffix("?") for key in action.input]
    field = reference.names[1] if len(reference.names) == 2 else ""
    if field in known or not context.is_whole((*path, "input")):
        return
    message = f"{quoted('.'.join(reference.names))} is not declared"
    advice = did_you_mean(field, known) or "declare it under `input:` of the action"
    context.inside("unknown-reference", site.path, reference, message, help=advice)


def _check_part(context: Context, scope: Scope, site: Site, reference: ast.Reference) -> None:
    """`${account.key}`: only a key file and a map have parts."""
    setting = scope.settings.get(reference.names[0])
    has_parts = setting is not None and any(
        isinstance(part, ast.MapType)
        or (isinstance(part, ast.WordType) and part.word == "json_secret")
        for part in parts_of(setting.type)
    )
    if not has_parts:
        message = f"{quoted(reference.names[0])} has no parts"
        advice = "settings of the types `json_secret` and `map(T)` have parts"
        context.inside("unknown-reference", site.path, reference, message, help=advice)


def _check_choice(
    context: Context, scope: Scope, name: str, value: dict[str, ast.Template]
) -> None:
    """`{.by: setting, a: …, b: …}`: the keys are the values of an enum setting."""
    path = ("values", name)
    key = scope.chooses_by(name)
    if key is None:
        advice = "such as `{.by: environment, live: …, test: …}`"
        context.at_key("missing-key", path, f"{quoted(name)} needs `.by`", help=advice)
        return
    setting = scope.settings.get(key)
    if setting is None:
        if key not in (each.removesuffix("?") for each in context.names("settings")):
            message = f"{quoted(key)} is not a setting"
            near = did_you_mean(key, scope.settings)
            context.at_value("unknown-reference", (*path, ".by"), message, help=near)
        return
    choices = [each for each in parts_of(setting.type) if isinstance(each, ast.EnumType)]
    if not choices:
        message = f"{quoted(key)} is not an enum, so that nothing can be chosen by it"
        context.at_value("wrong-type", (*path, ".by"), message)
        return
    known = [str(each) for each in choices[0].values]
    given = [each for each in value if not each.startswith(".")]
    for each in given:
        if each not in known:
            message = f"{quoted(each)} is not a value of the setting {quoted(key)}"
            near = did_you_mean(each, known)
            context.at_key("unknown-choice", (*path, each), message, help=near)
    lacking = [each for each in known if each not in given]
    if lacking and ".else" not in value:
        message = f"{quoted(name)} says nothing for {listed(lacking, 'and')}"
        context.at_key("missing-key", path, message, help="`.else` stands for all others")


def _check_cycles(context: Context, scope: Scope) -> None:
    """Values that are made from each other in a circle."""
    done: set[str] = set()
    for name in context.spec.values:
        trail: list[str] = []
        _follow(context, scope, name, trail, done)


def _follow(context: Context, scope: Scope, name: str, trail: list[str], done: set[str]) -> None:
    trail.append(name)
    for path, reference in scope.value_references(name):
        root = reference.names[0]
        if root in trail:
            circle = [*trail[trail.index(root) :], root]
            message = f"a value cannot be made from itself: {' → '.join(circle)}"
            context.inside("reference-cycle", path, reference, message)
        elif root in context.spec.values and root not in done:
            _follow(context, scope, root, trail, done)
    trail.pop()
    done.add(name)
