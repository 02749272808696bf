"""The commands, as people and unit files run them; refusals are words and never a traceback."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ferrule_providers import setting_up
from ferrule_providers.__main__ import main
from ferrule_providers.core import Core
from ferrule_providers.handing_out import hand_out
from ferrule_providers.installed import Installed, find_installed
from ferrule_providers.keys import parse_keys
from ferrule_providers.resetting import notice_new_versions
from ferrule_providers.sealing import Keyring
from ferrule_providers.store import audit, schema
from ferrule_providers.store.engine import Database
from tests.providers import packages
from tests.providers.conftest import KEYS, SOMEBODY, TOKEN
from tests.providers.test_keys import encoded
from tests.services.real import REPOSITORY

ONE = "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """Runs a command in this process; what it does to the environment is undone."""
    before = dict(os.environ)
    for name in [each for each in before if "FERRULE" in each or each == "XDG_DATA_HOME"]:
        del os.environ[name]
    os.environ["HOME"] = str(tmp_path / "home")
    clean = dict(os.environ)

    def run_it(*words: str, **environment: str) -> Result:
        os.environ.clear()
        os.environ.update({**clean, **environment})
        done = CliRunner().invoke(main, words)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
        return done

    yield run_it
    os.environ.clear()
    os.environ.update(before)


def test_a_database_is_made_and_made_only_once(run: Run, tmp_path: Path) -> None:
    path = str(tmp_path / "new" / "providers.db")
    first = run("migrate", "--database", path)
    assert (first.exit_code, first.stdout) == (0, "revision 0001: migrated from nothing\n")
    assert run("migrate", "--database", path).stdout == "revision 0001: was up to date\n"
    assert Path(path).stat().st_mode & 0o077 == 0
    assert Path(path).parent.stat().st_mode & 0o077 == 0


def test_what_is_wrong_is_told_in_words(run: Run, tmp_path: Path) -> None:
    path = str(tmp_path / "providers.db")
    text = tmp_path / "notes.txt"
    text.write_text("no database at all\n" * 100)
    for words, told in (
        (("keys", "verify", "--database", path), "There is no database at"),
        (("migrate", "--database", "mysql://x/y"), "mysql is neither"),
        (("migrate", "--database", "postgresql://a:canary-pw@127.0.0.1:9/x"), "cannot be used"),
        (("migrate", "--database", str(tmp_path)), "Is a directory"),
        (("migrate", "--database", f"{__file__}/x.db"), "File exists"),
        (("api-key", "list", "--database", str(text)), "file is not a database"),
        (("serve", "--database", path), "No encryption key"),
        (("serve", "--database", path, "--public-url", "connectors"), "must be an origin"),
        (("serve", "--database", path, "--allow-network", "10.0.0.0/99"), "is no network"),
    ):
        done = run(*words)
        assert done.exit_code == 1, done
        assert told in done.stderr
        assert "canary-pw" not in done.stderr + done.stdout


def test_a_database_that_refuses_is_told_in_words(
    run: Run, sqlite_core: Core, tmp_path: Path
) -> None:
    url = sqlite_core.database.url.render_as_string(hide_password=False)
    missing = run("backup", "--database", url, str(tmp_path / "none" / "copy.db"))
    assert (missing.exit_code, "No such file or directory" in missing.stderr) == (1, True)
    with sqlite_core.database.writing() as db:
        db.exec_driver_sql("ALTER TABLE api_key RENAME TO gone")
    refused = run("api-key", "list", "--database", url)
    assert (refused.exit_code, "cannot be used: no such table" in refused.stderr) == (1, True)


def test_a_backup_serves_as_the_database_did(
    run: Run, sqlite_core: Core, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = sqlite_core.database.url.render_as_string(hide_password=False)
    copy = tmp_path / "copy.db"
    assert run("backup", "--database", url, str(copy)).exit_code == 0
    restored = Database(str(copy))
    with restored.reading() as db:
        # Else readers and writers of a restored database would wait for each other.
        assert db.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
    restored.close()
    assert copy.stat().st_mode & 0o077 == 0

    def full(*_words: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("ferrule_providers.__main__._copy", full)
    other = tmp_path / "other.db"
    failed = run("backup", "--database", url, str(other))
    assert (failed.exit_code, "disk is full" in failed.stderr) == (1, True)
    assert not other.exists(), "what is no backup looks like none"


def test_port_0_is_a_port(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system chooses one; anything else that is given stands for itself as well."""
    ports: list[int] = []
    monkeypatch.setattr("uvicorn.run", lambda *_words, **options: ports.append(options["port"]))
    path = str(tmp_path / "new.db")
    assert run("serve", "--database", path, "--new-key", "--port", "0").exit_code == 0
    assert ports == [0]


def test_a_wrong_key_stops_the_start(run: Run, sqlite_core: Core) -> None:
    url = sqlite_core.database.url.render_as_string(hide_password=False)
    done = run("serve", "--database", url, FERRULE_KEYS=f"k1:{encoded(9)}")
    assert done.exit_code == 1
    assert "The key k1 is not the key k1 with which this database is sealed" in done.stderr


def test_without_a_key_it_listens_to_this_machine_only(run: Run, sqlite_core: Core) -> None:
    url = sqlite_core.database.url.render_as_string(hide_password=False)
    for words in (("--host", "0.0.0.0"), ("--public-url", "https://connectors.example.com")):
        done = run("serve", "--database", url, *words, FERRULE_KEYS=ONE)
        assert done.exit_code == 1
        assert "There is no API key" in done.stderr


def test_keys_are_rotated_and_verified(run: Run, core: Core) -> None:
    body = {"server": "https://acme.example", "email": "a@b.example", "api_token": TOKEN}
    setting_up.set_up(core, "acme", "one", body, SOMEBODY)
    url = core.database.url.render_as_string(hide_password=False)
    made = run("keys", "new", "k2").stdout.strip()
    assert parse_keys(made, "stdout").ids == ("k2",)
    both = f"{made},{ONE}"
    dry = run("keys", "rotate", "--dry-run", "--database", url, FERRULE_KEYS=both)
    assert dry.stdout == "1 values are not sealed with k2\n"
    assert run("keys", "rotate", "--database", url, FERRULE_KEYS=both).exit_code == 0
    verified = run("keys", "verify", "--database", url, FERRULE_KEYS=made)
    assert verified.stdout == "1 open; 0 of them not yet with k2\n"
    lost = run("keys", "verify", "--database", url, FERRULE_KEYS=ONE)
    assert (lost.exit_code, lost.stderr) == (1, "does not open: acme/one: api_token (k2)\n")
    assert TOKEN not in verified.stdout + lost.stderr


def test_api_keys_are_made_listed_and_revoked(run: Run, sqlite_core: Core) -> None:
    url = sqlite_core.database.url.render_as_string(hide_password=False)
    made = run("api-key", "new", "--database", url, "--scope", "use", "--name", "the app")
    key_id = made.stdout.split("_")[1]
    listed = run("api-key", "list", "--database", url).stdout
    assert key_id in listed
    assert "the app" in listed
    assert made.stdout.strip() not in listed
    assert run("api-key", "revoke", "--database", url, key_id).exit_code == 0
    assert "revoked" in run("api-key", "list", "--database", url).stdout
    assert run("api-key", "revoke", "--database", url, key_id).exit_code == 1
    shown = run("audit", "show", "--database", url).stdout
    assert '"make key"' in shown
    assert '"revoke key"' in shown
    good = run("audit", "verify", "--database", url).stdout
    assert good.startswith("2 lines are good; line 2 has the hash ")


def test_a_connection_is_switched_off_from_the_command_line(run: Run, sqlite_core: Core) -> None:
    body = {"server": "https://acme.example", "email": "a@b.example", "api_token": TOKEN}
    setting_up.set_up(sqlite_core, "acme", "one", body, SOMEBODY)
    url = sqlite_core.database.url.render_as_string(hide_password=False)
    assert run("switch", "--database", url, "acme", "one", "off").stdout == "acme/one is off\n"
    with sqlite_core.database.reading() as db:
        assert not sqlite_core.must_find(db, "acme", "one").enabled
    assert run("switch", "--database", url, "acme", "two", "off").exit_code == 1


def test_the_openapi_document_needs_nothing(run: Run) -> None:
    done = run("openapi")
    assert done.exit_code == 0
    assert "/v1/admin/connector-providers/{provider_slug}/setup" in done.stdout


def test_many_processes_make_one_database(tmp_path: Path) -> None:
    path = tmp_path / "providers.db"
    program = "from ferrule_providers.__main__ import main; main()"
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", program, "migrate", "--database", str(path)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=REPOSITORY,
        )
        for _ in range(4)
    ]
    told = [worker.communicate(timeout=90) for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * 4, told
    assert sum(b"migrated from nothing" in out for out, _ in told) == 1


def test_a_database_of_another_version_is_refused(sqlite_url: str) -> None:
    from ferrule_providers.faults import CannotStart

    database = Database(sqlite_url)
    with database.writing() as db:
        db.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(CannotStart, match="newer version"):
        schema.check(database)
    database.close()


def test_the_tables_are_what_the_migrations_make(core: Core) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    from ferrule_providers.store.tables import metadata

    with core.database.reading() as db:
        assert compare_metadata(MigrationContext.configure(db), metadata) == []


def test_what_a_new_connector_version_asks_for_is_noticed(
    core: Core, make_core: Callable[..., Core], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = {"server": "https://acme.example", "email": "a@b.example", "api_token": TOKEN}
    setting_up.set_up(core, "acme", "one", body, SOMEBODY)
    assert notice_new_versions(core) == []
    newer = another_acme(tmp_path, monkeypatch, packages.acme(version="2.0.0", pin=True))
    url = core.database.url.render_as_string(hide_password=False)
    later = make_core(url, installed=newer, keyring=Keyring(KEYS))
    assert notice_new_versions(later) == ["acme/one"]
    with later.database.reading() as db:
        stored = later.must_find(db, "acme", "one")
    assert later.view(stored).attention == "settings_missing"
    setting_up.set_up(later, "acme", "one", {"pin": "8812-secret"}, SOMEBODY)
    with later.database.reading() as db:
        assert later.view(later.must_find(db, "acme", "one")).state == "configured"


def another_acme(folder: Path, monkeypatch: pytest.MonkeyPatch, source: str) -> Installed:
    """A later version of Acme, as the only connector that is installed."""
    packages.write(folder, "acme", source, version="2.0.0")
    old = {name: sys.modules.pop(name) for name in list(sys.modules) if "acme_" in name}
    monkeypatch.syspath_prepend(str(folder))
    newer = Installed(each for each in find_installed() if each.slug == "acme")
    sys.modules.update(old)
    assert newer["acme"].version == "2.0.0", newer["acme"].problem
    return newer


def test_what_a_new_connector_version_calls_a_secret_becomes_one(
    core: Core, make_core: Callable[..., Core], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = "somebody@private.example"
    body = {"server": "https://acme.example", "email": mail, "api_token": TOKEN}
    setting_up.set_up(core, "acme", "one", body, SOMEBODY)
    source = packages.acme(version="2.0.0").replace(
        '"email", type="string"', '"email", type="secret"'
    )
    newer = another_acme(tmp_path, monkeypatch, source)
    url = core.database.url.render_as_string(hide_password=False)
    later = make_core(url, installed=newer, keyring=Keyring(KEYS))
    assert notice_new_versions(later) == ["acme/one"]
    assert notice_new_versions(later) == []
    with later.database.reading() as db:
        stored = later.must_find(db, "acme", "one")
        assert audit.newest(db, limit=1)[0].fields == ("email",)
    assert (later.view(stored).state, mail in str(stored.settings)) == ("configured", False)
    assert hand_out(later, "acme", "one", SOMEBODY).secrets["email"] == mail
