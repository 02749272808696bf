"""Proves OAuth 2: a grant has the parts that it needs, and none that it would never use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule.forms.kinds import PERSONAL, SETTINGS_OF_GRANTS
from ferrule.forms.tree import Path
from ferrule.passes.check.context import Context, did_you_mean, listed, quoted
from ferrule.passes.check.outcomes import check_answer_place
from ferrule.passes.check.scope import ROOTS
from ferrule.words import ast

if TYPE_CHECKING:
    from ferrule.forms.oauth import OAuth2


_RULE = "oauth2-parts"
_SECRETS = ("client_secret", "password", "refresh_token")
_OF_REDIRECTS = ("pkce", "issuer", "code")


def check_oauth2(context: Context, form: OAuth2, path: Path) -> None:
    """Check one oauth2."""
    _check_settings(context, form, path)
    _check_authorize(context, form, path)
    _check_assertion(context, form, path)
    _check_redirect(context, form, path)
    _check_captured(context, form, path)
    _check_discover(context, form, path)
    _check_scopes(context, form, path)


def _check_settings(context: Context, form: OAuth2, path: Path) -> None:
    """What is not said is a setting of the same name."""
    known = [key.removesuffix("?") for key in context.names("settings")]
    of_grant = SETTINGS_OF_GRANTS.get(form.kind_of_grant, ())
    for name in form.settings:
        if name in known:
            continue
        type_ = "secret" if name in _SECRETS else "string"
        advice = f"add `settings: {{{name}: {type_}}}`"
        if name in of_grant:
            message = f"the grant `{form.kind_of_grant}` needs the setting {quoted(name)}"
        else:
            message = f"`oauth2` needs the setting {quoted(name)}, or `{name}:`"
        context.at_key("unknown-reference", path, message, help=advice)


def _check_authorize(context: Context, form: OAuth2, path: Path) -> None:
    grant = form.kind_of_grant
    if grant in PERSONAL and form.authorize is None and context.is_whole((*path, "authorize")):
        where = "its codes" if grant == "device_code" else "a person"
        told = "come from" if grant == "device_code" else "signs in"
        message = f"the grant `{grant}` needs `authorize`: where {where} {told}"
        context.at_value("missing-key", (*path, "grant"), message, help="`authorize: https://…`")
    if form.authorize is not None and grant not in PERSONAL:
        message = f"the grant `{grant}` needs nobody: `authorize` would never be used"
        advice = "leave `grant` out: a person signs in where there is `authorize`"
        context.at_key(_RULE, (*path, "authorize"), message, help=advice)
    if form.authorize is None or grant != "authorization_code":
        return
    if form.authorize.get is None:
        message = "a browser opens `authorize`, and a browser sends GET"
        context.at_key(_RULE, (*path, "authorize"), message, help="`authorize: https://…`")
    for key in ("headers", "cookies", "body"):
        if getattr(form.authorize, key):
            message = f"a browser opens `authorize`: its {key} cannot be said"
            advice = "parameters stand under `query`"
            context.at_key(_RULE, (*path, "authorize", key), message, help=advice)


def _check_assertion(context: Context, form: OAuth2, path: Path) -> None:
    asks = form.kind_of_grant == "jwt_bearer"
    proves = form.client_auth == "private_key_jwt"
    if form.assertion is None:
        for key, needs in (("grant", asks), ("client_auth", proves)):
            if needs and context.is_whole((*path, "assertion")):
                word = getattr(form, key)
                message = f"`{word}` needs `assertion`: the token that the client signs"
                advice = '`assertion: {algorithm: RS256, key: "${private_key}"}`'
                context.at_value("missing-key", (*path, key), message, help=advice)
        return
    if not asks and not proves:
        message = "`assertion` is for the grant `jwt_bearer` and for `private_key_jwt`"
        context.at_key(_RULE, (*path, "assertion"), message)
    if form.assertion.lifetime is not None and "exp" in form.assertion.claims:
        message = "`exp` and `lifetime` both say when the token ends"
        notes = [((*path, "assertion", "lifetime"), "said here too")]
        where = (*path, "assertion", "claims", "exp")
        context.at_key("exactly-one", where, message, notes=notes)


def _check_redirect(context: Context, form: OAuth2, path: Path) -> None:
    if form.kind_of_grant != "authorization_code":
        for key in _OF_REDIRECTS:
            if getattr(form, key) is not None:
                message = f"`{key}` is for a sign-in in a browser, which begins at `authorize`"
                context.at_key(_RULE, (*path, key), message)
    if form.code is not None and form.code.root != "redirect":
        message = "the code comes with the redirect"
        context.at_value(_RULE, (*path, "code"), message, help="such as `redirect.code`")


def _check_captured(context: Context, form: OAuth2, path: Path) -> None:
    redirects = form.kind_of_grant == "authorization_code"
    for name, matched in form.capture.items():
        where = (*path, "capture", name)
        _check_name(context, name, where)
        place = matched.place
        if place.root == "redirect" and not redirects:
            message = "there is no redirect: nobody signs in in a browser here"
            context.inside(_RULE, where, place, message)
        else:
            check_answer_place(context, place, where, allowed=("redirect",))


def _check_name(context: Context, name: str, path: Path) -> None:
    """A capture shares the one name space of look-ups."""
    for what, names in (("setting", context.names("settings")), ("value", context.names("values"))):
        if name in (key.removesuffix("?") for key in names):
            message = f"{quoted(name)} is a {what} and comes with the token"
            context.at_key("name-clash", path, message)
            return
    if name in ROOTS or not name.isidentifier():
        message = f"{quoted(name)} cannot be looked up by this name"
        context.at_key("bad-name", path, message, help="letters, digits and `_`")


def _check_discover(context: Context, form: OAuth2, path: Path) -> None:
    discover, where = form.discover, (*path, "discover")
    if discover is None:
        return
    if form.kind_of_grant not in PERSONAL:
        message = "`discover` is asked after a person has connected, and here nobody does"
        context.at_key(_RULE, where, message)
    if not discover.let and context.is_whole((*where, "let")):
        message = "nothing is taken from what `discover` answers"
        context.at_key("missing-key", where, message, help="`let: {site: $.id}`")
    if discover.label is not None and discover.choose is None:
        message = "there is nothing to choose from that a label could name"
        context.at_key(_RULE, (*where, "label"), message, help="add `choose: $`")
    places: list[tuple[str, ast.AnswerPlace | None]] = [("choose", discover.choose)]
    places.append(("label", None if discover.label is None else discover.label.place))
    for key, place in places:
        if place is not None:
            check_answer_place(context, place, (*where, key))
    for name, read in discover.let.items():
        _check_name(context, name, (*where, "let", name))
        check_answer_place(context, read.place.place, (*where, "let", name))


def _check_scopes(context: Context, form: OAuth2, path: Path) -> None:
    """A scope that an action needs is one that is asked for, where these are listed."""
    if not isinstance(form.scopes, list) or path != ("auth", "oauth2"):
        return
    for name, action in context.spec.actions.items():
        for number, scope in enumerate(action.scopes or ()):
            if scope not in form.scopes and action.auth is None:
                message = f"{quoted(scope)} is none of the scopes that `oauth2` asks for"
                advice = did_you_mean(scope, form.scopes) or (
                    f"it asks for {listed(form.scopes, 'and')}; without `scopes` there it asks "
                    "for what the actions need"
                )
                where = ("actions", name, "scopes", number)
                context.at_value("oauth2-parts", where, message, help=advice)
