"""Reads the head of a spec first: the version of the language, and the version of the package."""

from __future__ import annotations

import re
from typing import Any

from ferrule.diagnostics import Replacement
from ferrule.forms.fields import kind_of
from ferrule.forms.spec import LANGUAGE_VERSION
from ferrule.passes.check.context import Findings, quoted

_THREE_PARTS = re.compile(r"([0-9]{1,6})\.([0-9]{1,6})\.([0-9]{1,6})")
_PACKAGE_VERSION = re.compile(
    r"[0-9]{1,9}\.[0-9]{1,9}\.[0-9]{1,9}((a|b|rc)[0-9]{1,9})?(\.post[0-9]{1,9})?(\.dev[0-9]{1,9})?"
)
_MAJOR = LANGUAGE_VERSION[0]


def is_readable(findings: Findings, value: object) -> bool:
    """Whether the rest of a spec of this language version can be checked by this compiler.

    A spec of another major version, or of a later minor one, is told once: its keys are not judged.
    """
    if isinstance(value, bool | float) or not isinstance(value, int | str):
        _refuse(findings, value)
        return True
    if isinstance(value, int):
        if value != _MAJOR:
            _tell_other_major(findings, str(value))
        return value == _MAJOR
    parts = _THREE_PARTS.fullmatch(value)
    if parts is None:
        _refuse(findings, value)
        return True
    wanted = tuple(map(int, parts.groups()))
    if wanted[0] != _MAJOR:
        _tell_other_major(findings, value)
    elif wanted > LANGUAGE_VERSION:
        own = ".".join(map(str, LANGUAGE_VERSION))
        message = f"the spec needs language version {value}; this compiler reads {own}"
        findings.at_value("language-version", ("ferrule",), message, help="install a newer ferrule")
    return wanted[0] == _MAJOR and wanted <= LANGUAGE_VERSION


def _tell_other_major(findings: Findings, met: str) -> None:
    message = f"the spec is written in language version {met}; this compiler reads version {_MAJOR}"
    findings.at_value("language-version", ("ferrule",), message)


def _refuse(findings: Findings, value: object) -> None:
    raw = findings.tree.raw_text(("ferrule",))
    span = findings.tree.value_span(("ferrule",))
    two_parts = re.fullmatch(r"['\"]?([0-9]{1,6}\.[0-9]{1,6})['\"]?", raw)
    if two_parts is not None:
        text = f"{two_parts[1]}.0"
        message = f"{quoted(raw)} is not a language version: a minimum has three parts"
    else:
        text = str(_MAJOR)
        met = quoted(raw) if isinstance(value, str | int | float) else kind_of(value)
        message = f"{met} is not a language version"
    advice = f"write `ferrule: {text}`"
    fix = Replacement(span, text)
    findings.at_span("language-version", span, message, help=advice, fix=fix)


def check_package_version(findings: Findings, value: object) -> bool:
    """Whether `version` is MAJOR.MINOR.PATCH, read as text."""
    if isinstance(value, str) and _PACKAGE_VERSION.fullmatch(value):
        return True
    raw = findings.tree.raw_text(("version",))
    span = findings.tree.value_span(("version",))
    if isinstance(value, str | bool) or not isinstance(value, int | float):
        met = quoted(value) if isinstance(value, str) else kind_of(value)
        message = f"{met} is not a version: a version is MAJOR.MINOR.PATCH, such as `1.2.0`"
        findings.at_span("version-number", span, message)
        return False
    parts = raw.split(".") if re.fullmatch(r"[0-9]+(\.[0-9]+)?", raw) else ["1"]
    text = ".".join([*parts, "0", "0"][:3])
    message = f"`{raw}` without quotes is the number {value:g}, not a version"
    advice = f"write all three parts: `version: {text}`"
    findings.at_span("version-number", span, message, help=advice, fix=Replacement(span, text))
    return False


def mended(findings: Findings, data: dict[str, Any]) -> dict[str, Any]:
    """The data with a readable head, so that what was told about the head is not told again."""
    if "ferrule" in data:
        data = {**data, "ferrule": _MAJOR}
    if "version" in data and not check_package_version(findings, data["version"]):
        data = {**data, "version": "0.0.0"}
    return data
