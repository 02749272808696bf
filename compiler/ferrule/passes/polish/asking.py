"""Asks black what it would write: of a whole text, or of one statement by itself."""

from __future__ import annotations

from ferrule.passes.polish.cache import keep, kept
from ferrule.passes.polish.empty_lines import Kind
from ferrule.passes.polish.fragments import UncertainError

_INDENT = "    "
# What black makes of a statement depends on how deep it stands, and not on what stands around it.
_AROUND = "async def around():"


def formatted(text: str) -> str:
    """What black writes by its own defaults. Raises ValueError for what is no Python."""
    known = kept(text)
    if known is None:
        import black
        from black.mode import TargetVersion

        mode = black.Mode(target_versions={TargetVersion.PY311})
        try:
            known = black.format_str(text, mode=mode)
        except SyntaxError as error:
            # From 3.14 on Python's own tokenizer tells this first.
            raise ValueError(str(error)) from None
        keep(text, known)
    return known


def formatted_alone(line: str, kind: Kind) -> str:
    """What black writes for one statement. Raises UncertainError where it is none by itself."""
    if kind.is_else or kind.is_decorator or line.lstrip(" ").startswith(('"', "'")):
        raise UncertainError
    depth = kind.margin // len(_INDENT)
    before = [_INDENT * each + _AROUND for each in range(depth)]
    behind = [_INDENT * (depth + 1) + "pass"] if kind.opens else []
    try:
        lines = formatted("\n".join([*before, line, *behind, ""])).split("\n")
    except ValueError:
        raise UncertainError from None
    end = len(lines) - 1 - len(behind)
    made = lines[depth:end]
    is_alone = lines[:depth] == before and lines[end:] == [*behind, ""]
    if not is_alone or not made or not all(made):
        raise UncertainError
    return "\n".join([*made, ""])
