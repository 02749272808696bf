"""Compares the triggers of two versions: functions that are gone, differ, or are new."""

from __future__ import annotations

from collections.abc import Iterator

from ferrule.comparing.changes import Change, Grade
from ferrule.comparing.places import Places
from ferrule.comparing.surface import Surface


def compared_triggers(old: Surface, new: Surface, places: Places) -> Iterator[Change]:
    """Every change of a trigger."""
    for name, head in old.triggers.items():
        where = f"triggers.{name}"
        now = new.triggers.get(name)
        if now is None:
            advice = f"stop using `{where}`"
            message = "the trigger is gone"
            yield places.change(
                Grade.breaking, where, message, "triggers", advice=advice, is_gone=True
            )
        elif now != head:
            message, advice = "its arguments or its result changed", f"look at `{now}`"
            yield places.change(Grade.breaking, where, message, "triggers", advice=advice)
    for name in new.triggers.keys() - old.triggers.keys():
        yield places.change(Grade.additive, f"triggers.{name}", "a new trigger", "triggers")
    if old.webhooks != new.webhooks and set(old.triggers) == set(new.triggers):
        message = "how a webhook is proven or read changed"
        yield places.change(Grade.internal, "triggers", message, "triggers")
