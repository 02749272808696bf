"""Tells what is declared and never used, and what could not be proven."""

from __future__ import annotations

from msgspec import Struct, field

from ferrule.forms.kinds import CLIENT_SETTINGS, CONSUMER, SETTINGS_OF_GRANTS
from ferrule.forms.spec import Auth
from ferrule.forms.tree import Path
from ferrule.passes.check.context import Context, quoted
from ferrule.passes.check.scope import Scope

_SHOWN = 5


class Uses(Struct):
    """The names that something refers to."""

    lookups: set[str] = field(default_factory=set)
    models: set[str] = field(default_factory=set)
    limits: set[str] = field(default_factory=set)
    auths: set[str] = field(default_factory=set)
    pagings: set[str] = field(default_factory=set)


def check_usage(context: Context, scope: Scope, uses: Uses) -> None:
    """Tell what nothing refers to. Where something was cut out, silence: it may have used it."""
    if context.cut:
        return
    spec = context.spec
    _add_implied(context, uses)
    for name, setting in scope.settings.items():
        _tell(context, name, setting.path, uses.lookups, "setting")
    for name in spec.values:
        _tell(context, name, ("values", name), uses.lookups, "value")
    for name in spec.models:
        _tell(context, name, ("models", name), uses.models, "model")
    for name in spec.rate_limits:
        _tell(context, name, ("rate_limits", name), uses.limits | {"default"}, "limit")
    for name in spec.auths:
        _tell(context, name, ("auths", name), uses.auths, "kind of auth")
    for name in spec.pagings:
        _tell(context, name, ("pagings", name), uses.pagings | {"default"}, "paging")


def _tell(context: Context, name: str, path: Path, used: set[str], what: str) -> None:
    if name not in used and not context.spoke_of(path):
        advice = f"take it out, or use it{': `${' + name + '}`' if what == 'setting' else ''}"
        context.at_key("unused", path, f"the {what} {quoted(name)} is never used", help=advice)


def _add_implied(context: Context, uses: Uses) -> None:
    """What is used without being named."""
    spec = context.spec
    if any(action.url is not None for action in spec.actions.values()):
        uses.lookups.add("origins")
    kinds = [*spec.auths.values(), *([spec.auth] if isinstance(spec.auth, Auth) else [])]
    for kind in kinds:
        _add_client(kind, uses)


def _add_client(auth: Auth, uses: Uses) -> None:
    """The settings by which a client is known, of the kinds that look for them."""
    if auth.oauth2 is not None:
        of_grant = SETTINGS_OF_GRANTS.get(auth.oauth2.kind_of_grant, ())
        uses.lookups |= {*CLIENT_SETTINGS, *of_grant}
    if auth.oauth1 is not None:
        uses.lookups |= {*CONSUMER}
    if auth.oauth2 is not None or (auth.token is not None and auth.token.refresh is not None):
        # What an installer may have been given beforehand.
        uses.lookups.add("refresh_token")
    for inner in (*(auth.one_of or {}).values(), *(auth.all_of or ())):
        _add_client(inner, uses)


def _written(context: Context, path: Path) -> str:
    """The path as far as the text has it: one thing may stand for a list of one."""
    while not context.tree_has(path):
        path = path[:-1]
    return ".".join(map(str, path))


def tell_unproven(context: Context) -> None:
    """Say how many words nothing declared could be held against."""
    count = len(context.unproven)
    if not count or context.has_errors:
        return
    words = "1 path" if count == 1 else f"{count} paths"
    first = sorted(_written(context, path) for path in context.unproven)
    shown = ", ".join(f"`{path}`" for path in first[:_SHOWN])
    more = f" and {count - _SHOWN} more" if count > _SHOWN else ""
    message = f"not checked: {words} into answers of which too little is declared: {shown}{more}"
    advice = "`envelope` and `errors.envelope` say what surrounds the results"
    # Without a place: to find one, the whole text would have to be read again.
    context.report.add("not-checked", context.tree, None, message, help=advice)
