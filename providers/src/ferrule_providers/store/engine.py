"""Opens the database, SQLite or PostgreSQL, with transactions that mean the same in both."""

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Executable,
    Row,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.exc import ArgumentError, DBAPIError

from ferrule_providers.faults import CannotStart

BUSY_MILLISECONDS = 30_000
POOL_SIZE = 5
POOL_OVERFLOW = 10
POOL_WAIT_SECONDS = 20


class Database:
    """One database. `reading()` and `writing()` give a connection inside a transaction.

    A transaction that will write says so at its beginning: in SQLite it takes the write lock at
    once (BEGIN IMMEDIATE). One that reads first and writes later fails at once when another has
    committed in between, however long it was willing to wait.
    """

    def __init__(self, url: str) -> None:
        self.url = read_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgresql_engine(self.url)
        self._writer = self.engine.execution_options(writes=True)
        # In SQLite every transaction sees one state; PostgreSQL wants to be asked for it.
        self._reader = (
            self.engine
            if self.is_sqlite
            else self.engine.execution_options(isolation_level="REPEATABLE READ")
        )
        self._asker = (
            self.engine.execution_options(is_bare=True)
            if self.is_sqlite
            else _postgresql_engine(self.url, is_bare=True)
        )
        # SQLite lets waiting writers in by chance, and some starve; the threads of one process
        # take turns before they ask it.
        self._turn: AbstractContextManager[Any] = (
            threading.Lock() if self.is_sqlite else contextlib.nullcontext()
        )

    def __repr__(self) -> str:
        return f"Database({self.url.render_as_string(hide_password=True)})"

    @property
    def path(self) -> Path | None:
        """The file of an SQLite database."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database and changes nothing."""
        with self._reader.connect() as connection:
            yield connection

    def ask(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None
    ) -> Row[Any] | None:
        """The first row of one statement that changes nothing, without a transaction around it.

        Costs one round trip where `reading()` costs four. A connection that has died in the pool
        is found by asking, and the statement is asked once more.
        """
        try:
            return self._ask(statement, parameters)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        return self._ask(statement, parameters)

    def _ask(self, statement: Executable, parameters: Mapping[str, Any] | None) -> Row[Any] | None:
        with self._asker.connect() as connection:
            return connection.execute(statement, parameters).first()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is committed at the end of the block, or undone by an exception."""
        with self._turn, self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Close every connection of the pool."""
        self.engine.dispose()
        self._asker.dispose()


def read_url(text: str) -> URL:
    """A database's URL, or the path of an SQLite file. Raises CannotStart."""
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).expanduser()))
    wrong = ""
    try:
        url = make_url(text)
    except ArgumentError:
        # The text may hold a password, so it is not repeated, and neither is what was raised.
        wrong = "The database's URL cannot be read."
    if wrong:
        raise CannotStart(wrong + " Write sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME.")
    backend = url.get_backend_name()
    if backend == "sqlite":
        if not url.database or url.database == ":memory:":
            raise CannotStart("The database must be a file: sqlite:///PATH.")
        return url.set(drivername="sqlite", query={})
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    raise CannotStart(f"Databases are SQLite and PostgreSQL; {backend} is neither.")


def _sqlite_engine(url: URL) -> Engine:
    engine = create_engine(
        url,
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW * 4,
        pool_timeout=POOL_WAIT_SECONDS,
        # Parameters are hashes, ciphertexts and settings; no error and no log repeats them.
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def set_up(raw: sqlite3.Connection, _record: Any) -> None:
        # The driver's own idea of when a transaction begins is switched off: `begin` says it.
        raw.isolation_level = None
        for pragma in (
            f"busy_timeout={BUSY_MILLISECONDS}",
            # A transaction that was acknowledged survives a loss of power.
            "synchronous=FULL",
            "foreign_keys=ON",
            # What was deleted is overwritten, so that a sealed value does not linger in the file.
            "secure_delete=ON",
        ):
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if not options.get("is_bare", False):
            writes = options.get("writes", False)
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql_engine(url: URL, *, is_bare: bool = False) -> Engine:
    """With transactions; or bare, for statements that stand alone and may be asked twice."""
    try:
        return create_engine(
            url,
            pool_size=POOL_SIZE,
            max_overflow=0 if is_bare else POOL_OVERFLOW,
            pool_timeout=POOL_WAIT_SECONDS,
            pool_pre_ping=not is_bare,
            # With autocommit there is nothing to roll back when a connection returns.
            **({"isolation_level": "AUTOCOMMIT", "pool_reset_on_return": None} if is_bare else {}),
            hide_parameters=True,
            connect_args={"connect_timeout": 10, "application_name": "ferrule-providers"},
        )
    except ModuleNotFoundError:
        missing = "PostgreSQL needs its driver: pip install 'ferrule-providers[postgresql]'."
    raise CannotStart(missing)


def make_sqlite_file(path: Path) -> None:
    """Make an empty SQLite database that only its owner reads, in WAL mode.

    The mode is kept in the file; switching to it takes a lock that no busy handler covers, so it
    happens once, here, and the caller holds the lock of `store.schema`.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    raw = sqlite3.connect(path, timeout=BUSY_MILLISECONDS / 1000)
    try:
        raw.execute("PRAGMA journal_mode=WAL")
    finally:
        raw.close()
