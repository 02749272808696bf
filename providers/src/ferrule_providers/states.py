"""Computes the state of a connection from the facts that are stored about it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, case, exists, literal, null, select

from ferrule_providers.store.connections import SETTING, TOKEN, Stored
from ferrule_providers.store.tables import connection, sealed

State = Literal["not_configured", "configured", "verified", "needs_attention"]
STATES: tuple[State, ...] = ("not_configured", "configured", "verified", "needs_attention")

DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a person must act: a sentence, and what they do (`set_up` or `connect`)."""

    sentence: str
    action: Literal["set_up", "connect", "install"]


REASONS = {
    "credentials_refused": Reason("The service does not accept these credentials.", "set_up"),
    "refresh_refused": Reason("The service has withdrawn the access.", "connect"),
    "refresh_interrupted": Reason(
        "A refresh was cut off after the service had used up the old token.", "connect"
    ),
    "token_ended": Reason("The token has ended, with nothing to refresh it with.", "connect"),
    "settings_missing": Reason("This version of the connector wants more settings.", "set_up"),
    "key_missing": Reason(
        "A secret or the token is sealed with a key that this service lacks.", "set_up"
    ),
    "account_changed": Reason("Another account answered than the one connected before.", "connect"),
    "connector_missing": Reason("The connector's package cannot be used here.", "install"),
}


def attention_of(stored: Stored, *, usable: Collection[str], key_ids: Iterable[str]) -> str | None:
    """The reason why a connection cannot be used, None if there is none that is known."""
    if stored.provider not in usable:
        return "connector_missing"
    if not stored.key_ids() <= set(key_ids):
        return "key_missing"
    return stored.attention


def state_of(stored: Stored, attention: str | None) -> State:
    """The state of a connection that is set up."""
    if attention is not None:
        return "needs_attention"
    return "verified" if stored.verified_at is not None else "configured"


def attention_column(usable: Collection[str], key_ids: Collection[str]) -> ColumnElement[Any]:
    """What `attention_of` says, in SQL."""
    locked = exists(
        select(literal(1)).where(
            sealed.c.connection_id == connection.c.id,
            sealed.c.name.startswith(SETTING) | (sealed.c.name == TOKEN),
            sealed.c.key_id.not_in(tuple(key_ids)),
        )
    )
    return case(
        (connection.c.provider.not_in(tuple(usable)), literal("connector_missing")),
        (locked, literal("key_missing")),
        (connection.c.attention.is_not(None), connection.c.attention),
        else_=null(),
    )


def state_column(attention: ColumnElement[Any]) -> ColumnElement[Any]:
    """What `state_of` says, in SQL."""
    return case(
        (attention.is_not(None), literal("needs_attention")),
        (connection.c.verified_at.is_not(None), literal("verified")),
        else_=literal("configured"),
    )
