"""Types of things_blocks: Acme (beta)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, TypeAlias

from ferrule_runtime.models import Model, StrictInt, Tag, by_tag
from typing_extensions import NotRequired, TypedDict


class Paragraph(Model):
    """Paragraph."""

    type: Literal["paragraph"]
    text: str
    children: list[Block] | None = None


class Heading(Model):
    """Heading."""

    type: Literal["heading"]
    text: str
    level: StrictInt


class OtherBlock(Model):
    """Other block."""

    type: str


Block: TypeAlias = Annotated[
    Annotated[Paragraph, Tag("paragraph")]
    | Annotated[Heading, Tag("heading")]
    | Annotated[OtherBlock, Tag("")],
    by_tag("type", ("paragraph", "heading")),
]


class ParagraphInput(TypedDict):
    """Paragraph."""

    type: Literal["paragraph"]
    text: str
    children: NotRequired[Sequence[BlockInput]]


class HeadingInput(TypedDict):
    """Heading."""

    type: Literal["heading"]
    text: str
    level: int


class OtherBlockInput(TypedDict):
    """Other block."""

    type: str


BlockInput: TypeAlias = ParagraphInput | HeadingInput | OtherBlockInput
