"""Aligns two files of lines by their lengths: run_galechurch.py A B > BEADS. Needs galechurch from PyPI."""

import sys

import galechurch

sides = [open(name, encoding="utf-8").read().splitlines() for name in sys.argv[1:3]]
print("\n".join(galechurch.align(*sides).to_pharaoh_lines()))
