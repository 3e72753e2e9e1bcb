"""Writes a Markdown file as a Word document: python make.py talk.md python-docx.docx"""

import re
import sys

from docx import Document

source, target = sys.argv[1:]
document = Document()
table = None
for line in open(source, encoding="utf-8").read().split("\n"):
    if not line.startswith("|"):
        table = None
    if line.startswith("#"):
        level = len(line) - len(line.lstrip("#"))
        document.add_heading(line.lstrip("# "), level)
    elif line.startswith("- "):
        document.add_paragraph(line[2:], style="List Bullet")
    elif line.startswith("| ---"):
        continue
    elif line.startswith("|"):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        table = table or document.add_table(rows=0, cols=len(cells))
        for cell, words in zip(table.add_row().cells, cells):
            cell.text = words
    elif line:
        paragraph = document.add_paragraph()
        for k, words in enumerate(re.split(r"\*\*", line)):
            run = paragraph.add_run(words)
            run.bold = k % 2 == 1
document.save(target)
