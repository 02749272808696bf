"""Reads who imports whom out of source files, without importing any of them."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Import:
    """One module naming another; `for_types_only` stands under `if TYPE_CHECKING`."""

    importer: str
    imported: str
    place: str
    for_types_only: bool = False
    on_import: bool = True


def is_within(module: str, *packages: str) -> bool:
    """Whether a module is one of the packages or lies inside one."""
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def modules_below(root: Path) -> dict[str, Path]:
    """Every module below a source folder, by its dotted name."""
    found = {}
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = path
    return found


@cache
def imports_below(root: Path) -> tuple[Import, ...]:
    """Every import in every module below a source folder."""
    modules = modules_below(root)
    return tuple(found for name, path in modules.items() for found in _read(name, path, modules))


def _read(name: str, path: Path, modules: Iterable[str]) -> Iterator[Import]:
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node, for_types_only, on_import in _walk(tree):
        place = f"{path}:{node.lineno}"
        for imported in _names(node, package, modules):
            yield Import(name, imported, place, for_types_only, on_import)


def _walk(
    node: ast.AST, for_types_only: bool = False, on_import: bool = True
) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            continue  # an import is a statement, and those lie in no expression
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child, for_types_only, on_import
            continue
        is_type_block = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test)
        is_function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
        yield from _walk(child, for_types_only or is_type_block, on_import and not is_function)


def _names(
    node: ast.Import | ast.ImportFrom, package: str, modules: Iterable[str]
) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
        return
    origin = node.module or ""
    if node.level:
        above = package.split(".")[: len(package.split(".")) - node.level + 1]
        origin = ".".join([*above, origin] if origin else above)
    for alias in node.names:
        inner = f"{origin}.{alias.name}"
        yield inner if inner in modules else origin


def cycles(imports: Iterable[Import]) -> list[list[str]]:
    """The import cycles among modules that are loaded when their importer is; each once, sorted."""
    arrows: dict[str, set[str]] = {}
    for found in imports:
        if found.on_import and not found.for_types_only:
            arrows.setdefault(found.importer, set()).add(found.imported)
    reachable = {module: _reachable(module, arrows) for module in arrows}
    groups = {
        tuple(sorted(other for other in reached if module in reachable.get(other, ())))
        for module, reached in reachable.items()
        if module in reached
    }
    return [list(group) for group in sorted(groups)]


def _reachable(start: str, arrows: dict[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    ahead = [start]
    while ahead:
        for module in arrows.get(ahead.pop(), ()):
            if module not in reached:
                reached.add(module)
                ahead.append(module)
    return reached
