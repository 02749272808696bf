"""The audit log only grows, and shows when it was touched."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DatabaseError

from ferrule_providers import setting_up
from ferrule_providers.core import Core
from ferrule_providers.store import audit
from ferrule_providers.store.tables import audit as lines
from ferrule_providers.store.tables import connection, meta
from tests.providers.conftest import SOMEBODY


def write(core: Core, count: int) -> None:
    for number in range(count):
        with core.database.writing() as db:
            audit.add(db, SOMEBODY, "try", f"a/{number}", "ok", at=core.clock(), fields=["x"])


def verified(core: Core) -> tuple[int, str | None]:
    with core.database.reading() as db:
        return audit.verify(db)


def unlock(core: Core) -> None:
    """Take away what keeps the log append-only, as somebody with all rights could."""
    with core.database.writing() as db:
        if core.database.is_sqlite:
            for event in ("UPDATE", "DELETE"):
                db.exec_driver_sql(f"DROP TRIGGER audit_keeps_{event}")
        else:
            db.exec_driver_sql("DROP TRIGGER audit_keeps ON audit")


def test_lines_of_many_writers_form_one_chain(core: Core) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: write(core, 5), range(8)))
    assert verified(core) == (40, None)
    with core.database.reading() as db:
        ids = list(db.execute(select(lines.c.id).order_by(lines.c.id)).scalars())
    assert ids == list(range(1, 41))


def test_the_database_refuses_to_change_a_line(core: Core) -> None:
    write(core, 2)
    for statement in (update(lines).values(actor="somebody else"), delete(lines)):
        with pytest.raises(DatabaseError, match="append-only"), core.database.writing() as db:
            db.execute(statement)
    assert verified(core) == (2, None)


def test_a_changed_line_is_found(core: Core) -> None:
    write(core, 3)
    unlock(core)
    with core.database.writing() as db:
        db.execute(update(lines).where(lines.c.id == 2).values(result="refused"))
    assert verified(core) == (1, "line 2 was changed")


def test_a_missing_line_is_found(core: Core) -> None:
    write(core, 3)
    unlock(core)
    with core.database.writing() as db:
        db.execute(delete(lines).where(lines.c.id == 2))
    assert verified(core) == (1, "line 2 is missing")


def test_missing_newest_lines_are_found(core: Core) -> None:
    write(core, 3)
    unlock(core)
    with core.database.writing() as db:
        db.execute(delete(lines).where(lines.c.id == 3))
    assert verified(core) == (2, "the newest lines are missing")


def test_an_inserted_line_is_found(core: Core) -> None:
    write(core, 2)
    with core.database.writing() as db:
        row = db.execute(select(lines).where(lines.c.id == 2)).mappings().one()
        db.execute(insert(lines).values({**row, "id": 3}))
    assert verified(core) == (2, "line 3 was changed")


def test_what_cannot_be_audited_does_not_happen(core: Core) -> None:
    """A broken head of the chain stops every change."""
    write(core, 1)
    with core.database.writing() as db:
        db.execute(update(meta).where(meta.c.key == audit.HEAD).values(value=[0, "0" * 64]))
    body = {"server": "https://acme.example", "email": "a@b.example", "api_token": "long-token"}
    with pytest.raises(DatabaseError):
        setting_up.set_up(core, "acme", "one", body, SOMEBODY)
    with core.database.reading() as db:
        assert db.execute(select(connection)).all() == []
