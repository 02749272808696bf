"""Lists providers with their connections, page by page, in the order of slug and name."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, or_, select

from ferrule_providers.core import Core
from ferrule_providers.installed import Provider
from ferrule_providers.states import State, attention_column, state_column
from ferrule_providers.store import audit
from ferrule_providers.store.tables import connection

DEFAULT_LIMIT = 50
LARGEST_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One connection of a provider, or a provider without any (then `name` is None)."""

    slug: str
    provider: Provider | None
    name: str | None
    state: State
    attention: str | None
    enabled: bool
    verified_at: Any
    updated_at: Any
    last_error: Any


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in order, and where the next page begins: after this slug and name."""

    rows: list[Row]
    next: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Question:
    """Which rows are wanted. `after` is where the page before ended."""

    state: State | None = None
    text: str = ""
    slug: str | None = None
    after: tuple[str, str] = ("", "")
    limit: int = DEFAULT_LIMIT


def read(core: Core, question: Question) -> Page:
    """One page of providers and connections."""
    providers = _matching(core, question)
    with core.database.reading() as db:
        found = db.execute(_query(core, question, providers)).all()
        connected: set[str] = set()
        if question.state == "not_configured":
            connected = set(db.execute(select(connection.c.provider).distinct()).scalars())
    rows = [_row(core, each) for each in found]
    full = len(rows) > question.limit
    # What lies behind the last row read is not known yet: the next page tells.
    end = (rows[-1].slug, rows[-1].name or "") if full else None
    if question.state in (None, "not_configured"):
        shown = {row.slug for row in rows} | connected
        rows.extend(_empty(each) for each in _without(providers, shown, question.after, end))
        rows.sort(key=lambda row: (row.slug, row.name or ""))
    if len(rows) <= question.limit:
        return Page(rows, None)
    rows = rows[: question.limit]
    return Page(rows, (rows[-1].slug, rows[-1].name or ""))


def version(core: Core, question: Question) -> str:
    """Changes whenever the answer to a question may: every change leaves a line in the audit log.

    Cheaper than the answer by a factor of two to three.
    """
    number, newest = audit.ask_head(core.database)
    about = [
        *(number, newest, list(core.keyring.ids), question.state, question.text, question.slug),
        *(question.after, question.limit),
        core.installed.digest,
    ]
    return hashlib.sha256(json.dumps(about).encode()).hexdigest()[:24]


def _matching(core: Core, question: Question) -> list[Provider]:
    """The installed providers whose name or title fits."""
    text = question.text.lower()
    return [
        each
        for each in core.installed
        if (question.slug is None or each.slug == question.slug)
        and (text in each.slug or text in each.title.lower())
    ]


def _query(core: Core, question: Question, providers: Iterable[Provider]) -> Select[Any]:
    attention = attention_column(core.installed.usable, core.keyring.ids).label("reason")
    state = state_column(attention).label("state")
    slug, name = question.after
    query = (
        select(
            connection.c.provider,
            connection.c.name,
            connection.c.enabled,
            connection.c.verified_at,
            connection.c.updated_at,
            connection.c.last_error,
            attention,
            state,
        )
        .order_by(connection.c.provider, connection.c.name)
        .limit(question.limit + 1)
    )
    if slug:
        query = query.where(
            or_(
                connection.c.provider > slug,
                and_(connection.c.provider == slug, connection.c.name > name),
            )
        )
    if question.slug is not None:
        query = query.where(connection.c.provider == question.slug)
    if question.state is not None:
        query = query.where(state == question.state)
    if question.text:
        by_provider = connection.c.provider.in_([each.slug for each in providers])
        text = question.text.lower()
        query = query.where(
            or_(
                by_provider,
                connection.c.name.contains(text, autoescape=True),
                # What is no longer installed has no title, only its slug.
                connection.c.provider.contains(text, autoescape=True),
            )
        )
    return query


def _row(core: Core, found: Any) -> Row:
    return Row(
        slug=found.provider,
        provider=core.installed.find(found.provider),
        name=found.name,
        state=found.state,
        attention=found.reason,
        enabled=found.enabled,
        verified_at=found.verified_at,
        updated_at=found.updated_at,
        last_error=found.last_error,
    )


def _empty(provider: Provider) -> Row:
    return Row(provider.slug, provider, None, "not_configured", None, True, None, None, None)


def _without(
    providers: Iterable[Provider],
    shown: set[str],
    after: tuple[str, str],
    end: tuple[str, str] | None,
) -> Iterable[Provider]:
    """The providers between two ends of a page that have no connection.

    The rows of a page follow each other without a gap, so a slug between its ends that has no row
    there has none at all; the slug of `after` was shown by the page before.
    """
    for each in providers:
        if each.slug in shown or each.slug <= after[0]:
            continue
        if end is None or each.slug < end[0]:
            yield each
