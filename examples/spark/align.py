#!/usr/bin/env python3
"""Aligns records with `duiqi batch` on Spark: JSON lines or Parquet in, JSON lines out.

    spark-submit examples/spark/align.py --duiqi target/release/duiqi -o aligned/ pairs/*.jsonl.gz

A record is what `duiqi batch` takes: `id`, and `en` and `zh`, or `article`. The binary is sent to the executors; they
need nothing else. One that cannot be aligned gives a record with `error`, and the job goes on; a process that dies
fails its task, which Spark runs again from the start of the partition.
"""

import argparse
import shlex
import shutil
import subprocess
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyspark import SparkFiles
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import col, struct, to_json

# What `duiqi batch` takes for blank; a blank line has no record.
BLANK = b" \t\r\n\f"


def read(spark: SparkSession, paths: list[str]) -> DataFrame:
    """The records as a column of bytes, one line of JSON each."""
    if all(path.rstrip("/").endswith(".parquet") for path in paths):
        table = spark.read.parquet(*paths)
        return table.select(to_json(struct("*")).cast("binary").alias("value"))
    # By default a lone carriage return ends a line, too; in JSON it is only white space. As bytes, since a string would
    # hide what is not UTF-8 behind U+FFFD.
    return spark.read.text(paths, lineSep="\n").select(col("value").cast("binary"))


def align(records: Iterable[bytes], command: list[str]) -> Iterator[str]:
    """The records of a partition through one process, as many lines out as in.

    `rdd.pipe(..., checkCode=True)` is like this, but takes strings, and waits for ever when reading the records fails.
    """
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    given, taken = 0, 0
    failures: list[BaseException] = []

    def feed() -> None:
        nonlocal given
        try:
            with process.stdin as pipe:
                for record in records:
                    if record.strip(BLANK):
                        pipe.write(record + b"\n")
                        given += 1
        except BrokenPipeError:
            pass  # It ended early: its status says why.
        except BaseException as failure:
            # Without this, half a partition would pass for a whole one.
            failures.append(failure)
            process.kill()

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    try:
        for line in process.stdout:
            taken += 1
            yield line.decode().removesuffix("\n")
        feeder.join()
        status = process.wait()
    finally:
        process.kill()
        process.wait()
    if failures:
        raise failures[0]
    if status != 0 or given != taken:
        raise ChildProcessError(f"{shlex.join(command)}: status {status} after {taken} of {given} records")


def main() -> None:
    parser = argparse.ArgumentParser(description="Aligns records with `duiqi batch` on Spark.")
    parser.add_argument("input", nargs="+", help="JSON lines (also .gz), or Parquet if all names end so")
    parser.add_argument("-o", "--output", required=True, help="folder for the JSON lines; must not exist")
    parser.add_argument("--duiqi", default=shutil.which("duiqi"), help="the binary, as it is to run on the executors")
    parser.add_argument("--options", default="", help="more options of `duiqi batch`, in one string")
    parser.add_argument("--partitions", type=int, help="deal the records out anew; else in the order of the input")
    args = parser.parse_args()
    if args.duiqi is None:
        parser.error("there is no duiqi on the PATH: name it by --duiqi")

    spark = SparkSession.builder.appName("duiqi").getOrCreate()
    spark.sparkContext.addFile(args.duiqi)
    name, options = Path(args.duiqi).name, shlex.split(args.options)

    def partition(rows: Iterable) -> Iterator[str]:
        # One thread: Spark gives a task one core.
        command = [SparkFiles.get(name), "batch", "--quiet", "--threads", "1", "--piece", "--failures-ok", *options]
        return align((bytes(row.value) for row in rows), command)

    records = read(spark, args.input)
    if args.partitions:
        records = records.repartition(args.partitions)
    records.rdd.mapPartitions(partition).saveAsTextFile(args.output)
    spark.stop()


if __name__ == "__main__":
    main()
