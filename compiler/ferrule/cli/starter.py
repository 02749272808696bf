"""Writes the text of a first spec: valid, short, with comments that say what to do next."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from ferrule.cli.scalars import scalar
from ferrule.imports.plain_text import quoted

# What each kind of auth asks an installer for.
AUTH_SETTINGS: dict[str, dict[str, str]] = {
    "none": {},
    "bearer": {"api_token": "secret"},
    "api-key": {"api_key": "secret"},
    "basic": {"username": "string", "password": "secret"},
    "oauth2": {"client_id": "string", "client_secret": "secret"},
}
_REFERENCE = re.compile(r"\$\{([a-z][a-z0-9_]*)\}")
_PLACEHOLDER = re.compile(r"\{[^}]*\}")
_PLURALS = (("ies", "y"), ("sses", "ss"), ("ss", "ss"), ("s", ""))

Line = tuple[str, str]
"""A line of the spec, and the comment beside it; empty where there is none."""


class Starter(Struct, frozen=True):
    """What a first spec is made of. `list_path` is the path of an endpoint that answers a list."""

    name: str
    base_url: str
    auth: str
    list_path: str
    token_url: str
    schema_path: str
    file: str = "SPEC"

    def text(self) -> str:
        """The spec as YAML."""
        blocks = [self._head(), self._settings(), self._auth(), self._paging(), self._errors()]
        blocks += [self._actions(), self._models()]
        written = ["\n".join(map(_line, block)) for block in blocks if block]
        modeline = f"# yaml-language-server: $schema={self.schema_path}\n"
        return _formatted(modeline + self._guide() + "\n\n".join(written) + "\n")

    @property
    def resource(self) -> str:
        """What the list is a list of, in the plural: the last plain part of its path."""
        parts = _PLACEHOLDER.sub("", self.list_path).split("?")[0].lower().split("/")
        words = [word for part in parts if (word := re.sub(r"[^a-z0-9]+", "_", part).strip("_"))]
        last = words[-1] if words else "items"
        return last if last[0].isalpha() else f"list_{last}"

    @property
    def model(self) -> str:
        """The class of one item of the list."""
        word = self.resource
        for plural, singular in _PLURALS:
            if word.endswith(plural) and len(word) > len(plural) + 1:
                word = word.removesuffix(plural) + singular
                break
        return "".join(part.capitalize() for part in word.split("_"))

    def _guide(self) -> str:
        """What to do with the file, above it."""
        steps = (
            (f"ferrule check {self.file}", "says everything that is wrong with it"),
            (f"ferrule test {self.file}", "asks the service whether the connection works"),
            (f"ferrule call {self.file} {self.resource}.list", "shows what it answers"),
            (f"ferrule compile {self.file}", "writes the package"),
        )
        width = max(len(command) for command, _ in steps)
        lines = [f"#   {command:{width}}  {meaning}" for command, meaning in steps]
        return "\n".join(["# What to do with it:", *lines, ""])

    def _head(self) -> list[Line]:
        lines = [
            ("ferrule: 1", ""),
            (f"connector: {scalar(self.name)}", ""),
            ("version: 0.1.0", "of the package that is made"),
            (f"base_url: {scalar(self.base_url)}", ""),
        ]
        if "{" not in self.list_path:
            call = f"test: {{get: {_in_flow(self.list_path)}}}"
            lines.append((call, "what client.test_connection() calls"))
        return lines

    def _settings(self) -> list[Line]:
        names = dict.fromkeys(_REFERENCE.findall(self.base_url), "string")
        names |= AUTH_SETTINGS[self.auth]
        if not names:
            return []
        variable = f"{self.name}_{next(iter(names))}".upper()
        given = f"what a user passes, or puts into the environment as {variable} …"
        return [
            ("settings:", given),
            *(
                (f"  {name}: {kind}", "never shown, logged or stored" if kind == "secret" else "")
                for name, kind in names.items()
            ),
        ]

    def _auth(self) -> list[Line]:
        if self.auth == "none":
            return [("auth: none", "")]
        return [("auth:", ""), *self._kind()]

    def _kind(self) -> Iterator[Line]:
        if self.auth == "bearer":
            yield '  token: "${api_token}"', "sent as `Authorization: Bearer …`"
        elif self.auth == "api-key":
            yield "  token:", ""
            yield '    value: "${api_key}"', ""
            yield "    apply: header.X-Api-Key", "or another header, or `query.api_key`"
        elif self.auth == "basic":
            yield '  basic: {username: "${username}", password: "${password}"}', ""
        else:
            yield "  oauth2:", "with client_id and client_secret of the settings"
            yield f"    token: {scalar(self.token_url)}", "where tokens are asked for"

    def _paging(self) -> list[Line]:
        return [
            ("# paging:", "how a list goes on; then one call walks all pages"),
            ("#   cursor: $.next_cursor", "where an answer says how to go on"),
            ("#   into: query.cursor", "where the next request says it"),
        ]

    def _errors(self) -> list[Line]:
        return [
            ("# errors:", "where an answer says what went wrong; classes of errors of your own"),
            ("#   code: $.error.code", ""),
            ("#   message: $.error.message", ""),
            ("#   codes: {Locked: [resource_locked]}", ""),
        ]

    def _actions(self) -> list[Line]:
        wrapped = f"`list({self.model}) at $.data` if the list is inside of `data`"
        return [
            ("actions:", ""),
            (f"  {self.resource}.list:", f"client.{self.resource}.list()"),
            (f"    get: {scalar(self.list_path)}", ""),
            ("    # query:", ""),
            ("    #   created_after?: datetime", "`?` marks what a caller may leave out"),
            (f"    returns: list({self.model})", wrapped),
        ]

    def _models(self) -> list[Line]:
        return [
            ("models:", ""),
            (f"  {self.model}:", "fields that are not named here are kept as well"),
            ("    id: string | integer", ""),
            ("    name?: string | null", ""),
        ]


def _line(line: Line) -> str:
    text, comment = line
    return f"{text}  # {comment}" if comment else text


def _formatted(text: str) -> str:
    """The text as `ferrule fmt` has it; as it is where what was given makes it no YAML."""
    from ferrule.diagnostics import Report
    from ferrule.formatting import formatted
    from ferrule.forms.source import SourceFile

    return formatted(SourceFile("", text), Report()) or text


def _in_flow(text: str) -> str:
    """A path as a value inside of `{ }`, where commas and brackets tear values apart."""
    return text if re.fullmatch(r"[A-Za-z0-9/._-]+", text) else quoted(text)
