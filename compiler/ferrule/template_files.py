"""Finds the templates: inside the installed package, else in the checkout beside the compiler."""

from __future__ import annotations

from pathlib import Path


def templates_folder() -> Path:
    """The folder of the templates. Raises FileNotFoundError for an installation without them."""
    package = Path(__file__).resolve().parent
    # A wheel holds them in the package; an editable install reads those that are being edited.
    for folder in (package / "templates", package.parent.parent / "templates"):
        if (folder / "package").is_dir():
            return folder
    raise FileNotFoundError(f"no templates were installed with {package}")
