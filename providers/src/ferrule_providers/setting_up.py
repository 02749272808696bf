"""Sets connections up, changes and resets them, each in one transaction with its line of audit."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection

from ferrule_providers.core import Core, View, name_faults
from ferrule_providers.faults import (
    CredentialsRefused,
    FieldFault,
    InvalidRequest,
    RevisionConflict,
    ServiceUnreachable,
)
from ferrule_providers.form import ANYTHING, AUTH, Form, is_sealed
from ferrule_providers.installed import Provider
from ferrule_providers.probing import Outcome, probe
from ferrule_providers.sealing import KeyMissing, SealBroken
from ferrule_providers.store import audit, connections, tokens
from ferrule_providers.store.audit import Actor
from ferrule_providers.store.connections import SETTING, Stored
from ferrule_providers.values import Given, read_body

TRIES = 8


@dataclass(frozen=True, slots=True)
class Expected:
    """What the caller believes: the entity tags of what it may have read, or that nothing is there.

    An empty tuple of tags means that there must be a connection, whatever it holds.
    """

    tags: tuple[str, ...] | None = None
    nothing: bool = False

    def check(self, view: View | None) -> None:
        """Raise RevisionConflict if it is not so."""
        if self.nothing and view is not None:
            raise RevisionConflict("There is a connection of this name already.")
        if self.tags is None:
            return
        if view is None or (self.tags and view.entity_tag not in self.tags):
            raise RevisionConflict("The connection was changed since you read it; read it again.")


Change = Literal["created", "changed", "unchanged"]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a set-up."""

    view: View
    change: Change


@dataclass(frozen=True, slots=True)
class Plan:
    """A set-up that was checked: what the connection will hold."""

    auth: str | None
    settings: Mapping[str, Any]
    """All plain settings, new and kept."""
    secrets: Mapping[str, Any]
    """The secrets that were given."""
    dropped: frozenset[str]
    """The secrets that are cleared."""
    fields: tuple[str, ...]
    """The names of what was given or cleared."""


def set_up(
    core: Core,
    slug: str,
    name: str,
    body: Mapping[str, Any],
    actor: Actor,
    *,
    expected: Expected | None = None,
    test: bool = False,
) -> Done:
    """Create a connection, or change what is named in the body and keep the rest.

    Raises InvalidRequest with every fault at once, RevisionConflict; with `test` also
    CredentialsRefused and ServiceUnreachable, and then nothing is saved.
    """
    provider = core.installed[slug]
    provider.loaded()
    given = read_body(provider.form, body)
    given.faults[:0] = name_faults(name)
    expected = expected or Expected()
    for _ in range(TRIES):
        with core.database.reading() as db:
            before = core.find(db, slug, name)
            opened = _opened(core, db, before)
        expected.check(core.view(before) if before is not None else None)
        plan = make_plan(core, provider, given, before)
        outcome = _tested(core, provider, plan, opened) if test else None
        writing = _Writing(core, provider, name, given, expected, actor)
        done = writing.write(before, plan, opened, outcome)
        if done is not None:
            return done
    raise RevisionConflict("Others keep changing this connection; try again.")


def make_plan(
    core: Core,
    provider: Provider,
    given: Given,
    before: Stored | None,
    *,
    ask_network: bool = True,
) -> Plan:
    """Lay what was given over what is stored, and check the whole. Raises InvalidRequest."""
    form = provider.form
    sealed = {each.name for each in form.settings if is_sealed(each)}
    kept_secrets = set(before.secrets) if before is not None else set()
    settings = dict(before.settings) if before is not None else {}
    known = {each.name for each in form.settings}
    settings = {key: value for key, value in settings.items() if key in known - given.cleared}
    settings.update({key: value for key, value in given.values.items() if key not in sealed})
    secrets = {key: value for key, value in given.values.items() if key in sealed}
    held = (kept_secrets & sealed - given.cleared) | set(secrets)
    values = settings | dict.fromkeys(held, ANYTHING)
    faults = list(given.faults)
    auth = _choose(form, given, before, values, faults)
    faulty = {fault.pointer.split("/")[1] for fault in faults if fault.pointer}
    faults.extend(
        FieldFault(f"/{each}", "required", "Needed, and not given.")
        for each in form.missing(auth, values)
        if each not in faulty
    )
    if not faults:
        faults.extend(core.networks.check(form, settings | secrets) if ask_network else ())
        faults.extend(_secrets_to_repeat(form, before, settings, held, secrets))
    if faults:
        raise InvalidRequest(faults)
    return Plan(
        auth=auth,
        settings=settings,
        secrets=secrets,
        dropped=frozenset(kept_secrets - held),
        fields=tuple(sorted({*given.values, *given.cleared} | ({AUTH} if given.auth else set()))),
    )


def _choose(
    form: Form,
    given: Given,
    before: Stored | None,
    values: Mapping[str, Any],
    faults: list[FieldFault],
) -> str | None:
    """The auth choice; the only one whose settings are given is taken without asking."""
    if not form.has_choice or given.auth is not None:
        return given.auth
    if before is not None and form.choice(before.auth_choice) is not None:
        return before.auth_choice
    complete = [choice.name for choice in form.choices if not form.missing(choice.name, values)]
    if len(complete) > 1:
        # One that needs nothing is always complete, and is meant only where no other one is.
        complete = [name for name in complete if form.missing(name, {}) != form.always]
    if len(complete) == 1:
        return complete[0]
    names = ", ".join(choice.name or "" for choice in form.choices)
    if not any(fault.pointer == f"/{AUTH}" for fault in faults):
        faults.append(FieldFault(f"/{AUTH}", "required", f"Say which one is meant: {names}."))
    return None


def _secrets_to_repeat(
    form: Form,
    before: Stored | None,
    settings: Mapping[str, Any],
    held: set[str],
    given: Mapping[str, Any],
) -> list[FieldFault]:
    """Faults for stored secrets that would go to another address than the one they were given for.

    Who may change a connection and not read its secrets must not have them sent elsewhere.
    """
    if before is None or not form.moves(before.settings, settings, given):
        return []
    detail = "The address changes: give this secret again, since it would be sent there."
    return [FieldFault(f"/{each}", "required-again", detail) for each in sorted(held - set(given))]


def _opened(core: Core, db: Connection, before: Stored | None) -> dict[str, Any] | None:
    """The stored secrets; None if one of them does not open."""
    if before is None:
        return {}
    try:
        return connections.open_settings(db, core.keyring, before.id)
    except (KeyMissing, SealBroken):
        return None


def _tested(
    core: Core, provider: Provider, plan: Plan, opened: Mapping[str, Any] | None
) -> Outcome:
    kept = {key: value for key, value in (opened or {}).items() if key not in plan.dropped}
    outcome = probe(core, provider, plan.auth, {**plan.settings, **kept, **plan.secrets})
    if outcome.verdict == "refused":
        raise CredentialsRefused(outcome.message)
    if not outcome.ok:
        raise ServiceUnreachable(outcome.message)
    return outcome


def _is_same(before: Stored, plan: Plan, opened: Mapping[str, Any] | None, version: str) -> bool:
    if opened is None or plan.dropped or before.connector_version != version:
        return False
    if before.auth_choice != plan.auth or dict(before.settings) != dict(plan.settings):
        return False
    return all(
        key in opened and hmac.compare_digest(_as_bytes(opened[key]), _as_bytes(value))
        for key, value in plan.secrets.items()
    )


@dataclass(frozen=True, slots=True)
class _Writing:
    """The second half of a set-up: one transaction, in which nobody else changes the connection."""

    core: Core
    provider: Provider
    name: str
    given: Given
    expected: Expected
    actor: Actor

    def write(
        self,
        before: Stored | None,
        plan: Plan,
        opened: Mapping[str, Any] | None,
        outcome: Outcome | None,
    ) -> Done | None:
        """Write a plan that was made for `before`; None if it has to be made and tested again."""
        core, slug = self.core, self.provider.slug
        now = core.clock()
        with core.database.writing() as db:
            current = core.find(db, slug, self.name, lock=True)
            self.expected.check(core.view(current) if current is not None else None)
            if not _is_still(before, current):
                anew = make_plan(core, self.provider, self.given, current, ask_network=False)
                moved = self.provider.form.moves(plan.settings, anew.settings)
                if outcome is not None or moved:
                    return None
                plan, opened = anew, _opened(core, db, current)
            change: Change = "changed"
            if current is None:
                change = "created"
                made = self._add(db, plan)
                if made is None:
                    return None
                connection_id, revision = made, 1
            else:
                connection_id, revision = current.id, current.revision
                if _is_same(current, plan, opened, self.provider.version):
                    change = "unchanged"
                else:
                    revision += 1
                    self._change(db, connection_id, revision, plan)
                    form = self.provider.form
                    if form.moves(current.settings, plan.settings, plan.secrets):
                        self._end_sign_in(db, connection_id)
            if change != "unchanged":
                self._put_secrets(db, connection_id, revision, plan)
            if outcome is not None:
                facts = {"attention": None, "verified_at": now, "last_error": None}
                connections.change(db, connection_id, **facts)
            target = f"{slug}/{self.name}"
            audit.add(db, self.actor, "set up", target, change, at=now, fields=plan.fields)
            stored = core.must_find(db, slug, self.name)
        return Done(core.view(stored), change)

    def _add(self, db: Connection, plan: Plan) -> str | None:
        return connections.add(
            db,
            self.provider.slug,
            self.name,
            auth_choice=plan.auth,
            settings=plan.settings,
            connector_version=self.provider.version,
            now=self.core.clock(),
        )

    def _change(self, db: Connection, connection_id: str, revision: int, plan: Plan) -> None:
        connections.change(
            db,
            connection_id,
            auth_choice=plan.auth,
            settings=dict(plan.settings),
            revision=revision,
            attention=None,
            verified_at=None,
            last_error=None,
            connector_version=self.provider.version,
            updated_at=self.core.clock(),
        )

    def _end_sign_in(self, db: Connection, connection_id: str) -> None:
        """A token goes nowhere but to the address that it came from, and nor does an account."""
        tokens.take_away(db, connection_id)
        connections.change(db, connection_id, account_key=None)

    def _put_secrets(self, db: Connection, connection_id: str, revision: int, plan: Plan) -> None:
        for key in plan.dropped:
            connections.drop_secret(db, connection_id, SETTING + key)
        for key, value in plan.secrets.items():
            connections.put_secret(
                db,
                self.core.keyring,
                connection_id,
                SETTING + key,
                _as_bytes(value),
                revision=revision,
                now=self.core.clock(),
            )


def _is_still(before: Stored | None, current: Stored | None) -> bool:
    if before is None or current is None:
        return before is current
    return (before.id, before.revision) == (current.id, current.revision)


def _as_bytes(value: Any) -> bytes:
    return json.dumps(value).encode("utf-8")
