#!/usr/bin/env python3
"""Runs the examples for Spark and Ray, with and without a process killed in the middle, and compares with `duiqi batch` alone.

    try_engines.py DUIQI [RECORDS]

The lines must be the same ones, byte for byte, whatever the order. Called by `run`, which says where the engines come from.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from processes import Watch
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
PATIENCE = 240
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
    settings = {"spark.ui.enabled": "false", "spark.driver.extraJavaOptions": java, "spark.executor.extraJavaOptions": java}
    conf = [word for key, value in settings.items() for word in ("--conf", f"{key}={value}")]
    return [str(BIN / "spark-submit"), "--master", master, *conf, str(ROOT / "examples/spark/align.py"), *more]


def ray(*more: str) -> list[str]:
    return [sys.executable, str(ROOT / "examples/ray/align.py"), *more]


def cases(records: int) -> list[Case]:
    dealt = ["--partitions", str(PIECES)]
    batch = ["--batch", str(max(1, records // PIECES)), "--workers", "2"]
    both = ("duiqi", "worker")
    return [
        Case("Spark", "files as they are", spark("local[2]")),
        Case("Spark", "Parquet", spark("local[2]"), table=True),
        Case("Spark", "duiqi, worker killed", spark("local[2,4]", *dealt), victims=both, pieces=PIECES),
        Case("Spark", "executor killed", spark("local-cluster[2,1,1024]", *dealt), victims=("executor",), pieces=PIECES),
        Case("Ray", "files as they are", ray(*batch)),
        Case("Ray", "Parquet", ray(*batch), table=True),
        # Files are cut into batches one by one.
        Case("Ray", "duiqi, worker killed", ray(*batch), victims=both, pieces=PIECES + 2),
    ]


def environment() -> dict[str, str]:
    """Everything on this machine, with the Python that has the engines."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("RAY_", "SPARK_", "PYSPARK_"))}
    return kept | {
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "RAY_USAGE_STATS_ENABLED": "0",
    }


def plain(duiqi: Path, inputs: list[Path]) -> Plain:
    before, start = os.times(), time.monotonic()
    command = [duiqi, "batch", "--quiet", "--threads", "1", "--piece", "--failures-ok", *inputs]
    output = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    after, end = os.times(), time.monotonic()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Plain(inputs, Counter(output.split(b"\n")[:-1]), end - start, used)


def attempt(case: Case, duiqi: Path, want: Plain, folder: Path) -> str | None:
    """Runs a case and prints its row; what is wrong, if anything."""
    output, log = folder / "out", folder / "log"
    command = [*case.command, "--duiqi", str(duiqi), "-o", str(output), *map(str, want.inputs)]
    start = time.monotonic()
    with log.open("wb") as file:
        job = subprocess.Popen(command, env=environment(), stdout=file, stderr=file, cwd=folder, start_new_session=True)
        watch = Watch(job.pid, case.victims, after=PIECES // 4)
        watch.start()
        try:
            status = job.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(job.pid, signal.SIGKILL)
            status = job.wait()
        watch.over.set()
        watch.join()
    seconds = time.monotonic() - start
    found: Counter[bytes] = Counter()
    for path in output.glob("[!._]*"):
        found.update(path.read_bytes().split(b"\n")[:-1])
    lost, doubled = (want.lines - found).total(), (found - want.lines).total()
    cells = (case.engine, case.name, found.total(), lost, doubled, len(watch.aligners), f"{seconds:.0f}", f"{watch.seconds():.0f}")
    print(ROW.format(*cells), flush=True)

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
        print(f"{total} records, {total / files.processor:.0f} a second of processor time without an engine ({files.processor:.1f} s)")
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
