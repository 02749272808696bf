"""Completion in real shells: the script is loaded, and what it offers is read back."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ferrule.cli.main import VERBS
from tests.cli.calling import Ferrule, environment
from tests.cli.specs import ACME
from tests.conftest import skip_without_service

BASH = """
eval "$(ferrule completion bash)"
complete -p ferrule >/dev/null || exit 3
COMP_WORDS=({words}) COMP_CWORD={last}
_ferrule_completion ferrule
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
# The functions of a completion system that is not there in a script.
ZSH = """
compdef() {{ :; }}
_describe() {{ print -l -- "${{(@P)@[-1]}}"; print -l -- "${{(@P)@[-2]}}"; }}
compadd() {{ shift $(( $# - 1 )); print -l -- "${{(@P)1}}"; }}
eval "$(ferrule completion zsh)"
words=({words}) CURRENT={last}
_ferrule_completion
"""
FISH = 'ferrule completion fish | source; complete --do-complete "{line}"'


def shell(name: str, script: str, folder: Path) -> str:
    program = shutil.which(name)
    if program is None:
        skip_without_service(name)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        [str(program), "-c", script],
        cwd=folder,
        env=environment(PATH=path, HOME=str(folder), TERM="dumb"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def offered(name: str, line: str, folder: Path) -> set[str]:
    """What a shell offers at the end of a line."""
    words = line.split(" ")
    if name == "fish":
        out = shell(name, FISH.format(line=line), folder)
    elif name == "zsh":
        quoted = " ".join(f"'{word}'" for word in words)
        out = shell(name, ZSH.format(words=quoted, last=len(words)), folder)
    else:
        quoted = " ".join(f"'{word}'" for word in words)
        out = shell(name, BASH.format(words=quoted, last=len(words) - 1), folder)
    return {
        text.partition("\t")[0].partition(":")[0].rpartition(",")[2].strip()
        for text in out.splitlines()
        if text.strip()
    }


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_a_shell_completes(name: str, ferrule: Ferrule) -> None:
    ferrule.write("acme.yaml", ACME)
    verbs = offered(name, "ferrule ", ferrule.folder)
    assert set(VERBS) <= verbs | {"completion"}
    actions = offered(name, "ferrule show acme.yaml ", ferrule.folder)
    assert any("." in action for action in actions), actions
    if name != "zsh":
        assert "list-without-paging" in offered(name, "ferrule explain list-w", ferrule.folder)
        assert "--select" in offered(name, "ferrule check --sel", ferrule.folder)


def test_scripts_are_printed(ferrule: Ferrule) -> None:
    for name in ("bash", "zsh", "fish"):
        code, out, err = ferrule("completion", name)
        assert (code, err) == (0, "")
        assert f"_FERRULE_COMPLETE={name}_complete" in out
    assert ferrule("completion", "cmd")[0] == 2


def test_completing_verbs_imports_none(ferrule: Ferrule) -> None:
    code = (
        "import sys; from ferrule.cli.entry import main\n"
        "try: main([])\nexcept SystemExit: pass\n"
        "print(*(n for n in sys.modules if n.startswith('ferrule.cli.')), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(_FERRULE_COMPLETE="bash_complete", COMP_WORDS="ferrule ", COMP_CWORD="1"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "plain,check" in done.stdout
    assert "ferrule.cli.check" not in done.stderr.split()
