"""What a database promises: one state for a reader, statements that outlive a lost connection."""

from collections.abc import Iterator

import pytest
from sqlalchemy import func, insert, literal, select, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from ferrule_providers.store.engine import Database
from ferrule_providers.store.tables import meta


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


COUNT = select(func.count()).select_from(meta)


def test_a_reader_sees_one_state_whatever_others_write(database: Database) -> None:
    with database.reading() as reader:
        before = reader.execute(COUNT).scalar_one()
        with database.writing() as writer:
            writer.execute(insert(meta).values(key="new", value=[1]))
        assert reader.execute(COUNT).scalar_one() == before
    row = database.ask(COUNT)
    assert row is not None
    assert row[0] == before + 1


def test_a_question_without_an_answer_is_none(database: Database) -> None:
    assert database.ask(select(meta.c.value).where(meta.c.key == "missing")) is None


def test_a_question_that_fails_is_not_hidden(database: Database) -> None:
    with pytest.raises((OperationalError, ProgrammingError)):
        database.ask(text("SELECT 1 FROM no_such_table"))
    assert database.ask(select(literal(1))) == (1,)


def test_a_connection_that_died_in_the_pool_is_replaced(postgresql_url: str) -> None:
    import psycopg

    database = Database(postgresql_url)
    try:
        first = database.ask(text("SELECT pg_backend_pid()"))
        assert first is not None
        server, _, _ = postgresql_url.rpartition("/")
        with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
            admin.execute("SELECT pg_terminate_backend(%s)", (first[0],))
        second = database.ask(text("SELECT pg_backend_pid()"))
        assert second is not None
        assert second[0] != first[0]
    finally:
        database.close()
