"""Proves triggers: a list with a field that grows, a webhook whose signature can be checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule.forms.fanout import needed_inputs, parameters_of
from ferrule.forms.tree import Path
from ferrule.passes.check.answer_types import Unknown
from ferrule.passes.check.answers import Answers
from ferrule.passes.check.context import Context, did_you_mean, quoted
from ferrule.passes.check.declarations import Declarations
from ferrule.passes.check.names import check_label, snake_of
from ferrule.passes.check.returns import returns_list

if TYPE_CHECKING:
    from ferrule.forms.triggers import Poll, Webhook


_HEADERS_ONLY = ("body", "text")
_UNITS = ("epoch", "epoch_ms", "seconds", "milliseconds", "date")


def check_triggers(answers: Answers, declarations: Declarations) -> None:
    """Check every trigger of a spec."""
    context = answers.context
    names: dict[str, str] = {}
    for name, trigger in context.spec.triggers.items():
        path: Path = ("triggers", name)
        check_label(context, name, path)
        earlier = names.setdefault(snake_of(name), name)
        if earlier != name:
            message = f"{quoted(name)} and {quoted(earlier)} both become `{snake_of(name)}`"
            notes = [(("triggers", earlier), "the first")]
            context.at_key("python-name-clash", path, message, notes=notes)
        given = [key for key in ("poll", "webhook") if getattr(trigger, key) is not None]
        if len(given) != 1 and context.is_whole(path):
            message = f"{quoted(name)} is either a `poll` or a `webhook`"
            context.at_key("exactly-one", path, message)
        if trigger.poll is not None:
            _check_poll(answers, trigger.poll, (*path, "poll"))
        if trigger.webhook is not None:
            _check_webhook(context, declarations, trigger.webhook, (*path, "webhook"))


def _check_poll(answers: Answers, poll: Poll, path: Path) -> None:
    context, actions = answers.context, answers.context.spec.actions
    action = actions.get(poll.action)
    if action is None:
        if poll.action not in context.names("actions"):
            message = f"there is no action {quoted(poll.action)}"
            meant = did_you_mean(poll.action, actions)
            context.at_value("undeclared-name", (*path, "action"), message, help=meant)
        return
    if not returns_list(action.returns):
        message = f"{quoted(poll.action)} does not return a list"
        context.at_value("list-expected", (*path, "action"), message)
        return
    needed = [name for _, name, is_needed in parameters_of(action) if is_needed]
    needed += [name for name, is_needed in needed_inputs(action) if is_needed]
    filled = () if action.each is None else action.each.parameters
    lacking = [name for name in needed if name not in filled]
    if lacking:
        message = f"{quoted(poll.action)} needs {quoted(lacking[0])}, and a trigger gives nothing"
        advice = "name an action that needs nothing, or give the parameter a default"
        context.at_value("missing-key", (*path, "action"), message, help=advice)
    item = answers.of_action(poll.action, action, pages=False).item
    if item is None or isinstance(item, Unknown):
        return
    for key, field in (("cursor", poll.cursor), ("id", poll.id)):
        walked = answers.types.walk(item, tuple(field.split(".")))
        if walked.is_possible is False:
            message = f"the items of {quoted(poll.action)} have no {quoted(field)}"
            near = did_you_mean(field, walked.near)
            context.at_value("no-such-path", (*path, key), message, help=near)


def _check_webhook(
    context: Context, declarations: Declarations, webhook: Webhook, path: Path
) -> None:
    places = [("in", webhook.in_.place), ("id", webhook.id), ("data", webhook.data)]
    places.append(("type", None if webhook.type is None else webhook.type.place))
    stamp = webhook.timestamp
    places.append(("timestamp", None if stamp is None else stamp.place.place))
    for key, place in places:
        if place is not None and place.root not in ("body", "header"):
            message = f"`{place.root}` is no place in a webhook: it has a body and headers"
            context.inside("place-not-here", (*path, key), place, message)
    if webhook.in_.place.root in _HEADERS_ONLY:
        message = "a signature stands in a header: the body is what it is made over"
        context.inside("place-not-here", (*path, "in"), webhook.in_.place, message)
    if stamp is not None and stamp.as_word is not None and stamp.as_word not in _UNITS:
        message = f"`as {stamp.as_word}` is no moment"
        context.inside("bad-place", (*path, "timestamp"), stamp, message, help="`as epoch_ms`")
    if webhook.tolerance is not None and stamp is None:
        message = "a tolerance is about a timestamp, and there is none"
        advice = "name its place: `timestamp: header.X-Timestamp`"
        context.at_key("missing-key", (*path, "tolerance"), message, help=advice)
    names = (
        {each.names[0] for each in webhook.over.references} if webhook.over is not None else set()
    )
    if webhook.over is not None and "body" not in names:
        message = "the signature is not made over the body, so that anybody could change it"
        context.at_value("webhook-unproven", (*path, "over"), message, help="put `${body}` in")
    if stamp is not None and "timestamp" not in names:
        message = "the timestamp is not signed, so that an old webhook could be sent again"
        advice = "the signed text has it: `over: ${timestamp}.${body}`"
        context.at_key("webhook-unproven", (*path, "timestamp"), message, help=advice)
    said = {"timestamp": stamp is not None, "id": webhook.id is not None}
    for name, is_said in said.items():
        if name in names and not is_said:
            message = f"`{name}` is looked up, and its place is not said"
            context.at_value("missing-key", (*path, "over"), message, help=f"add `{name}:`")
    if webhook.events and webhook.type is None:
        message = "`events` are told apart by a type, and its place is not said"
        context.at_key("missing-key", (*path, "events"), message, help="add `type: $.type`")
    for name, type_ in webhook.events.items():
        declarations.check_type(type_, (*path, "events", name), "returns")
