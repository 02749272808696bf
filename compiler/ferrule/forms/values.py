"""Values that a spec sends: text with look-ups, plain scalars, lists and maps of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from typing_extensions import TypeAliasType

from ferrule.forms.fields import BY_KIND, IF_LIST, IF_MAP, IF_PLAIN, IF_TEXT, TemplateWord
from ferrule.words import ast

# A value that is sent: text with references, a plain scalar, or a list or map of values.
if TYPE_CHECKING:
    Value = ast.Template | int | float | bool | list["Value"] | dict[str, "Value"] | None
else:
    Value = TypeAliasType(
        "Value",
        Annotated[
            Annotated[TemplateWord, IF_TEXT]
            | Annotated[int | float | bool | None, IF_PLAIN]
            | Annotated[list["Value"], IF_LIST]
            | Annotated[dict[str, "Value"], IF_MAP],
            BY_KIND,
        ],
    )
Send = Literal["json", "form", "multipart", "xml", "text", "bytes", "graphql"]
"""How a body is written."""
Values = dict[str, Value]
ValueMap = Annotated[Annotated[Values, IF_MAP] | Annotated[TemplateWord, IF_TEXT], BY_KIND]
"""Values by name; or one reference to a setting that is a map, which an installer fills."""


def named_values(values: Values | ast.Template) -> Values:
    """The values that a spec names itself: none where an installer names them."""
    return {} if isinstance(values, ast.Template) else values
