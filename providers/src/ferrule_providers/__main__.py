"""The commands of `ferrule-providers`: serve, migrate, keys, API keys, audit, backup."""

import contextlib
import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from ferrule_providers import __version__
from ferrule_providers import configuration as names
from ferrule_providers import keys as key_names
from ferrule_providers.faults import CannotStart, ProvidersError

GRACE_SECONDS = 20


class Commands(click.Group):
    """Commands whose refusals are words on stderr, never a traceback."""

    def invoke(self, context: click.Context) -> Any:
        """Run a command; what it refuses ends the program with status 1."""
        try:
            return super().invoke(context)
        except Exception as error:
            words = _words_of(error)
            if words is None:
                raise
            click.echo(f"ferrule-providers: {words}", err=True)
            context.exit(1)


def _words_of(error: Exception) -> str | None:
    """What a person can mend, in words; None for what only a traceback can tell."""
    if isinstance(error, ProvidersError):
        return error.detail
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}."
    if isinstance(error, sqlite3.DatabaseError):
        return f"The database cannot be used: {error}."
    if "sqlalchemy" in sys.modules:
        from sqlalchemy.exc import InternalError, OperationalError

        if isinstance(error, (OperationalError, InternalError)):
            told = str(error.orig).strip().partition("\n")[0]
            return f"The database cannot be used: {told}."
    return None


def _option(flag: str, variable: str, words: str, **more: Any) -> Callable[[Any], Any]:
    """An option that stands for an environment variable, so that workers see it too."""

    def put(_context: click.Context, _parameter: click.Parameter, value: Any) -> Any:
        if value is not None and value != ():
            joined = ",".join(value) if isinstance(value, tuple) else str(value)
            os.environ[variable] = joined
        return value

    return click.option(
        flag, expose_value=False, callback=put, help=f"{words} [{variable}]", **more
    )


_database = _option("--database", names.DATABASE, "SQLite file, or postgresql:// URL.")
_keys_file = _option("--keys-file", key_names.KEYS_FILE, "File with the encryption keys.")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Keep the credentials of installed connectors in one safe place."""


@main.command()
@_database
@_keys_file
@_option("--host", names.HOST, "Address to listen on; 127.0.0.1 if not given.")
@_option("--port", names.PORT, f"Port; {names.DEFAULT_PORT} if not given.", type=int)
@_option("--public-url", names.PUBLIC_URL, "Origin under which browsers see the service.")
@_option(
    "--allow-host", names.ALLOWED_HOSTS, "Another Host header to answer; repeatable.", multiple=True
)
@_option(
    "--allow-network",
    names.ALLOWED_NETWORKS,
    "Private network that base URLs and proxies may lead into (10.0.0.0/8, all), or the path of a "
    "socket; repeatable.",
    multiple=True,
)
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
@click.option("--new-key", is_flag=True, help="Make a key file first if there is none yet.")
def serve(workers: int, new_key: bool) -> None:
    """Run the service and its page.

    Stops gracefully on SIGTERM and SIGINT.
    """
    import uvicorn

    from ferrule_providers.opening import check_exposure, open_core

    configuration = names.read_configuration(os.environ)
    if new_key:
        _make_key_file(configuration.database)
    core = open_core(configuration, os.environ)
    with contextlib.closing(core.database):
        warning = check_exposure(core, configuration)
    found = len(core.installed)
    if warning is not None:
        click.secho(warning, fg="red", bold=True, err=True)
    for each in core.installed:
        if each.problem is not None:
            click.echo(f"broken connector {each.slug}: {each.problem}", err=True)
    click.echo(
        f"ferrule-providers {__version__}: {found} connectors, {core.database!r}, "
        f"page at {configuration.origin}/admin",
        err=True,
    )
    sys.stderr.flush()
    uvicorn.run(
        "ferrule_providers.api.app:app_from_environment",
        factory=True,
        host=configuration.host,
        port=configuration.port,
        workers=workers,
        # Our own line tells the route instead of the URL, whose query may hold a code.
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        limit_concurrency=2_000,
    )


def _make_key_file(database: str) -> None:
    """Make a key beside a database that is not there yet; never for one that is."""
    others = (key_names.KEYS, key_names.KEYS_COMMAND, key_names.KEYS_SOURCE)
    if any(os.environ.get(name) for name in others):
        return
    given = os.environ.get(key_names.KEYS_FILE)
    default = names.default_database(os.environ).parent / "keys"
    path = Path(given) if given else default
    if not path.exists():
        if "://" not in database and Path(database).exists():
            raise CannotStart(f"{database} is there and its key file {path} is not: find the key.")
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(key_names.new_key("k1") + "\n")
        click.echo(f"made the key file {path}: keep a copy where the backups are not", err=True)
    os.environ[key_names.KEYS_FILE] = str(path)


@main.command()
@_database
def migrate() -> None:
    """Bring the database's tables to the form of this version."""
    from ferrule_providers.store import schema

    before, after = schema.migrate(_database_of_this_command())
    told = "was up to date" if before == after else f"migrated from {before or 'nothing'}"
    click.echo(f"revision {after}: {told}")


@main.group()
def keys() -> None:
    """Encryption keys."""


@keys.command("new")
@click.argument("key_id", default="k1")
def keys_new(key_id: str) -> None:
    """Write a new random key to stdout: KEY_ID:…"""
    click.echo(key_names.new_key(key_id))


@keys.command("rotate")
@_database
@_keys_file
@click.option("--dry-run", is_flag=True, help="Only tell how much there is to do.")
def keys_rotate(dry_run: bool) -> None:
    """Seal every secret anew with the first key.

    Two steps: first give the new key to every process as the second one and restart them; then
    make it the first one everywhere and run this. It may be cut off and begun again. When it is
    done and `keys verify` is content, the old key can go.
    """
    from ferrule_providers import rotation

    database, keyring = _open_sealed()
    left = rotation.remaining(database, keyring)
    click.echo(f"{left} values are not sealed with {keyring.primary}")
    if dry_run or not left:
        return
    tally = rotation.rotate(
        database,
        keyring,
        _actor(),
        after_batch=lambda so_far: click.echo(f"{so_far.rotated} of {left}", err=True),
    )
    click.echo(f"{tally.rotated} rotated")
    _tell_unreadable(tally.unreadable)


@keys.command("verify")
@_database
@_keys_file
def keys_verify() -> None:
    """Open every sealed secret and keep none; ends with 1 if one does not open."""
    from ferrule_providers import rotation

    database, keyring = _open_sealed()
    tally = rotation.verify(database, keyring)
    old = rotation.remaining(database, keyring)
    click.echo(f"{tally.good} open; {old} of them not yet with {keyring.primary}")
    _tell_unreadable(tally.unreadable)


def _tell_unreadable(places: Iterable[str]) -> None:
    unreadable = list(places)
    for each in unreadable:
        click.echo(f"does not open: {each}", err=True)
    if unreadable:
        sys.exit(1)


@main.group("api-key")
def api_key() -> None:
    """API keys of the service."""


@api_key.command("new")
@_database
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    default=("read", "write"),
    show_default=True,
    type=click.Choice(["read", "write", "use"]),
)
@click.option("--name", default="unnamed", help="Whose key it is; shown in the audit log.")
def api_key_new(scopes: tuple[str, ...], name: str) -> None:
    """Make a key and write it to stdout; it is shown this once."""
    keys, actor = _api_keys()
    text, made = keys.make(name, scopes, actor)
    click.echo(text)
    click.echo(f"key {made.id} ({made.name}): {' '.join(made.scopes)}", err=True)


@api_key.command("list")
@_database
def api_key_list() -> None:
    """Tell which keys there are."""
    keys, _ = _api_keys()
    for each in keys.all():
        state = "revoked" if each.revoked_at is not None else "good"
        used = each.last_used_at.date().isoformat() if each.last_used_at else "never"
        click.echo(f"{each.id}  {state:7}  {' '.join(each.scopes):14}  used {used}  {each.name}")


@api_key.command("revoke")
@_database
@click.argument("key_id")
def api_key_revoke(key_id: str) -> None:
    """Let a key open nothing any more."""
    keys, actor = _api_keys()
    if not keys.revoke(key_id, actor):
        raise CannotStart("There is no such key, or it was revoked before.")
    click.echo(f"revoked {key_id}")


@main.group("audit")
def audit_group() -> None:
    """The audit log."""


@audit_group.command("verify")
@_database
def audit_verify() -> None:
    """Walk the chain of hashes; keep the last one elsewhere to notice a log that was rewritten."""
    from ferrule_providers.store import audit

    with _open_database().reading() as db:
        good, wrong = audit.verify(db)
        number, newest = audit.head(db)
    if wrong is not None:
        raise CannotStart(f"{good} lines are good, then: {wrong}.")
    click.echo(f"{good} lines are good; line {number} has the hash {newest}")


@audit_group.command("show")
@_database
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000))
def audit_show(limit: int) -> None:
    """Write the newest lines as JSON, one a line, the oldest of them first."""
    from ferrule_providers.api import documents
    from ferrule_providers.store import audit

    with _open_database().reading() as db:
        lines = audit.newest(db, limit=limit)
    for each in reversed(lines):
        click.echo(json.dumps(documents.entry(each)))


@main.command()
@_database
@click.argument("target", type=click.Path(path_type=Path))
def backup(target: Path) -> None:
    """Write a copy of an SQLite database, whole also while the service runs.

    Copying the file alone would miss what stands in its log. PostgreSQL has pg_dump.
    """
    database = _open_database()
    if database.path is None:
        raise CannotStart("This is for SQLite; PostgreSQL has pg_dump.")
    if target.exists():
        raise CannotStart(f"{target} is there already.")
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        _copy(database.path, target)
    except BaseException:
        target.unlink()
        raise
    click.echo(f"wrote {target}: secrets in it are sealed, keep the key elsewhere")


def _copy(source: Path, target: Path) -> None:
    with contextlib.closing(sqlite3.connect(source)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
    with contextlib.closing(sqlite3.connect(target)) as connection:
        # The mode is not copied: `store.engine` tells what it is good for.
        connection.execute("PRAGMA journal_mode=WAL")


@main.command()
def openapi() -> None:
    """Write the OpenAPI document of the API."""
    from ferrule_providers.api.app import api_description

    click.echo(json.dumps(api_description(), indent=2))


@main.command()
@_database
@click.argument("provider")
@click.argument("connection")
@click.argument("state", type=click.Choice(["on", "off"]))
def switch(provider: str, connection: str, state: str) -> None:
    """Switch a connection off, or on again, without touching what is stored."""
    from ferrule_providers.clock import utc_now
    from ferrule_providers.store import audit, connections

    database, actor, now = _open_database(), _actor(), utc_now()
    with database.writing() as db:
        stored = connections.find(db, provider, connection, now=now, lock=True)
        if stored is None:
            raise CannotStart("There is no such connection.")
        connections.change(db, stored.id, enabled=state == "on", updated_at=now)
        result = "enabled" if state == "on" else "disabled"
        audit.add(db, actor, "switch", stored.target, result, at=now)
    click.echo(f"{stored.target} is {state}")


def _database_of_this_command() -> Any:
    """The database that is named, closed when the command ends."""
    from ferrule_providers.store.engine import Database

    database = Database(names.read_configuration(os.environ).database)
    click.get_current_context().call_on_close(database.close)
    return database


def _open_database() -> Any:
    from ferrule_providers.store import schema

    database = _database_of_this_command()
    schema.check(database)
    return database


def _open_sealed() -> tuple[Any, Any]:
    from ferrule_providers.canaries import check_keys

    database = _open_database()
    keyring = key_names.read_keyring(os.environ)
    check_keys(database, keyring)
    return database, keyring


def _api_keys() -> tuple[Any, Any]:
    from ferrule_providers.api_keys import ApiKeys
    from ferrule_providers.clock import utc_now

    return ApiKeys(_open_database(), utc_now), _actor()


def _actor() -> Any:
    """Who runs the command, as the audit log names them."""
    from ferrule_providers.store.audit import Actor

    user = os.environ.get("USER") or str(os.geteuid())
    return Actor(f"command line ({user})", f"pid {os.getpid()}")


if __name__ == "__main__":
    main()
