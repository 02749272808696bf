"""Makes the package of a spec importable without writing it anywhere."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder, SourceLoader
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING, Any

import click

from ferrule.cli.console import Console
from ferrule.cli.findings import read_spec, tell_findings
from ferrule.cli.specs import find_specs

if TYPE_CHECKING:
    from ferrule.pipeline import CompiledPackage

_MARK = "/_connector.py"


class _Texts(SourceLoader):
    """Loads the modules of one package from their texts; nothing is written, nor is bytecode."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files

    def get_filename(self, fullname: str) -> str:
        """The path of the module's text among the files of the package."""
        path = fullname.replace(".", "/")
        package = f"{path}/__init__.py"
        return package if package in self.files else f"{path}.py"

    def get_data(self, path: str) -> bytes:
        """The module's text."""
        if path not in self.files:
            raise OSError(f"{path} is no file of the package")
        return self.files[path].encode("utf-8")


class _Finder(MetaPathFinder):
    """Finds the modules of one package."""

    def __init__(self, loader: _Texts) -> None:
        self.loader = loader

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002 (as Python calls it)
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """The module of this name, if it is one of the package's."""
        file = self.loader.get_filename(fullname)
        if file not in self.loader.files:
            return None
        is_package = file.endswith("/__init__.py")
        return importlib.util.spec_from_loader(fullname, self.loader, is_package=is_package)


@contextmanager
def imported(files: Mapping[str, str]) -> Iterator[ModuleType]:
    """The package of these files, as long as the block lasts.

    One of the same name that is installed is not seen meanwhile.
    """
    name = next(path.removesuffix(_MARK) for path in files if path.endswith(_MARK))
    finder = _Finder(_Texts(files))
    before = {each: sys.modules.pop(each) for each in _modules_of(name)}
    sys.meta_path.insert(0, finder)
    try:
        yield importlib.import_module(name)
    finally:
        sys.meta_path.remove(finder)
        for each in _modules_of(name):
            del sys.modules[each]
        sys.modules.update(before)


def _modules_of(package: str) -> list[str]:
    return [name for name in sys.modules if name == package or name.startswith(f"{package}.")]


def require_runtime(verb: str) -> None:
    """Raises click.UsageError, with the way out, where the runtime is not installed."""
    if importlib.util.find_spec("ferrule_runtime") is None:
        raise click.UsageError(
            f"`ferrule {verb}` calls the service, which takes the runtime: "
            "pip install 'ferrule[call]'"
        )


def compiled(word: str, console: Console) -> CompiledPackage | None:
    """The package of the spec that a word names; what is wrong with the spec goes to stderr."""
    paths = find_specs([word])
    if len(paths) > 1:
        raise click.UsageError(f"{word} holds {len(paths)} specs; name one of them")
    from ferrule.diagnostics import Report
    from ferrule.pipeline import compile_spec

    report = Report()
    spec = read_spec(paths[0], report)
    package = None if spec is None else compile_spec(spec, report)
    if package is None:
        tell_findings(report.errors, console)
    return package


def connector_of(package: ModuleType) -> Any:
    """What the runtime knows of the connector."""
    return importlib.import_module(f"{package.__name__}._connector").CONNECTOR
