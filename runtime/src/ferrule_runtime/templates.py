"""Templates: texts with references, rendered against a scope of named roots.

A scope maps root names to values: settings, derived values, `token`, `redirect`, `input`, `request`
(mappings), `nonce` (text) and `now` (seconds since the epoch). A name that is not there, or is
`omit`, is unset; what refers to it renders as `omit`, so that its header, query or field is left
out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ferrule_runtime.omit import Omit, omit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Filter = tuple[Any, ...]


class TemplateFault(ValueError):
    """A value that cannot be rendered. Names the reference, never the value."""


class Ref:
    """`${a.b | filter ?? fallback}`: a value of the scope."""

    __slots__ = ("fallback", "filters", "names", "offset_seconds")

    def __init__(
        self,
        names: tuple[str, ...],
        filters: tuple[Filter, ...] = (),
        fallback: Any = None,
        offset_seconds: float = 0.0,
    ) -> None:
        self.names = names
        self.filters = filters
        self.fallback = fallback
        self.offset_seconds = offset_seconds

    def render(self, scope: Mapping[str, Any]) -> Any:
        """The value, of its own type, or `omit` where it is unset."""
        value: Any = scope
        for name in self.names:
            value = value.get(name, omit) if hasattr(value, "get") else omit
            if value is omit:
                break
        if (value is omit or value is None) and self.fallback is not None:
            value = render(self.fallback, scope)
        elif self.names == ("now",) and value is not omit:
            value = _moment(value, self.offset_seconds)
        if value is omit or not self.filters:
            return value
        return self._filtered(value, scope)

    def _filtered(self, value: Any, scope: Mapping[str, Any]) -> Any:
        from ferrule_runtime.filters import FILTERS

        for name, *arguments in self.filters:
            if value is None:
                return None
            ready = [render(argument, scope) for argument in arguments]
            if any(argument is omit for argument in ready):
                return omit
            reason = ""
            try:
                value = FILTERS[name](value, *ready)
            except TemplateFault as fault:
                reason = str(fault)
            except (TypeError, ValueError, OverflowError):
                reason = "cannot be applied to this value"
            # Raised out here, so that no frame that holds the value hangs on the exception.
            if reason:
                raise TemplateFault(f"${{{self}}}: the filter {name} {reason}")
        return value

    @property
    def roots(self) -> tuple[str, ...]:
        """The first names of every reference inside, this one's own first."""
        inner = [self.fallback, *(argument for each in self.filters for argument in each[1:])]
        found = [self.names[0], *(name for part in inner for name in roots_of(part))]
        return tuple(dict.fromkeys(found))

    def unset(self, scope: Mapping[str, Any]) -> tuple[str, ...]:
        """The dotted names that are unset and have no fallback."""
        value = self.render(scope)
        return (".".join(self.names),) if value is omit or value is None else ()

    def _key(self) -> tuple[Any, ...]:
        return (self.names, self.filters, self.fallback, self.offset_seconds)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ref) and other._key() == self._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __reduce__(self) -> tuple[Any, ...]:
        return (Ref, self._key())

    def __str__(self) -> str:
        return ".".join(self.names)

    def __repr__(self) -> str:
        parts = [repr(name) for name in self.names]
        if self.filters:
            parts.append(f"filters={self.filters!r}")
        if self.fallback is not None:
            parts.append(f"fallback={self.fallback!r}")
        if self.offset_seconds:
            parts.append(f"offset_seconds={self.offset_seconds!r}")
        return f"ref({', '.join(parts)})"


class Template:
    """Texts and references in a row. Exactly one reference keeps its type."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[str | Ref, ...]) -> None:
        self.parts = parts

    def render(self, scope: Mapping[str, Any]) -> Any:
        """The text, or the value of the only reference; `omit` where a reference is unset."""
        if len(self.parts) == 1:
            only = self.parts[0]
            return only if isinstance(only, str) else only.render(scope)
        texts: list[str] = []
        for part in self.parts:
            if isinstance(part, str):
                texts.append(part)
                continue
            value = part.render(scope)
            if value is omit or value is None:
                return omit
            texts.append(as_text(value, part))
        return "".join(texts)

    @property
    def roots(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for part in self.parts for name in roots_of(part)))

    def unset(self, scope: Mapping[str, Any]) -> tuple[str, ...]:
        """The dotted names that are unset and have no fallback."""
        return tuple(
            name for part in self.parts if not isinstance(part, str) for name in part.unset(scope)
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Template) and other.parts == self.parts

    def __hash__(self) -> int:
        return hash(self.parts)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Template, (self.parts,))

    def __repr__(self) -> str:
        return f"template({', '.join(map(repr, self.parts))})"


class Choice:
    """One of several templates, by the value of a setting."""

    __slots__ = ("setting", "templates")

    def __init__(self, setting: str, templates: Mapping[str, Any]) -> None:
        self.setting = setting
        self.templates = dict(templates)

    def render(self, scope: Mapping[str, Any]) -> Any:
        """The template that the setting picks, rendered; `omit` where the setting is unset."""
        value = scope.get(self.setting, omit)
        if value is omit or value is None:
            return omit
        text = as_text(value, self)
        if text not in self.templates:
            known = ", ".join(sorted(self.templates))
            raise TemplateFault(f"{self.setting} must be one of {known}")
        return render(self.templates[text], scope)

    @property
    def roots(self) -> tuple[str, ...]:
        inner = (name for part in self.templates.values() for name in roots_of(part))
        return tuple(dict.fromkeys((self.setting, *inner)))

    def unset(self, scope: Mapping[str, Any]) -> tuple[str, ...]:
        """The dotted names that are unset and have no fallback."""
        value = scope.get(self.setting, omit)
        if value is omit or value is None:
            return (self.setting,)
        picked = self.templates.get(as_text(value, self))
        return picked.unset(scope) if isinstance(picked, (Ref, Template, Choice)) else ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Choice) and (
            (other.setting, other.templates) == (self.setting, self.templates)
        )

    def __hash__(self) -> int:
        return hash((self.setting, tuple(self.templates)))

    def __reduce__(self) -> tuple[Any, ...]:
        return (Choice, (self.setting, self.templates))

    def __str__(self) -> str:
        return self.setting

    def __repr__(self) -> str:
        return f"choice({self.setting!r}, {self.templates!r})"


def template(*parts: str | Ref) -> Template:
    """`template("https://", ref("subdomain"), ".example.com")`."""
    return Template(parts)


def ref(
    *names: str,
    filters: tuple[Filter, ...] = (),
    fallback: Any = None,
    offset_seconds: float = 0.0,
) -> Ref:
    """`ref("token", "access_token")`; arguments of filters may be references too."""
    return Ref(names, filters, fallback, offset_seconds)


def choice(setting: str, templates: Mapping[str, Any]) -> Choice:
    """The template that stands under the value of a setting."""
    return Choice(setting, templates)


def render(value: Any, scope: Mapping[str, Any]) -> Any:
    """A template, or a nested dict or list of them, rendered; constants stay as they are.

    Unset fields and items are left out; the given dicts and lists are not changed.
    """
    if isinstance(value, (Ref, Template, Choice)):
        return value.render(scope)
    if isinstance(value, dict):
        pairs = ((name, render(inner, scope)) for name, inner in value.items())
        return {name: inner for name, inner in pairs if inner is not omit}
    if isinstance(value, (list, tuple)):
        items = (render(inner, scope) for inner in value)
        return [inner for inner in items if inner is not omit]
    return value


def render_text(value: Any, scope: Mapping[str, Any]) -> str | Omit:
    """What `render` gives, as text; `omit` where it is unset."""
    rendered = render(value, scope)
    if rendered is omit or rendered is None:
        return omit
    return as_text(rendered, value)


def unset_names(value: Any, scope: Mapping[str, Any]) -> tuple[str, ...]:
    """The dotted names inside a template, dict or list that are unset and have no fallback."""
    if isinstance(value, (Ref, Template, Choice)):
        return value.unset(scope)
    if isinstance(value, dict):
        return tuple(name for inner in value.values() for name in unset_names(inner, scope))
    if isinstance(value, (list, tuple)):
        return tuple(name for inner in value for name in unset_names(inner, scope))
    return ()


def roots_of(value: Any) -> Iterator[str]:
    """The first names of the references inside a template, dict or list."""
    if isinstance(value, (Ref, Template, Choice)):
        yield from value.roots
    elif isinstance(value, dict):
        for inner in value.values():
            yield from roots_of(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from roots_of(inner)


def as_text(value: Any, named: Any = "") -> str:
    """A scalar as text: true and false, bytes as hex, moments as ISO 8601."""
    if type(value) is str:
        return value
    if type(value) is bool:
        return "true" if value else "false"
    if type(value) is int:
        return str(value)
    if isinstance(value, (bytes, bytearray)):
        return value.hex()
    if isinstance(value, (dict, list, tuple, set, frozenset)):
        raise TemplateFault(f"${{{named}}} is a list or an object, which text cannot hold")
    from ferrule_runtime.encode.scalars import scalar_text

    reason = ""
    try:
        return scalar_text(value)
    except ValueError as fault:
        reason = str(fault)
    raise TemplateFault(f"${{{named}}}: {reason}")


def _moment(now: Any, offset_seconds: float) -> Any:
    from datetime import UTC, datetime, timedelta

    if isinstance(now, datetime):
        return now + timedelta(seconds=offset_seconds)
    if not isinstance(now, (int, float)):
        raise TemplateFault("${now} is the time of the call, in seconds since the epoch")
    return datetime.fromtimestamp(now + offset_seconds, UTC)


def told(value: Any) -> str:
    """A template for errors and logs: its references by name, never their values."""
    if isinstance(value, Template):
        return "".join(map(told, value.parts))
    return f"${{{value}}}" if isinstance(value, Ref) else str(value)
