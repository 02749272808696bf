"""Tests a connection on request and keeps what the test told as a fact about it."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from ferrule_providers.clock import as_text
from ferrule_providers.core import Core, check_name
from ferrule_providers.faults import ConnectionNeedsAttention
from ferrule_providers.handed_tokens import HandedTokens
from ferrule_providers.handing_out import hand_out
from ferrule_providers.probing import Outcome, probe
from ferrule_providers.sealing import KeyMissing, SealBroken
from ferrule_providers.setting_up import make_plan
from ferrule_providers.states import REASONS
from ferrule_providers.store import audit, connections
from ferrule_providers.store.audit import Actor
from ferrule_providers.values import read_body


def check(core: Core, slug: str, name: str, actor: Actor) -> Outcome:
    """Run the connector's test with the stored settings. Raises …NotFound, NoTest.

    Refused credentials make the connection need attention; trouble of the network or of the
    service is kept as its last error and changes nothing else.
    """
    provider = core.installed[slug]
    provider.loaded()
    with core.database.reading() as db:
        stored = core.must_find(db, slug, name)
        try:
            secrets = connections.open_settings(db, core.keyring, stored.id)
        except (KeyMissing, SealBroken):
            secrets = None
    if secrets is None:
        raise ConnectionNeedsAttention(REASONS["key_missing"].sentence, "key_missing")
    values = {**stored.settings, **secrets}
    tokens = None
    if core.sign_in(slug, stored.auth_choice) is not None:
        # What an earlier test met may have been set right at the service: only a test can tell.
        ask = partial(hand_out, core, slug, name, actor, despite="credentials_refused")
        tokens = HandedTokens(lambda refused: ask(refused=refused))
    outcome = probe(core, provider, stored.auth_choice, values, tokens)
    now = core.clock()
    with core.database.writing() as db:
        current = connections.by_id(db, stored.id, now=now, lock=True)
        if current is not None and current.revision == stored.revision:
            connections.change(db, stored.id, **facts(core, current.attention, outcome))
            connections.count_use(db, stored.id, "tested" if outcome.ok else "failed", now)
        audit.add(db, actor, "test", stored.target, outcome.verdict, at=now)
    return outcome


def facts(core: Core, attention: str | None, outcome: Outcome) -> dict[str, Any]:
    """The columns that a test changes."""
    now = core.clock()
    if outcome.ok:
        return {"attention": None, "verified_at": now, "last_error": None}
    error = {
        "at": as_text(now),
        "code": outcome.verdict,
        "message": outcome.message,
        "status_code": outcome.status_code,
        "retry_after_seconds": outcome.retry_after_seconds,
    }
    if outcome.verdict == "refused":
        return {"attention": attention or "credentials_refused", "last_error": error}
    return {"last_error": error}


def try_out(core: Core, slug: str, name: str, body: Mapping[str, Any], actor: Actor) -> Outcome:
    """Run the test with settings that are not saved, laid over what is stored if there is any."""
    provider = core.installed[slug]
    provider.loaded()
    check_name(name)
    given = read_body(provider.form, body)
    with core.database.reading() as db:
        before = core.find(db, slug, name)
        try:
            opened = (
                connections.open_settings(db, core.keyring, before.id) if before is not None else {}
            )
        except (KeyMissing, SealBroken):
            opened = {}
    plan = make_plan(core, provider, given, before)
    kept = {key: value for key, value in opened.items() if key not in plan.dropped}
    outcome = probe(core, provider, plan.auth, {**plan.settings, **kept, **plan.secrets})
    with core.database.writing() as db:
        target = f"{slug}/{name}"
        now = core.clock()
        audit.add(db, actor, "try", target, outcome.verdict, at=now, fields=plan.fields)
    return outcome
