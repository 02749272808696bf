"""A build hook of hatchling: compiles the specs of a project into each wheel that is built of it.

    [build-system]
    requires = ["hatchling", "ferrule"]
    build-backend = "hatchling.build"

    [tool.hatch.build.hooks.ferrule]
    specs = ["specs"]

Source distributions carry the specs as they are, wheels carry the packages made from them.
"""

from __future__ import annotations

import os
import tempfile
import tomllib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.plugin import hookimpl

if TYPE_CHECKING:
    from ferrule.pipeline import CompiledPackage

    Hook = BuildHookInterface[Any]
else:
    Hook = BuildHookInterface

_KEYS = ("specs", "templates")


class FerruleBuildHook(Hook):
    """Adds the packages of all specs to a wheel, and what they need to what the wheel needs."""

    PLUGIN_NAME = "ferrule"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compiles the specs before a wheel is put together; an error in one ends the build."""
        if self.target_name != "wheel":
            return
        self._made = tempfile.TemporaryDirectory(prefix="ferrule-")
        included = build_data[
            "force_include_editable" if version == "editable" else "force_include"
        ]
        for package in self._packages():
            for path, text in package.files.files.items():
                if len(PurePosixPath(path).parts) > 1:
                    place = Path(self._made.name, path)
                    place.parent.mkdir(parents=True, exist_ok=True)
                    place.write_bytes(text.encode())
                    included[str(place)] = path
            build_data["dependencies"] += self._needs(package)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Removes what was compiled: it is in the wheel now."""
        del version, build_data, artifact_path
        if self.target_name == "wheel":
            self._made.cleanup()

    def _packages(self) -> list[CompiledPackage]:
        from ferrule.diagnostics import Report
        from ferrule.diagnostics.render.text import render_text
        from ferrule.freshness import specs_below
        from ferrule.pipeline import compile_specs

        named, templates = self._settings()
        report = Report()
        before = Path.cwd()
        os.chdir(self.root)  # so that findings name files as the project does
        try:
            paths = [
                Path(path)
                for word in named
                for path in (specs_below(word) if Path(word).is_dir() else [word])
            ]
            packages = compile_specs(paths, report, templates=templates) if paths else None
        finally:
            os.chdir(before)
        if not paths:
            self.app.abort(f"ferrule: there is no .yaml file in {', '.join(named)}")
        told = render_text(report)
        if packages is None:
            self.app.abort(f"ferrule: the specs have errors\n\n{told}")
            raise SystemExit(1)
        if told:
            self.app.display_warning(told)
        return packages

    def _settings(self) -> tuple[list[str], Path | None]:
        unknown = sorted(self.config.keys() - {*_KEYS, "dependencies", "enable-by-default"})
        named = self.config.get("specs", ["specs"])
        templates = self.config.get("templates")
        if unknown:
            self.app.abort(f"ferrule: the build hook has no setting `{unknown[0]}`")
        if not isinstance(named, list) or not all(isinstance(each, str) for each in named):
            self.app.abort("ferrule: `specs` of the build hook is a list of files and folders")
        return named, None if templates is None else Path(templates)

    def _needs(self, package: CompiledPackage) -> list[str]:
        """What the package needs and the project does not say itself."""
        project = tomllib.loads(package.files.files["pyproject.toml"])["project"]
        said = {_bare(each) for each in self.metadata.core.dependencies}
        return [each for each in project["dependencies"] if _bare(each) not in said]


def _bare(requirement: str) -> str:
    """The name in a requirement."""
    end = next(
        (
            number
            for number, each in enumerate(requirement)
            if not (each.isalnum() or each in "-_.")
        ),
        len(requirement),
    )
    return requirement[:end].lower().replace("_", "-").replace(".", "-")


@hookimpl
def hatch_register_build_hook() -> type[FerruleBuildHook]:
    """The name by which hatchling finds the hook."""
    return FerruleBuildHook
