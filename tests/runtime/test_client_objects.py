"""Clients as Python objects: subclasses of the user's, copies, pickles, loops that are none."""

import copy
import functools
import pickle
from typing import Any

import pytest

from ferrule_runtime.client import AsyncClient, SyncClient
from ferrule_runtime.contract import Operation
from ferrule_runtime.resources import Lazy, Resource
from tests.runtime.faces import Face, connector_at
from tests.services.scripted import ScriptedService, reply

GET: Operation[Any] = Operation("things.get", "GET", "/things/{id}", returns=dict[str, Any])


class Notes(Resource):
    pass


class Desk(SyncClient):
    _connector = connector_at("https://api.example.com")
    notes: Lazy[Notes] = Lazy(__name__, "Notes")

    def __init__(self, label: str, timeout: float) -> None:
        super().__init__({}, {"timeout": timeout})
        self.label = label

    @functools.cached_property
    def bound(self) -> Any:
        return functools.partial(int, self.label)


def test_what_a_subclass_keeps_on_itself_is_there_in_copies_too() -> None:
    desk = Desk("7", timeout=5.0)
    assert (desk.bound(), desk.notes._client) == (7, desk)
    for other in (desk.with_options(timeout=1.0), desk._as_raw(), copy.copy(desk)):
        assert other.label == "7"
        assert other._installation is desk._installation
        assert other.notes._client is other
        assert other.bound is not desk.bound
    assert copy.deepcopy({"client": desk})["client"]._installation is desk._installation
    with pytest.raises(TypeError, match="holds secrets"):
        pickle.dumps(desk)


def test_a_raw_answer_says_that_it_cannot_be_pickled(face: Face, service: ScriptedService) -> None:
    service.on("GET", "/things/1", reply(json={}))
    answer = face.run(face.at(service.url)._as_raw(), GET, path=("1",))
    with pytest.raises(TypeError, match="keep its content, or what parse"):
        pickle.dumps(answer)


def test_without_a_loop_of_asyncio_an_async_client_says_what_to_do() -> None:
    client = type("Acme", (AsyncClient,), {"_connector": connector_at("http://127.0.0.1:9")})(
        {}, {}
    )
    # As trio does: it drives coroutines in a loop of its own.
    with pytest.raises(RuntimeError, match="with trio, call the sync client in a thread"):
        client._run(GET, path=("1",)).send(None)
    with pytest.raises(StopIteration):
        client.aclose().send(None)
