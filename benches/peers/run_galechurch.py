"""Aligns two files of lines by their lengths: run_galechurch.py A B > BEADS. Needs galechurch from PyPI."""

import sys

import galechurch

sides = [open(name, encoding="utf-8").read().splitlines() for name in sys.argv[1:3]]
# By default it refuses more than 50 million cells, a text of 6,000 by 8,000 lines.
cells = (len(sides[0]) + 1) * (len(sides[1]) + 1)
print("\n".join(galechurch.align(*sides, max_block_size=cells).to_pharaoh_lines()))
