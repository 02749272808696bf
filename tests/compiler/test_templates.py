"""The templates stay simple: ready values in ready places, and nothing is worked out in them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from ferrule.template_files import templates_folder

FOLDER = templates_folder()
# Pages for people are documents with layouts and macros of their own; code comes of the others.
TEMPLATES = sorted(
    path.relative_to(FOLDER).as_posix()
    for path in FOLDER.rglob("*.jinja")
    if path.relative_to(FOLDER).parts[0] != "docs"
)

ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.For,
    nodes.If,
    nodes.Include,
    nodes.Const,
    nodes.Test,
    nodes.Not,
)


def all_nodes(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from all_nodes(child)


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 10


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_loops_tests_includes_and_prints(template: str) -> None:
    source = Path(FOLDER, template).read_text(encoding="utf-8")
    tree = Environment(trim_blocks=True, lstrip_blocks=True).parse(source)
    for node in all_nodes(tree):
        place = f"{template}:{node.lineno}"
        assert isinstance(node, ALLOWED), f"{place} has a {type(node).__name__}"
        if isinstance(node, nodes.For):
            assert isinstance(node.iter, nodes.Name | nodes.Getattr), f"{place} loops over more"
            assert node.test is None, place
            assert not node.else_, place
            assert not node.recursive, place
        if isinstance(node, nodes.Test):
            assert node.name == "none", f"{place} tests more than `is none`"
            assert not node.args, place
        if isinstance(node, nodes.Include):
            assert isinstance(node.template, nodes.Const), f"{place} includes what it computes"
            assert Path(FOLDER, node.template.value).is_file(), place
        if isinstance(node, nodes.Output):
            for printed in node.nodes:
                assert isinstance(printed, nodes.TemplateData | nodes.Name | nodes.Getattr), place


def test_nothing_stands_between_quotes_of_a_template() -> None:
    """A value inside quotes of the template could end them: quotes come with the value."""
    for template in TEMPLATES:
        for line in Path(FOLDER, template).read_text(encoding="utf-8").splitlines():
            before, _, _ = line.partition("{{")
            if "{{" in line:
                assert before.count('"') % 2 == 0, f"{template}: {line}"
                assert before.count("'") % 2 == 0, f"{template}: {line}"
