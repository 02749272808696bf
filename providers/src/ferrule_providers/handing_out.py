"""Hands out what a client is made from: settings, with credentials or with a good token."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from ferrule_providers.core import Core
from ferrule_providers.faults import ConnectionNeedsAttention, ConnectionNotFound
from ferrule_providers.sealing import KeyMissing, SealBroken
from ferrule_providers.states import DISABLED, REASONS
from ferrule_providers.store import audit, connections
from ferrule_providers.store.audit import Actor
from ferrule_providers.store.connections import Stored
from ferrule_providers.tokens import ConnectionTokens


@dataclass(frozen=True, slots=True)
class Access:
    """What a client is made from. With a token, what it is refreshed with stays behind."""

    provider: str
    name: str
    auth: str | None
    settings: Mapping[str, Any]
    secrets: Mapping[str, Any] = field(repr=False)
    access_token: str | None = field(default=None, repr=False)
    expires_at: datetime | None = None
    revision: int | None = None
    """The revision of the token, to be named when it was refused."""

    obtained_at: datetime | None = None
    captured: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """Further values that came with the token, such as the address of an instance."""


def hand_out(
    core: Core,
    slug: str,
    name: str,
    actor: Actor,
    *,
    refused: int | None = None,
    despite: str | None = None,
) -> Access:
    """The settings of a connection with its credentials, or with a token refreshed if need be.

    `refused` says that the token of this revision was refused, so another one is needed. `despite`
    is a reason for attention that does not keep the connection back: a test finds out about it.
    Raises …NotFound, ConnectionNeedsAttention, and what a refresh raises.
    """
    with core.database.reading() as db:
        stored = core.must_find(db, slug, name)
        check_usable(core, stored, despite=despite)
        values = _opened(core, db, stored)
    sign_in = core.sign_in(slug, stored.auth_choice)
    now = core.clock()
    with core.database.writing() as db:
        if not connections.count_use(db, stored.id, "handed_out", now):
            raise ConnectionNotFound(f"{stored.target} was reset just now.")
        audit.add(
            db, actor, "use", stored.target, "secrets" if sign_in is None else "token", at=now
        )
    if sign_in is None:
        return Access(slug, name, stored.auth_choice, stored.settings, values)
    keeper = ConnectionTokens(
        core.database, core.keyring, stored.id, actor=actor, clock=core.clock, despite=despite
    )
    settings = {**stored.settings, **values}
    current = keeper.good(lambda token: sign_in.refresh(settings, token), refused=refused)
    return Access(
        provider=slug,
        name=name,
        auth=stored.auth_choice,
        settings=stored.settings,
        secrets={name: values[name] for name in values if name not in _kept_back(core, stored)},
        access_token=current.token.access_token,
        expires_at=current.token.expires_at,
        revision=current.revision,
        obtained_at=core.clock(),
        captured=current.token.captured,
    )


def _kept_back(core: Core, stored: Stored) -> tuple[str, ...]:
    """The settings with which tokens are obtained: whoever has a token does without them."""
    choice = core.installed[stored.provider].form.choice(stored.auth_choice)
    return () if choice is None else choice.settings


def check_usable(core: Core, stored: Stored, *, despite: str | None = None) -> None:
    """Raise ConnectionNeedsAttention, without asking anybody, if a connection cannot be used."""
    if not stored.enabled:
        raise ConnectionNeedsAttention(f"{stored.target} is switched off.", DISABLED)
    attention = core.view(stored).attention
    if attention is not None and attention != despite:
        sentence = REASONS[attention].sentence
        raise ConnectionNeedsAttention(f"{stored.target}: {sentence}", attention)


def _opened(core: Core, db: Connection, stored: Stored) -> dict[str, Any]:
    try:
        return connections.open_settings(db, core.keyring, stored.id)
    except (KeyMissing, SealBroken):
        pass
    sentence = REASONS["key_missing"].sentence
    raise ConnectionNeedsAttention(f"{stored.target}: {sentence}", "key_missing")
