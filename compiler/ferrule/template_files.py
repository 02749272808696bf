"""Finds the templates: inside the installed package, else in the checkout beside the compiler."""

from __future__ import annotations

from pathlib import Path

TEMPLATE_CONTRACT = 2
"""The number of the contract between templates and the forms that fill them: it grows when what a
template could ask for is no longer there, not when there is more.
"""


def templates_folder() -> Path:
    """The folder of the templates. Raises FileNotFoundError for an installation without them."""
    package = Path(__file__).resolve().parent
    # A wheel holds them in the package; an editable install reads those that are being edited.
    for folder in (package / "templates", package.parent.parent / "templates"):
        if (folder / "package").is_dir():
            return folder
    raise FileNotFoundError(f"no templates were installed with {package}")


def template_of(path: str) -> str:
    """The template, less its suffix, that makes the file at a path of a package."""
    folder, _, inner = path.partition("/")
    if not inner:
        return folder
    group, _, name = inner.partition("/")
    is_made_for_each = group in ("models", "resources") and name != "__init__.py"
    return f"package/{group}/module.py" if is_made_for_each else f"package/{inner}"
