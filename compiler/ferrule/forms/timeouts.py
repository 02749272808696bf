"""How long each phase of a call may take."""

from typing import Annotated

from ferrule.forms.fields import DurationWord, Form, under


class Timeouts(Form, frozen=True, kw_only=True):
    """Seconds for each phase and for the whole call."""

    connect: DurationWord | None = None
    read: DurationWord | None = None
    write: DurationWord | None = None
    pool: DurationWord | None = None
    total: DurationWord | None = None


Timeout = Annotated[Timeouts, under("read", str, int, float)]
