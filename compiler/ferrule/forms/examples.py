"""Examples of an action: what is given, and what the service answers to it."""

from typing import Annotated, Any

from msgspec import Meta, field

from ferrule.forms.fields import Form


class Example(Form, frozen=True, kw_only=True):
    """A request, by the names of parameters, and the answer to it."""

    request: dict[str, Any] = field(default_factory=dict)
    status: Annotated[int, Meta(ge=100, le=599)] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    response: Any = None
