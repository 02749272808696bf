"""multipart/form-data (RFC 7578) from fields and files of any size, streamed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ferrule_runtime.encode.json import json_bytes
from ferrule_runtime.encode.pairs import JOINERS, pairs_of
from ferrule_runtime.files import Source, is_file, sources_of
from ferrule_runtime.omit import omit
from ferrule_runtime.wire import Body

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping


_is_media_type = re.compile(r"[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(\s*;[^\x00-\x1f\x7f]*)?")


def make_boundary() -> str:
    """A separator that no content holds by chance or by design: 128 random bits."""
    from secrets import token_hex

    return f"ferrule-{token_hex(16)}"


def multipart_body(
    values: Mapping[str, Any],
    *,
    parts: Mapping[str, Any] | None = None,
    arrays: str = "repeat",
    styles: Mapping[str, Any] | None = None,
    formats: Mapping[str, Any] | None = None,
    boundary: str | None = None,
) -> tuple[Body, str]:
    """The body and its content type.

    A file, or a list of files, becomes parts with a file name; a map in the style `spread` gives
    each of its files under its own name. `parts` names the media type of a part, or both that and
    the file name of a file that has none; one of JSON takes any value. Everything else is text,
    lists and objects by the style. A field of the format `file` takes files alone: text there is
    refused. Raises TypeError and ValueError that name the field.
    """
    boundary = boundary or make_boundary()
    pieces: list[bytes | Source] = []
    for name, value, is_due in _spread(values, styles, formats):
        if value is not omit:
            told = parts.get(name) if parts else None
            media_type, file_name = told if isinstance(told, tuple) else (told, None)
            if _holds_files(value) or (is_due and value is not None):
                for source in _sources(name, value):
                    pieces += _file_part(name, source, media_type, file_name, boundary)
            else:
                pieces += _parts_of(name, value, media_type, boundary, arrays, styles, formats)
    pieces.append(f"--{boundary}--\r\n".encode())
    length: int | None = 0
    for piece in pieces:
        size = piece.length if isinstance(piece, Source) else len(piece)
        length = None if length is None or size is None else length + size
    sources = [piece for piece in pieces if isinstance(piece, Source)]
    is_async = any(source.is_async for source in sources)
    body = Body(
        lambda: _stream_async(pieces) if is_async else _stream(pieces),
        length,
        is_replayable=all(source.is_replayable for source in sources),
        is_async=is_async,
    )
    return body, f"multipart/form-data; boundary={boundary}"


def _spread(
    values: Mapping[str, Any], styles: Mapping[str, Any] | None, formats: Mapping[str, Any] | None
) -> Iterator[tuple[str, Any, bool]]:
    """The fields, and the files of a map that is spread as if they were fields of their own.

    With each whether nothing but files may stand there.
    """
    for name, value in values.items():
        is_due = formats is not None and formats.get(name) == "file"
        is_spread = styles is not None and styles.get(name) == "spread" and hasattr(value, "items")
        if not is_spread:
            yield name, value, is_due
            continue
        others = {}
        for key, inner in value.items():
            if is_due or _holds_files(inner):
                yield str(key), inner, is_due
            else:
                others[key] = inner
        if others:
            yield name, others, False


def _sources(name: str, value: Any) -> list[Source]:
    told = ""
    try:
        return sources_of(value)
    except TypeError as error:
        told = str(error)
    raise TypeError(f"body.{name}: {told}")


def _holds_files(value: Any) -> bool:
    if isinstance(value, (list, tuple)) and not is_file(value):
        return bool(value) and all(map(is_file, value))
    return is_file(value)


def _stream(pieces: list[bytes | Source]) -> Iterator[bytes]:
    for piece in pieces:
        if isinstance(piece, Source):
            yield from piece.open()
        else:
            yield piece


async def _stream_async(pieces: list[bytes | Source]) -> AsyncIterator[bytes]:
    for piece in pieces:
        if isinstance(piece, Source):
            async for part in piece.open_async():
                yield part
        else:
            yield piece


def _parts_of(
    name: str,
    value: Any,
    media_type: str | None,
    boundary: str,
    arrays: str,
    styles: Mapping[str, Any] | None,
    formats: Mapping[str, Any] | None,
) -> Iterator[bytes | Source]:
    if media_type is not None and _is_json(media_type):
        below = formats.get(name) if formats else None
        content = json_bytes(value, below if isinstance(below, dict) else None)
        yield _head(boundary, name, None, media_type) + content + b"\r\n"
    else:
        for field, texts, style in pairs_of(((name, value),), arrays, styles, formats, "body"):
            joined = JOINERS.get(style, "").join(texts)
            yield _head(boundary, field, None, media_type) + _utf8(joined, name) + b"\r\n"


def _file_part(
    name: str, source: Source, media_type: str | None, file_name: str | None, boundary: str
) -> Iterator[bytes | Source]:
    file_name = source.name or file_name or name
    media_type = source.media_type or media_type or _guessed(file_name)
    yield _head(boundary, name, file_name, media_type)
    yield source
    yield b"\r\n"


def _head(boundary: str, name: str, file_name: str | None, media_type: str | None) -> bytes:
    line = f'--{boundary}\r\nContent-Disposition: form-data; name="{escaped(name)}"'
    if file_name is not None:
        line += f'; filename="{escaped(file_name)}"'
    if media_type is not None:
        if not _is_media_type.fullmatch(media_type):
            raise ValueError(f"body.{name}: the media type of this part is none")
        line += f"\r\nContent-Type: {media_type}"
    return _utf8(f"{line}\r\n\r\n", name)


def escaped(text: str) -> str:
    """A name inside quotes, as browsers write it: quotes and controls percent-encoded."""
    text = text.replace('"', "%22")
    return re.sub(r"[\x00-\x1f\x7f]", lambda found: f"%{ord(found[0]):02X}", text)


def _utf8(text: str, name: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        pass
    raise ValueError(f"body.{name}: holds a lone surrogate, which is not text")


def _is_json(media_type: str) -> bool:
    bare = media_type.partition(";")[0].strip().lower()
    return bare == "application/json" or bare.endswith("+json")


def _guessed(file_name: str) -> str:
    from mimetypes import guess_type

    return guess_type(file_name, strict=True)[0] or "application/octet-stream"
