"""Types of files: Acme (beta)."""

from __future__ import annotations

from ferrule_runtime.files import FileInput
from ferrule_runtime.models import Model
from typing_extensions import TypedDict


class File(Model):
    """File."""

    id: str
    url: str


class FilesSendJsonInput(TypedDict):
    """The part `json` of files.send."""

    url: str


class FilesSendMultipartInput(TypedDict):
    """The part `multipart` of files.send."""

    file: FileInput
