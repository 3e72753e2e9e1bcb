#!/usr/bin/env python3
"""Runs the examples for Spark and Ray, also with processes killed in the middle, and compares with `duiqi batch` alone.

    try_engines.py DUIQI [RECORDS]

The lines must be the same ones, byte for byte, whatever the order. `run` calls it; it makes the environment.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from processes import Watch, below
from records import tables, write

ROOT = Path(__file__).resolve().parents[3]
BIN = Path(sys.executable).parent
# As many records as keep two cores busy for some ten seconds: one can be killed in the middle.
RECORDS = 3000
# Records of a table: only that it is read is tried.
TABLE = 100
# Pieces of the input, each for one process.
PIECES = 12
# Seconds after which a job hangs.
PATIENCE = 400
# A busy machine may be too slow for the 30 seconds that Ray gives itself to start.
STARTS, LATE = 3, "node timed out during startup"
# Characters of a log that are shown where a job fails.
LOG = 3000
ROW = "{:6} {:20} {:>6} {:>5} {:>8} {:>10} {:>4} {:>6}"


@dataclass
class Case:
    engine: str
    name: str
    command: list[str]
    table: bool = False
    victims: Sequence[str] = ()
    # Processes of duiqi that are needed if all goes well.
    pieces: int = 0


@dataclass
class Plain:
    """What the binary makes of an input by itself, in one thread."""

    inputs: list[Path]
    lines: Counter[bytes]
    seconds: float
    processor: float


def spark(master: str, *more: str) -> list[str]:
    # Short jobs end before compiling their code well would pay.
    java = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    conf = ["--conf", "spark.ui.enabled=false"]
    for side in ("driver", "executor"):
        conf += ["--conf", f"spark.{side}.extraJavaOptions={java}"]
    return [str(BIN / "spark-submit"), "--master", master, *conf, str(ROOT / "examples/spark/align.py"), *more]


def ray(*more: str) -> list[str]:
    return [sys.executable, str(ROOT / "examples/ray/align.py"), *more]


def cases(records: int) -> list[Case]:
    dealt = ["--partitions", str(PIECES)]
    cluster = "local-cluster[2,1,1024]"
    batch = ["--batch", str(max(1, records // PIECES)), "--workers", "2"]
    both = ("duiqi", "worker")
    return [
        Case("Spark", "files as they are", spark("local[2]")),
        Case("Spark", "Parquet", spark("local[2]"), table=True),
        Case("Spark", "duiqi, worker killed", spark("local[2,4]", *dealt), victims=both, pieces=PIECES),
        Case("Spark", "executor killed", spark(cluster, *dealt), victims=("executor",), pieces=PIECES),
        Case("Ray", "files as they are", ray(*batch)),
        Case("Ray", "Parquet", ray(*batch), table=True),
        # Files are cut into batches one by one.
        Case("Ray", "duiqi, worker killed", ray(*batch), victims=both, pieces=PIECES + 2),
    ]


def environment(folder: Path) -> dict[str, str]:
    """Everything on this machine, with the Python that has the engines; what the killed leave goes with the folder."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("RAY_", "SPARK_", "PYSPARK_"))}
    return kept | {
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "PYSPARK_PYTHON": sys.executable,
        "TMPDIR": str(folder),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "RAY_USAGE_STATS_ENABLED": "0",
    }


def plain(duiqi: Path, inputs: list[Path]) -> Plain:
    before, start = os.times(), time.monotonic()
    command = [str(duiqi), "batch", "--quiet", "--threads", "1", "--piece", "--failures-ok", *map(str, inputs)]
    output = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    after, end = os.times(), time.monotonic()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Plain(inputs, Counter(output.split(b"\n")[:-1]), end - start, used)


def run(case: Case, command: list[str], folder: Path, log: Path) -> tuple[int, Watch]:
    """Runs a job until it ends; its status, and what was seen of it."""
    with log.open("wb") as file:
        job = subprocess.Popen(
            command, env=environment(folder), stdout=file, stderr=file, cwd=folder, start_new_session=True
        )
        watch = Watch(job.pid, case.victims, after=PIECES // 4)
        watch.start()
        try:
            status = job.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            for pid in below(job.pid):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            status = job.wait()
        watch.over.set()
        watch.join()
    return status, watch


def attempt(case: Case, duiqi: Path, want: Plain, folder: Path) -> str | None:
    """Runs a case and prints its row; what is wrong, if anything."""
    output, log = folder / "out", folder / "log"
    command = [*case.command, "--duiqi", str(duiqi), "-o", str(output), *map(str, want.inputs)]
    for _ in range(STARTS):
        start = time.monotonic()
        status, watch = run(case, command, folder, log)
        if status == 0 or LATE not in log.read_text(errors="replace"):
            break
        print(f"{case.engine} took too long to start; once more", flush=True)
    seconds = time.monotonic() - start
    found: Counter[bytes] = Counter()
    for path in output.glob("[!._]*"):
        found.update(path.read_bytes().split(b"\n")[:-1])
    lost, doubled = (want.lines - found).total(), (found - want.lines).total()
    times = (f"{seconds:.0f}", f"{watch.seconds():.0f}")
    print(ROW.format(case.engine, case.name, found.total(), lost, doubled, len(watch.aligners), *times), flush=True)

    wrong = [what for what, is_so in (
        (f"status {status}", status != 0),
        (f"{lost} lines lost, {doubled} too many", lost or doubled),
        (f"only killed: {watch.killed}", watch.killed != list(case.victims)),
        # What was killed had done its work already.
        ("nothing was run again", len(watch.aligners) < case.pieces + len(case.victims)),
    ) if is_so]
    if wrong:
        tail = log.read_text(errors="replace")[-LOG:]
        return f"FAILED: {case.engine}, {case.name}: {'; '.join(wrong)}\n{tail}"
    return None


def main() -> None:
    duiqi = Path(sys.argv[1]).resolve()
    count = int(sys.argv[2]) if len(sys.argv) > 2 else RECORDS
    failures = []
    with tempfile.TemporaryDirectory(prefix="engines-") as made:
        folder = Path(made)
        files = plain(duiqi, write(folder / "in", count))
        table = plain(duiqi, tables(folder / "in", TABLE))
        table.inputs = [folder / "in/table.parquet"]
        total = files.lines.total()
        rate = total / files.processor
        print(f"{total} records; without an engine {rate:.0f} a second of processor time, {files.processor:.1f} s")
        print(ROW.format("", "", "lines", "lost", "doubled", "processes", "s", "CPU s"))
        for number, case in enumerate(cases(count)):
            own = folder / str(number)
            own.mkdir()
            failures.append(attempt(case, duiqi, table if case.table else files, own))
    failures = [failure for failure in failures if failure]
    print(*failures, sep="\n")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
