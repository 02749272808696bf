"""Fragments of Python from names and values: the only place that writes Python.

Values of a spec get in by `literal` and `docstring` alone, identifiers through `name` alone.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from ferrule.forms.code import Code, Import
from ferrule.naming import is_name

Value = str | int | float | bool | None | Sequence["Value"] | Mapping[str, "Value"]

NONE = Code("None")
_NO_IMPORTS: frozenset[Import] = frozenset()
# A package says the same names and words over and over.
_REMEMBERED = 1 << 14
_ODD = re.compile(r"[^\n -~]")
_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Emoji that every Python from 3.11 on can print; the table of 3.2 has none.
_EMOJI = re.compile("[\U0001f300-\U0001f64f\U0001f680-\U0001f6c5\U0001f90c-\U0001f9ff]")


def _is_readable(character: str) -> bool:
    """Whether a character stands in a file as itself: the same answer under every Python.

    `repr` asks the newest table of characters; this asks one that never changes.
    """
    category = unicodedata.ucd_3_2_0.category(character)
    if character == "\xad":
        return False  # the soft hyphen, a dash to the old table and invisible to every reader
    return category[0] in "LMNPS" or _EMOJI.match(character) is not None


def _escape(met: re.Match[str]) -> str:
    character = met[0]
    if _is_readable(character):
        return character
    return character.encode("unicode_escape").decode("ascii")


def readable(text: str) -> str:
    """The text with every character that cannot be seen as its escape."""
    return _ODD.sub(_escape, text)


# Pieces are put together by `+` and `join`: a format would ask each for a text of its own first.


def _joined(text: str, parts: Iterable[Code]) -> Code:
    imports = _NO_IMPORTS
    for part in parts:
        more = part.imports
        if more and more is not imports:
            imports = imports | more if imports else more
    return Code(text, imports)


def join(separator: str, parts: Iterable[Code]) -> Code:
    """The pieces with a separator of ours between them."""
    ready = list(parts)
    return ready[0] if len(ready) == 1 else _joined(separator.join(ready), ready)


def optional_literal(value: Value) -> Code | None:
    """A constant; None, so that the argument is left out, where there is no value."""
    return None if value is None else literal(value)


def literal(value: Value) -> Code:
    """A constant as Python writes it. Maps and lists may be nested; floats are finite."""
    if value is None or isinstance(value, bool | int):
        return Code(repr(value))
    if isinstance(value, str):
        return _text(str(value))
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("no literal stands for NaN or infinity")
        return Code(repr(value))
    if isinstance(value, Mapping):
        return dict_of({key: literal(each) for key, each in value.items()})
    items = [literal(each) for each in value]
    return tuple_of(items) if isinstance(value, tuple) else list_of(items)


@lru_cache(maxsize=_REMEMBERED)
def _text(value: str) -> Code:
    return Code(readable(_double_quoted(repr(value))))


def _double_quoted(text: str) -> str:
    """The same literal in the quotes that black prefers, where nothing inside has to change."""
    inner = text[1:-1]
    return f'"{inner}"' if text[0] == "'" and '"' not in inner else text


@lru_cache(maxsize=_REMEMBERED)
def name(identifier: str, module: str = "", alias: str = "") -> Code:
    """A name; with a module, one that is imported from it (as `alias`)."""
    for each in (identifier, alias or identifier):
        if not is_name(each):
            raise ValueError(f"{each!r} is not a name of Python")
    if not module:
        return Code(identifier)
    alias = "" if alias == identifier else alias
    return Code(alias or identifier, frozenset({Import(module, identifier, alias)}))


def attribute(base: Code, *names: str) -> Code:
    """`base.a.b`."""
    return join(".", [base, *map(name, names)])


def call(function: Code, /, *positional: Code, **keywords: Code | None) -> Code:
    """A call. Keywords that are None are left out; a final `_` of a keyword is cut."""
    parts, texts = [function, *positional], [*map(str, positional)]
    for word, each in keywords.items():
        if each is not None:
            parts.append(each)
            texts.append(name(word) + "=" + each)
    return _joined(function + "(" + ", ".join(texts) + ")", parts)


def keyword(word: str, value: Code) -> Code:
    """`word=value`."""
    return Code(name(word) + "=" + value, value.imports)


def tuple_of(items: Iterable[Code]) -> Code:
    """A tuple display."""
    ready = list(items)
    end = ",)" if len(ready) == 1 else ")"
    return _joined("(" + ", ".join(ready) + end, ready)


def list_of(items: Iterable[Code]) -> Code:
    """A list display."""
    ready = list(items)
    return _joined("[" + ", ".join(ready) + "]", ready)


def dict_of(items: Mapping[str, Code] | Mapping[int, Code]) -> Code:
    """A dict display with literal keys."""
    pairs = [literal(key) + ": " + value for key, value in items.items()]
    return _joined("{" + ", ".join(pairs) + "}", items.values())


def index(base: Code, *items: Code) -> Code:
    """`base[a, b]`."""
    return _joined(base + "[" + ", ".join(items) + "]", (base, *items))


def either(*members: Code) -> Code:
    """`A | B | None`: each member once, None behind the others. A member is no union itself."""
    if len(members) == 1:
        return members[0]
    distinct = dict.fromkeys(members)
    if NONE in distinct:
        del distinct[NONE]
        distinct[NONE] = None
    return _joined(" | ".join(distinct), members)


def quoted(code: Code) -> Code:
    """An annotation as text, to be read later."""
    return Code(_double_quoted(repr(str(code))), code.imports)


def lazily(code: Code) -> Code:
    """`lambda: code`."""
    return _joined(f"lambda: {code}", [code])


def returned(code: Code, *, awaited: bool = False) -> Code:
    """`return code`, or `return await code`."""
    return Code(("return await " if awaited else "return ") + code, code.imports)


def awaited(code: Code) -> Code:
    """`await code`."""
    return Code("await " + code, code.imports)


def assigned(target: Code, value: Code, annotation: Code | None = None) -> Code:
    """`target: annotation = value`."""
    if annotation is None:
        return _joined(target + " = " + value, (target, value))
    return _joined(target + ": " + annotation + " = " + value, (target, value, annotation))


def made_of(target: str, function: Code, owner: Code) -> Code:
    """`target = function(owner.target)`."""
    word = name(target)
    text = word + " = " + function + "(" + owner + "." + word + ")"
    return _joined(text, (function, owner))


def declared(target: Code, annotation: Code, default: Code | None = None) -> Code:
    """`target: annotation`, with a default: a field or a parameter."""
    if default is not None:
        return assigned(target, default, annotation)
    return _joined(target + ": " + annotation, (target, annotation))


def unpacked(value: Code) -> Code:
    """`**(value or {})`: the entries of a map that may have been left out."""
    return _joined(f"**({value} or {{}})", [value])


def merged(fields: Code, *more: Code) -> Code:
    """A dict display with the entries of `more` behind its own."""
    inner = str(fields)[1:-1]
    parts = [part for part in (inner, *more) if part]
    return _joined("{" + ", ".join(parts) + "}", [fields, *more])


def without_imports(code: Code) -> Code:
    """The same piece where its names are at hand in another way."""
    return Code(str(code))


def looped(item: str, items: Code, statement: str) -> Code:
    """A loop over the items, with one statement of ours."""
    return _joined(f"for {name(item)} in {items}:\n    {statement}", [items])


def imported(code: Code, home: str) -> Code:
    """The statement that imports an imported name, for use inside a function of a module."""
    (only,) = code.imports
    return Code(str(_import_line(only.module, {only}, home)))


def docstring(text: str, indent: int = 0) -> Code:
    """A docstring with its quotes. `text` may have lines; each is indented by `indent` blanks."""
    lines = [_docstring_line(line) for line in _BREAKS.split(text.strip())]
    if len(lines) == 1:
        end = " " if lines[0].endswith('"') else ""
        return Code(f'"""{_apart(lines[0])}{end}"""')
    further = [line for line in lines[1:] if line]
    inner = min(len(line) - len(line.lstrip(" ")) for line in further)
    if inner:
        # The lines behind the first stand below it, whatever they had in front of them.
        lines[1:] = [line[inner:] for line in lines[1:]]
    margin = " " * indent
    body = "\n".join(
        margin + line if line and number else line for number, line in enumerate(lines)
    )
    return Code(f'"""{_apart(body)}\n{margin}"""')


def _apart(text: str) -> str:
    """The text with a blank before a first quote, as black sets it apart from the opening three."""
    return f" {text}" if text.startswith('"') else text


def _docstring_line(line: str) -> str:
    line = line.expandtabs(4).rstrip().replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return readable(line)


def import_groups(imports: Iterable[Import], home: str) -> tuple[tuple[Code, ...], ...]:
    """Import statements for a module of the package (`home`, such as `models.tickets`), in groups.

    Standard library, other packages, the package's own modules.
    """
    by_module: dict[str, set[Import]] = {}
    for each in imports:
        by_module.setdefault(each.module, set()).add(each)
    groups: tuple[list[Code], list[Code], list[Code]] = ([], [], [])
    for module in sorted(by_module):
        if module == f".{home}":
            continue
        group = 2 if module.startswith(".") else 0 if module.split(".")[0] in _STANDARD else 1
        groups[group].append(_import_line(module, by_module[module], home))
    return tuple(tuple(group) for group in groups if group)


def reexport_lines(imports: Iterable[Import], home: str) -> tuple[Code, ...]:
    """`from .client import Zendesk as Zendesk`: what type checkers take for public."""
    again = (Import(each.module, each.name, each.name) for each in imports)
    return tuple(line for group in import_groups(again, home) for line in group)


_STANDARD = frozenset(
    (
        "builtins",
        "collections",
        "datetime",
        "decimal",
        "functools",
        "importlib",
        "os",
        "typing",
        "uuid",
    )
)


def _import_line(module: str, names: set[Import], home: str) -> Code:
    if module.startswith("."):
        module = relative(module.lstrip("."), home)
    whole = [each for each in names if not each.name]
    if whole:
        return Code(f"import {module}")
    texts = sorted(f"{each.name} as {each.alias}" if each.alias else each.name for each in names)
    return Code(f"from {module} import {', '.join(texts)}")


def relative(module: str, home: str) -> str:
    """`..models.tickets` for `models.tickets`, seen from `resources.tickets`."""
    here, there = home.split(".")[:-1], module.split(".")
    while here and len(there) > 1 and here[0] == there[0]:
        here, there = here[1:], there[1:]
    return "." * (len(here) + 1) + ".".join(there)
