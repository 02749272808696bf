"""What compiling costs: against a floor and a peer, again, many at a time, and as it grows."""

import marshal
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import keep
from benchmarks.measure import as_installed, in_turns, peaks, ratio, seconds, table, used_by
from benchmarks.workload import write

PEER = "openapi-python-client"
# The least that any compiler does: start Python, parse the YAML in C, write the same files.
FLOOR = """
import marshal, os, sys
from yaml._yaml import CParser
with open(sys.argv[1], encoding="utf-8") as spec:
    CParser(spec.read()).raw_parse()
with open(sys.argv[2], "rb") as stream:
    files = marshal.load(stream)
for path, content in files.items():
    place = os.path.join(sys.argv[3], path)
    os.makedirs(os.path.dirname(place), exist_ok=True)
    with open(place, "wb") as stream:
        stream.write(content)
"""
WORKLOAD = """
import sys
from pathlib import Path
from benchmarks.workload import write
write(Path(sys.argv[1]), int(sys.argv[2]))
"""
ENTRY = "import sys; from ferrule.cli.entry import main; sys.exit(main())"


class Workplace:
    """A folder with specs, the documents that say the same, and what was made of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = as_installed(folder)

    def ours(self, actions: int, *more: str) -> list[str]:
        """The command that compiles a spec with so many actions."""
        spec = self.folder / f"acme_{actions}.yaml"
        if not spec.exists():
            # In a process of its own: what starts others should stay small, they begin as large.
            used_by([sys.executable, "-c", WORKLOAD, str(self.folder), str(actions)])
        out = self.out("ours", actions)
        return [sys.executable, "-c", ENTRY, "compile", str(spec), "-o", str(out), *more]

    def theirs(self, actions: int, peer: str) -> list[str]:
        """The command of the peer."""
        document, out = self.folder / f"acme_{actions}.json", self.out("theirs", actions)
        return [peer, "generate", "--path", str(document), "--output-path", str(out), "--overwrite"]

    def floor(self, actions: int) -> list[str]:
        """The command that does no more than any compiler must. Compiles once, to have files."""
        used_by(self.ours(actions), env=self.env)
        out = self.out("ours", actions)
        files = {
            path.relative_to(out).as_posix(): path.read_bytes()
            for path in out.rglob("*")
            if path.is_file()
        }
        kept = self.folder / f"files_{actions}"
        kept.write_bytes(marshal.dumps(files))
        spec = self.folder / f"acme_{actions}.yaml"
        floor = self.out("floor", actions)
        return [sys.executable, "-c", FLOOR, str(spec), str(kept), str(floor)]

    def out(self, who: str, actions: int) -> Path:
        """Where something is written."""
        return self.folder / f"{who}_{actions}"

    def clear(self, actions: int) -> None:
        """Remove all that was written, so that the next run writes everything."""
        for who in ("ours", "theirs", "floor"):
            shutil.rmtree(self.out(who, actions), ignore_errors=True)


def lines_of(folder: Path, *, without: Sequence[str] = ()) -> int:
    """Lines of Python below a folder, outside the folders named in `without`."""
    return sum(
        len(path.read_bytes().splitlines())
        for path in folder.rglob("*.py")
        if not set(path.relative_to(folder).parts) & set(without)
    )


def cold(place: Workplace) -> None:
    """Cold compiles against the floor."""
    rows = []
    for actions, rounds in ((10, 15), (100, 15), (1000, 11)):
        commands = {"ferrule": place.ours(actions), "floor": place.floor(actions)}
        taken = seconds(
            in_turns(
                commands,
                rounds=rounds,
                env=place.env,
                before=lambda _, actions=actions: place.clear(actions),  # type: ignore[misc]
            )
        )
        cells = [f"{statistics.median(taken[name]) * 1000:.0f} ms" for name in commands]
        rows.append([f"{actions:,}", *cells, f"{ratio(taken, 'ferrule', 'floor'):.1f}"])
    table("Cold compile, against the floor", ["actions", "ferrule", "floor", "ratio"], rows)


def growth(place: Workplace) -> None:
    """Seconds and memory from 10 to 10,000 actions in turns, beside the peer up to 1,000."""
    peer = shutil.which(PEER)
    sizes = (10, 100, 1000, 10000)
    commands: dict[str, Sequence[str]] = {f"ferrule {size}": place.ours(size) for size in sizes}
    if peer is not None:
        commands |= {f"{PEER} {size}": place.theirs(size, peer) for size in sizes[:3]}
    taken = in_turns(
        commands,
        rounds=3,
        env=place.env,
        before=lambda name: place.clear(int(name.rpartition(" ")[2])),
    )
    cpu = {name: statistics.median(each) for name, each in seconds(taken).items()}
    rows, told = [], []
    for before, actions in zip((0, *sizes), sizes, strict=False):
        name = f"ferrule {actions}"
        mine, peak = cpu[name], statistics.median(peaks(taken)[name])
        step = ""
        if before:
            further = (mine - cpu[f"ferrule {before}"]) / (actions - before)
            step = f"{further * 1e3:.2f} ms"
        rows.append([f"{actions:,}", f"{mine:.2f} s", step, f"{peak:.0f} MB"])
        both = {
            each: cpu[found] for each in ("ferrule", PEER) if (found := f"{each} {actions}") in cpu
        }
        told.append({"actions": actions} | {each: round(value, 3) for each, value in both.items()})
        place.clear(actions)
    heads = ["actions", "CPU", "each further action", "peak of memory"]
    table("Growth", heads, rows)
    keep("growth", told)


def beside_the_peer(place: Workplace) -> None:
    """Total CPU, lines, CPU a line."""
    peer = shutil.which(PEER)
    rows = []
    for actions, rounds in ((100, 3), (1000, 2)):
        commands: dict[str, Sequence[str]] = {"ferrule": place.ours(actions)}
        if peer is not None:
            commands[PEER] = place.theirs(actions, peer)
        place.clear(actions)
        taken = seconds(
            in_turns(
                commands,
                rounds=rounds,
                env=place.env,
                before=lambda name, actions=actions: shutil.rmtree(  # type: ignore[misc]
                    place.out("ours" if name == "ferrule" else "theirs", actions),
                    ignore_errors=True,
                ),
            )
        )
        ours = place.out("ours", actions)
        written = lines_of(ours)
        plain = lines_of(ours, without=("models",)) / actions
        cells = [f"{statistics.median(taken['ferrule']):.2f} s", f"{written:,}", f"{plain:.0f}"]
        if peer is None:
            cells += ["not installed", "", "", "", ""]
        else:
            theirs = place.out("theirs", actions)
            other, whole = lines_of(theirs), ratio(taken, "ferrule", PEER)
            cells += [
                f"{statistics.median(taken[PEER]):.2f} s",
                f"{other:,}",
                f"{lines_of(theirs, without=('models',)) / actions:.0f}",
                f"{whole:.2f}",
                f"{whole * other / written:.2f}",
            ]
        rows.append([f"{actions:,}", *cells])
    lines = ("lines", "an action, models apart")
    heads = ["actions", "ferrule", *lines, PEER, *lines, "CPU ratio", "CPU ratio a line"]
    table("Compile, beside the peer", heads, rows)


def again(place: Workplace) -> None:
    """Nothing changed, and one action changed."""
    rows = []
    for actions in (10, 100, 1000):
        used_by(place.ours(actions), env=place.env)
        commands = {"python": [sys.executable, "-c", "pass"], "again": place.ours(actions)}
        taken = seconds(in_turns(commands, rounds=15, env=place.env))
        cells = [f"{statistics.median(taken[name]) * 1000:.0f} ms" for name in commands]
        rows.append([f"{actions:,}", *cells, f"{ratio(taken, 'again', 'python'):.2f}"])
    heads = ["actions", "python -c pass", "nothing changed", "ratio"]
    table("Nothing changed, digests of all files verified", heads, rows)

    command = place.ours(1000)
    spec = Path(command[4])
    original = spec.read_text(encoding="utf-8")
    number = iter(range(1000))

    def prepare(name: str) -> None:
        if name == "cold":
            place.clear(1000)
            spec.write_text(original, encoding="utf-8")
        else:
            old = "summary: Archive records of invoice 0001."
            new = f"summary: Archive records of invoice 0001 ({next(number)})."
            spec.write_text(original.replace(old, new), encoding="utf-8")

    taken = seconds(
        in_turns(
            {"cold": command, "one action changed": command},
            rounds=9,
            env=place.env,
            before=prepare,
        )
    )
    cells = [f"{statistics.median(taken[name]):.2f} s" for name in taken]
    row = ["1,000", *cells, f"{ratio(taken, 'one action changed', 'cold'):.2f}"]
    table("One action of 1,000 changed", ["actions", "cold", "one action changed", "ratio"], [row])
    spec.write_text(original, encoding="utf-8")


def many(place: Workplace) -> None:
    """Seconds of many specs, by one process and by two."""
    specs = place.folder / "many"
    specs.mkdir()
    text = write(place.folder, 200)[0].read_text(encoding="utf-8")
    for number in range(48):
        renamed = text.replace("connector: acme", f"connector: acme{number}")
        (specs / f"acme{number}.yaml").write_text(renamed, encoding="utf-8")
    out = place.folder / "many_out"
    commands = {
        jobs: [sys.executable, "-c", ENTRY, "compile", str(specs), "-o", str(out), "--jobs", jobs]
        for jobs in ("1", "2")
    }
    wall: dict[str, list[float]] = {jobs: [] for jobs in commands}
    cpu: dict[str, list[float]] = {jobs: [] for jobs in commands}
    for number in range(4):
        for jobs, command in commands.items():
            shutil.rmtree(out, ignore_errors=True)
            began = time.perf_counter()
            used = used_by(command, env=place.env)
            if number:
                wall[jobs].append(time.perf_counter() - began)
                cpu[jobs].append(used.seconds)
    rows = [
        [
            what,
            *(f"{statistics.median(found):.2f} s" for found in taken.values()),
            f"{ratio(taken, '1', '2'):.2f}",
        ]
        for what, taken in (("wall clock", wall), ("CPU of all processes", cpu))
    ]
    heads = ["48 specs of 200 actions", "--jobs 1", "--jobs 2", "ratio"]
    table("Many specs", heads, rows)


def main() -> None:
    """Print all tables."""
    with tempfile.TemporaryDirectory() as name:
        place = Workplace(Path(name))
        cold(place)
        beside_the_peer(place)
        again(place)
        many(place)
        growth(place)


if __name__ == "__main__":
    main()
