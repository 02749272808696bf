"""Values into the gaps of a path, so that no value can reach another resource."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ferrule_runtime.encode.percent import is_plain, quoted
from ferrule_runtime.encode.scalars import scalar_text
from ferrule_runtime.encode.styles import is_compound, styled_text
from ferrule_runtime.omit import omit

_DOTS = (".", "..")
_REFUSED = ("", ".", "..")


def path_value(
    value: Any,
    name: str = "",
    *,
    keeps_slashes: bool = False,
    may_be_empty: bool = False,
    style: str = "csv",
    form: Any = None,
) -> str:
    """One value, percent-encoded, slashes too unless `keeps_slashes`.

    Raises ValueError for an empty value and for a dot segment, TypeError for what is no scalar.
    Lists and objects follow `style`: csv `a,b`, label `.a.b`, matrix `;name=a,b`, pipes, spaces.
    """
    if style == "csv" and form is None:
        kind = type(value)
        if kind is int:
            return str(value)
        if kind is str and value not in _REFUSED and is_plain(value):
            return str(value)
    if value is omit or value is None or value == "":
        if may_be_empty and value is not None:
            return ""
        raise ValueError(f"path.{name}: may not be left out or empty, nor None")
    try:
        if style != "csv" or is_compound(value):
            return _styled(value, name, style, form)
        text = scalar_text(value, form)
        if not text and not may_be_empty:
            raise ValueError("is empty: the path would name another resource")
        if keeps_slashes:
            return "/".join(_segment(part) for part in text.split("/"))
        return _segment(text)
    except (TypeError, ValueError) as error:
        kind, reason = type(error), str(error)
    raise (TypeError if kind is TypeError else ValueError)(f"path.{name}: {reason}")


def _segment(text: str) -> str:
    if text in _DOTS:
        raise ValueError(f"may not be {text!r}: the path would name another resource")
    return quoted(text)


def _styled(value: Any, name: str, style: str, form: Any) -> str:
    text = styled_text(value, name, style, form, _segment)
    if not text:
        raise ValueError("is empty: the path would name another resource")
    return text


class PathTemplate:
    """A path with `{name}` gaps, cut up once."""

    __slots__ = (
        "_around",
        "_is_plain",
        "forms",
        "literals",
        "names",
        "optional",
        "slashes",
        "styles",
    )

    def __init__(
        self,
        text: str,
        *,
        slashes: Iterable[str] = (),
        optional: Iterable[str] = (),
        styles: Mapping[str, str] | None = None,
        forms: Mapping[str, Any] | None = None,
    ) -> None:
        literals: list[str] = []
        names: list[str] = []
        rest = text
        while True:
            before, opening, rest = rest.partition("{")
            name, closing, after = rest.partition("}")
            if not opening or not closing:
                literals.append(f"{before}{opening}{rest}")
                break
            literals.append(before)
            names.append(name)
            rest = after
        self.literals = tuple(literals)
        self.names = tuple(names)
        self.slashes = frozenset(slashes)
        self.optional = frozenset(optional)
        self.styles = dict(styles or {})
        self.forms = dict(forms or {})
        self._is_plain = not (self.slashes or self.optional or self.styles or self.forms)
        # Nearly every path has one gap for a number: its two pieces.
        self._around = self.literals if self._is_plain and len(names) == 1 else None

    def fill(self, values: Sequence[Any]) -> str:
        """The path with these values in its gaps, in their order."""
        if self._around is not None and len(values) == 1 and type(values[0]) is int:
            return f"{self._around[0]}{values[0]}{self._around[1]}"
        literals, names = self.literals, self.names
        if len(values) != len(names):
            raise TypeError(f"the path needs {len(names)} values, {len(values)} are given")
        made = [literals[0]]
        for name, value, literal in zip(names, values, literals[1:], strict=True):
            made.append(path_value(value, name) if self._is_plain else self._value(name, value))
            made.append(literal)
        path = "".join(made)
        # Text beside a gap can complete a dot segment that no single value was: `/.{x}`, `/{a}{b}`.
        if names and "/." in path and not _DOTS_IN.isdisjoint(path.split("/")):
            raise ValueError("the path has a dot segment: it would name another resource")
        return path

    def _value(self, name: str, value: Any) -> str:
        return path_value(
            value,
            name,
            keeps_slashes=name in self.slashes,
            may_be_empty=name in self.optional,
            style=self.styles.get(name, "csv"),
            form=self.forms.get(name),
        )


_DOTS_IN = frozenset(_DOTS)
