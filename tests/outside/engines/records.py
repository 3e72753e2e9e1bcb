#!/usr/bin/env python3
"""Makes the records that the engines are tried on, from the gold alignments in data/: the same bytes each time.

    records.py DIR [COUNT]

DIR gets four files of JSON lines, one of them gzip, and one that does not end with a line feed. Among COUNT good
records (3,000) stand blank lines, and lines that a careless reader takes apart (U+2028, U+2029 and U+0085 inside strings,
a carriage return between two tokens) or that cannot be aligned (no JSON, not UTF-8, no Chinese, a lone surrogate, …).
"""

import gzip
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).resolve().parents[3] / "data"
GOLD = ("earnings-call", "webinar", "handbook", "interview")
FILES = ("a.jsonl", "b.jsonl", "c.jsonl.gz", "d.jsonl")
# Ends of lines for Unicode and for str.splitlines, none for JSON: they may stand in a string as they are.
SEPARATORS = "\u2028\u2029\u0085"
# One line in so many is blank, and one in so many is bad.
BLANK, BAD = 97, 23

Group = tuple[list[str], list[str]]


def gold(name: str) -> list[Group]:
    """The groups of sentences in a gold alignment, in order."""
    rows = (DATA / name / "gold.tsv").read_text(encoding="utf-8").split("\n")
    body = [row.split("\t") for row in rows if row and not row.startswith("#") and not row.startswith("en\tzh")]
    return [([s for s in row[0].split(" | ") if s], [s for s in row[1].split(" | ") if s]) for row in body]


def record(key: str, groups: list[Group], form: int, chance: random.Random) -> bytes:
    """A good record, in one of the forms that `duiqi batch` takes."""
    english = [sentence for en, _ in groups for sentence in en]
    chinese = [sentence for _, zh in groups for sentence in zh]
    if form == 0:
        fields = {"id": key, "en": english, "zh": chinese}
    elif form == 1:
        fields = {"id": key, "article": "\n\n".join(" ".join(en) + "\n\n" + "".join(zh) for en, zh in groups)}
    elif form == 2:
        mark = chance.choice(SEPARATORS)
        fields = {"id": key, "en": mark.join(english), "zh": mark.join(chinese)}
    else:
        fields = {"id": key, "en": " ".join(english), "zh": "".join(chinese)}
    # Non-ASCII as it is, or escaped.
    line = json.dumps(fields, ensure_ascii=form == 4).encode()
    if form == 5:
        line = line.replace(b', "zh"', b',\r"zh"') + b"\r"
    return line


def bad(key: str, kind: int) -> bytes:
    """A line that cannot be aligned; some have no id that could be read."""
    head = json.dumps({"id": key})[:-1].encode()
    kinds = (
        head + b', "en": "Cut off',
        head + b', "en": "Only English."}',
        head + b', "en": 7, "zh": "\xe4\xb8\x83"}',
        head + b', "en": "Half a pair \\ud83d.", "zh": "\xe5\x8d\x8a\xe4\xb8\xaa"}',
        head + b', "en": "", "zh": ""}',
        head + ', "en": "没有英文。", "zh": "没有英文。"}'.encode(),
        head + b', "en": "Not UTF-8: \xff\xfe.", "zh": "\xb2\xbb\xca\xc7"}',
        b"[]",
        b"no JSON at all",
        b"\x00\x85\x1e",
    )
    return kinds[kind % len(kinds)]


def lines(count: int) -> Iterator[bytes]:
    """All lines, without their line feeds."""
    chance = random.Random(20240229)
    sources = [groups for groups in map(gold, GOLD) if len(groups) > 1]
    for i in range(count):
        groups = chance.choices(sources, weights=[len(s) for s in sources])[0]
        length = min(chance.randint(3, 12), len(groups))
        start = chance.randint(0, len(groups) - length)
        yield record(f"pair-{i:06}", groups[start:start + length], i % 6, chance)
        if i % BAD == 0:
            yield bad(f"bad-{i:06}", i // BAD)
        if i % BLANK == 0:
            yield b"" if i % 2 else b" \t "


def write(target: Path, count: int) -> list[Path]:
    """Makes the files."""
    target.mkdir(parents=True, exist_ok=True)
    every = list(lines(count))
    # Files of unequal length: engines deal out files as well as lines.
    shares = (count // 2, count // 4, count // 8, len(every))
    start = 0
    for name, share in zip(FILES, shares, strict=True):
        part = every[start:start + share]
        start += share
        ending = b"" if name == FILES[-1] else b"\n"
        data = b"\n".join(part) + ending
        (target / name).write_bytes(gzip.compress(data, mtime=0) if name.endswith(".gz") else data)
    return [target / name for name in FILES]


def tables(target: Path, count: int) -> list[Path]:
    """Records as a table: a Parquet file, and the JSON lines of the same."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    chance = random.Random(20240229)
    groups = gold(GOLD[0])
    every = [record(f"row-{i:06}", groups[i:i + 5], 2 + 2 * (i % 2), chance) for i in range(count)]
    pq.write_table(pa.Table.from_pylist([json.loads(line) for line in every]), target / "table.parquet")
    (target / "table.jsonl").write_bytes(b"\n".join(every))
    return [target / "table.jsonl"]


def main() -> None:
    write(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3000)


if __name__ == "__main__":
    main()
