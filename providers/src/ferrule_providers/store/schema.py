"""Brings a database's tables to the form that this version knows, or says why it cannot."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, OperationalError

from ferrule_providers.faults import CannotStart, ServiceUnreachable
from ferrule_providers.store.engine import Database, make_sqlite_file

MIGRATIONS = Path(__file__).parent.parent / "migrations"
MIGRATE = "ferrule-providers migrate"


def migrate(database: Database) -> tuple[str | None, str]:
    """Apply every migration that is missing, in one transaction; the revisions before and after.

    Several processes may call it at once: one does the work, the others find it done.
    """
    with _locked(database):
        if database.path is not None and not _is_made(database.path):
            make_sqlite_file(database.path)
        with _reached(database), database.writing() as connection:
            if not database.is_sqlite:
                # An arbitrary number that only this statement uses.
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7265183)")
            before = _revision(connection)
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            after = _revision(connection)
    assert after is not None
    return before, after


def check(database: Database) -> None:
    """Raise CannotStart unless the tables are exactly those of this version.

    Raises ServiceUnreachable where a server does not answer.
    """
    if database.path is not None and not _is_made(database.path):
        raise CannotStart(f"There is no database at {database.path}. Make it: {MIGRATE}")
    with _reached(database), database.reading() as connection:
        found = _revision(connection)
    script = ScriptDirectory.from_config(_config())
    wanted = script.get_current_head()
    if found == wanted:
        return
    if found is None:
        raise CannotStart(f"The database has no tables yet. Make them: {MIGRATE}")
    if found not in {each.revision for each in script.walk_revisions()}:
        raise CannotStart(
            f"The database is at revision {found}, which a newer version of this service "
            f"made; this one knows up to {wanted}. Run that newer version."
        )
    raise CannotStart(f"The database is at revision {found}, not {wanted}. Run: {MIGRATE}")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _is_made(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


@contextlib.contextmanager
def _reached(database: Database) -> Iterator[None]:
    told, away = "", False
    try:
        yield
    except DBAPIError as error:
        told = str(error.orig).strip().splitlines()[0] if error.orig else "no connection"
        # A server that is not reached gives no code; it may be there at the next try.
        is_unnamed = not database.is_sqlite and getattr(error.orig, "sqlstate", None) is None
        away = is_unnamed and isinstance(error, OperationalError)
    if told:
        kind = ServiceUnreachable if away else CannotStart
        raise kind(f"{database!r} cannot be used: {told}")


@contextlib.contextmanager
def _locked(database: Database) -> Iterator[None]:
    """Hold a lock file beside an SQLite database; PostgreSQL has locks of its own."""
    if database.path is None:
        yield
        return
    database.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = database.path.with_name(database.path.name + ".lock")
    descriptor = os.open(name, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
