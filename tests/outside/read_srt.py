"""Reads an SRT file with the `srt` package, strictly, and prints a line a cue: start and end in milliseconds, words."""

import sys

try:
    import srt
except ImportError:
    print("the Python package srt is not installed")
    sys.exit(77)

with open(sys.argv[1], encoding="utf-8") as file:
    text = file.read()
for index, cue in enumerate(srt.parse(text, ignore_errors=False), 1):
    assert cue.index == index, f"cue {index} is numbered {cue.index}"
    millis = [round(time.total_seconds() * 1000) for time in (cue.start, cue.end)]
    print(*millis, "".join(cue.content.split()))
