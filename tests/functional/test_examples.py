"""Examples of a spec: they feed the mock and the README, and are held to the declared types."""

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ferrule.diagnostics import Report
from ferrule.forms.source import SourceFile
from ferrule.pipeline import check_spec, compile_spec
from tests.functional.packages import HEAD


class TestExamples:
    SPEC = """
    errors: {code: $.error.code, message: $.error.message}
    actions:
      tickets.get:
        get: /tickets/{ticket_id:integer}
        returns: Ticket at $.ticket
        examples:
          an_open_ticket:
            request: {ticket_id: 7}
            response: {ticket: {id: 7, subject: "It's | broken", owner: null, tags: []}}
          a_ticket_that_is_gone:
            request: {ticket_id: 8}
            status: 404
            headers: {X-Request-Id: r1}
            response: {error: {code: gone, message: No such ticket.}}
      tickets.list:
        get: /tickets
        query: {status?: string}
        returns: list(Ticket) at $.tickets
        examples:
          two:
            request: {status: open}
            response: {tickets: [{id: 1, subject: a}, {id: 2, subject: b}]}
      tickets.delete: {delete: "/tickets/{ticket_id}"}
    models:
      Ticket: {id: integer, subject: string, owner?: string | null, tags?: list(string)}
    """

    def test_the_mock_answers_them(self, package: ModuleType) -> None:
        with package.testing.mock() as service:
            service.tickets.get.example()
            service.tickets.list.example("two")
            client = service.client()
            assert client.tickets.get(ticket_id=7).subject == "It's | broken"
            assert [ticket.id for ticket in client.tickets.list()] == [1, 2]
            service.tickets.get.example("a_ticket_that_is_gone")
            with pytest.raises(package.NotFound, match=r"No such ticket\.") as caught:
                client.tickets.get(ticket_id=8)
            assert (caught.value.code, caught.value.request_id) == ("gone", "r1")
            with pytest.raises(ValueError, match="it has an_open_ticket, a_ticket_that_is_gone"):
                service.tickets.get.example("unheard of")
            with pytest.raises(TypeError, match="has no examples"):
                service.tickets.delete.example()

    def test_readers_see_them(self, package: ModuleType) -> None:
        readme = Path(str(package.__file__)).parents[1] / "README.md"
        text = readme.read_text(encoding="utf-8")
        assert "tickets.get: an open ticket" in text
        assert "client.tickets.get(ticket_id=7)" in text
        assert '# 404 {"error": {"code": "gone"' in text


@pytest.mark.parametrize(
    ("example", "told"),
    [
        ("{response: {ticket: {id: x}}}", "expected a number, met text"),
        ("{response: {ticket: {}}}", "needs `id`"),
        ("{response: {tiket: {}}}", "taken from `ticket`"),
        ("{response: {ticket: [1]}}", "expected an object, met a list"),
        ("{response: {ticket: {id: 1, tags: [1]}}}", "expected text, met a number"),
        ("{request: {number: 1}, response: {ticket: {id: 1}}}", "`number` is no parameter"),
        ("{request: {number: 1}, response: {ticket: {id: 1}}}", "the action needs `ticket_id`"),
    ],
)
def test_an_example_that_cannot_be(example: str, told: str) -> None:
    request = "" if "request:" in example else "request: {ticket_id: 1}, "
    text = HEAD + f"""\
actions:
  tickets.get:
    get: /tickets/{{ticket_id}}
    returns: Ticket at $.ticket
    examples: {{one: {{{request}{example[1:-1]}}}}}
models:
  Ticket: {{id: integer, tags?: list(string)}}
"""
    report = Report()
    assert compile_spec(SourceFile("spec.yaml", text), report) is None
    messages: list[Any] = [each.message for each in report.errors]
    assert any(told in message for message in messages), messages


@pytest.mark.parametrize(
    ("declared", "shown"),
    [
        ("{at?: date, by: string}", "of={'by': 'by'}"),
        ("{size?: integer, by?: string}", "of={'size': 1}"),
    ],
)
def test_an_object_in_a_path_is_never_shown_empty(declared: str, shown: str) -> None:
    action = "things.get: {get: '/things/{of}', path: {of: DECLARED}, returns: any}"
    text = f"{HEAD}actions:\n  {action.replace('DECLARED', declared)}\n"
    report = Report()
    checked = check_spec(SourceFile("spec.yaml", text), report)
    assert checked is not None, [each.message for each in report]
    assert shown in str(checked.package.readme.actions[0].example).replace('"', "'")
