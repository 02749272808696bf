"""Encryption keys come from one place, which is checked; there is no default."""

import base64
import os
import sys
from pathlib import Path

import pytest
from sqlalchemy import delete

from ferrule_providers import canaries
from ferrule_providers.canaries import check_keys
from ferrule_providers.core import Core
from ferrule_providers.faults import CannotStart
from ferrule_providers.keys import new_key, parse_keys, read_keyring
from ferrule_providers.sealing import Keyring
from ferrule_providers.store.tables import meta


def encoded(byte: int) -> str:
    return base64.urlsafe_b64encode(bytes([byte] * 32)).decode()


def test_without_a_key_nothing_starts() -> None:
    with pytest.raises(CannotStart, match="No encryption key"):
        read_keyring({})


def test_two_sources_are_one_too_many() -> None:
    with pytest.raises(CannotStart, match="both set"):
        read_keyring({"FERRULE_KEYS": new_key("k1"), "FERRULE_KEYS_FILE": "/x"})


def test_keys_from_the_environment() -> None:
    keyring = read_keyring({"FERRULE_KEYS": f"k2:{encoded(2)},k1:{encoded(1)}"})
    assert keyring.ids == ("k2", "k1")
    assert keyring.primary == "k2"


def test_new_keys_differ_and_are_read() -> None:
    first, second = new_key("k1"), new_key("k1")
    assert first != second
    assert parse_keys(first, "here").ids == ("k1",)
    with pytest.raises(CannotStart):
        new_key("K 1")


@pytest.mark.parametrize(
    "text",
    [
        *("", "  # nothing", encoded(1), "k1:%%%", "k1:", f"K1:{encoded(1)}"),
        *(f"k1:{encoded(1)[:-8]}", f"k1:{encoded(1)},k1:{encoded(2)}"),
    ],
)
def test_malformed_keys_are_refused_and_not_shown(text: str) -> None:
    with pytest.raises(CannotStart) as met:
        parse_keys(text, "the file")
    assert encoded(1)[:12] not in met.value.detail


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "keys"
    path.write_text(f"# the newer one first\nk2:{encoded(2)}\nk1:{encoded(1)}\n")
    path.chmod(0o600)
    return path


def test_a_key_file(key_file: Path) -> None:
    assert read_keyring({"FERRULE_KEYS_FILE": str(key_file)}).ids == ("k2", "k1")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o666])
def test_a_key_file_that_others_read(key_file: Path, mode: int) -> None:
    key_file.chmod(mode)
    with pytest.raises(CannotStart, match="chmod 600"):
        read_keyring({"FERRULE_KEYS_FILE": str(key_file)})


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_key_file_of_somebody_else(key_file: Path) -> None:
    os.chown(key_file, 12_345, -1)
    with pytest.raises(CannotStart, match="another user"):
        read_keyring({"FERRULE_KEYS_FILE": str(key_file)})


def test_a_key_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="cannot be read"):
        read_keyring({"FERRULE_KEYS_FILE": str(tmp_path / "none")})


def test_keys_from_a_command(key_file: Path) -> None:
    program = f"{sys.executable} -c \"print('{new_key('k9')}')\""
    assert read_keyring({"FERRULE_KEYS_COMMAND": program}).ids == ("k9",)
    for wrong in ("false", "no-such-program-anywhere", "echo nothing", "'"):
        with pytest.raises(CannotStart):
            read_keyring({"FERRULE_KEYS_COMMAND": wrong})


def test_keys_from_an_entry_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "vault_keys.py").write_text("def read():\n    return {'v1': bytes(32)}\n")
    about = tmp_path / "vault_keys-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: vault-keys\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[ferrule.key_sources]\nvault = vault_keys:read\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert read_keyring({"FERRULE_KEYS_SOURCE": "vault"}).ids == ("v1",)
    with pytest.raises(CannotStart, match="no package offers it"):
        read_keyring({"FERRULE_KEYS_SOURCE": "safe"})


def test_a_wrong_key_does_not_start(core: Core) -> None:
    with pytest.raises(CannotStart, match="is not the key k1"):
        check_keys(core.database, Keyring({"k1": bytes(32)}))
    with pytest.raises(CannotStart, match="sealed with the key k1"):
        check_keys(core.database, Keyring({"k7": bytes(32)}))
    with pytest.raises(CannotStart, match="is not the key k1"):
        check_keys(core.database, Keyring({"k7": bytes(32), "k1": bytes(32)}))


def test_a_new_key_beside_the_old_one_starts(core: Core) -> None:
    both = Keyring({"k2": bytes(32), "k1": bytes(range(32))})
    check_keys(core.database, both)
    check_keys(core.database, Keyring({"k2": bytes(32)}))
    with pytest.raises(CannotStart):
        check_keys(core.database, Keyring({"k2": bytes(range(32))}))


def test_of_two_processes_with_another_key_of_one_id_the_later_one_stops(
    core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both start at once on a fresh database, and both find no canary there yet."""
    with core.database.writing() as db:
        db.execute(delete(meta))
    check_keys(core.database, Keyring({"k1": bytes(range(32))}))
    read = canaries._read
    blind: list[dict[str, bytes]] = [{}]
    monkeypatch.setattr(canaries, "_read", lambda each: blind.pop() if blind else read(each))
    with pytest.raises(CannotStart, match="is not the key k1"):
        check_keys(core.database, Keyring({"k1": bytes(32)}))
    blind.append({})
    check_keys(core.database, Keyring({"k1": bytes(range(32))}))
