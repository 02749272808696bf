"""Reads the bodies of requests as a sync wire does."""

from collections.abc import Iterator

from ferrule_runtime.wire import Body


def pieces(body: Body) -> Iterator[bytes]:
    """The body from its beginning, piece by piece."""
    opened = body.open()
    assert isinstance(opened, Iterator)
    return opened
