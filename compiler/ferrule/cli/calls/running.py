"""Finds the method of an action, calls it, and shows what it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ferrule.cli.calls.arguments import arguments
from ferrule.cli.calls.results import Progress, plain, write_body, write_many, write_value
from ferrule.cli.console import Console
from ferrule.naming import method

if TYPE_CHECKING:
    from ferrule.cli.calls.verbs import Call


def prepared(
    call: Call, action: str, words: Iterable[str], data: str | None, output: Path | None
) -> Callable[[], Any]:
    """What calls an action with these arguments. Raises click.UsageError."""
    called = _method_of(call, action)
    if output is not None and "Download" not in str(called.__annotations__.get("return")):
        raise click.UsageError(f"-o takes the body of a download; {action} gives no such thing")
    given = arguments(called, words, data)
    return lambda: called(**given)


def _method_of(call: Call, action: str) -> Callable[..., Any]:
    """The method of an action's name: `tickets.list`."""
    if action not in call.actions:
        from ferrule.diagnostics.nearness import near

        meant = near(action, call.actions)
        guess = f"did you mean `{meant}`?" if meant else "`ferrule show SPEC --format table` lists"
        raise click.UsageError(f"{call.connector.name} has no action `{action}`; {guess}")
    found = call.client
    for depth, part in enumerate(action.split(".")):
        found = getattr(found, method(part, of_client=not depth))
    called: Callable[..., Any] = found
    return called


def begin(result: Any) -> Any:
    """A list sends nothing before it is asked for a page: this asks for the first one."""
    from ferrule_runtime.jobs import Job
    from ferrule_runtime.pager import Pager

    if isinstance(result, Job):
        return _waited(result)
    return result.first_page() if isinstance(result, Pager) else result


def _waited(job: Any) -> Any:
    """The result of a job; how far it is goes to stderr meanwhile."""
    told = Console("auto")
    for progress in job.updates():
        if progress is not None and not job.is_done:
            told.progress(f"{progress}")
    return job.result()


def show(
    result: Any,
    form: str,
    output: Path | None,
    console: Console,
    *,
    is_all: bool,
    limit: int | None,
) -> None:
    """Writes a result to stdout, or a body to a file."""
    from ferrule_runtime.jobs import Job
    from ferrule_runtime.pager import Pager
    from ferrule_runtime.streams import Download, Stream

    if isinstance(result, Job):
        result = _waited(result)

    if isinstance(result, Download):
        _show_body(result, output, console)
        return
    if isinstance(result, Stream):
        with result:
            write_many(result, form, console)
    elif isinstance(result, Pager) and (is_all or limit is not None):
        write_many(_walked(result, limit), form, console)
    elif isinstance(result, Pager):
        page = result.first_page()
        write_many(page.items, form, console)
        console.notice_if(page.has_next, "there are more pages: --all walks them")
    else:
        write_value(plain(result), form, console)


def _walked(pager: Any, limit: int | None) -> Iterator[Any]:
    progress = Progress()
    left = limit
    try:
        for page in pager.pages():
            items = page.items if left is None else page.items[:left]
            progress.page(len(items))
            yield from items
            if left is not None:
                left -= len(items)
                if left <= 0:
                    return
    finally:
        progress.done()


def _show_body(download: Any, output: Path | None, console: Console) -> None:
    with download:
        if output is None:
            write_body(download)
            return
        try:
            size = download.save(output)
        except OSError as error:
            reason = error.strerror or error
            raise click.ClickException(f"{output} cannot be written: {reason}") from error
    console.progress(f"{output}: {size:,} bytes")
