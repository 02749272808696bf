"""The command in a folder of its own, for the verbs that serve editors."""

from tests.cli.conftest import ferrule

__all__ = ["ferrule"]
