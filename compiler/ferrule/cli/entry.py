"""The command `ferrule`: answers a compile that has nothing to do, and hands all else to the verbs.

What it imports every Python process has loaded already: such a compile is the most frequent one.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

_VALUES = {"-o": "output", "--output": "output", "--output-format": "format", "--color": "color"}
_FLAGS = frozenset(("--check", "--force"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command with these words, by default the process's; gives the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["compile"] and _is_up_to_date(words[1:]):
        return 0
    from ferrule.collector import collector_at_rest

    with collector_at_rest():  # what is imported stays
        from ferrule.cli.main import main as run
    code = run(words)
    if arguments is None:
        # The process ends here, and all its memory with it: no cycle in it has to be found.
        gc.freeze()
    return code


def _is_up_to_date(words: Sequence[str]) -> bool:
    """Whether a compile has nothing to do; what it has to say is said then."""
    given = _read(words)
    if given is None:
        return False
    from ferrule.configuration import configuration_file

    # What a table says may be different from what held when a record was left.
    if configuration_file() is not None:
        return False
    specs, options = given
    from ferrule.cli.terminal import is_coloured, is_terminal
    from ferrule.freshness import made_by, recall, wish

    try:
        made_by()
        colour = is_coloured(options["color"], sys.stdout)
        found = recall(wish(specs, options["output"], options["format"], is_coloured=colour), specs)
    except (OSError, ValueError):
        return False
    is_watched = is_terminal(sys.stderr)
    if found is None or (is_watched and found[1]):
        return False
    folders, told = found
    if is_watched:
        is_dim = is_coloured(options["color"], sys.stderr)
        for folder in folders:
            text = f"{folder} is up to date"
            print(f"\033[2m{text}\033[0m" if is_dim else text, file=sys.stderr)  # noqa: T201
    if told:
        sys.stdout.buffer.write(told.encode(sys.stdout.encoding, "backslashreplace"))
        sys.stdout.flush()
    return True


def _read(words: Sequence[str]) -> tuple[list[str], dict[str, str]] | None:
    """The specs and the options of a compile; None for words that only the verb itself knows."""
    specs: list[str] = []
    options = {"output": "generated", "format": "text", "color": "auto"}
    ahead = iter(words)
    for word in ahead:
        name, equals, value = word.partition("=")
        if word in _FLAGS:
            continue
        if word in _VALUES:
            options[_VALUES[word]] = next(ahead, "")
        elif equals and name.startswith("--") and name in _VALUES:
            options[_VALUES[name]] = value
        elif word.startswith("-") or not os.path.exists(word):
            return None
        else:
            specs.append(word)
    options["output"] = options["output"].removeprefix("./").rstrip("/")
    return (specs, options) if specs and options["output"] else None
