"""Reads the encryption keys: from the environment, a file with a mode, or a command."""

import base64
import binascii
import os
import re
import secrets
import shlex
import stat
import subprocess
from collections.abc import Callable, Mapping
from importlib.metadata import entry_points
from pathlib import Path

from ferrule_providers.faults import CannotStart
from ferrule_providers.sealing import KEY_BYTES, Keyring

KEYS = "FERRULE_KEYS"
KEYS_FILE = "FERRULE_KEYS_FILE"
KEYS_COMMAND = "FERRULE_KEYS_COMMAND"
KEYS_SOURCE = "FERRULE_KEYS_SOURCE"
SOURCES_GROUP = "ferrule.key_sources"
COMMAND_SECONDS = 30

_KEY_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")

KeySource = Callable[[], Mapping[str, bytes]]
"""What an entry point of the group `ferrule.key_sources` loads: gives key ids and 32-byte keys.

The first one seals. It is called once a process, so it may unwrap a data key at a cloud's KMS.
"""


def new_key(key_id: str) -> str:
    """A fresh random key in the form in which keys are given: `k1:…`."""
    if not _KEY_ID.fullmatch(key_id):
        raise CannotStart(f"A key's id is {_KEY_ID.pattern}, for example k1.")
    return f"{key_id}:{base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"


def read_keyring(environment: Mapping[str, str]) -> Keyring:
    """The keys that an environment names. Raises CannotStart; there is no default key."""
    given = [name for name in (KEYS, KEYS_FILE, KEYS_COMMAND, KEYS_SOURCE) if environment.get(name)]
    if not given:
        raise CannotStart(
            "No encryption key. Make one with `ferrule-providers keys new`, keep it in a file that "
            f"only you can read, and name the file in {KEYS_FILE} (or the key itself in {KEYS})."
        )
    if len(given) > 1:
        raise CannotStart(f"{' and '.join(given)} are both set; keep one of them.")
    (name,) = given
    value = environment[name]
    if name == KEYS_SOURCE:
        return _from_source(value)
    if name == KEYS_FILE:
        return parse_keys(_file_text(Path(value)), f"the file that {KEYS_FILE} names")
    if name == KEYS_COMMAND:
        return parse_keys(_command_output(value), f"what {KEYS_COMMAND} wrote")
    return parse_keys(value, KEYS)


def parse_keys(text: str, where: str) -> Keyring:
    """`k2:…,k1:…`, or one a line, with comments after #; the first one seals."""
    keys: dict[str, bytes] = {}
    lines = (line.partition("#")[0] for line in text.splitlines())
    for number, word in enumerate(filter(None, re.split(r"[,\s]+", "\n".join(lines))), 1):
        key_id, colon, encoded = word.partition(":")
        if not colon or not _KEY_ID.fullmatch(key_id):
            raise CannotStart(
                f"Key {number} in {where} has no id: write it as k1:… "
                f"(`ferrule-providers keys new` makes one)."
            )
        if key_id in keys:
            raise CannotStart(f"The key id {key_id} stands twice in {where}.")
        key = _decoded(encoded)
        if key is None or len(key) != KEY_BYTES:
            raise CannotStart(
                f"The key {key_id} in {where} is not {KEY_BYTES} bytes in URL-safe base64."
            )
        keys[key_id] = key
    if not keys:
        raise CannotStart(f"There is no key in {where}.")
    return Keyring(keys)


def _decoded(encoded: str) -> bytes | None:
    try:
        padded = encoded + "=" * (-len(encoded) % 4)
        return base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None


def _file_text(path: Path) -> str:
    """The text of a key file that belongs to us (or root) and that nobody else can read."""
    try:
        # Opened once and asked through the descriptor: what is checked is what is read.
        with path.open("rb") as file:
            about = os.fstat(file.fileno())
            readable_by_others = about.st_mode & (stat.S_IRWXG | stat.S_IRWXO)
            if about.st_uid not in (os.geteuid(), 0):
                raise CannotStart(f"The key file {path} belongs to another user.")
            if readable_by_others:
                mode = stat.S_IMODE(about.st_mode)
                raise CannotStart(
                    f"The key file {path} can be read by others (mode {mode:o}): chmod 600 it."
                )
            return file.read(1 << 20).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        told = error.strerror if isinstance(error, OSError) else "not UTF-8"
    raise CannotStart(f"The key file {path} cannot be read: {told}.")


def _command_output(command: str) -> str:
    try:
        words = shlex.split(command)
        done = subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=COMMAND_SECONDS,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise CannotStart(f"{KEYS_COMMAND} could not be run: {type(error).__name__}.") from None
    if done.returncode:
        raise CannotStart(f"{KEYS_COMMAND} ended with {done.returncode}; its output is not shown.")
    return done.stdout.decode("utf-8", "replace")


def _from_source(name: str) -> Keyring:
    for entry in entry_points(group=SOURCES_GROUP, name=name):
        source: KeySource = entry.load()
        try:
            return Keyring(dict(source()))
        except ValueError as error:
            raise CannotStart(f"The key source {name} gives no usable keys: {error}.") from None
    raise CannotStart(f"{KEYS_SOURCE} names {name}, and no package offers it in {SOURCES_GROUP}.")
