"""An API that answers 200 to everything, in which each record may fail by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest

from tests.e2e.compiled import CompiledPackage
from tests.services.loopback import Request
from tests.services.scripted import Reply, ScriptedService, reply

if TYPE_CHECKING:
    import marketo_connector as marketo
else:
    marketo = CompiledPackage("marketo")

TYPES = "/rest/v1/activities/types.json"
LEADS = "/rest/v1/leads.json"


def options(service: ScriptedService) -> dict[str, Any]:
    return {
        "endpoint": service.url,
        "identity": f"{service.url}/identity",
        "client_id": "an-id",
        "client_secret": "a-secret",
        "backoff": None,
    }


@pytest.fixture
def marketo_service(service: ScriptedService) -> ScriptedService:
    """Hands out the tokens t1, t2, … and takes the latest alone."""
    given = 0

    def token(request: Request) -> Reply:
        nonlocal given
        asked = parse_qs(request.query)
        assert asked == {
            "grant_type": ["client_credentials"],
            "client_id": ["an-id"],
            "client_secret": ["a-secret"],
        }
        given += 1
        return reply(json={"access_token": f"t{given}", "expires_in": 3599})

    service.on("GET", "/identity/oauth/token", token)
    return service


@pytest.fixture
def client(marketo_service: ScriptedService) -> Iterator[marketo.Marketo]:
    with marketo.Marketo(**options(marketo_service)) as client:
        yield client


def good(result: Any, **more: Any) -> Reply:
    return reply(json={"success": True, "requestId": "r#1", "result": result, **more})


def fault(code: str, message: str = "no") -> Reply:
    errors = [{"code": code, "message": message}]
    return reply(json={"success": False, "requestId": "r#2", "errors": errors})


KINDS = [{"id": 1, "name": "Visit"}]


@pytest.mark.parametrize("code", ["601", "602"])
def test_a_token_that_is_no_longer_good_is_replaced_once(
    client: marketo.Marketo, marketo_service: ScriptedService, code: str
) -> None:
    marketo_service.on("GET", TYPES, fault(code), good(KINDS))
    assert [kind.name for kind in client.activities.types()] == ["Visit"]
    calls = marketo_service.calls("GET", TYPES)
    assert [call.header("Authorization") for call in calls] == ["Bearer t1", "Bearer t2"]
    marketo_service.on("GET", TYPES, fault(code))
    with pytest.raises(marketo.Unauthorized) as caught:
        list(client.activities.types())
    assert caught.value.code == code
    assert len(marketo_service.calls("GET", TYPES)) == 4


def test_too_many_calls_are_waited_for_and_the_quota_is_not(
    marketo_service: ScriptedService,
) -> None:
    marketo_service.on("GET", TYPES, fault("606"))
    # The wait of twenty seconds does not fit into the time that the call has.
    with marketo.Marketo(**options(marketo_service), deadline=5) as client:
        with pytest.raises(marketo.RateLimited) as limited:
            list(client.activities.types())
        assert limited.value.retry_after_seconds == 20
        assert limited.value.code == "606"
        marketo_service.on("GET", TYPES, fault("607"))
        with pytest.raises(marketo.QuotaExhausted) as caught:
            list(client.activities.types())
        assert not isinstance(caught.value, marketo.RateLimited)
    assert len(marketo_service.calls("GET", TYPES)) == 2


def test_what_passes_is_tried_again_where_nothing_was_done(
    client: marketo.Marketo, marketo_service: ScriptedService
) -> None:
    marketo_service.on("GET", TYPES, fault("604"), reply(502), good(KINDS))
    assert len(list(client.activities.types())) == 1
    marketo_service.on("POST", LEADS, fault("604"))
    with pytest.raises(marketo.Unavailable):
        client.leads.save(input_=[{"email": "a@b.example"}])
    assert len(marketo_service.calls("POST", LEADS)) == 1


def test_long_questions_travel_in_a_body(
    client: marketo.Marketo, marketo_service: ScriptedService
) -> None:
    lead = {"id": 1, "email": "a@b.example"}
    marketo_service.on(
        "POST",
        LEADS,
        good([lead], nextPageToken="NEXT==", moreResult=True),
        reply(502),
        good([{**lead, "id": 2}], moreResult=False),
    )
    values = [f"{number}@example.com" for number in range(600)]
    found = client.leads.list(filter_type="email", filter_values=values, fields=["id", "email"])
    assert [each.id for each in found] == [1, 2]
    calls = marketo_service.calls("POST", LEADS)
    # It only reads, so a fault on the way is no reason to stop.
    assert len(calls) == 3
    assert all(call.query == "_method=GET" for call in calls)
    first, *_, last = (parse_qs(call.body.decode()) for call in calls)
    asked = {
        "filterType": ["email"],
        "filterValues": [",".join(values)],
        "fields": ["id,email"],
        "batchSize": ["300"],
    }
    assert first == asked
    assert last == {**asked, "nextPageToken": ["NEXT=="]}


def test_a_body_that_is_too_large_has_an_error_of_its_own(
    client: marketo.Marketo, marketo_service: ScriptedService
) -> None:
    marketo_service.on("POST", LEADS, reply(413, text="too large"))
    with pytest.raises(marketo.TooLong):
        client.leads.save(input_=[{"email": "a@b.example"}])


def test_assets_page_by_offset_until_nothing_comes(
    client: marketo.Marketo, marketo_service: ScriptedService
) -> None:
    programs = [{"id": number, "name": f"p{number}"} for number in range(3)]
    path = "/rest/asset/v1/programs.json"
    empty = reply(json={"success": True, "requestId": "r", "warnings": ["No assets found"]})
    marketo_service.on("GET", path, good(programs[:2]), good(programs[2:]), empty)
    assert [each.id for each in client.programs.list(page_size=2)] == [0, 1, 2]
    asked = [parse_qs(call.query) for call in marketo_service.calls("GET", path)]
    assert [each.get("offset", ["0"]) for each in asked] == [["0"], ["2"], ["3"]]
    assert all(each["maxReturn"] == ["2"] for each in asked)


def test_each_record_may_fail_by_itself(
    client: marketo.Marketo, marketo_service: ScriptedService
) -> None:
    reasons = [{"code": "1004", "message": "Lead not found"}]
    told = [{"id": 1, "status": "updated"}, {"status": "skipped", "reasons": reasons}]
    marketo_service.on("POST", LEADS, good(told))
    with pytest.raises(marketo.PartialFailure) as caught:
        client.leads.save(input_=[{"email": "a@b.example"}, {"email": "c@d.example"}])
    (failed,) = caught.value.failed
    assert (failed.code, failed.message) == ("1004", "Lead not found")
    assert [each.status for each in caught.value.result] == ["updated", "skipped"]
    assert len(marketo_service.calls("POST", LEADS)) == 1


def test_an_export_is_begun_asked_after_and_read(
    client: marketo.Marketo, marketo_service: ScriptedService
) -> None:
    path = "/bulk/v1/leads/export"
    marketo_service.on(
        "POST", f"{path}/create.json", good([{"exportId": "e-1", "status": "Created"}])
    )
    marketo_service.on(
        "POST", f"{path}/e-1/enqueue.json", good([{"exportId": "e-1", "status": "Queued"}])
    )
    marketo_service.on(
        "GET",
        f"{path}/e-1/status.json",
        good([{"exportId": "e-1", "status": "Processing"}]),
        good([{"exportId": "e-1", "status": "Completed"}]),
    )
    rows = reply(text="id,email\n1,a@b.example\n2,\n", content_type="text/csv")
    marketo_service.on("GET", f"{path}/e-1/file.json", rows)
    made = client.leads.exports.create(fields=["id", "email"], filter_={"createdAt": {}})
    job = client.leads.exports.run(export_id=made.export_id)
    assert [job.poll(), job.poll()] == [False, True]
    assert job.result().status == "Completed"
    with client.leads.exports.rows(export_id="e-1") as found:
        assert list(found) == [{"id": "1", "email": "a@b.example"}, {"id": "2", "email": ""}]


def test_an_export_too_many_and_one_that_fails(
    client: marketo.Marketo, marketo_service: ScriptedService
) -> None:
    path = "/bulk/v1/leads/export/e-2"
    marketo_service.on("POST", f"{path}/enqueue.json", fault("1029", "Too many jobs in queue"))
    with pytest.raises(marketo.ExportsFull):
        client.leads.exports.run(export_id="e-2")
    marketo_service.on("POST", f"{path}/enqueue.json", good([{"exportId": "e-2"}]))
    failed = {"exportId": "e-2", "status": "Failed", "errorMsg": "the filter is wrong"}
    marketo_service.on("GET", f"{path}/status.json", good([failed]))
    with pytest.raises(marketo.JobFailed, match="the filter is wrong"):
        client.leads.exports.run(export_id="e-2").poll()


def test_the_token_is_asked_for_once_and_the_secret_is_told_nowhere(
    marketo_service: ScriptedService,
) -> None:
    marketo_service.on("GET", TYPES, good(KINDS))

    async def many() -> str:
        async with marketo.AsyncMarketo(**options(marketo_service)) as client:

            async def one() -> None:
                assert [kind.id async for kind in client.activities.types()] == [1]

            await asyncio.gather(*(one() for _ in range(8)))
            return repr(client)

    assert "a-secret" not in asyncio.run(many())
    assert len(marketo_service.calls("GET", "/identity/oauth/token")) == 1
