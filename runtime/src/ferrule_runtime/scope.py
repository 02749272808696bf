"""The names that templates see: settings and derived values of one client, never shown."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ferrule_runtime.omit import omit


class Scope(Mapping[str, Any]):
    """Names and their values. Its repr tells the names only: nearly every client holds a secret."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = dict(values)

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def get(self, name: str, default: Any = None) -> Any:
        return self._values.get(name, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Scope({', '.join(sorted(self._values))}: hidden)"

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("the settings of a client cannot be pickled: they hold secrets")

    def having(self, **more: Any) -> "Scope":
        """The same names and some more."""
        made = Scope(self._values)
        made._values.update((name, value) for name, value in more.items() if value is not omit)
        return made


class JsonSecret(Mapping[str, Any]):
    """A key file: a JSON object given as a mapping, as text, or by its path; read when needed."""

    __slots__ = ("_given", "_name", "_read", "when_read")

    def __init__(self, given: Any, name: str) -> None:
        self._given = given
        self._name = name
        self._read: Mapping[str, Any] | None = given if isinstance(given, Mapping) else None
        # Told every text of the file, so that none is shown.
        self.when_read: Callable[..., None] | None = None

    def _fields(self) -> Mapping[str, Any]:
        if self._read is None:
            self._read = self._load()
            if self.when_read is not None:
                self.when_read(*self.texts())
        return self._read

    def _load(self) -> Mapping[str, Any]:
        import json
        import os

        given, found = self._given, None
        try:
            if isinstance(given, os.PathLike) or not str(given).lstrip().startswith("{"):
                with open(given, "rb") as file:  # noqa: PTH123 - a path of any kind
                    given = file.read(1 << 20)
            found = json.loads(given)
        except (OSError, ValueError, RecursionError):
            pass
        fields = found if isinstance(found, dict) else None
        if fields is None:
            raise ValueError(f"{self._name}: a JSON object is needed, or a path of a file with one")
        return fields

    def __getitem__(self, name: str) -> Any:
        return self._fields()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields())

    def __len__(self) -> int:
        return len(self._fields())

    def __repr__(self) -> str:
        return f"JsonSecret({self._name}: hidden)"

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a key file cannot be pickled: it holds a secret")

    def texts(self) -> list[str]:
        """Its texts, so that they can be kept out of messages; none before it was read."""
        return [value for value in (self._read or {}).values() if isinstance(value, str)]
