"""Actions that make several requests: steps with names between them, and jobs."""

from types import ModuleType
from typing import Any

import pytest

from tests.functional.packages import Face
from tests.services.scripted import ScriptedService, reply


class TestSteps:
    SPEC = """
    settings: {tenant: string = main, key: secret}
    auth: {token: "${key}"}
    idempotency_key: header.Idempotency-Key
    actions:
      files.upload:
        input:
          name: {.type: string, .doc: What the file is called.}
          content: file
          folder?: string
        steps:
          - post: /uploads
            body: {name: "${name}", folder: "${folder}"}
            let: {upload_url: $.upload.url, id: $.id, part: header.X-Part}
          - put: ${upload_url}
            auth: none
            send: bytes
            headers: {X-Part: "${part | upper}"}
            body: ${content}
          - post: /${tenant}/uploads/${id}/complete
            query: {name: "${name}"}
        returns: File at $.file
      files.fetch:
        input: {id: integer}
        steps:
          - get: /files/${id}/link
            let: {url: $.url}
          - get: ${url}
        returns: text
      files.download:
        input: {id: integer}
        steps:
          - get: /files/${id}/link
            let: {path: $.path}
          - get: /content/${path}
        returns: bytes
    models:
      File: {id: integer, name: string}
    """

    def upload(self, face: Face, service: ScriptedService, url: str, **more: Any) -> Any:
        told = {"upload": {"url": url}, "id": "a/b"}
        service.on("POST", "/uploads", reply(json=told, headers={"X-Part": "p1"}))
        service.on("PUT", "/put/here", reply(204))
        service.on(
            "POST", "/main/uploads/a%2Fb/complete", reply(json={"file": {"id": 1, "name": "x"}})
        )
        return face(
            lambda c: c.files.upload(name="x y", content=b"12345", **more), key="the-key-of-mine"
        )

    def test_each_request_knows_what_the_ones_before_it_said(
        self, face: Face, service: ScriptedService
    ) -> None:
        file = self.upload(face, service, f"{service.url}/put/here")
        assert (file.id, file.name) == (1, "x")
        first, second, third = service.requests
        assert first.json() == {"name": "x y"}
        assert second.body == b"12345"
        assert second.header("x-part") == "P1"
        assert second.header("content-type") == "application/octet-stream"
        assert third.query == "name=x%20y"
        assert third.path == "/main/uploads/a%2Fb/complete"

    def test_the_credential_goes_where_it_belongs(
        self, face: Face, service: ScriptedService
    ) -> None:
        self.upload(face, service, f"{service.url}/put/here", folder="f")
        first, second, third = service.requests
        assert first.header("authorization") == "Bearer the-key-of-mine"
        assert second.header("authorization") is None
        assert third.header("authorization") == "Bearer the-key-of-mine"
        assert first.json() == {"name": "x y", "folder": "f"}
        keys = [first.header("idempotency-key"), third.header("idempotency-key")]
        assert None not in keys
        assert len(set(keys)) == 2

    def test_a_url_of_another_origin_is_asked_only_without_credentials(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        service.on("GET", "/files/7/link", reply(json={"url": "https://evil.example/x"}))
        with pytest.raises(package.RefusedUrl) as caught:
            face(lambda c: c.files.fetch(id_=7), key="k" * 9)
        assert caught.value.action == "files.fetch"
        # What is said can be done: this client takes no list of origins.
        assert "evil.example is none of the service's own origins" in str(caught.value)
        assert "origins=" not in str(caught.value)
        assert len(service.requests) == 1

    def test_an_answer_that_lacks_what_is_needed_is_an_error(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        service.on("GET", "/files/7/link", reply(json={"link": "x"}))
        with pytest.raises(package.InvalidResponse, match=r"no url at \$\.url"):
            face(lambda c: c.files.fetch(id_=7), key="k" * 9)

    def test_an_error_of_a_step_is_an_error_of_the_action(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        service.on("GET", "/files/7/link", reply(404, json={}))
        with pytest.raises(package.NotFound) as caught:
            face(lambda c: c.files.fetch(id_=7), key="k" * 9)
        assert caught.value.action == "files.fetch"
        assert caught.value.path_template == "/files/${input.id}/link"

    def test_the_last_answer_may_be_streamed(self, face: Face, service: ScriptedService) -> None:
        service.on("GET", "/files/7/link", reply(json={"path": ".."}), reply(json={"path": "a"}))
        service.on("GET", "/content/a", reply(content=b"abc"))
        with pytest.raises(ValueError, match="another resource"):
            face(lambda c: c.files.download(id_=7), key="k" * 9)
        assert face(lambda c: c.files.download(id_=7), key="k" * 9) == b"abc"

    def test_a_mocked_service_answers_the_last_request(self, package: ModuleType) -> None:
        with package.testing.mock() as service:
            service.files.upload.returns(id=3, name="n")
            assert service.client().files.upload(name="n", content=b"").id == 3
            assert len(service.calls) == 1


class TestJobs:
    SPEC = """
    errors: {code: $.error.code, message: $.error.message}
    actions:
      reports.run:
        summary: Run a report
        input: {query: string, size?: integer}
        job:
          start:
            post: /jobs
            body: {query: "${query}", size: "${size}"}
            let: {job_id: $.id}
          poll: {get: "/jobs/${job_id}", every: 10ms}
          done: $.state == "done"
          failed: $.state in ("failed" | "stopped")
          progress: $.percent
          message: $.reason
          result: {get: "/jobs/${job_id}/rows", query: {q: "${query}"}}
          cancel: /jobs/${job_id}
          timeout: 5s
        returns: list(Row) at $.rows
      reports.plain:
        job:
          start: {post: /plain, let: {url: header.Location}}
          poll: {get: "${url}", every: header.Wait as milliseconds else 10ms}
          done: status == 200 and $.ready
        returns: Row at $.row
    models:
      Row: {id: integer}
    """

    def script(self, service: ScriptedService, *states: dict[str, Any]) -> None:
        service.on("POST", "/jobs", reply(202, json={"id": "j 1"}))
        service.on("GET", "/jobs/j%201", *(reply(json=state) for state in states))
        service.on("GET", "/jobs/j%201/rows", reply(json={"rows": [{"id": 1}, {"id": 2}]}))

    def test_a_result_is_waited_for(self, face: Face, service: ScriptedService) -> None:
        self.script(service, {"state": "new"}, {"state": "runs"}, {"state": "done"})

        if face.is_async:

            async def use(client: Any) -> Any:
                job = await client.reports.run(query="q")
                assert not job.is_done
                return await job.result()

            rows = face(use)
        else:
            rows = face(lambda c: c.reports.run(query="q").result())
        assert [row.id for row in rows] == [1, 2]
        methods = [(call.method, call.path) for call in service.requests]
        assert methods == [
            ("POST", "/jobs"),
            *[("GET", "/jobs/j%201")] * 3,
            ("GET", "/jobs/j%201/rows"),
        ]
        assert service.requests[0].json() == {"query": "q"}
        assert service.requests[-1].query == "q=q"

    def test_progress_is_told_when_it_changes(self, face: Face, service: ScriptedService) -> None:
        self.script(
            service,
            {"state": "runs", "percent": 10},
            {"state": "runs", "percent": 10},
            {"state": "runs", "percent": 60},
            {"state": "done"},
        )
        seen: list[Any] = []
        if face.is_async:

            async def follow(client: Any) -> Any:
                job = await client.reports.run(query="q")
                seen.extend([progress async for progress in job.updates()])
                return await job.result()

            rows = face(follow)
        else:

            def use(client: Any) -> Any:
                job = client.reports.run(query="q")
                seen.extend(job.updates())
                return job.result()

            rows = face(use)
        assert seen == [10, 60, 60]
        assert len(rows) == 2

    def test_a_failure_is_typed(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        self.script(service, {"state": "failed", "reason": "no rows", "error": {"code": "E7"}})
        with pytest.raises(package.JobFailed, match="the job failed: no rows") as caught:
            face(_result)
        error = caught.value
        assert (error.code, error.message, error.action) == ("E7", "no rows", "reports.run")
        assert isinstance(error, package.AcmeError)
        assert len(service.requests) == 2

    def test_waiting_ends_and_the_job_goes_on(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        self.script(service, {"state": "runs"})
        kept: list[str] = []

        def patience(client: Any) -> Any:
            if face.is_async:
                return _short_async(client, kept)
            job = client.reports.run(query="q")
            kept.append(job.checkpoint)
            return job.result(timeout=0.05)

        with pytest.raises(package.Timeout, match="not done within"):
            face(patience)
        self.script(service, {"state": "done"})
        begun = len(service.calls("POST", "/jobs"))
        assert len(face(lambda c: _result(c, checkpoint=kept[0]))) == 2
        assert len(service.calls("POST", "/jobs")) == begun
        with pytest.raises(ValueError, match="belongs to another action"):
            face(lambda c: c.reports.plain(checkpoint=kept[0]))

    def test_a_job_is_cancelled(self, face: Face, service: ScriptedService) -> None:
        self.script(service, {"state": "runs"})
        service.on("DELETE", "/jobs/j%201", reply(204))

        def use(client: Any) -> Any:
            return (
                _cancel_async(client) if face.is_async else client.reports.run(query="q").cancel()
            )

        face(use)
        assert [call.method for call in service.requests] == ["POST", "DELETE"]

    def test_the_last_poll_may_be_the_result(self, face: Face, service: ScriptedService) -> None:
        service.on("POST", "/plain", reply(202, headers={"Location": "/plain/1"}))
        service.on(
            "GET",
            "/plain/1",
            reply(202, json={}, headers={"Wait": "5"}),
            reply(json={"ready": True, "row": {"id": 9}}),
        )
        assert face(lambda c: _result(c, "plain")).id == 9

    def test_a_mocked_service_is_done_at_once(self, package: ModuleType) -> None:
        with package.testing.mock() as service:
            service.reports.run.returns([{"id": 5}])
            assert [row.id for row in service.client().reports.run(query="q").result()] == [5]


def _result(client: Any, action: str = "run", **options: Any) -> Any:
    begin = getattr(client.reports, action)
    options = {"query": "q", **options} if action == "run" else options
    job = begin(**options)
    return _awaited(job) if hasattr(job, "__await__") else job.result()


async def _awaited(job: Any) -> Any:
    return await (await job).result()


async def _short_async(client: Any, kept: list[str]) -> Any:
    job = await client.reports.run(query="q")
    kept.append(job.checkpoint)
    return await job.result(timeout=0.05)


async def _cancel_async(client: Any) -> None:
    job = await client.reports.run(query="q")
    await job.cancel()
