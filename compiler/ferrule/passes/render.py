"""Fills the templates with a package: text in memory, file by file."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Undefined
from jinja2.bccache import Bucket

from ferrule.forms.code import Code
from ferrule.forms.files import FileSet
from ferrule.forms.package import PackageIR
from ferrule.keeping import Keep
from ferrule.template_files import templates_folder

_KEEP = Keep("templates", most_in_folder=16)


class UnsafeTextError(Exception):
    """A template would print what is not known to be safe: a fault of the compiler."""


def render(package: PackageIR, own: Path | None = None) -> FileSet:
    """Every file of the package, by its path below the package's folder. Not yet formatted.

    Templates in the folder `own` stand before Ferrule's of the same name.

    Raises UnsafeTextError, and jinja2's errors for a template that is wrong.
    """
    # Own templates come and go while somebody works on them.
    environment = _environment() if own is None else _made(own.absolute(), templates_folder())
    inside = package.package
    files = {
        "pyproject.toml": _filled(environment, "pyproject.toml", project=package.project),
        "README.md": _filled(environment, "README.md", readme=package.readme),
    }
    modules: dict[str, tuple[str, object]] = {
        "__init__.py": ("__init__.py", package.init),
        "_connector.py": ("_connector.py", package.connector_module),
        "client.py": ("client.py", package.client),
        "errors.py": ("errors.py", package.errors),
        "models/__init__.py": ("models/__init__.py", None),
        "resources/__init__.py": ("resources/__init__.py", None),
        "testing.py": ("testing.py", package.testing),
        "py.typed": ("py.typed", None),
    }
    if package.main is not None:
        modules["__main__.py"] = ("__main__.py", package.main)
    if package.triggers is not None:
        modules["triggers.py"] = ("triggers.py", package.triggers)
    if package.hooks is not None:
        modules["hooks/__init__.py"] = ("hooks/__init__.py", package.hooks)
    for model in package.models:
        modules[f"models/{model.name}.py"] = ("models/module.py", model)
    resources = (*package.resources, *((package.plain,) if package.plain is not None else ()))
    for resource in resources:
        modules[f"resources/{resource.name}.py"] = ("resources/module.py", resource)
    for path, (template, module) in modules.items():
        files[f"{inside}/{path}"] = _filled(environment, f"package/{template}", module=module)
    return FileSet(dict(sorted(files.items())))


def _filled(environment: Environment, template: str, **values: object) -> str:
    return environment.get_template(f"{template}.jinja").render(values)


@cache
def _environment() -> Environment:
    return _made(templates_folder())


def _made(*folders: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        finalize=_only_safe,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - Python is written here, and only Code is printed
        bytecode_cache=_CompiledTemplates(),
    )


class _CompiledTemplates(BytecodeCache):
    """Templates that were compiled before, by their text and all that compiled them."""

    def load_bytecode(self, bucket: Bucket) -> None:
        content = _KEEP.read(_key(bucket))
        if content is not None:
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        _KEEP.write(_key(bucket), bucket.bytecode_to_string())


def _key(bucket: Bucket) -> bytes:
    # How this module reads templates is of the version; an edited one is of another text.
    own = Path(__file__).stat()
    parts = (jinja2.__version__, sys.version, own.st_size, own.st_mtime_ns)
    return repr((*parts, bucket.key, bucket.checksum)).encode()


def _only_safe(value: Any) -> Any:
    """Lets pieces pass that are known to be safe where they stand, and numbers."""
    if isinstance(value, Code) or type(value) is int:
        return value
    if isinstance(value, Undefined):
        return str(value)  # which raises what is missing
    raise UnsafeTextError(
        f"a template prints a {type(value).__name__} that was not made by python_text"
    )
