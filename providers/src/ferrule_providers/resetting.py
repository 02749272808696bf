"""Resets connections, switches them off and on, and follows what a new connector version says."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection

from ferrule_providers.core import Core, View, check_name
from ferrule_providers.form import ANYTHING, is_sealed
from ferrule_providers.sealing import KeyMissing, SealBroken
from ferrule_providers.setting_up import Expected
from ferrule_providers.store import audit, connections
from ferrule_providers.store.audit import Actor
from ferrule_providers.store.connections import SETTING, Stored
from ferrule_providers.store.tokens import Token

SYSTEM = Actor("service", "start")


@dataclass(frozen=True, slots=True)
class Reset:
    """What became of a reset. `revoked` is None where there was nothing to revoke."""

    view: View
    changed: bool
    revoked: bool | None


def reset(
    core: Core,
    slug: str,
    name: str,
    actor: Actor,
    *,
    expected: Expected | None = None,
    revoke: bool = True,
) -> Reset:
    """Withdraw the token at the service, then delete everything about the connection.

    Again and again with the same result. A service that cannot be reached does not keep a reset
    from happening; `revoked` is False then.
    """
    check_name(name)
    with core.database.reading() as db:
        before = core.find(db, slug, name)
    if before is None:
        provider = core.installed[slug]
        (expected or Expected()).check(None)
        return Reset(core.empty_view(provider, name), False, None)
    (expected or Expected()).check(core.view(before))
    revoked = _revoke(core, before) if revoke else None
    now = core.clock()
    with core.database.writing() as db:
        current = core.find(db, slug, name, lock=True)
        if current is not None:
            (expected or Expected()).check(core.view(current))
            connections.remove(db, current.id)
            result = {None: "reset", True: "reset and revoked", False: "reset, not revoked"}
            audit.add(db, actor, "reset", current.target, result[revoked], at=now)
    return Reset(View(slug, name, "not_configured", None, None), current is not None, revoked)


def _revoke(core: Core, stored: Stored) -> bool | None:
    """Whether the service withdrew the token; None if there is none."""
    sign_in = core.sign_in(stored.provider, stored.auth_choice)
    if stored.token is None or sign_in is None:
        return None
    try:
        with core.database.reading() as db:
            data = connections.open_secret(db, core.keyring, stored.id, connections.TOKEN)
            secrets = connections.open_settings(db, core.keyring, stored.id)
        if data is None:
            return None
        return sign_in.revoke({**stored.settings, **secrets}, Token.from_bytes(data))
    except (KeyMissing, SealBroken):
        return False
    except Exception:  # noqa: BLE001 - a service that is away does not keep a reset from happening
        return False


def switch(core: Core, slug: str, name: str, actor: Actor, *, enabled: bool) -> View:
    """Let a connection be used, or not, without touching what is stored. Raises …NotFound."""
    now = core.clock()
    with core.database.writing() as db:
        stored = core.must_find(db, slug, name, lock=True)
        if stored.enabled != enabled:
            connections.change(db, stored.id, enabled=enabled, updated_at=now)
            result = "enabled" if enabled else "disabled"
            audit.add(db, actor, "switch", stored.target, result, at=now)
        return core.view(core.must_find(db, slug, name))


def notice_new_versions(core: Core) -> list[str]:
    """Mark the connections for which the installed connector now wants more settings, and seal what
    it now calls a secret.

    Done when the service starts. Gives the names of those that changed.
    """
    changed = []
    now = core.clock()
    with core.database.reading() as db:
        versions = connections.versions(db)
    for connection_id, slug, version in versions:
        provider = core.installed.find(slug)
        if provider is None or provider.connector is None or provider.version == version:
            continue
        with core.database.writing() as db:
            stored = connections.by_id(db, connection_id, now=now, lock=True)
            if stored is None or stored.connector_version == provider.version:
                continue
            values = dict(stored.settings) | dict.fromkeys(stored.secrets, ANYTHING)
            known = provider.form.choice(stored.auth_choice) is not None
            missing = provider.form.missing(stored.auth_choice, values)
            columns: dict[str, object] = {"connector_version": provider.version}
            if (missing or not known) and stored.attention is None:
                columns["attention"] = "settings_missing"
                audit.add(
                    db,
                    SYSTEM,
                    "new version",
                    stored.target,
                    "settings missing",
                    at=now,
                    fields=missing,
                )
                changed.append(stored.target)
            elif stored.attention == "settings_missing" and not missing and known:
                columns["attention"] = None
                audit.add(db, SYSTEM, "new version", stored.target, "complete", at=now)
                changed.append(stored.target)
            exposed = [
                each.name
                for each in provider.form.settings
                if is_sealed(each) and each.name in stored.settings
            ]
            if exposed:
                columns["settings"] = _sealed_from(core, db, stored, exposed)
                audit.add(
                    db, SYSTEM, "new version", stored.target, "sealed", at=now, fields=exposed
                )
                changed.append(stored.target)
            connections.change(db, stored.id, **columns)
    return changed


def _sealed_from(
    core: Core, db: Connection, stored: Stored, names: Collection[str]
) -> dict[str, object]:
    """Seal settings that stood in plain sight; those that stay there."""
    for name in names:
        value = json.dumps(stored.settings[name]).encode("utf-8")
        connections.put_secret(
            db,
            core.keyring,
            stored.id,
            SETTING + name,
            value,
            revision=stored.revision,
            now=core.clock(),
        )
    return {name: value for name, value in stored.settings.items() if name not in names}
