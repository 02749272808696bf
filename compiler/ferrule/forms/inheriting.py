"""What an action says over its connector: maps merge key by key, another paging begins anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from ferrule.forms.fields import Form
from ferrule.forms.spec import ConnectorSpec, Paging

FormType = TypeVar("FormType", bound=Form)

DEFAULT = "default"
"""The name of what holds where nothing is named."""

PAGING_STYLES = ("cursor", "next_url", "link_header", "page", "offset")
"""The main keys of a paging: each is a style of its own, as `into` with several targets is."""

_OF_STYLE = (*PAGING_STYLES, "into", "start", "more")


def merged(below: FormType | None, above: FormType | None) -> FormType | None:
    """Both maps as one: what `above` says counts, the rest is from `below`."""
    if below is None or above is None:
        return above if below is None else below
    return below.saying(**said_by(above))


def said_by(form: Form) -> dict[str, Any]:
    """What a form says, without what it leaves to defaults."""
    return {name: getattr(form, name) for name in form.said}


def default_paging(spec: ConnectorSpec) -> Paging | None:
    """The paging that lists have where they say nothing."""
    if isinstance(spec.paging, Paging):
        return spec.paging
    return None if spec.paging == "none" else spec.pagings.get(DEFAULT)


def merged_paging(inherited: Paging | None, own: Paging) -> Paging:
    """A partial paging over the one that it changes; its page size is a map that merges, too."""
    if inherited is None:
        return own
    both = {**kept_of_paging(said_by(inherited), said_by(own)), **said_by(own)}
    size = merged(inherited.size, own.size)
    return Paging().saying(**both if size is None else {**both, "size": size})


def kept_of_paging(inherited: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """What a paging keeps of the one that it changes: of another style nothing of the style."""
    if _styles_in(own) <= _styles_in(inherited):
        return dict(inherited)
    return {name: value for name, value in inherited.items() if name not in _OF_STYLE}


def _styles_in(said: Mapping[str, Any]) -> set[str]:
    styles = {style for style in PAGING_STYLES if said.get(style) is not None}
    return styles | {"into"} if isinstance(said.get("into"), Mapping) else styles
