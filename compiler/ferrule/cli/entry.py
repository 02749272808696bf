"""The command `ferrule`: answers a compile that has nothing to do, and hands all else to the verbs.

What it imports every Python process has loaded already: such a compile is the most frequent one.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence

Plain = tuple[list[str], dict[str, str]]
"""The specs and the options of a compile that is read without the verb."""

_VALUES = {"-o": "output", "--output": "output", "--output-format": "format", "--color": "color"}
_FLAGS = {"--check": "check", "--force": "force"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command with these words, by default the process's; gives the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _open_streams()
    plain = _plain_compile(words)
    if plain is not None and _is_up_to_date(*plain):
        return 0
    from ferrule.collector import collector_at_rest

    with collector_at_rest():  # what is imported stays
        run = _runner(words, plain)
    code = run()
    if arguments is None:
        # The process ends here, and all its memory with it: no cycle in it has to be found.
        gc.freeze()
    return code


def _open_streams() -> None:
    """Lets streams that whoever started the process has closed lead nowhere."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115


def _runner(words: list[str], plain: Plain | None) -> Callable[[], int]:
    if plain is None or not all(map(_has_specs, plain[0])):
        from ferrule.cli.main import main as run

        return lambda: run(words)
    from ferrule.cli.compiling import compile_run
    from ferrule.cli.outcome import exit_code

    return lambda: exit_code(lambda: compile_run(*plain).once(), words)


def _has_specs(word: str) -> bool:
    from ferrule.freshness import specs_below

    return not os.path.isdir(word) or bool(specs_below(word))


def _is_up_to_date(specs: list[str], options: dict[str, str]) -> bool:
    """Whether a compile has nothing to do; what it has to say is said then."""
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
    try:
        if told:
            sys.stdout.buffer.write(told.encode(sys.stdout.encoding, "backslashreplace"))
            sys.stdout.flush()
    except OSError:
        return False  # the run that follows says what is wrong with stdout
    return True


def _plain_compile(words: Sequence[str]) -> Plain | None:
    """The specs and the options of a compile; None for what needs the verb itself to be read."""
    if words[:1] != ["compile"]:
        return None
    specs: list[str] = []
    options = {"output": "generated", "format": "text", "color": "auto", "check": "", "force": ""}
    ahead = iter(words[1:])
    for word in ahead:
        name, equals, value = word.partition("=")
        if word in _FLAGS:
            options[_FLAGS[word]] = "yes"
        elif word in _VALUES:
            options[_VALUES[word]] = next(ahead, "")
        elif equals and name.startswith("--") and name in _VALUES:
            options[_VALUES[name]] = value
        elif word.startswith("-") or not os.path.exists(word):
            return None
        else:
            specs.append(word)
    options["output"] = options["output"].removeprefix("./").rstrip("/")
    if not specs or not options["output"]:
        return None
    from ferrule.cli.terminal import COLOURS, FORMATS
    from ferrule.configuration import configuration_file

    if options["format"] not in FORMATS or options["color"] not in COLOURS:
        return None
    # What a table says may be different from what held when a record was left.
    return None if configuration_file() is not None else (specs, options)
