"""Values that a spec sends: text with look-ups, plain scalars, lists and maps of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from ferrule.forms.fields import Read, TemplateWord
from ferrule.forms.reading import list_of, map_of, reader_of
from ferrule.words import ast


def _read_sent(value: object) -> object:
    if isinstance(value, str):
        return _read_text(value)
    if isinstance(value, dict):
        return _read_map(value)
    return _read_list(value) if isinstance(value, list) else value


_read_text = reader_of(TemplateWord)
_read_map = map_of(_read_sent)
_read_list = list_of(_read_sent)
SENT = Read(_read_sent)
"""What tells that a field is a value."""

# A value that is sent: text with references, a plain scalar, or a list or map of values.
if TYPE_CHECKING:
    Value = ast.Template | int | float | bool | list["Value"] | dict[str, "Value"] | None
else:
    Value = Annotated[Any, SENT]
Send = Literal["json", "form", "multipart", "xml", "text", "bytes", "graphql"]
"""How a body is written."""
Values = dict[str, Value]
ValueMap = Values | TemplateWord
"""Values by name; or one reference to a setting that is a map, which an installer fills."""


def named_values(values: Values | ast.Template) -> Values:
    """The values that a spec names itself: none where an installer names them."""
    return {} if isinstance(values, ast.Template) else values
