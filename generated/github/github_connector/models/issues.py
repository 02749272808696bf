"""Types of issues: GitHub."""

from __future__ import annotations

from .shared import Issue


class RepoIssue(Issue):
    """Repo issue."""

    repository: str
