"""Types of calls: Names that Python has other uses for."""

from __future__ import annotations

from builtins import list as _list
from typing import Annotated, Any as _Any, Literal, TypeAlias

from ferrule_runtime.models import (
    Field as _Field,
    Model as _Model,
    StrictInt,
    Tag as _Tag,
    by_tag,
)


class TagA(_Model):
    """Tag a."""

    tag: Literal["a"]
    any: StrictInt = _Field(alias="Any")


class TagB(_Model):
    """Tag b."""

    tag: Literal["b"]
    list: _list[Tag]


Tag: TypeAlias = Annotated[
    Annotated[TagA, _Tag("a")]
    | Annotated[TagB, _Tag("b")]
    | Annotated[dict[str, _Any], _Tag("")],
    by_tag("tag", ("a", "b")),
]
