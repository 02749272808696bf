"""Compiles a spec that stands in a test, imports the package, and calls it in both ways."""

import asyncio
import inspect
import sys
import textwrap
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module, invalidate_caches
from pathlib import Path
from types import ModuleType
from typing import Any

from ferrule.diagnostics import Report
from ferrule.forms.source import SourceFile
from ferrule.pipeline import compile_spec

HEAD = """\
ferrule: 1
connector: acme
version: 1.0.0
base_url: https://api.example.com
"""


def written(text: str, folder: Path) -> str:
    """Compiles a spec (with the usual head, unless it brings its own) into a folder; its name."""
    text = textwrap.dedent(text).lstrip("\n")
    text = text if text.startswith("ferrule:") else HEAD + text
    report = Report()
    package = compile_spec(SourceFile("spec.yaml", text), report)
    assert package is not None, [f"{each.position}: {each.message}" for each in report]
    for path, content in package.files.files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    return f"{package.manifest.connector}_connector"


@contextmanager
def imported(text: str, folder: Path) -> Iterator[ModuleType]:
    """The package of a spec, importable for as long as the block lasts."""
    name = written(text, folder)
    sys.path.insert(0, str(folder))
    invalidate_caches()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            yield import_module(name)
    finally:
        sys.path.remove(str(folder))
        for module in [each for each in sys.modules if each.split(".")[0] == name]:
            del sys.modules[module]


class Face:
    """One of the two clients of a package. Each use makes a client of its own and closes it."""

    def __init__(self, package: ModuleType, base_url: str | None, is_async: bool) -> None:
        self.package = package
        self.is_async = is_async
        self.options: dict[str, Any] = {} if base_url is None else {"base_url": base_url}

    @property
    def client_class(self) -> Any:
        """`Acme` or `AsyncAcme`."""
        class_name = self.package.CONNECTOR.class_name
        return getattr(self.package, f"Async{class_name}" if self.is_async else class_name)

    def __call__(self, use: Callable[[Any], Any], **options: Any) -> Any:
        """What a call gives: the value, the list of all items, or the bytes of a download."""
        if not self.is_async:
            with self.client_class(**{**self.options, **options}) as client:
                return _drained(use(client))
        return asyncio.run(self._used(use, options))

    async def _used(self, use: Callable[[Any], Any], options: dict[str, Any]) -> Any:
        async with self.client_class(**{**self.options, **options}) as client:
            result = use(client)
            result = await result if inspect.isawaitable(result) else result
            if hasattr(result, "aclose") and hasattr(result, "read"):
                return await result.read()
            if hasattr(result, "__aiter__"):
                return [item async for item in result]
            return result


def _drained(result: Any) -> Any:
    if hasattr(result, "close") and hasattr(result, "read"):
        return result.read()
    if hasattr(result, "__next__") or type(result).__name__ in ("Pager", "Stream", "Sweep"):
        return list(result)
    return result
