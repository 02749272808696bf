"""Examples of an action: what is given, and what the service answers to it."""

from typing import Annotated, Any

from pydantic import Field

from ferrule.forms.fields import Form


class Example(Form):
    """A request, by the names of parameters, and the answer to it."""

    request: dict[str, Any] = Field(default_factory=dict)
    status: Annotated[int, Field(ge=100, le=599)] | None = None
    headers: dict[str, str] = Field(default_factory=dict)
    response: Any = None
