"""Errors that say more than a class: typed bodies and details, failed items, walks begun again."""

import pickle
from types import ModuleType
from typing import Any, ClassVar

import pytest

from tests.functional.packages import Face
from tests.services.scripted import Reply, ScriptedService, reply

SECRET = "s3cr3t-t0ken"


class TestTypedErrors:
    SPEC = """
    settings: {key: secret}
    auth: {token: "${key}"}
    errors:
      details: $.errors as list(FieldError)
      statuses:
        Invalid: {statuses: [422], body: Problem}
        Unprocessable: {statuses: [400], body: list(FieldError)}
        retry: {statuses: [503], body: Problem}
    retry: {attempts: 1}
    actions:
      things.get: {get: /thing, returns: none}
      things.xml:
        get: /xml
        errors: {statuses: {Odd: {statuses: [422], body: Envelope}}}
        returns: none
    models:
      FieldError: {field: string, at?: datetime}
      Problem: {title: string, errors?: list(FieldError)}
      Envelope: {Error: {Code: string, Line: list(integer)}}
    """

    def failed(self, face: Face, service: ScriptedService, answer: Reply) -> Any:
        service.on("GET", "/thing", answer)
        with pytest.raises(face.package.AcmeError) as caught:
            face(lambda c: c.things.get(), key=SECRET)
        return caught.value

    def test_a_body_is_a_model(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        body = {"title": f"no {SECRET}", "errors": [{"field": "a", "at": "2024-01-02T00:00:00Z"}]}
        error = self.failed(face, service, reply(422, json=body))
        assert isinstance(error, package.Invalid)
        assert isinstance(error.body, package.Problem)
        assert error.body.errors[0].at.year == 2024
        assert isinstance(error.details[0], package.FieldError)
        assert SECRET not in repr(error.body)
        again = pickle.loads(pickle.dumps(error))
        assert again.body == error.body

    def test_a_built_in_class_and_an_outcome_have_bodies_too(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        error = self.failed(face, service, reply(400, json=[{"field": "a"}]))
        assert isinstance(error, package.Unprocessable)
        assert error.body == [package.FieldError(field="a")]
        assert self.failed(face, service, reply(503, json={"title": "t"})).body.title == "t"

    @pytest.mark.parametrize(
        "answer", [reply(422, text="<html>"), reply(422), reply(422, json={"errors": "x"})]
    )
    def test_another_body_is_none(
        self, face: Face, service: ScriptedService, package: ModuleType, answer: Reply
    ) -> None:
        error = self.failed(face, service, answer)
        assert isinstance(error, package.Invalid)
        assert (error.body, error.details) == (None, None)

    def test_of_an_action_and_in_xml(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        text = "<Error><Code>c</Code><Line>1</Line><Line>2</Line></Error>"
        service.on("GET", "/xml", reply(422, text=text, content_type="application/xml"))
        with pytest.raises(package.Odd) as caught:
            face(lambda c: c.things.xml(), key=SECRET)
        assert (caught.value.body.error.code, caught.value.body.error.line) == ("c", [1, 2])

    def test_nothing_is_imported_before_the_first_error(self, package: ModuleType) -> None:
        import sys

        names = [name for name in sys.modules if name.startswith("acme_connector.models")]
        for name in names:
            del sys.modules[name]
        assert package.Invalid is not None
        assert not [name for name in sys.modules if name.startswith("acme_connector.models")]


class TestPartialFailures:
    SPEC = """
    paging: {page: query.page}
    actions:
      records.write:
        post: /records
        body: {records: list(any)}
        errors:
          partial:
            failed: $.success == false
            code: $.errors[0].statusCode
            message: $.errors[*].message
        returns: list(Result) at $.results
      records.bulk:
        post: /bulk
        body: map(any)
        errors: {partial: {items: $.items, failed: $.status >= 400, code: $.status}}
        returns: Bulk
      records.list:
        get: /records
        errors: {partial: {failed: $.success == false}}
        returns: list(Result) at $.results
    models:
      Result: {id: string, success: boolean}
      Bulk: {took: integer}
    """
    GOOD: ClassVar = {"id": "1", "success": True}
    BAD: ClassVar = {
        "id": "2",
        "success": False,
        "errors": [{"statusCode": "LOCKED", "message": "row"}],
    }

    def test_items_that_failed_are_told(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        service.on("POST", "/records", reply(json={"results": [self.GOOD, self.BAD]}))
        with pytest.raises(package.PartialFailure, match="1 of 2 items have failed: LOCKED") as met:
            face(lambda c: c.records.write(records=[1, 2]))
        error = met.value
        assert isinstance(error, package.AcmeError)
        (failed,) = error.failed
        assert (failed.index, failed.code, failed.message) == (1, "LOCKED", "row")
        assert failed.item == self.BAD
        assert [each.id for each in error.result] == ["1", "2"]
        assert (error.is_retry_safe, error.status_code) == (False, 200)
        assert pickle.loads(pickle.dumps(error)).failed[0].code == "LOCKED"

    def test_where_none_has_the_result_is_given(self, face: Face, service: ScriptedService) -> None:
        service.on("POST", "/records", reply(json={"results": [self.GOOD]}), reply(json={}))
        assert [each.id for each in face(lambda c: c.records.write(records=[1]))] == ["1"]
        assert face(lambda c: c.records.write(records=[])) == []

    def test_a_list_beside_the_result(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        body = {"took": 3, "items": [{"status": 201}, {"status": 409}, {"status": 500}]}
        service.on("POST", "/bulk", reply(207, json=body), reply(json={"took": 1, "items": []}))
        with pytest.raises(package.PartialFailure) as met:
            face(lambda c: c.records.bulk(body={}))
        assert [(each.index, each.code) for each in met.value.failed] == [(1, "409"), (2, "500")]
        assert met.value.result.took == 3
        assert face(lambda c: c.records.bulk(body={})).took == 1

    def test_in_pages(self, face: Face, service: ScriptedService, package: ModuleType) -> None:
        bad = {"results": [self.BAD]}
        service.on("GET", "/records", reply(json={"results": [self.GOOD]}), reply(json=bad))
        with pytest.raises(package.PartialFailure):
            face(lambda c: c.records.list())


class TestRestarts:
    SPEC = """
    paging: {cursor: $.next, into: query.cursor}
    errors:
      code: $.code
      codes: {restart: [cursor_expired]}
    actions:
      things.list: {get: /things, returns: list(integer) at $.items}
      things.get: {get: /thing, returns: any}
    """
    EXPIRED = reply(400, json={"code": "cursor_expired"})

    @staticmethod
    def page(*items: int, after: str | None = None) -> Reply:
        return reply(json={"items": list(items), "next": after})

    def test_the_walk_begins_again_once(self, face: Face, service: ScriptedService) -> None:
        pages = [self.page(1, after="a"), self.EXPIRED, self.page(1, after="b"), self.page(2)]
        service.on("GET", "/things", *pages)
        assert face(lambda c: c.things.list()) == [1, 1, 2]
        assert [call.query for call in service.requests] == ["", "cursor=a", "", "cursor=b"]

    def test_a_checkpoint_that_ran_out_begins_at_the_first_page(
        self, package: ModuleType, service: ScriptedService
    ) -> None:
        service.on("GET", "/things", self.page(1, after="a"), self.EXPIRED, self.page(1))
        with package.Acme(base_url=service.url) as client:
            first = client.things.list().first_page()
            assert first.checkpoint is not None
            later = client.things.list(checkpoint=first.checkpoint)
            assert later.first_page().items == [1]
        assert [call.query for call in service.requests] == ["", "cursor=a", ""]

    def test_a_second_time_it_is_an_error_and_without_pages_too(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        service.on("GET", "/things", self.page(1, after="a"), self.EXPIRED)
        with pytest.raises(package.BadRequest):
            face(lambda c: c.things.list())
        assert len(service.requests) == 3
        service.on("GET", "/thing", self.EXPIRED)
        with pytest.raises(package.BadRequest):
            face(lambda c: c.things.get())
