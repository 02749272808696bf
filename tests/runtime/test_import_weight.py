"""`from package import Client, SomeError` loads what is named here and nothing else."""

import subprocess
import sys

from tests.services.real import REPOSITORY

STANDARD = frozenset(
    """_typing _weakrefset collections.abc copyreg enum math re re._casefix re._compiler
    re._constants re._parser __future__ _sre threading typing typing.io typing.re
    weakref""".split()  # noqa: SIM905
)
"""Of the standard library. Each costs every program that uses a package a part of its start."""

OF_TYPING = frozenset(
    ("_py_warnings", "abc", "annotationlib", "ast") if sys.version_info >= (3, 14) else ()
)
"""What `typing` and `warnings` themselves load since 3.14."""

USUAL = frozenset(
    """_collections_abc collections contextlib functools genericpath importlib importlib._bootstrap
    importlib._bootstrap_external keyword ntpath operator os os.path posixpath reprlib stat types
    warnings""".split()  # noqa: SIM905
)
"""What `site` loads for nearly every program anyway."""

AT_FIRST_USE = (
    *("ahead", "checkpoint", "decode", "envelope", "feeds", "fields", "files", "jobs", "layers"),
    *("login", "models", "pager", "preload", "stores", "streams", "testing", "tracing", "walk"),
    *("credentials.oauth", "credentials.digest", "credentials.jwt", "wires", "xml"),
)
"""Parts of the runtime that a program loads when it first needs them."""

SCRIPT = """
import sys
before = set(sys.modules)
from kinto_connector import Kinto, NotFound
print(*sorted(set(sys.modules) - before))
"""


def loaded() -> set[str]:
    # Without `site`, whose own imports differ from one environment to the next.
    paths = [REPOSITORY / "runtime" / "src", REPOSITORY / "generated" / "kinto"]
    finished = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-c",
            f"import sys; sys.path += {list(map(str, paths))}{SCRIPT}",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(finished.stdout.split())


def test_a_client_and_an_error_load_little() -> None:
    found = loaded()
    assert "kinto_connector.client" in found
    foreign = {
        name
        for name in found
        if name.partition(".")[0] not in ("ferrule_runtime", "kinto_connector")
    }
    more = foreign - STANDARD - OF_TYPING - USUAL - set(sys.builtin_module_names)
    assert not more, f"{sorted(more)} are loaded now: import them where they are used"
    heavy = {
        name
        for name in found
        if name.startswith(tuple(f"ferrule_runtime.{part}" for part in AT_FIRST_USE))
    }
    assert not heavy, f"{sorted(heavy)} are loaded now: import them where they are used"
    modules = {name for name in found if name.startswith("kinto_connector.")}
    assert modules == {
        "kinto_connector._connector",
        "kinto_connector.client",
        "kinto_connector.errors",
    }
