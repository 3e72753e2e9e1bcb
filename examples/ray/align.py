#!/usr/bin/env python3
"""Aligns records with `duiqi batch` on Ray Data: JSON lines or Parquet in, JSON lines out.

    python examples/ray/align.py --duiqi target/release/duiqi -o aligned/ pairs/*.jsonl.gz

A record is what `duiqi batch` takes: `id`, and `en` and `zh`, or `article`. The binary is sent to the workers; they
need nothing else. One that cannot be aligned gives a record with `error`, and the job goes on; a batch whose process or
worker dies is run again.
"""

import argparse
import io
import json
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa
import ray
from pyarrow.fs import FileSystem
from ray.data import SaveMode
from ray.data.block import BlockAccessor
from ray.data.datasource import BlockBasedFileDatasink

# What `duiqi batch` takes for blank; a blank line has no record.
BLANK = b" \t\r\n\f"
# How often a batch is tried anew; a record that kills the process each time must not keep the job busy for ever.
RETRIES = 3


def read(paths: pa.Table, rows: int) -> Iterator[pa.Table]:
    """The lines of files, so many at a time, unpacked if the name ends in .gz or .zst.

    `ray.data.read_text` ends lines where `str.splitlines` does, also at U+2028 and U+0085, which JSON allows in strings.
    """
    for path in paths["path"].to_pylist():
        system, name = FileSystem.from_uri(path)
        with io.BufferedReader(system.open_input_stream(name)) as stream:
            while lines := list(islice(stream, rows)):
                yield records(line for line in lines if line.strip(BLANK))


def to_json(table: pa.Table) -> pa.Table:
    return records(json.dumps(row, ensure_ascii=False, default=str).encode() for row in table.to_pylist())


def records(lines: Iterator[bytes]) -> pa.Table:
    # Arrow keeps bytes as they are; NumPy, which Ray takes by default, cuts NULs off their end.
    return pa.table({"record": pa.array(lines, pa.large_binary())})


def align(batch: pa.Table, binary: ray.ObjectRef, options: list[str]) -> pa.Table:
    """A batch through one process, as many lines out as in.

    A task and no actor: a pool of actors that has all cores leaves none to read with, and the job waits for ever.
    """
    given = [record.rstrip(b"\n") + b"\n" for record in batch["record"].to_pylist()]
    # One thread: Ray gives a task one core.
    arguments = ["batch", "--quiet", "--threads", "1", "--piece", "--failures-ok", *options]
    with tempfile.TemporaryDirectory(prefix="duiqi-") as folder:
        program = Path(folder, "duiqi")
        program.write_bytes(ray.get(binary))
        program.chmod(0o700)
        process = subprocess.Popen([program, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    # The file is gone by now, so that a worker that is killed leaves none behind; the process keeps what it runs.
    output, _ = process.communicate(b"".join(given))
    # Not `splitlines`, as in `read`.
    lines = output.split(b"\n")[:-1]
    if process.returncode != 0 or len(lines) != len(given):
        what = f"status {process.returncode} after {len(lines)} of {len(given)} records"
        # A signal may have come from outside; any other status would come again.
        raise (ChildProcessError if process.returncode < 0 else RuntimeError)(f"duiqi {shlex.join(arguments)}: {what}")
    return pa.table({"line": pa.array(lines, pa.large_binary())})


class Lines(BlockBasedFileDatasink):
    """Writes each row as a line; `write_json` would give all records the same keys."""

    def write_block_to_file(self, block: BlockAccessor, file: pa.NativeFile) -> None:
        file.write(b"".join(line + b"\n" for line in block.to_arrow()["line"].to_pylist()))


def main() -> None:
    parser = argparse.ArgumentParser(description="Aligns records with `duiqi batch` on Ray Data.")
    parser.add_argument("input", nargs="+", help="JSON lines (also .gz, .zst), or Parquet if all names end so")
    parser.add_argument("-o", "--output", required=True, help="folder for the JSON lines; must not exist")
    parser.add_argument("--duiqi", default=shutil.which("duiqi"), help="the binary, as it is to run on the workers")
    parser.add_argument("--options", default="", help="more options of `duiqi batch`, in one string")
    parser.add_argument("--workers", type=int, help="batches at once; else as many as there are cores")
    parser.add_argument("--batch", type=int, default=500, help="records that a process gets")
    args = parser.parse_args()
    if args.duiqi is None:
        parser.error("there is no duiqi on the PATH: name it by --duiqi")

    ray.init(ignore_reinit_error=True)
    if all(path.rstrip("/").endswith(".parquet") for path in args.input):
        data = ray.data.read_parquet(args.input).map_batches(to_json, batch_format="pyarrow")
    else:
        paths = [path if "://" in path else str(Path(path).resolve()) for path in args.input]
        files = ray.data.from_items([{"path": path} for path in paths], override_num_blocks=len(paths))
        data = files.map_batches(read, fn_args=[args.batch], batch_size=1, batch_format="pyarrow")
    data.map_batches(
        align,
        fn_args=[ray.put(Path(args.duiqi).read_bytes()), shlex.split(args.options)],
        concurrency=args.workers,
        batch_size=args.batch,
        batch_format="pyarrow",
        max_retries=RETRIES,
        retry_exceptions=[ChildProcessError],
    ).write_datasink(Lines(args.output, file_format="jsonl", mode=SaveMode.ERROR))


if __name__ == "__main__":
    main()
