"""Proves the functions that a spec names: they are there and take what they are given.

The files are read and never run: what they say is looked up in their syntax trees.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path as FilePath

from ferrule import naming
from ferrule.diagnostics import Report
from ferrule.diagnostics.nearness import near
from ferrule.forms.hooks import NO_HOOKS, SLOTS, HookFiles, HookName, hook_name
from ferrule.forms.source import SourceFile, Span
from ferrule.forms.spec import ConnectorSpec
from ferrule.forms.tree import Path, SpecTree

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def hooks(spec: ConnectorSpec, tree: SpecTree, report: Report) -> HookFiles:
    """The files with the functions that a spec names. What is wrong with one becomes a finding."""
    named = list(_named(spec))
    if not named:
        return NO_HOOKS
    files: dict[str, SourceFile] = {}
    modules: dict[str, str] = {}
    trees: dict[str, ast.Module | None] = {}
    for path, slot, word in named:
        if slot not in SLOTS:
            meant = near(slot, SLOTS)
            advice = f"did you mean `{meant}`?" if meant else f"the slots are {', '.join(SLOTS)}"
            message = f"there is no slot `{slot}`"
            report.add("unknown-choice", tree, tree.key_span(path), message, help=advice)
            continue
        name = hook_name(word)
        if name is None:
            message = f"`{word}` does not name a function"
            advice = "write the file and the function: `hooks.py:rows`"
            report.add("hook-missing", tree, tree.value_span(path), message, help=advice)
            continue
        if name.file not in trees:
            trees[name.file] = _read(tree, path, name, files, modules, report)
        module = trees[name.file]
        if module is not None:
            _check_function(tree, path, slot, name, module, files[name.file], report)
    return HookFiles(files)


def _named(spec: ConnectorSpec) -> Iterator[tuple[Path, str, str]]:
    """Every slot that is filled, with its path and its word."""
    for slot, word in spec.hooks.items():
        if word != "none":
            yield ("hooks", slot), slot, word
    for key, action in spec.actions.items():
        for slot, word in action.hooks.items():
            if word != "none":
                yield ("actions", key, "hooks", slot), slot, word


def _read(
    tree: SpecTree,
    path: Path,
    name: HookName,
    files: dict[str, SourceFile],
    modules: dict[str, str],
    report: Report,
) -> ast.Module | None:
    span = tree.value_span(path)
    # A file that is included names files as the spec itself does: from the spec's folder.
    folder = FilePath(tree.source.path).parent
    file = folder / name.file
    is_inside = ".." not in FilePath(name.file).parts and not FilePath(name.file).is_absolute()
    if not is_inside or not file.resolve().is_relative_to(folder.resolve()):
        message = f"`{name.file}` leads out of the folder of the spec"
        report.add("include-outside", tree, span, message)
        return None
    if not file.is_file():
        message = f"there is no file `{name.file}`"
        advice = "it is looked for in the folder of the spec"
        report.add("hook-missing", tree, span, message, help=advice)
        return None
    if not naming.is_name(name.module) or modules.setdefault(name.module, name.file) != name.file:
        message = f"`{name.file}` cannot be a module of the package"
        advice = "give the file a name of its own: letters, digits and `_`"
        report.add("hook-missing", tree, span, message, help=advice)
        return None
    source = SourceFile.read(file, report)
    if source is None:
        return None
    files[name.file] = source
    try:
        return ast.parse(source.text)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        start = source.line_starts[min(line, len(source.line_starts)) - 1]
        place = Span(start, start + len(source.line(line)))
        reason = getattr(error, "msg", None) or str(error)
        report.add("hook-syntax", source, place, f"this is not Python: {reason}")
        return None


def _check_function(
    tree: SpecTree,
    path: Path,
    slot: str,
    name: HookName,
    module: ast.Module,
    source: SourceFile,
    report: Report,
) -> None:
    functions = {
        each.name: each
        for each in module.body
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    span = tree.value_span(path)
    found = functions.get(name.function)
    if found is None:
        meant = near(name.function, functions)
        advice = (
            f"did you mean `{meant}`?"
            if meant
            else f"write `def {_signature(slot, name.function)}`"
        )
        message = f"there is no function `{name.function}` in {name.file}"
        report.add("hook-missing", tree, span, message, help=advice)
        return
    reason = _mismatch(found, len(SLOTS[slot][1]))
    if reason:
        start = source.line_starts[found.lineno - 1]
        place = Span(start + found.col_offset, start + len(source.line(found.lineno)))
        report.add(
            "hook-signature",
            tree,
            span,
            f"`{name.function}` {reason}",
            help=f"the slot `{slot}` needs `def {_signature(slot, name.function)}`",
            notes=((source, place, "the function"),),
        )


def _mismatch(function: _Function, count: int) -> str:
    """Why a function cannot be called with so many arguments by position; empty where it can."""
    if isinstance(function, ast.AsyncFunctionDef):
        return "is async, and it is called by sync clients too"
    if any(isinstance(node, ast.Yield | ast.YieldFrom) for node in _own_nodes(function)):
        return "is a generator: it gives its result back by `return`"
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    required = len(positional) - len(arguments.defaults)
    needed = [
        each.arg
        for each, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        if default is None
    ]
    what = _counted(count)
    if needed:
        return f"needs `{needed[0]}` by name, and is given {what} by position"
    if required > count:
        return f"takes {_counted(required)}, and is given {what}"
    if len(positional) < count and arguments.vararg is None:
        return f"takes {_counted(len(positional))}, and is given {what}"
    return ""


def _counted(count: int) -> str:
    return "1 argument" if count == 1 else f"{count} arguments"


def _own_nodes(function: _Function) -> Iterator[ast.AST]:
    """What is in the body of a function, less what is in functions inside it."""
    waiting: list[ast.AST] = [*function.body]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node))


def _signature(slot: str, function: str) -> str:
    return f"{function}({', '.join(SLOTS[slot][1])})"
