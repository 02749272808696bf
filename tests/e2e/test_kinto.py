"""Records, pages, conflicts, faults and limits, against a real Kinto."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.e2e.compiled import CompiledPackage
from tests.services.loopback import Ending, Request, response
from tests.services.proxy import Meddling, Proxy

if TYPE_CHECKING:
    import kinto_connector as kinto
else:
    kinto = CompiledPackage("kinto")

BUSY = b'{"code": 503, "errno": 201, "error": "Service Unavailable", "message": "Try again."}'
PATH = "/v1/buckets/{bucket}/collections/letters/records"


@pytest.fixture
def client(kinto_url: str) -> Iterator[kinto.Kinto]:
    with kinto.Kinto(
        server=kinto_url, username="ada", password="s3cret", rate_limits=False
    ) as client:
        yield client


@pytest.fixture
def bucket(client: kinto.Kinto) -> str:
    """A bucket of this test alone, with an empty collection `letters`."""
    name = f"b{uuid4().hex}"
    client.buckets.create(bucket=name)
    client.collections.create(bucket=name, collection="letters")
    return name


@pytest.fixture
def proxied(kinto_url: str) -> Iterator[Callable[[Meddling], Proxy]]:
    """Puts a proxy in front of the service."""
    started: list[Proxy] = []

    def start(meddle: Meddling) -> Proxy:
        started.append(Proxy(kinto_url, meddle))
        return started[-1]

    yield start
    for proxy in started:
        proxy.close()


def through(proxy: Proxy) -> kinto.Kinto:
    return kinto.Kinto(
        server=f"{proxy.url}/v1", username="ada", password="s3cret", backoff=None, rate_limits=False
    )


def fill(client: kinto.Kinto, bucket: str, letters: str) -> None:
    for letter in letters:
        client.records.create(bucket=bucket, collection="letters", data={"letter": letter})


def letter_of(record: kinto.Record) -> str:
    return str((record.model_extra or {})["letter"])


def test_a_record_lives_and_dies(client: kinto.Kinto, bucket: str) -> None:
    made = client.records.create(
        bucket=bucket, collection="letters", data={"letter": "æ", "deep": {"list": [1, None]}}
    )
    place = {"bucket": bucket, "collection": "letters", "id_": made.id}
    assert letter_of(client.records.get(**place)) == "æ"
    changed = client.records.update(**place, data={"letter": "ø"})
    assert changed.last_modified > made.last_modified
    assert (changed.model_extra or {})["deep"] == {"list": [1, None]}
    replaced = client.records.replace(**place, data={"letter": "å"})
    assert replaced.model_extra == {"letter": "å"}
    assert client.records.count(bucket=bucket, collection="letters") == 1
    assert client.records.delete(**place).deleted is True
    with pytest.raises(kinto.NotFound):
        client.records.get(**place)


def test_times_are_read_as_declared(client: kinto.Kinto, bucket: str) -> None:
    (made,) = [each for each in client.buckets.list() if each.id == bucket]
    offset = made.last_modified.utcoffset()
    assert offset is not None
    assert not offset
    assert made.last_modified.year >= 2024


def test_all_pages_are_walked(client: kinto.Kinto, bucket: str) -> None:
    fill(client, bucket, "qwertyuiopas")
    records = client.records.list(bucket=bucket, collection="letters", sort=["letter"])
    assert [letter_of(record) for record in records] == sorted("qwertyuiopas")
    assert [len(page.items) for page in records.pages()] == [5, 5, 2]
    assert [letter_of(record) for record in records.items(max_items=6)] == list("aeiopq")


def test_a_page_has_the_size_that_was_asked_for(client: kinto.Kinto, bucket: str) -> None:
    fill(client, bucket, "abcde")
    records = client.records.list(bucket=bucket, collection="letters", page_size=2)
    assert [len(page.items) for page in records.pages()] == [2, 2, 1]
    # More than the service gives is asked for as the most that it gives.
    all_at_once = client.records.list(bucket=bucket, collection="letters", page_size=1_000_000)
    assert [len(page.items) for page in all_at_once.pages()] == [5]
    with pytest.raises(ValueError, match="at least 1"):
        client.records.list(bucket=bucket, collection="letters", page_size=0)


def test_a_walk_goes_on_another_day(client: kinto.Kinto, bucket: str) -> None:
    fill(client, bucket, "abcdefg")
    first = client.records.list(
        bucket=bucket, collection="letters", sort=["letter"], page_size=3
    ).first_page()
    assert [letter_of(record) for record in first.items] == list("abc")
    assert first.has_next
    assert first.checkpoint is not None
    rest = client.records.list(
        bucket=bucket, collection="letters", sort=["letter"], checkpoint=first.checkpoint
    )
    assert [letter_of(record) for record in rest] == list("defg")


def test_filters_of_the_service_go_through(client: kinto.Kinto, bucket: str) -> None:
    fill(client, bucket, "abcdef")
    found = client.records.list(
        bucket=bucket, collection="letters", extra_query={"gt_letter": "b", "lt_letter": "e"}
    )
    assert sorted(letter_of(record) for record in found) == ["c", "d"]


def test_what_is_not_there(client: kinto.Kinto, bucket: str) -> None:
    with pytest.raises(kinto.NotFound) as caught:
        client.records.get(bucket=bucket, collection="letters", id_="nowhere")
    error = caught.value
    assert isinstance(error, kinto.KintoStatusError)
    assert (error.status_code, error.code, error.action) == (404, "110", "records.get")
    assert error.path_template == "/buckets/{bucket}/collections/{collection}/records/{id}"
    assert isinstance(error.details, dict)
    assert error.details["id"] == "nowhere"
    assert "s3cret" not in repr(error)


def test_who_comes_second_is_told_so(client: kinto.Kinto, bucket: str) -> None:
    made = client.records.create(bucket=bucket, collection="letters", data={"letter": "a"})
    place = {"bucket": bucket, "collection": "letters", "id_": made.id}
    client.records.update(**place, data={"letter": "b"}, if_match=f'"{made.last_modified}"')
    with pytest.raises(kinto.Stale) as caught:
        client.records.update(**place, data={"letter": "c"}, if_match=f'"{made.last_modified}"')
    assert caught.value.status_code == 412
    assert letter_of(client.records.get(**place)) == "b"


def test_a_body_that_the_service_refuses(client: kinto.Kinto, bucket: str) -> None:
    with pytest.raises(kinto.BadRequest) as caught:
        client.records.list(
            bucket=bucket, collection="letters", extra_query={"_limit": "many"}
        ).first_page()
    assert caught.value.code == "107"
    assert caught.value.message
    assert "_limit" in caught.value.message


def test_names_cannot_climb(client: kinto.Kinto) -> None:
    for name in ("..", ".", ""):
        with pytest.raises(kinto.InvalidRequest):
            client.records.get(bucket="b", collection=name, id_="x")
    # Its slashes arrive encoded, so that it stays one name: one that Kinto does not take.
    with pytest.raises((kinto.NotFound, kinto.BadRequest)):
        client.buckets.create(bucket="../../__admin__")


def test_a_fault_on_the_way_is_tried_again(
    client: kinto.Kinto, bucket: str, proxied: Callable[[Meddling], Proxy]
) -> None:
    fill(client, bucket, "abcdefgh")
    answers: list[bytes | Ending] = [Ending.RESET, response(503, BUSY), Ending.CLOSE]

    def meddle(request: Request) -> bytes | Ending | None:
        return answers.pop() if "_token=" in request.query and answers else None

    proxy = proxied(meddle)
    with through(proxy) as careful:
        records = careful.records.list(bucket=bucket, collection="letters", sort=["letter"])
        assert "".join(letter_of(record) for record in records) == "abcdefgh"
    assert len(proxy.requests) == 5


def test_a_fault_that_stays_is_told(bucket: str, proxied: Callable[[Meddling], Proxy]) -> None:
    proxy = proxied(lambda request: response(503, BUSY))
    with through(proxy) as client, pytest.raises(kinto.ServiceUnavailable) as caught:
        client.info()
    assert (caught.value.attempts, len(proxy.requests)) == (4, 4)
    assert (caught.value.code, caught.value.is_retry_safe) == ("201", True)
    assert caught.value.message == "Try again."


def test_what_may_have_happened_is_not_done_twice(
    client: kinto.Kinto, bucket: str, proxied: Callable[[Meddling], Proxy]
) -> None:
    proxy = proxied(lambda request: Ending.RESET if request.method == "POST" else None)
    with through(proxy) as careful, pytest.raises(kinto.ConnectionFailed) as caught:
        careful.records.create(bucket=bucket, collection="letters", data={"letter": "a"})
    assert caught.value.is_retry_safe is False
    assert [call.method for call in proxy.requests] == ["POST"]
    assert client.records.count(bucket=bucket, collection="letters") == 0


def test_more_calls_than_the_limit_allows_at_once_all_get_through(
    kinto_url: str, client: kinto.Kinto, bucket: str
) -> None:
    async def main() -> None:
        async with kinto.AsyncKinto(server=kinto_url, username="ada", password="s3cret") as eager:
            await asyncio.gather(
                *(
                    eager.records.create(bucket=bucket, collection="letters", data={"letter": "a"})
                    for _ in range(30)
                )
            )

    asyncio.run(main())
    assert client.records.count(bucket=bucket, collection="letters") == 30


def test_threads_share_a_client(client: kinto.Kinto, bucket: str) -> None:
    failures: list[Exception] = []

    def work(letter: str) -> None:
        try:
            fill(client, bucket, letter * 3)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(letter,)) for letter in "abcdef"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not failures
    records = client.records.list(bucket=bucket, collection="letters", page_size=100)
    assert sorted(map(letter_of, records)) == sorted("abcdef" * 3)


def test_the_connection_is_tested(client: kinto.Kinto) -> None:
    outcome = client.test_connection()
    assert (outcome.ok, outcome.error) == (True, None)
    refused = kinto.Kinto(server="http://127.0.0.1:9/v1", username="a", password="s3cret")
    with refused:
        outcome = refused.with_options(max_attempts=1).test_connection()
    assert not outcome.ok
    assert isinstance(outcome.error, kinto.ConnectionFailed)
    assert "s3cret" not in repr(outcome)


def test_copies_have_options_of_their_own(client: kinto.Kinto, bucket: str) -> None:
    hasty = client.with_options(max_attempts=1, timeout=5.0, name="hasty")
    fill(hasty, bucket, "a")
    assert client.records.count(bucket=bucket, collection="letters") == 1
    assert "hasty" in repr(hasty)
    assert "hasty" not in repr(client)
    tagged = client.with_options(headers={"If-None-Match": "*"})
    with pytest.raises(kinto.Stale):
        tagged.records.list(bucket=bucket, collection="letters").first_page()


def test_the_whole_answer(client: kinto.Kinto, bucket: str) -> None:
    fill(client, bucket, "abcdefg")
    answer = client.records.with_raw_response.list(bucket=bucket, collection="letters")
    assert answer.status_code == 200
    assert "_token=" in answer.headers["Next-Page"]
    assert len(answer.json()["data"]) == len(answer.parse()) == 5
    info = client.with_raw_response.info()
    assert info.parse().project_name == "kinto"


def test_the_same_without_blocking(kinto_url: str, bucket: str) -> None:
    async def main() -> None:
        async with kinto.AsyncKinto(
            server=kinto_url, username="ada", password="s3cret", rate_limits=False
        ) as client:
            await asyncio.gather(
                *(
                    client.records.create(
                        bucket=bucket, collection="letters", data={"letter": letter}
                    )
                    for letter in "gfedcba"
                )
            )
            records = client.records.list(bucket=bucket, collection="letters", sort=["letter"])
            assert [letter_of(record) async for record in records] == list("abcdefg")
            first = await records.first_page()
            assert len(first.items) == 5
            assert first.checkpoint is not None
            rest = client.records.list(
                bucket=bucket, collection="letters", sort=["letter"], checkpoint=first.checkpoint
            )
            assert [letter_of(record) async for record in rest] == ["f", "g"]
            assert [len(page.items) async for page in records.pages(max_pages=1)] == [5]
            with pytest.raises(kinto.NotFound):
                await client.records.get(bucket=bucket, collection="letters", id_="nowhere")
            assert await client.records.count(bucket=bucket, collection="letters") == 7
            assert (await client.test_connection()).ok
            answer = await client.records.with_raw_response.list(
                bucket=bucket, collection="letters"
            )
            assert len(answer.parse()) == 5

    asyncio.run(main())
