"""Parameters that hold secrets, in a form that frames and logs can show."""

from typing import Any


class Hidden(dict[str, str]):
    """Names and values of which only the names are ever shown."""

    def __repr__(self) -> str:
        return f"Hidden({', '.join(self)})"

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("parameters with secrets cannot be pickled or copied")
