"""Makes the module of the connector: one constant that tells the runtime of the service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ferrule.forms.code import Code, Import
from ferrule.forms.inheriting import DEFAULT
from ferrule.forms.package import ConnectorModule
from ferrule.forms.reading import fields_of
from ferrule.forms.spec import Auth, ConnectorSpec
from ferrule.forms.timeouts import Timeouts
from ferrule.forms.values import named_values
from ferrule.passes.resolve.inherit import verb_and_path
from ferrule.passes.resolve.lowering import Lowering
from ferrule.passes.resolve.policies import Policies
from ferrule.passes.resolve.settings import setting_code
from ferrule.python_text import (
    assigned,
    dict_of,
    docstring,
    import_groups,
    literal,
    name,
    optional_literal,
    tuple_of,
)
from ferrule.words import ast

if TYPE_CHECKING:
    from ferrule.forms.network import Tls
    from ferrule.forms.requests import Test


class ConnectorWriter(Struct, frozen=True):
    """Writes `CONNECTOR = Connector(…)`."""

    spec: ConnectorSpec
    lowering: Lowering
    policies: Policies

    def module(self, package: str, class_name: str, spec_sha256: str) -> ConnectorModule:
        """`_connector.py`."""
        annotation = self.lowering.contract("Connector")
        line = assigned(name("CONNECTOR"), self.connector(package, class_name), annotation)
        imports = {*line.imports, Import("ferrule_runtime.errors", "ErrorTable")}
        title = self.spec.title or self.spec.connector
        return ConnectorModule(
            doc=docstring(f"What the runtime knows of {title}."),
            imports=import_groups(imports, "_connector"),
            line=line,
            spec_sha256=literal(spec_sha256),
        )

    def connector(self, package: str, class_name: str) -> Code:
        """The whole constructor call."""
        spec, lowering, policies = self.spec, self.lowering, self.policies
        return lowering.make(
            "Connector",
            name=literal(spec.connector),
            title=literal(spec.title or spec.connector),
            version=literal(spec.version),
            package=literal(package),
            class_name=literal(class_name),
            settings=self._settings(),
            values=self._derived(),
            base_url=None if spec.base_url is None else lowering.template(spec.base_url),
            hosts=_dict({key: lowering.template(each) for key, each in spec.hosts.items()}),
            origins=self._origins(),
            auth=self._auth(),
            auths=_dict({key: policies.auth(each) for key, each in spec.auths.items()}),
            headers=lowering.values(named_values(spec.headers)) if spec.headers else None,
            query=lowering.values(named_values(spec.query)) if spec.query else None,
            cookies=lowering.values(spec.cookies) if spec.cookies else None,
            send=optional_literal(spec.send),
            arrays=optional_literal(spec.arrays),
            limits=self._limits(),
            concurrency=self._concurrency(),
            min_interval=None if spec.min_interval is None else literal(spec.min_interval.seconds),
            observe=self._observe(),
            share=None if spec.share is None else lowering.template(spec.share),
            retry=None if spec.retry is None else policies.retry(spec.retry),
            timeout=None if spec.timeout is None else policies.timeout(spec.timeout),
            errors=None if spec.errors is None else policies.errors(spec.errors),
            error_table=name("_errors"),
            pagings=self._pagings(),
            test=None if spec.test is None else self._test(spec.test),
            proxy=None if spec.proxy is None else lowering.template(spec.proxy),
            socket=None if spec.socket is None else lowering.template(spec.socket),
            tls=None if spec.tls is None else self._tls(spec.tls),
        )

    def _tls(self, tls: Tls) -> Code:
        words = {name: getattr(tls, name) for name in fields_of(type(tls))}
        return self.lowering.make(
            "Tls",
            **{
                name: None if word is None else self.lowering.template(word)
                for name, word in words.items()
            },
        )

    def _settings(self) -> Code | None:
        made = [
            setting_code(self.lowering, self.spec.connector, key.removesuffix("?"), shape)
            for key, shape in self.spec.settings.items()
        ]
        return tuple_of(made) if made else None

    def _derived(self) -> Code | None:
        derived: dict[str, Code] = {}
        for key, value in self.spec.values.items():
            if isinstance(value, ast.Template):
                derived[key] = self.lowering.template(value)
                continue
            # `.by` was read as a template of one text: the name of a setting.
            cases = {case: self.lowering.template(each) for case, each in value.items()}
            cases.pop(".by", None)
            chooser = "".join(map(str, value[".by"].parts)) if ".by" in value else ""
            derived[key] = self.lowering.make("choice", literal(chooser), dict_of(cases))
        return _dict(derived)

    def _origins(self) -> Code | None:
        """The setting that lists where credentials may go, of a connector for any URL."""
        is_free = any(action.url is not None for action in self.spec.actions.values())
        if not is_free or "origins" not in {key.rstrip("?") for key in self.spec.settings}:
            return None
        return self.lowering.make("ref", literal("origins"))

    def _auth(self) -> Code | None:
        auth = self.spec.auth
        if auth is None:
            return None
        if isinstance(auth, Auth):
            return self.policies.auth(auth)
        return self.lowering.make("NoAuth") if auth == "none" else literal(auth)

    def _limits(self) -> Code | None:
        limits = {key: self.policies.rates(rates) for key, rates in self.spec.rate_limits.items()}
        if self.spec.rate_limit is not None:
            limits = {DEFAULT: self.policies.rates(self.spec.rate_limit), **limits}
        return _dict(limits)

    def _concurrency(self) -> Code | None:
        found = self.spec.concurrency
        if found is None:
            return None
        return self.lowering.template(found) if isinstance(found, ast.Template) else literal(found)

    def _observe(self) -> Code | None:
        made = [
            self.lowering.observe(place, pattern) for place, pattern in self.spec.observe.items()
        ]
        return tuple_of(made) if made else None

    def _pagings(self) -> Code | None:
        named = {key: self.policies.paging(each) for key, each in self.spec.pagings.items()}
        if self.spec.paging is not None and not isinstance(self.spec.paging, str):
            named = {DEFAULT: self.policies.paging(self.spec.paging), **named}
        return _dict(named)

    def _test(self, test: Test) -> Code:
        verb, path = verb_and_path(test)
        lowering = self.lowering
        operation = lowering.make(
            "Operation",
            literal("test"),
            literal(verb),
            lowering.path(path),
            host=optional_literal(test.host),
            query=lowering.values(named_values(test.query)) if test.query else None,
            headers=lowering.values(named_values(test.headers)) if test.headers else None,
            cookies=lowering.values(test.cookies) if test.cookies else None,
            body=None if test.body is None else lowering.value(test.body),
            send=optional_literal(test.send),
            auth=lowering.make("NoAuth") if test.auth == "none" else None,
            timeout=self._timeout(test.timeout),
        )
        messages = [lowering.read(place) for place in test.message or ()]
        return lowering.make(
            "Test",
            operation,
            ok=None if test.ok is None else lowering.condition(test.ok),
            failed=None if test.failed is None else lowering.condition(test.failed),
            message=tuple_of(messages) if messages else None,
        )

    def _timeout(self, timeouts: Timeouts | None) -> Code | None:
        return None if timeouts is None else self.policies.timeout(timeouts)


def _dict(values: dict[str, Code]) -> Code | None:
    return dict_of(values) if values else None
