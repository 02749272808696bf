"""Proves auth: one kind, places a credential can go to, settings it needs, names that exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule.diagnostics import near
from ferrule.forms.kinds import PROOFS
from ferrule.forms.spec import Action, Auth
from ferrule.forms.tree import Path
from ferrule.passes.check.answer_types import UNKNOWN
from ferrule.passes.check.answers import Answer, Answers
from ferrule.passes.check.conditions import check_condition
from ferrule.passes.check.context import Context, listed, quoted
from ferrule.passes.check.oauth import check_oauth2
from ferrule.passes.check.outcomes import check_answer_place, check_condition_places
from ferrule.passes.check.proofs import check_apply, check_proofs
from ferrule.passes.check.requests import check_auth_requests, check_fixed_names
from ferrule.passes.check.sessions import check_session, sessions_of
from ferrule.words import ast

if TYPE_CHECKING:
    from ferrule.forms.logins import Session


KINDS = ("none", "basic", "token", "oauth2", "session", *PROOFS, "custom", "one_of", "all_of")
_WRITTEN = {
    "token": '{token: "${api_key}"}',
    "basic": '{basic: {username: "${user}", password: "${password}"}}',
    "oauth2": "{oauth2: {token: https://…}}",
}
_READ = ("access_token", "refresh_token", "expires_in", "expires_at")


def check_auth(context: Context, answers: Answers) -> set[str]:
    """Check the auth of the connector, and the named kinds. The kinds that it names."""
    spec, used = context.spec, set[str]()
    if isinstance(spec.auth, Auth):
        check_kind(answers, spec.auth, ("auth",))
    elif spec.auth is not None and spec.auth != "none":
        named = _check_name(context, spec.auth, ("auth",), context.names("auths"))
        used.add(named)
    for name, kind in spec.auths.items():
        check_kind(answers, kind, ("auths", name))
    used |= {_check_signer(context, *each) for each in sessions_of(spec)}
    return used - {""}


def _check_signer(context: Context, session: Session, path: Path) -> str:
    """The kind that a login names for its own requests, which is no login itself."""
    if session.auth is None:
        return ""
    named = _check_name(context, session.auth, (*path, "auth"), context.names("auths"))
    kind = context.spec.auths.get(named)
    if kind is not None and (kind.session or kind.one_of or kind.all_of):
        message = f"a login cannot be signed by {quoted(named)}, which is not one plain kind"
        advice = "name a kind that needs no login: token, basic, jwt, oauth2 …"
        context.at_value("unknown-choice", (*path, "auth"), message, help=advice)
    return named


def check_kind(answers: Answers, auth: Auth, path: Path) -> None:
    """Check one kind of auth, and the kinds inside it."""
    context = answers.context
    given = [kind for kind in KINDS if getattr(auth, kind) is not None]
    if len(given) > 1:
        message = f"{listed(given, 'and')} are given: auth is of one kind"
        advice = "`all_of: [{…}, {…}]` sends both; `one_of: {a: …, b: …}` lets the installer choose"
        notes = [((*path, given[0]), "the first")]
        context.at_key("exactly-one", (*path, given[1]), message, help=advice, notes=notes)
    elif not given and context.is_whole(path):
        message = "auth has a kind"
        context.at_key("exactly-one", path, message, help=f"one of {listed(KINDS)}")
    check_auth_requests_of(answers, auth, path)
    for name, kind in (auth.one_of or {}).items():
        check_kind(answers, kind, (*path, "one_of", name))
    for number, kind in enumerate(auth.all_of or ()):
        check_kind(answers, kind, (*path, "all_of", number))


def check_auth_requests_of(answers: Answers, auth: Auth, path: Path) -> None:
    """Check the places and requests of a kind itself."""
    context = answers.context
    check_auth_requests(context, auth.saying(one_of=None, all_of=None), path)
    if auth.token is not None:
        check_apply(context, auth.token.apply, (*path, "token", "apply"))
        if auth.token.refresh is not None:
            _check_answer(answers, auth.token.refresh, (*path, "token", "refresh"))
    if auth.oauth2 is not None:
        check_apply(context, auth.oauth2.apply, (*path, "oauth2", "apply"))
        _check_answer(answers, auth.oauth2, (*path, "oauth2"))
        check_oauth2(context, auth.oauth2, (*path, "oauth2"))
    if auth.session is not None:
        where = (*path, "session")
        check_apply(context, auth.session.apply, (*where, "apply"))
        _check_answer(answers, auth.session, where)
        check_session(context, auth.session, where)
    check_proofs(context, auth, path)
    if auth.custom is not None:
        for place in ("headers", "cookies"):
            check_fixed_names(context, getattr(auth.custom, place), (*path, "custom", place))


def _check_answer(answers: Answers, form: object, path: Path) -> None:
    """The places that are read out of the answer of a token request."""
    unknown = Answer(UNKNOWN, "the token's answer")
    for key in _READ:
        place: ast.ReadPlace | None = getattr(form, key)
        if place is not None:
            allowed = ("jwt",) if key == "expires_at" else ()
            check_answer_place(answers.context, place.place.place, (*path, key), allowed=allowed)
    condition: ast.Condition | None = getattr(form, "ok", None)
    if condition is not None:
        check_condition_places(answers.context, condition, (*path, "ok"))
        unproven = set(answers.context.unproven)
        check_condition(answers, condition, (*path, "ok"), unknown)
        answers.context.unproven = unproven  # the answer of a token request is declared nowhere


def named_kinds(context: Context) -> list[str]:
    """The kinds of auth that an action can name."""
    auth = context.spec.auth
    choices = list(auth.one_of or ()) if isinstance(auth, Auth) else []
    return [*context.names("auths"), *choices]


def check_action_auth(context: Context, action: Action, path: Path) -> set[str]:
    """Check the kinds that an action names. The names."""
    used: set[str] = set()
    for number, alternative in enumerate(action.auth or ()):
        for name in (part.strip() for part in alternative.split("+")):
            used.add(name)
            if name != "none":
                where = (*path, "auth", number)
                used.add(_check_name(context, name, where, named_kinds(context)))
    return used


def _check_name(context: Context, name: str, path: Path, known: list[str]) -> str:
    """Check that a kind is declared. The name that was meant."""
    if name in known or not context.is_whole(("auth",)):
        return name
    together = [part.strip() for part in name.split("+")]
    if path == ("auth",) and len(together) > 1:
        message = "`auth` of a connector names one kind; an action can name several together"
        advice = "write them out: `auth: {all_of: [{…}, {…}]}`"
        context.at_value("undeclared-name", path, message, help=advice)
        return ""
    kind = near(name, KINDS)
    written = (
        None if kind is None or path != ("auth",) else _WRITTEN.get(kind, f"{{{kind}: {{…}}}}")
    )
    how = written and f"write the kind out: `auth: {written}`"
    return context.tell_undeclared("kind of auth", name, known, path, how)
