"""Header lines as a mapping that does not care about case."""

from collections.abc import Iterable, Iterator, Mapping


class Headers(Mapping[str, str]):
    """The headers of an answer by name, in any case; lines of one name are joined by `, `."""

    __slots__ = ("_texts",)

    def __init__(self, lines: Iterable[tuple[bytes, bytes]] = ()) -> None:
        self._texts: dict[str, str] = {}
        for key, value in lines:
            name = key.decode("latin-1").lower()
            text = value.decode("latin-1").strip(" \t")
            self._texts[name] = f"{self._texts[name]}, {text}" if name in self._texts else text

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> "Headers":
        """Headers from names and texts."""
        made = cls()
        made._texts = {name.lower(): text for name, text in texts.items()}
        return made

    def __getitem__(self, name: str) -> str:
        return self._texts[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __repr__(self) -> str:
        return f"Headers({', '.join(self._texts)})"
