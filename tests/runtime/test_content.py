"""Packed bodies: unpacked in bounded parts, and never taken for whole when they are not."""

import contextlib
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ferrule_runtime.answer import AnswerFault
from ferrule_runtime.packing import members
from ferrule_runtime.wire import WireFault
from ferrule_runtime.wires.content import Unpacker, encodings_of


def bare_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


def gzipped(content: bytes) -> bytes:
    return gzip.compress(content)


def zlibbed(content: bytes) -> bytes:
    return zlib.compress(content)


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzipped,
    "x-gzip": gzipped,
    "deflate": zlibbed,
}


def cut(content: bytes, size: int) -> Iterator[bytes]:
    for at in range(0, len(content), size):
        yield content[at : at + size]


def unpacked(encodings: list[str], parts: Iterator[bytes]) -> bytes:
    unpacker = Unpacker(encodings)
    whole = b"".join(piece for part in parts for piece in unpacker.feed(part))
    unpacker.finish()
    return whole


@given(
    content=st.binary(max_size=5000),
    encodings=st.lists(st.sampled_from(sorted(PACKERS)), max_size=2),
    size=st.integers(1, 700),
)
def test_what_was_packed_is_unpacked_however_it_arrives(
    content: bytes, encodings: list[str], size: int
) -> None:
    packed = content
    for encoding in reversed(encodings):
        packed = PACKERS[encoding](packed)
    assert unpacked(encodings, cut(packed, size)) == content


@given(content=st.binary(min_size=1, max_size=2000), size=st.integers(1, 100))
def test_bare_deflate_is_understood_too(content: bytes, size: int) -> None:
    packed = bare_deflate(content)
    if packed[0] & 0x0F == 8 and len(packed) > 1 and int.from_bytes(packed[:2], "big") % 31 == 0:
        return  # nobody could tell it from zlib
    assert unpacked(["deflate"], cut(packed, size)) == content


@given(
    content=st.binary(min_size=50, max_size=2000),
    lost=st.integers(1, 20),
    encoding=st.sampled_from(["gzip", "deflate"]),
)
def test_a_body_that_was_cut_off_is_never_whole(content: bytes, lost: int, encoding: str) -> None:
    packed = PACKERS[encoding](content)[:-lost]
    with pytest.raises(WireFault) as caught:
        unpacked([encoding], iter((packed,)))
    assert caught.value.is_content


@given(st.binary(min_size=3, max_size=200))
def test_noise_raises_a_fault_and_nothing_else(noise: bytes) -> None:
    for encoding in ("gzip", "deflate"):
        with contextlib.suppress(WireFault):
            unpacked([encoding], iter((noise,)))


def test_several_members_and_padding() -> None:
    packed = gzip.compress(b"one") + gzip.compress(b"two") + b"\0" * 20
    for size in (1, 7, 1000):
        assert unpacked(["gzip"], cut(packed, size)) == b"onetwo"


def test_parts_are_bounded_however_much_there_is() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    largest = total = 0
    unpacker = Unpacker(["gzip"])
    for part in unpacker.feed(bomb):
        largest, total = max(largest, len(part)), total + len(part)
    assert total == 50_000_000
    assert largest <= 1 << 16


def test_nothing_at_all_is_an_empty_body() -> None:
    assert unpacked(["gzip"], iter(())) == b""


@pytest.mark.parametrize("encodings", [["br"], ["zstd"], ["compress"], ["gzip"] * 3])
def test_what_was_not_asked_for_is_refused(encodings: list[str]) -> None:
    with pytest.raises(WireFault) as caught:
        Unpacker(encodings)
    assert caught.value.is_content


def test_encodings_are_read_from_the_last_to_the_first() -> None:
    lines = [(b"Content-Encoding", b"deflate, identity"), (b"content-encoding", b" GZIP ,")]
    assert encodings_of(lines) == ["gzip", "deflate"]
    assert encodings_of([]) == []


def zipped() -> bytes:
    file = io.BytesIO()
    kinds = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
    with zipfile.ZipFile(file, "w") as archive:
        for kind in kinds:
            archive.writestr(f"é{kind}.txt", b"some text " * 20, kind)
    return file.getvalue()


ZIPPED = zipped()


@given(
    st.lists(
        st.tuples(st.integers(0, len(ZIPPED) - 1), st.sampled_from([0, 1, 127, 255])), max_size=4
    ),
    st.integers(0, len(ZIPPED)) | st.just(len(ZIPPED)),
)
@example([(ZIPPED.rindex(b"PK\x01\x02") + 6, 255)], len(ZIPPED))  # the version that it needs
@example([(ZIPPED.rindex("é".encode()), 255)], len(ZIPPED))  # a name that is no text
@example([(ZIPPED.index(b"BZh") + 12, 0)], len(ZIPPED))
def test_a_zip_file_is_read_or_broken(changes: list[tuple[int, int]], length: int) -> None:
    changed = bytearray(ZIPPED)
    for place, byte in changes:
        changed[place] = byte
    read = 0
    # Nothing but this fault comes out, whatever the unpackers of the standard library say.
    with contextlib.suppress(AnswerFault):
        for _, parts in members(io.BytesIO(bytes(changed[:length]))):
            read += sum(map(len, parts))
    assert read <= 4 * 200


def test_what_the_system_says_is_no_word_about_the_file() -> None:
    class Failing(io.BytesIO):
        is_away = False

        def read(self, size: int | None = -1, /) -> bytes:
            if self.is_away:
                raise OSError(28, "No space left on device")
            return super().read(size)

    file = Failing(ZIPPED)
    for _, parts in members(file):
        file.is_away = True
        with pytest.raises(OSError, match="No space left"):
            list(parts)
        break
