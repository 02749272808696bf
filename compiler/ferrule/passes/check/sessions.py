"""Proves logins of several requests: names between them, and options that go together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ferrule.forms.spec import Auth, ConnectorSpec
from ferrule.forms.tree import Path
from ferrule.passes.check.context import Context, quoted
from ferrule.passes.check.names import check_lookup_name
from ferrule.passes.check.outcomes import check_answer_place
from ferrule.passes.check.sites import sites_of_session

if TYPE_CHECKING:
    from ferrule.forms.logins import Session


_OF_KEPT = ("refresh", "refresh_token", "expires_in", "expires_at", "lifetime", "early", "idle")


def check_session(context: Context, session: Session, path: Path) -> None:
    """Check what a login says beyond its requests and the places of its token."""
    _check_names(context, session, path)
    _check_uses(context, session, path)
    if session.per == "request":
        for key in _OF_KEPT:
            if getattr(session, key) is not None:
                message = f"`{key}` is of a session that is kept, and this one is of one request"
                context.at_key("option-not-here", (*path, key), message)
    for number, step in enumerate(session.steps):
        if step.every is not None:
            message = "`every` is how often a poll asks, and a login asks once"
            context.at_key("option-not-here", (*path, "steps", number, "every"), message)


def sessions_of(spec: ConnectorSpec) -> Iterator[tuple[Session, Path]]:
    """Every login of a spec, and where it stands."""
    if isinstance(spec.auth, Auth):
        yield from _sessions_inside(spec.auth, ("auth",))
    for name, kind in spec.auths.items():
        yield from _sessions_inside(kind, ("auths", name))


def _sessions_inside(auth: Auth, path: Path) -> Iterator[tuple[Session, Path]]:
    if auth.session is not None:
        yield auth.session, (*path, "session")
    for name, kind in (auth.one_of or {}).items():
        yield from _sessions_inside(kind, (*path, "one_of", name))
    for number, kind in enumerate(auth.all_of or ()):
        yield from _sessions_inside(kind, (*path, "all_of", number))


def _check_names(context: Context, session: Session, path: Path) -> None:
    settings = {key.removesuffix("?"): ("settings", key) for key in context.spec.settings}
    values = {key: ("values", key) for key in context.spec.values}
    for number, step in enumerate(session.steps):
        for name, place in step.let.items():
            where = (*path, "steps", number, "let", name)
            check_lookup_name(context, name, where, "let")
            taken = {**values, **settings}.get(name)
            if taken is not None:
                message = f"{quoted(name)} is looked up already"
                advice = "give it another name: all names that are looked up differ"
                notes = [(taken, "the first")]
                context.at_key("name-clash", where, message, help=advice, notes=notes)
            check_answer_place(context, place.place.place, where)


def _check_uses(context: Context, session: Session, path: Path) -> None:
    """Tell what is kept of an answer and never looked up."""
    if context.cut:
        return
    used = {
        reference.names[0]
        for site in sites_of_session(session, path)
        for reference, _ in site.references
    }
    for number, step in enumerate(session.steps):
        for name in step.let:
            where = (*path, "steps", number, "let", name)
            if name not in used and not context.spoke_of(where):
                message = f"the name {quoted(name)} is never used"
                advice = f"take it out, or use it: `${{{name}}}`"
                context.at_key("unused", where, message, help=advice)
