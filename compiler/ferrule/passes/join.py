"""Joins a spec with the files that it includes and the one that it extends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any, Literal

from msgspec import Struct

from ferrule.diagnostics import Report
from ferrule.diagnostics.nearness import near
from ferrule.forms.joined import JoinedTree
from ferrule.forms.tree import Path, SpecTree

# The maps of names, which several files can fill together.
MAPS = (
    "settings",
    "values",
    "hosts",
    "auths",
    "rate_limits",
    "pagings",
    "models",
    "actions",
    "triggers",
)
_GLOB = frozenset("*?[")


class Part(Struct, frozen=True):
    """A file that a spec names, and where it names it."""

    kind: Literal["include", "extends"]
    file: FilePath
    path: Path


def parts_of(tree: SpecTree, report: Report) -> list[Part]:
    """The files that a spec names, in an order that does not depend on the file system.

    What is outside of the folder of the spec, or is not there, is told.
    """
    found: dict[FilePath, Part] = {}
    for kind, path, word in _words(tree.data):
        for file in _files(tree, path, word, report):
            found.setdefault(file, Part(kind, file, path))
    return list(found.values())


def has_globs(tree: SpecTree) -> bool:
    """Whether files that are made later could belong to the spec too."""
    words = (word for each in tree.trees for _, _, word in _words(each.data))
    return any(not _GLOB.isdisjoint(word) for word in words)


def _words(data: dict[str, Any]) -> Iterator[tuple[Literal["include", "extends"], Path, str]]:
    extends, include = data.get("extends"), data.get("include")
    if isinstance(extends, str):
        yield "extends", ("extends",), extends
    if isinstance(include, str):
        yield "include", ("include",), include
    for number, word in enumerate(include if isinstance(include, list) else ()):
        if isinstance(word, str):
            yield "include", ("include", number), word


def _files(tree: SpecTree, path: Path, word: str, report: Report) -> list[FilePath]:
    folder = FilePath(tree.source.path).parent
    span = tree.value_span(path)
    wanted = FilePath(word)
    if wanted.is_absolute() or ".." in wanted.parts or "\\" in word or "\x00" in word:
        message = f"`{word}` leads out of the folder of the spec"
        advice = "name a file beside the spec or below it: `models/*.yaml`"
        report.add("include-outside", tree, span, message, help=advice)
        return []
    is_glob = not _GLOB.isdisjoint(word)
    try:
        files = sorted(folder.glob(wanted.as_posix())) if is_glob else [folder / wanted]
        files = [each for each in files if each.is_file()]
    except (OSError, ValueError):
        files = []
    if not files:
        message = f"there is no file `{word}`" if not is_glob else f"no file matches `{word}`"
        names = _names(folder)
        meant = None if is_glob else near(word.removeprefix("./"), names)
        advice = f"did you mean `{meant}`?" if meant else f"it is looked for in {_shown(folder)}"
        report.add("include-missing", tree, span, message, help=advice)
    home = folder.resolve()
    inside = []
    for file in files:
        if file.resolve().is_relative_to(home):
            inside.append(file)
            continue
        message = f"`{file.name}` is a link that leads out of the folder of the spec"
        report.add("include-outside", tree, span, message)
    return inside


def _names(folder: FilePath) -> list[str]:
    try:
        found = [*folder.glob("*.y*ml"), *folder.glob("*/*.y*ml")]
    except OSError:
        return []
    return sorted(each.relative_to(folder).as_posix() for each in found[:200])


def _shown(folder: FilePath) -> str:
    return "the folder of the spec" if str(folder) == "." else f"`{folder.as_posix()}`"


def join(tree: SpecTree, parts: list[tuple[Part, SpecTree]], report: Report) -> SpecTree:
    """One tree of all files. A name that stands twice is told, as is what cannot be included."""
    if not parts:
        return tree
    data = {key: dict(each) if isinstance(each, dict) else each for key, each in tree.data.items()}
    owners: dict[Path, SpecTree] = {}
    for part, inner in parts:
        if part.kind == "include":
            _include(tree, inner, data, owners, report)
    for part, inner in parts:
        if part.kind == "extends":
            data = _extended(inner, inner.data, data, (), owners)
    return JoinedTree(tree, [inner for _, inner in parts], data, owners)


def _include(
    tree: SpecTree,
    part: SpecTree,
    data: dict[str, Any],
    owners: dict[Path, SpecTree],
    report: Report,
) -> None:
    for key, named in part.data.items():
        if key not in MAPS:
            meant = near(key, MAPS)
            advice = f"did you mean `{meant}`?" if meant else f"its keys are {', '.join(MAPS)}"
            message = f"a file that is included holds maps of names, and `{key}` is none"
            report.add("include-key", part, part.key_span((key,)), message, help=advice)
            continue
        if not isinstance(named, dict):
            data.setdefault(key, named)
            owners.setdefault((key,), part)
            continue
        if key not in data:
            data[key] = {}
            owners[(key,)] = part
        known = data[key]
        if not isinstance(known, dict):
            continue
        taken = {str(each).removesuffix("?"): each for each in known}
        for name, value in named.items():
            path: Path = (key, name)
            first = taken.get(str(name).removesuffix("?"))
            if first is None:
                known[name] = value
                owners[path] = part
                continue
            owner = owners.get((key, first), tree)
            source, span = owner.placed(owner.key_span((key, first)))
            report.add(
                "duplicate-name",
                part,
                part.key_span(path),
                f"`{name}` of `{key}` stands in another file of the spec too",
                help="take one of them out",
                notes=((source, span, "the first"),),
            )


def _extended(
    tree: SpecTree,
    base: dict[str, Any],
    own: dict[str, Any],
    path: Path,
    owners: dict[Path, SpecTree],
) -> dict[str, Any]:
    """The maps of both, key by key; where both say something else than a map, the own word stands.

    The base's keys come first, so that what is inherited stands in its own order.
    """
    made: dict[str, Any] = {}
    for key, value in base.items():
        where = (*path, key)
        if not path and key in ("include", "extends"):
            continue
        if key not in own:
            made[key] = value
            owners.setdefault(where, tree)
        elif isinstance(value, dict) and isinstance(own[key], dict):
            made[key] = _extended(tree, value, own[key], where, owners)
        else:
            made[key] = own[key]
    made.update({key: value for key, value in own.items() if key not in made})
    return made
