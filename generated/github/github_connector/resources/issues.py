"""Actions on issues."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from ferrule_runtime.contract import (
    Each,
    Errors,
    Items,
    Operation,
    Outcome,
    body,
    exists,
    not_,
    ref,
    template,
    truthy,
)
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.sweep import Sweep
from ferrule_runtime.twins import (
    as_async,
    as_async_pager,
    as_async_sweep,
    as_raw,
    as_raw_async,
    as_raw_page,
)

from ..models.issues import RepoIssue
from ..models.shared import Issue

LIST = Operation[list[Issue]](
    "issues.list", "GET", "/repos/{owner}/{repo}/issues", paging="default"
)
EVERYWHERE = Operation[list[RepoIssue]](
    "issues.everywhere",
    "GET",
    "/repos/{owner}/{repo}/issues",
    ignores=True,
    paging="default",
    errors=Errors(statuses={410: Outcome("ignore")}),
    each=Each(
        (
            (("path", "owner"), "owner", ("owner", "login")),
            (("path", "repo"), "repo", ("name",)),
        ),
        parent="resources.repos:LIST",
    ),
    items=Items(
        where=not_(truthy(exists(body("pull_request")))),
        derive={"repository": template(ref("owner"), "/", ref("repo"))},
    ),
)
GET = Operation[Issue](
    "issues.get", "GET", "/repos/{owner}/{repo}/issues/{number}", cache="etag"
)
CREATE = Operation[Issue](
    "issues.create",
    "POST",
    "/repos/{owner}/{repo}/issues",
    limits=("default", "content"),
)
UPDATE = Operation[Issue](
    "issues.update",
    "PATCH",
    "/repos/{owner}/{repo}/issues/{number}",
    limits=("default", "content"),
)


class Issues(Resource):
    """Actions on issues."""

    def list(
        self,
        *,
        owner: str,
        repo: str,
        state: Literal["open", "closed", "all"] | str | Omit = omit,
        labels: Sequence[str] | Omit = omit,
        since: datetime | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Issue]:
        """List the issues of a repository. GET /repos/{owner}/{repo}/issues."""
        return self._pages(
            LIST,
            path=(owner, repo),
            query={"state": state, "labels": labels, "since": since},
            page_size=page_size,
            checkpoint=checkpoint,
        )

    def everywhere(
        self,
        *,
        org: str,
        type_: str | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Sweep[RepoIssue]:
        """List the open issues of all repositories of an organization. GET /repos/{owner}/{repo}/issues."""
        return self._sweep(
            EVERYWHERE,
            path=(omit, omit),
            input={"org": org, "type": type_},
            page_size=page_size,
            checkpoint=checkpoint,
            parent={"path": (org,), "query": {"type": type_}},
        )

    def get(self, *, owner: str, repo: str, number: int) -> Issue:
        """Show an issue. GET /repos/{owner}/{repo}/issues/{number}."""
        return self._run(GET, path=(owner, repo, number))

    def create(
        self,
        *,
        owner: str,
        repo: str,
        title: str,
        body: str | Omit = omit,
        labels: Sequence[str] | Omit = omit,
        assignees: Sequence[str] | Omit = omit,
    ) -> Issue:
        """Open an issue. POST /repos/{owner}/{repo}/issues."""
        return self._run(
            CREATE,
            path=(owner, repo),
            body={
                "title": title,
                "body": body,
                "labels": labels,
                "assignees": assignees,
            },
        )

    def update(
        self,
        *,
        owner: str,
        repo: str,
        number: int,
        title: str | Omit = omit,
        body: str | Omit | None = omit,
        state: Literal["open", "closed"] | str | Omit = omit,
        labels: Sequence[str] | Omit = omit,
    ) -> Issue:
        """Change an issue. PATCH /repos/{owner}/{repo}/issues/{number}."""
        return self._run(
            UPDATE,
            path=(owner, repo, number),
            body={"title": title, "body": body, "state": state, "labels": labels},
        )

    @property
    def with_raw_response(self) -> RawIssues:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawIssues(self._as_raw())


class RawIssues(Resource):
    """issues, with whole answers."""

    list = as_raw_page(Issues.list)
    get = as_raw(Issues.get)
    create = as_raw(Issues.create)
    update = as_raw(Issues.update)


class AsyncIssues(AsyncResource):
    """Actions on issues."""

    list = as_async_pager(Issues.list)
    everywhere = as_async_sweep(Issues.everywhere)
    get = as_async(Issues.get)
    create = as_async(Issues.create)
    update = as_async(Issues.update)

    @property
    def with_raw_response(self) -> AsyncRawIssues:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawIssues(self._as_raw())


class AsyncRawIssues(AsyncResource):
    """issues, with whole answers."""

    list = as_raw_page(AsyncIssues.list)
    get = as_raw_async(AsyncIssues.get)
    create = as_raw_async(AsyncIssues.create)
    update = as_raw_async(AsyncIssues.update)
