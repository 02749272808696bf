"""The tables, in types that SQLite and PostgreSQL both have."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMING)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite has no zones, so it keeps the UTC clock face."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(
        self,
        value: Any | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


ID = String(36)
# Lists are walked by (provider, name): both databases must sort them as Python does, by bytes.
SLUG = String(63).with_variant(String(63, collation="C"), "postgresql")
NAME = String(63).with_variant(String(63, collation="C"), "postgresql")
HASH = String(64)

connection = Table(
    "connection",
    metadata,
    Column("id", ID, primary_key=True),
    Column("provider", SLUG, nullable=False),
    Column("name", NAME, nullable=False),
    Column("auth_choice", String(63)),
    # Plain settings only; what is secret stands in `sealed`.
    Column("settings", JSON, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("enabled", Boolean, nullable=False),
    # Why a person must act, as far as it was met; None while nothing is known to be wrong.
    Column("attention", String(32)),
    Column("verified_at", Moment),
    Column("last_error", JSON(none_as_null=True)),
    Column("account_key", HASH),
    Column("connector_version", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    UniqueConstraint("provider", "name"),
    CheckConstraint("revision > 0", name="revision_counts"),
)

sealed = Table(
    "sealed",
    metadata,
    Column("connection_id", ID, ForeignKey("connection.id", ondelete="CASCADE"), primary_key=True),
    Column("name", String(128), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("key_id", String(32), nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("updated_at", Moment, nullable=False),
)

token = Table(
    "token",
    metadata,
    Column("connection_id", ID, ForeignKey("connection.id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("expires_at", Moment),
    Column("refresh_after", Moment),
    Column("has_refresh", Boolean, nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("refreshed_at", Moment),
    Column("lease_owner", Text),
    Column("lease_until", Moment),
    Column("attempt_started_at", Moment),
    Column("failures", Integer, nullable=False),
    Column("retry_after", Moment),
)

authorization = Table(
    "authorization",
    metadata,
    Column("state_hash", HASH, primary_key=True),
    Column(
        "connection_id",
        ID,
        ForeignKey("connection.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    # The browser that opened the sign-in; None until one has.
    Column("session_hash", HASH),
    Column("redirect_uri", Text, nullable=False),
    Column("accepts_account", Boolean, nullable=False),
    Column("actor", String(128), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

api_key = Table(
    "api_key",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", String(128), nullable=False),
    Column("hash", HASH, nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("last_used_at", Moment),
    Column("revoked_at", Moment),
)

page_session = Table(
    "page_session",
    metadata,
    Column("session_hash", HASH, primary_key=True),
    # None where the service runs without keys, on loopback only.
    Column("api_key_id", String(16), ForeignKey("api_key.id", ondelete="CASCADE")),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
)

usage = Table(
    "usage",
    metadata,
    Column("connection_id", ID, ForeignKey("connection.id", ondelete="CASCADE"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("last_at", Moment, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("actor", String(128), nullable=False),
    Column("action", String(64), nullable=False),
    Column("target", String(128), nullable=False),
    Column("result", String(64), nullable=False),
    Column("request_id", String(64), nullable=False),
    # Names of fields; never what they hold.
    Column("fields", JSON, nullable=False),
    Column("previous_hash", HASH, nullable=False),
    Column("hash", HASH, nullable=False),
    Index("ix_audit_target_id", "target", "id"),
)

meta = Table(
    "meta",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("value", JSON, nullable=False),
)
