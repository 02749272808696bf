"""What a change of a spec means for callers, with its place, and which version follows."""

import itertools

import pytest

from ferrule.comparing import Change, compared
from ferrule.comparing.changes import Grade, grade_of, next_version, version_of, version_text
from ferrule.diagnostics import Report, render_text
from ferrule.forms.source import SourceFile
from ferrule.pipeline import CheckedSpec, check_spec
from tests.comparing.specs import CHANGES, SPEC


def checked(text: str, path: str = "acme.yaml") -> CheckedSpec:
    report = Report()
    found = check_spec(SourceFile(path, text), report)
    assert found is not None, render_text(report)
    return found


def changes(old: str, new: str) -> list[Change]:
    return compared(checked(old, "old.yaml"), checked(new, "new.yaml"))


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_has_its_grade_and_is_told(what: str) -> None:
    before, after, grade, told = CHANGES[what]
    assert SPEC.count(before) == 1
    found = changes(SPEC, SPEC.replace(before, after))
    assert told in {f"{each.where}: {each.message}" for each in found}
    assert grade_of(found) is Grade[grade]
    for each in found:
        assert bool(each.advice) == (each.grade is Grade.breaking), each


def test_nothing_changed() -> None:
    assert changes(SPEC, SPEC) == []
    assert changes(SPEC, SPEC.replace("1.4.2", "2.0.0")) == []
    assert changes(SPEC, f"# only a comment\n{SPEC}") == []


@pytest.mark.parametrize(
    ("what", "path", "line"),
    [
        ("an argument goes", "old.yaml", "      tags?: list(string)"),
        ("an argument comes", "new.yaml", "      size?: integer"),
        ("a field goes", "old.yaml", "    note: string | null"),
        ("a field may be null", "new.yaml", "    name: string | null"),
        ("an action is renamed", "old.yaml", "  things.get: {get: "),
        ("a setting goes", "old.yaml", "  api_keys?: {"),
        ("a default changes", "new.yaml", "  region: string = us"),
        ("a field of a body goes", "old.yaml", "  things.create:"),
        ("an open enum grows", "new.yaml", "  Kind: enum("),
    ],
)
def test_a_change_has_its_place(what: str, path: str, line: str) -> None:
    before, after, _, told = CHANGES[what]
    found = changes(SPEC, SPEC.replace(before, after))
    (change,) = [each for each in found if f"{each.where}: {each.message}" == told]
    assert change.source is not None
    assert change.position is not None
    assert change.source.path == path
    assert change.source.line(change.position[0]).startswith(line)


@pytest.mark.parametrize(
    ("version", "grade", "following"),
    [
        ("1.4.2", "breaking", "2.0.0"),
        ("1.4.2", "additive", "1.5.0"),
        ("1.4.2", "internal", "1.4.3"),
        ("0.4.2", "breaking", "0.5.0"),
        ("0.4.2", "additive", "0.4.3"),
        ("0.4.2", "internal", "0.4.3"),
    ],
)
def test_the_version_that_follows(version: str, grade: str, following: str) -> None:
    assert version_text(next_version(version_of(version), Grade[grade])) == following
    assert next_version(version_of(version), None) == version_of(version)


@pytest.mark.parametrize(
    "names", list(itertools.combinations(sorted(CHANGES)[:6], 3)), ids=" + ".join
)
def test_changes_add_up(names: tuple[str, ...]) -> None:
    """The grade of several changes is the gravest of theirs."""
    text = SPEC
    grades = []
    for name in names:
        before, after, grade, _ = CHANGES[name]
        if text.count(before) == 1:
            text = text.replace(before, after)
            grades.append(Grade[grade].value)
    found = grade_of(changes(SPEC, text))
    assert found is not None
    assert found.value >= max(grades)


TRIGGERS = f"""{SPEC}triggers:
  things.new: {{poll: {{action: things.list, cursor: id, id: id}}}}
  events:
    webhook:
      sign: hmac_sha256
      key: ${{api_key}}
      in: header.X-Signature
      type: $.type
      events: {{made: Thing}}
"""


@pytest.mark.parametrize(
    ("before", "after", "grade", "told"),
    [
        ("things.new:", "things.fresh:", "breaking", "triggers.things_new: the trigger is gone"),
        ("made: Thing", "made: Part", "breaking", "its arguments or its result changed"),
        ("X-Signature", "X-Other", "internal", "how a webhook is proven or read changed"),
    ],
)
def test_triggers_have_callers_too(before: str, after: str, grade: str, told: str) -> None:
    old = TRIGGERS.replace("models:\n", "models:\n  Part: {id: integer, of?: Thing}\n", 1)
    found = changes(old, old.replace(before, after))
    assert any(told in f"{each.where}: {each.message}" for each in found)
    assert grade_of(found) is Grade[grade]
    assert grade_of(changes(SPEC, TRIGGERS)) is Grade.additive
