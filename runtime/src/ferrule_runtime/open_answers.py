"""Answers of which a spec does not say what they are: their media type decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ferrule_runtime.answer import JsonFault

if TYPE_CHECKING:
    from ferrule_runtime.answer import Answer

_FORM: Final = "application/x-www-form-urlencoded"


def opened(answer: Answer) -> Any:
    """The tree of XML, the fields of a form, text or bytes; the answer itself where it is JSON.

    JSON under another name is JSON. HTML is nothing that was asked for: whoever reads the answer as
    JSON says so.
    """
    media_type = answer.media_type
    kind, _, subtype = media_type.partition("/")
    is_json = subtype == "json" or subtype.endswith("+json")
    if not answer.content or not media_type or is_json or "html" in subtype:
        return answer
    if subtype == "xml" or subtype.endswith("+xml"):
        from ferrule_runtime.xml import parse_xml

        return parse_xml(answer.content, answer.header("content-type") or "")
    if media_type == _FORM:
        from urllib.parse import parse_qs

        fields = parse_qs(answer.text, keep_blank_values=True)
        return {name: texts[0] if len(texts) == 1 else texts for name, texts in fields.items()}
    try:
        _ = answer.json
    except JsonFault:
        return answer.text if kind == "text" else answer.content
    return answer
