"""Prints the oldest versions that the packages of this project allow, as constraints for pip."""

import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

FOLDERS = (".", "runtime", "providers")


def main() -> None:
    """One line a library: of several lower bounds the highest. What tests pin stays out."""
    groups = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["dependency-groups"]
    asked_by_tests = [Requirement(line) for line in groups["test"] if isinstance(line, str)]
    pinned = {asked.name for asked in asked_by_tests if "==" in str(asked.specifier)}
    oldest: dict[str, Version] = {}
    for folder in FOLDERS:
        project = tomllib.loads(Path(folder, "pyproject.toml").read_text("utf-8"))["project"]
        extras = project.get("optional-dependencies", {}).values()
        for line in [*project["dependencies"], *(line for extra in extras for line in extra)]:
            asked = Requirement(line)
            for bound in asked.specifier:
                if bound.operator == ">=" and not asked.name.startswith("ferrule"):
                    version = Version(bound.version)
                    oldest[asked.name] = max(version, oldest.get(asked.name, version))
    lines = [f"{name}=={oldest[name]}\n" for name in sorted(oldest.keys() - pinned)]
    sys.stdout.write("".join(lines))


if __name__ == "__main__":
    main()
