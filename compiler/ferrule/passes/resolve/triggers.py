"""Makes the module of the triggers: a function for each webhook, two for each poll."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ferrule import naming
from ferrule.forms.code import Code, Import
from ferrule.forms.kinds import NAMES_OF_WEBHOOK
from ferrule.forms.package import MethodIR, TriggersModule
from ferrule.forms.spec import ConnectorSpec
from ferrule.passes.resolve.declare import Declarer
from ferrule.passes.resolve.lowering import Lowering
from ferrule.passes.resolve.resources import Resource
from ferrule.passes.resolve.settings import NamedSetting
from ferrule.passes.resolve.spelling import Spelling
from ferrule.passes.resolve.types import MapOf, Plain, Type, one_of
from ferrule.python_text import (
    NONE,
    assigned,
    attribute,
    call,
    declared,
    dict_of,
    docstring,
    import_groups,
    index,
    join,
    lazily,
    literal,
    name,
    optional_literal,
    returned,
    without_imports,
)
from ferrule.words import ast

if TYPE_CHECKING:
    from ferrule.forms.triggers import Poll, Webhook


_EVERY_SECONDS = 60.0
_HOME = "triggers"


def event_types(spec: ConnectorSpec, declarer: Declarer) -> list[Type]:
    """The types that webhooks hold."""
    return [
        declarer.of_word(type_)
        for trigger in spec.triggers.values()
        if trigger.webhook is not None
        for type_ in trigger.webhook.events.values()
    ]


class TriggerWriter(Struct, frozen=True):
    """Writes `triggers.py`."""

    spec: ConnectorSpec
    spelling: Spelling
    lowering: Lowering
    declarer: Declarer
    settings: tuple[NamedSetting, ...]
    class_name: str

    def module(self, root: Resource) -> TriggersModule:
        """The module; there is at least one trigger."""
        constants: list[Code] = []
        functions: list[MethodIR] = []
        for key, trigger in self.spec.triggers.items():
            if trigger.webhook is not None:
                constant, function = self._webhook(key, trigger.webhook)
                constants.append(constant)
                functions.append(function)
            if trigger.poll is not None:
                functions += [
                    self._poll(root, key, trigger.poll, is_async=each) for each in (False, True)
                ]
        used: set[Import] = set()
        for constant in constants:
            used |= constant.imports
        for function in functions:
            used |= function.head.imports
            for line in function.lines:
                used |= line.imports
        late = {each for each in used if each.module == ".client"}
        if late:
            used.add(Import("typing", "TYPE_CHECKING"))
        return TriggersModule(
            doc=docstring(
                f"What {self.spec.title or self.spec.connector} tells by itself, and what is new."
            ),
            imports=import_groups(used - late, _HOME),
            late_imports=import_groups(late, _HOME),
            constants=tuple(constants),
            functions=tuple(functions),
        )

    # --- webhooks

    def _webhook(self, key: str, webhook: Webhook) -> tuple[Code, MethodIR]:
        lowering = self.lowering
        types = {event: self.declarer.of_word(each) for event, each in webhook.events.items()}
        result = one_of(*types.values(), MapOf(Plain("any")))
        shown = self.spelling.shown(result)
        events = {event: lazily(self.spelling.read(type_)) for event, type_ in types.items()}
        stamp = webhook.timestamp
        made = call(
            name("Webhook", "ferrule_runtime.webhooks"),
            literal(key),
            connector=name("CONNECTOR", "._connector"),
            sign=literal(webhook.sign),
            key=lowering.template(webhook.key),
            signature=lowering.matched(webhook.in_),
            over=None if webhook.over is None else lowering.template(webhook.over),
            key_encoding=optional_literal(webhook.key_encoding),
            encoding=optional_literal(webhook.encoding),
            timestamp=None if stamp is None else lowering.read(stamp),
            tolerance_seconds=(
                None if webhook.tolerance is None else literal(webhook.tolerance.seconds)
            ),
            id=None if webhook.id is None else lowering.place(webhook.id),
            type=None if webhook.type is None else lowering.matched(webhook.type),
            data=None if webhook.data is None else lowering.place(webhook.data),
            events=dict_of(events) if events else None,
        )
        constant = name(naming.snake(key).upper())
        annotation = index(name("Webhook", "ferrule_runtime.webhooks"), shown)
        return assigned(constant, made, annotation), self._receiver(key, webhook, constant, shown)

    def _receiver(self, key: str, webhook: Webhook, constant: Code, shown: Code) -> MethodIR:
        """`def events(body, headers, *, webhook_secret=omit, …) -> WebhookEvent[…]`."""
        needed = self._settings(webhook)
        pairs = index(name("Mapping", "collections.abc"), join(", ", [name("str"), name("str")]))
        parameters = [
            declared(name("body"), name("bytes")),
            declared(name("headers"), pairs),
            Code("*"),
        ]
        omit = self.spelling.library("omit")
        for setting in needed:
            kind = join(" | ", [name("str"), self.spelling.library("Omit")])
            parameters.append(declared(name(setting.argument), kind, omit))
        parameters.append(declared(name("url"), name("str"), literal("")))
        now = join(" | ", [name("float"), NONE])
        parameters.append(declared(name("now"), now, NONE))
        result = index(name("WebhookEvent", "ferrule_runtime.webhooks"), shown)
        given = {setting.key: name(setting.argument) for setting in needed}
        line = returned(
            call(
                attribute(constant, "receive"),
                name("body"),
                name("headers"),
                url=name("url"),
                now=name("now"),
                **given,
            )
        )
        head = join(
            "",
            [
                Code("def "),
                name(naming.argument(key)),
                Code("("),
                join(", ", parameters),
                Code(") -> "),
                result,
            ],
        )
        doc = (
            f"The event of a request to the webhook {key}.\n\n"
            "`body` is what came, byte for byte. Raises WebhookRefused for a request that\n"
            "the service did not send, or sent too long ago."
        )
        return MethodIR(head=head, doc=docstring(doc, 4), lines=(line,))

    def _settings(self, webhook: Webhook) -> list[NamedSetting]:
        words = [webhook.key, *([webhook.over] if webhook.over is not None else [])]
        roots = {each.names[0] for word in words for each in word.references} - set(
            NAMES_OF_WEBHOOK
        )
        for root in list(roots):
            value = self.spec.values.get(root)
            if isinstance(value, ast.Template):
                roots |= {each.names[0] for each in value.references}
        return [each for each in self.settings if each.key in roots]

    # --- polls

    def _poll(self, root: Resource, key: str, poll: Poll, *, is_async: bool) -> MethodIR:
        """`def tickets_changed(client, *, checkpoint=omit, …) -> Trigger[Ticket]`."""
        prefix, word = ("Async", "async_") if is_async else ("", "")
        plan = next(p for each in root.walk() for p in each.plans if p.key == poll.action)
        shown = self.spelling.shown(plan.result.type)
        library = name(f"{prefix}Trigger", "ferrule_runtime.triggers")
        client = name(f"{prefix}{self.class_name}", ".client")
        omit = self.spelling.library("omit")
        text = join(" | ", [name("str"), self.spelling.library("Omit")])
        parameters = [
            declared(name("client"), without_imports(client)),
            Code("*"),
            declared(name("checkpoint"), text, omit),
            declared(name("backfill"), name("bool"), literal(False)),
            declared(name("every_seconds"), name("float"), literal(_every(poll))),
        ]
        way = [*self._way(root, poll.action)]
        listed = call(attribute(name("client"), *way))
        started = call(attribute(listed, "__aiter__" if is_async else "__iter__"))
        made = call(
            library,
            literal(key),
            lazily(started),
            cursor=literal(tuple(poll.cursor.split("."))),
            id=literal(tuple(poll.id.split("."))),
            every_seconds=name("every_seconds"),
            checkpoint=name("checkpoint"),
            newest_first=literal(True) if poll.newest_first else None,
            backfill=name("backfill"),
        )
        result = index(library, shown)
        head = join(
            "",
            [
                Code("def "),
                name(word + naming.argument(key)),
                Code("("),
                join(", ", parameters),
                Code(") -> "),
                result,
            ],
        )
        head = Code(str(head), head.imports | client.imports)
        doc = (
            f"What is new in {poll.action}, each item once.\n\n"
            "Without a checkpoint it begins now; with `backfill` the first poll gives all there is."
        )
        return MethodIR(head=head, doc=docstring(doc, 4), lines=(returned(made),))

    def _way(self, root: Resource, action: str) -> list[str]:
        """The attributes that lead from a client to the method of an action."""
        way: list[str] = []
        resource = root
        plans = {plan.key: plan for each in root.walk() for plan in each.plans}
        for part in plans[action].resource:
            resource = resource.children[part]
            way.append(resource.attribute)
        return [*way, resource.methods[action]]


def _every(poll: Poll) -> float:
    return _EVERY_SECONDS if poll.every is None else poll.every.seconds
