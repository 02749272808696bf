"""Packages compiled from specs by the command, when a test first asks them for something."""

import atexit
import importlib
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from ferrule.cli.main import main
from tests.services.real import REPOSITORY


class CompiledPackage(ModuleType):
    """The package of a spec in specs/, as the compiler makes it now.

    Type checkers see the one in generated/ instead: in tests it stands as
    `if TYPE_CHECKING: import kinto_connector as kinto`, `else: kinto = CompiledPackage("kinto")`.
    """

    def __getattr__(self, name: str) -> Any:
        return getattr(_imported(self.__name__), name)


@cache
def _imported(connector: str) -> ModuleType:
    out = Path(tempfile.mkdtemp(prefix="ferrule-e2e-"))
    atexit.register(shutil.rmtree, out, ignore_errors=True)
    spec = REPOSITORY / "specs" / f"{connector}.yaml"
    assert main(["compile", str(spec), "-o", str(out)]) == 0, f"{spec} does not compile"
    sys.path.insert(0, str(out / connector))
    try:
        importlib.invalidate_caches()
        package = importlib.import_module(f"{connector}_connector")
    finally:
        sys.path.remove(str(out / connector))
    assert Path(str(package.__file__)).is_relative_to(out), "another package has taken the name"
    return package
