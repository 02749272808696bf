"""Python names from the names of a spec: snake_case, class names, modules, and who took which name.

Everything is decided by fixed tables, so that a spec gives the same names under every Python.
"""

from __future__ import annotations

import keyword
import re
import unicodedata
from functools import lru_cache
from typing import Generic, TypeVar

Owner = TypeVar("Owner")

# A spec says the same words over and over.
_REMEMBERED = 1 << 14


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What Python 3.11 has; a newer Python must not rename an argument.
BUILTINS = _words("""
    abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod
    compile complex delattr dict dir divmod enumerate eval exec filter float format frozenset
    getattr globals hasattr hash help hex id input int isinstance issubclass iter len list
    locals map max memoryview min next object oct open ord pow print property range repr
    reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip
    """)
KEYWORDS = _words("""
    False None True and as assert async await break class continue def del elif else except
    finally for from global if import in is lambda nonlocal not or pass raise return try while
    with yield
    """)

_NO_ARGUMENTS = KEYWORDS | BUILTINS | {"self", "omit"}

# Attributes of pydantic's BaseModel, and of its class: a field of that name would hide one, and
# pydantic warns.
MODEL_ATTRIBUTES = _words("""
    construct copy dict from_orm json parse_file parse_obj parse_raw schema schema_json
    update_forward_refs validate model_computed_fields model_config model_construct model_copy
    model_dump model_dump_json model_extra model_fields model_fields_set model_json_schema
    model_parametrized_name model_post_init model_rebuild model_validate model_validate_json
    model_validate_strings mro register
    """)

# The error classes that every package has, each behind the one that it derives from.
ERROR_CLASSES = tuple("""
    BadRequest Unauthorized Forbidden NotFound Conflict Unprocessable RateLimited ServerError
    BadGateway ServiceUnavailable Redirected ConnectionFailed Timeout InvalidResponse InvalidRequest
    ReconnectRequired ConfigurationError PagingLoop RefusedUrl WebhookRefused JobFailed
    PartialFailure
    """.split())  # noqa: SIM905

# Names that a class body of a generated resource or client uses itself.
RESOURCE_ATTRIBUTES = _words("""
    cached_property omit overload property with_raw_response
    """)
CLIENT_ATTRIBUTES = RESOURCE_ATTRIBUTES | _words("""
    aclose close preload stats test_connection with_options
    """)

# Parameters of every generated client besides its settings.
CLIENT_OPTIONS = _words("""
    around auth backoff base_url deadline debug headers hosts http_client max_attempts
    max_header_bytes max_nesting max_redirects max_response_bytes max_wait name on_event proxy
    rate_limits retry retry_all_errors share_with shared_limits socket timeout tls token_store
    verify
    """)

# Files of these names cannot exist on Windows.
_DEVICES = frozenset(
    ["aux", "con", "nul", "prn", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)

_ACRONYMS = re.compile(r"([A-Z])([A-Z]+)s(?![a-z0-9])")
_PLAIN = re.compile("[a-z0-9]+(?:_[a-z0-9]+)*")
_NO_ATTRIBUTES = KEYWORDS | MODEL_ATTRIBUTES
_NO_METHODS = KEYWORDS | RESOURCE_ATTRIBUTES
_NO_METHODS_OF_CLIENTS = KEYWORDS | CLIENT_ATTRIBUTES
_NO_MODULES = KEYWORDS | _DEVICES
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@lru_cache(maxsize=_REMEMBERED)
def snake(text: str) -> str:
    """`deviceID` is `device_id`, `page[size]` is `page_size`, `_sort` is `sort`, `2fa` is `v2fa`.

    Empty where the text has no letter and no digit.
    """
    text = unicodedata.normalize("NFKC", text)
    text = _ACRONYMS.sub(lambda met: met[1] + met[2].lower() + "s", text.replace("OAuth", "Oauth"))
    text = _HUMP.sub("_", text)
    text = unicodedata.normalize("NFKC", text.lower())
    if _PLAIN.fullmatch(text):
        return f"v{text}" if text[0].isdigit() else text
    parts: list[str] = []
    for character in text:
        if _can_continue(character):
            parts.append(character)
        elif parts and not parts[-1].endswith("_"):
            parts.append("_")
    name = "".join(parts).strip("_")
    # A combining mark can stand inside a name and not at its start.
    return name if not name or name.isidentifier() else f"v{name}"


def _can_continue(character: str) -> bool:
    """Whether it can stand in an identifier, in every Python that a package can meet."""
    if character.isascii():
        return character.isalnum() or character == "_"
    return unicodedata.ucd_3_2_0.category(character) != "Cn" and f"a{character}".isidentifier()


def package(connector: str) -> str:
    """The package of a connector: `zendesk_connector`."""
    return f"{snake(connector)}_connector"


def argument(text: str) -> str:
    """The name of a keyword argument; keywords and builtins get `_` behind."""
    name = snake(text)
    return f"{name}_" if name in _NO_ARGUMENTS else name


def setting(text: str) -> str:
    """The name of a client's argument: as an argument, apart from the client's own options."""
    name = argument(text)
    return f"{name}_" if name in CLIENT_OPTIONS else name


def attribute(text: str) -> str:
    """The name of a model's field; keywords and what a model has of its own get `_` behind."""
    name = snake(text)
    return f"{name}_" if name in _NO_ATTRIBUTES else name


def method(text: str, *, of_client: bool = False) -> str:
    """The name of a method or of a nested resource. `list` stays `list`."""
    name = snake(text)
    taken = _NO_METHODS_OF_CLIENTS if of_client else _NO_METHODS
    return f"{name}_" if name in taken else name


def module(text: str) -> str:
    """The name of a module, which is also the name of a file."""
    name = snake(text)
    return f"{name}_" if name in _NO_MODULES else name


def constant(text: str) -> str:
    """`tickets.get` is `TICKETS_GET`."""
    name = unicodedata.normalize("NFKC", snake(text).upper())
    # Letters without case: an argument may have the very same name.
    return f"OP_{name}" if name and name == snake(text) else name


@lru_cache(maxsize=_REMEMBERED)
def class_name(text: str) -> str:
    """`aws_s3` is `AwsS3`; a name that is one already stays as it is."""
    text = unicodedata.normalize("NFKC", text)
    if text[:1].isupper() and "_" not in text and all(map(_can_continue, text)):
        name = text
    else:
        words = (word[:1].upper() + word[1:] for word in snake(text).split("_"))
        name = unicodedata.normalize("NFKC", "".join(words))
    return f"{name}_" if name in KEYWORDS else name


@lru_cache(maxsize=_REMEMBERED)
def is_name(text: str) -> bool:
    """Whether a text can stand as a name in Python (not a keyword)."""
    return text.isidentifier() and not keyword.iskeyword(text) and text not in KEYWORDS


class Scope(Generic[Owner]):
    """Names that must differ, each with its owner."""

    def __init__(self, reserved: frozenset[str] = frozenset()) -> None:
        self._reserved = reserved
        self._owners: dict[str, Owner] = {}

    def claim(self, name: str, owner: Owner) -> Owner | None:
        """Takes a name. The owner that has it already, or None where it was free."""
        earlier = self._owners.get(name)
        if earlier is None:
            self._owners[name] = owner
        return earlier

    def unique(self, name: str, owner: Owner) -> str:
        """Takes the name, or the first of `name2`, `name3` … that is free."""
        wanted, number = name, 2
        while wanted in self:
            wanted, number = f"{name}{number}", number + 1
        self._owners[wanted] = owner
        return wanted

    def __contains__(self, name: str) -> bool:
        return name in self._owners or name in self._reserved
