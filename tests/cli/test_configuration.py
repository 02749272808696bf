"""`[tool.ferrule]` in pyproject.toml: defaults of the verbs, from any folder below it."""

import pytest

from tests.cli.calling import Ferrule
from tests.cli.specs import ACME

UNTIDY = ACME.replace("connector: acme", "connector:   acme")


def configure(ferrule: Ferrule, *lines: str) -> None:
    ferrule.write("pyproject.toml", "\n".join(["[tool.ferrule]", *lines, ""]))


def test_it_says_what_is_not_said(ferrule: Ferrule, monkeypatch: pytest.MonkeyPatch) -> None:
    ferrule.write("specs/acme.yaml", UNTIDY)
    configure(ferrule, 'specs = ["specs"]', 'output = "made"')
    (ferrule.folder / "deep").mkdir()
    monkeypatch.chdir(ferrule.folder / "deep")
    assert ferrule("check")[0] == 0
    assert ferrule("fmt", "--check") == (1, "../specs/acme.yaml\n", "")
    assert ferrule("compile") == (0, "", "")
    assert (ferrule.folder / "made" / "acme" / "pyproject.toml").is_file()
    assert ferrule("compile", "--check") == (0, "", "")
    # What is said wins.
    assert ferrule("compile", "../specs/acme.yaml", "-o", "here")[0] == 0
    assert (ferrule.folder / "deep" / "here" / "acme").is_dir()


def test_rules_are_chosen(ferrule: Ferrule) -> None:
    ferrule.write("acme.yaml", ACME + "\nvalues: {spare: x}\n")
    assert "[unused]" in ferrule("check", "acme.yaml", "--output-format", "concise").out
    configure(ferrule, 'ignore = ["unused"]')
    assert ferrule("check", "acme.yaml") == (0, "", "")
    configure(ferrule, 'output-format = "concise"', "strict = true")
    code, out, _ = ferrule("check", "acme.yaml")
    assert code == 1
    assert all(": warning[unused]: " in line for line in out.splitlines())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('ouput = "x"', "`[tool.ferrule]` has no key `ouput`; did you mean `output`?"),
        ("xyz = 1", "it has specs, output, templates"),
        ("output = 1", "`output` of `[tool.ferrule]` is a text"),
        ("ignore = [1]", "`ignore` of `[tool.ferrule]` is a list of texts"),
        ('strict = "yes"', "`strict` of `[tool.ferrule]` is true or false"),
        ("output = ", "pyproject.toml cannot be read: "),
        ('ignore = ["unusd"]', "there is no rule or severity `unusd`"),
        ('output-format = "xml"', "'xml' is not one of"),
    ],
)
def test_what_is_wrong_with_it_is_wrong_usage(ferrule: Ferrule, line: str, said: str) -> None:
    ferrule.write("acme.yaml", ACME)
    configure(ferrule, line)
    code, out, err = ferrule("check", "acme.yaml")
    assert (code, out) == (2, "")
    assert said in err
    # Other verbs do not look at it.
    assert ferrule("explain", "unused")[0] == 0


def test_the_table_of_others_is_not_ours(ferrule: Ferrule) -> None:
    ferrule.write("acme.yaml", ACME)
    ferrule.write("pyproject.toml", "[tool.black]\nline-length = [")
    assert ferrule("check", "acme.yaml") == (0, "", "")


def test_a_change_of_it_is_seen_by_a_run_that_would_have_nothing_to_do(ferrule: Ferrule) -> None:
    from ferrule.cli.entry import main

    ferrule.write("acme.yaml", ACME)
    assert main(["compile", "acme.yaml"]) == 0
    assert main(["compile", "acme.yaml"]) == 0
    configure(ferrule, 'output = "elsewhere"')
    assert main(["compile", "acme.yaml"]) == 0
    assert (ferrule.folder / "elsewhere" / "acme").is_dir()
