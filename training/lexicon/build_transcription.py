#!/usr/bin/env python3
"""Writes data/lexicon/transcription.tsv: how names are transcribed between Latin letters and Chinese syllables.

    python training/lexicon/build_lexicon.py DIR          # writes DIR/cedict.tsv and DIR/zh.tsv
    python training/lexicon/build_transcription.py DIR > data/lexicon/transcription.tsv

The pairs are the names among the headwords of CC-CEDICT. Each Chinese syllable writes a stretch of up to five letters; which
ones with which probability is found by EM over all ways to part a name (Knight and Graehl, Machine Transliteration, 1998, in
the form of Pervouchine, Li and Lin, Transliteration Alignment, 2009).
"""
import math
import os
import re
import sys
import unicodedata
from collections import Counter, defaultdict

LONGEST = 5        # letters that one syllable writes while the table is learnt; longer stretches are noise
KEPT = 4           # letters of an entry of the table
ROUNDS = 8
LEAST_COUNT, LEAST_SHARE = 1.3, 0.006
WRONG = 3e-3       # share of stretches that the tables do not know
INITIALS = ['zh', 'ch', 'sh'] + list('bpmfdtnlgkhjqxrzcsyw')
VOWELS = set('aeiouy')
# Letters that an initial may stand for, before anything is learnt.
SEED = {'b': 'bp', 'p': 'pb', 'd': 'dt', 't': 'td', 'g': 'gk', 'k': 'kcgq', 'h': 'h', 'j': 'jgkcz', 'q': 'jcqkt',
        'x': 'shcxz', 'z': 'zsj', 'c': 'c', 's': 'scz', 'f': 'fvp', 'w': 'wv', 'm': 'm', 'n': 'n', 'l': 'lr',
        'r': 'rjl', 'y': 'yij', 'a': 'aeo', 'o': 'o', 'e': 'elr'}


def plain(name):
    name = name.lower().replace('ß', 'ss').replace('ø', 'o').replace('æ', 'ae').replace('ł', 'l')
    letters = ''.join(c for c in unicodedata.normalize('NFD', name) if 'a' <= c <= 'z')
    return re.sub(r'(.)\1', r'\1', letters)


def names(path):
    """(letters, syllables, characters) of headwords whose reading is capitalised and whose gloss begins with a name."""
    out = []
    for line in open(path, encoding='utf-8'):
        zh, reading, glosses = line.rstrip('\n').split('\t')
        if not re.fullmatch('[\u4e00-\u9fff·]+', zh) or not reading[:1].isupper():
            continue
        found = (re.match(r"^([A-Z][A-Za-zÀ-ÿ'\-]+(?: [A-Z][A-Za-zÀ-ÿ'\-]+)*)(?: \(| ?,|$)", g) for g in glosses.split('/'))
        name = next((m.group(1) for m in found if m), None)
        syllables = [re.sub(r'[0-9:]', '', s).lower().replace('ü', 'u').replace('v', 'u') for s in reading.split() if s != '·']
        if name is None or len(syllables) != len(zh.replace('·', '')):
            continue
        words, parts = re.split(r'[ \-]', name), [p for p in zh.split('·') if p]
        if len(words) != len(parts):
            words, parts = [''.join(words)], [''.join(parts)]
        at = 0
        for word, part in zip(words, parts):
            word = plain(word)
            if 2 <= len(word) <= 14 and 2 <= len(part) <= 8:
                out.append((word, tuple(syllables[at:at + len(part)]), part))
            at += len(part)
    return out


class Letters:
    """Any name at all: each letter given the one before."""
    def __init__(self, pairs):
        self.count = defaultdict(Counter)
        for word, _, _ in pairs:
            for before, letter in zip('^' + word, word):
                self.count[before][letter] += 1

    def cost(self, before, letter):
        row = self.count[before]
        return -math.log((row[letter] + 0.5) / (sum(row.values()) + 13))

    def prefix(self, word):
        sums = [0.0]
        for before, letter in zip('^' + word, word):
            sums.append(sums[-1] - self.cost(before, letter))
        return sums


def seed(stretch, syllable):
    if not stretch:
        return 0.002
    fits = stretch[0] in SEED.get(syllable[0], syllable[0]) or (syllable == 'er' and stretch[0] in 'lr')
    return (1.0 if fits else 0.03) * 0.35 ** abs(len(stretch) - 2.3)


def learn(pairs, letters):
    table, counts = None, None
    for _ in range(ROUNDS):
        counts = defaultdict(Counter)
        for word, syllables, _ in pairs:
            n, m = len(word), len(syllables)

            def p(i, j, s):
                return seed(word[i:j], s) if table is None else table[s].get(word[i:j], 0) + 1e-7
            ahead = [[0.0] * (n + 1) for _ in range(m + 1)]
            ahead[0][0] = 1.0
            for a in range(m):
                for i in range(n + 1):
                    for j in range(i, min(n, i + LONGEST) + 1) if ahead[a][i] else ():
                        ahead[a + 1][j] += ahead[a][i] * p(i, j, syllables[a])
            total = ahead[m][n]
            if total <= 0:
                continue
            back = [[0.0] * (n + 1) for _ in range(m + 1)]
            back[m][n] = 1.0
            for a in range(m - 1, -1, -1):
                for i in range(n + 1):
                    back[a][i] = sum(back[a + 1][j] * p(i, j, syllables[a])
                                     for j in range(i, min(n, i + LONGEST) + 1) if back[a + 1][j])
            share = 1.0
            if table is not None:
                evidence = math.log(total) - letters.prefix(word)[-1]
                share = 1 / (1 + math.exp(-evidence)) if evidence > -30 else 0.0
            if share < 1e-3:
                continue
            for a in range(m):
                for i in range(n + 1):
                    for j in range(i, min(n, i + LONGEST) + 1) if ahead[a][i] else ():
                        if back[a + 1][j]:
                            counts[syllables[a]][word[i:j]] += share * ahead[a][i] * p(i, j, syllables[a]) * back[a + 1][j] / total
        table = {s: {k: v / sum(c.values()) for k, v in c.items() if v / sum(c.values()) > 0.0015 or v > 1.5}
                 for s, c in counts.items()}
    return counts


def shares(count, least):
    total = sum(count.values())
    kept = {k: v / total for k, v in count.items() if len(k) <= KEPT and v >= least and v / total >= LEAST_SHARE}
    return kept


def cut(syllable):
    for initial in INITIALS:
        if syllable.startswith(initial) and len(syllable) > len(initial):
            return initial, syllable[len(initial):]
    return '', syllable


def onset(stretch):
    k = 0
    while k < len(stretch) and (stretch[k] not in VOWELS or (k == 0 and stretch[0] == 'y' and stretch[1:2] and stretch[1] in VOWELS)):
        k += 1
    return stretch[:k], stretch[k:]


def tables(counts):
    initials, finals = defaultdict(Counter), defaultdict(Counter)
    for syllable, count in counts.items():
        initial, final = cut(syllable)
        for stretch, v in count.items():
            if stretch:
                head, rest = onset(stretch)
                initials[initial][head] += v
                finals[final][rest] += v
    syllables = {s: shares(c, LEAST_COUNT) for s, c in counts.items()}
    return syllables, {k: shares(c, 1.0) for k, c in initials.items()}, {k: shares(c, 1.0) for k, c in finals.items()}


def evidence(word, syllables, model, letters):
    """ln P(letters | syllables) - ln P(letters)."""
    table, initials, finals = model
    sums = letters.prefix(word)
    row = [0.0] + [-1e9] * len(word)
    for s in syllables:
        initial, final = cut(s)
        nxt = [-1e9] * (len(word) + 1)
        for i in range(len(word) + 1):
            for j in range(i, min(len(word), i + LONGEST) + 1):
                head, rest = onset(word[i:j])
                parts = initials.get(initial, {}).get(head, 0) * finals.get(final, {}).get(rest, 0) if j > i else 0
                floor = WRONG * math.exp(sums[j] - sums[i]) if j > i else 0.004
                nxt[j] = max(nxt[j], row[i] + math.log(0.75 * table.get(s, {}).get(word[i:j], 0) + 0.25 * parts + floor))
        row = nxt
    return row[-1] - sums[-1]


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    pairs = names(os.path.join(sys.argv[1], 'cedict.tsv'))
    if len(sys.argv) == 3:
        # Names that are not learnt from: a file with lines English TAB Chinese.
        held = {p for line in open(sys.argv[2], encoding='utf-8') for p in line.rstrip('\n').split('\t')[-1].split('·')}
        pairs = [p for p in pairs if p[2] not in held]
    letters = Letters(pairs)
    model = tables(learn(pairs, letters))
    # Meanings instead of sounds, and reversed names: out.
    pairs = [p for p in pairs if evidence(p[0], p[1], model, letters) > 2]
    syllables, initials, finals = tables(learn(pairs, letters))

    written = Counter()
    for _, s, characters in pairs:
        if plain(''.join(s)) != _:
            written.update(characters)
    general = Counter()
    for line in open(os.path.join(sys.argv[1], 'zh.tsv'), encoding='utf-8'):
        word, p = line.rstrip('\n').split('\t')
        for c in word:
            general[c] += float(p)
    total, all_ = sum(written.values()), sum(general.values())

    print('# How names are transcribed; written by build_transcription.py from CC-CEDICT and wordfreq (CC BY-SA 4.0), see README.md.')
    print('# l: ln P(letter | letter before) for a to z, in -0.01; ^ is the beginning.')
    print('# s, i, f: syllable, initial, final, then the letters it writes with their probability in 1/1000.')
    print('# c: ln P(character | transcribed name) / P(character | text) in 0.1, then the characters.')
    for before in '^abcdefghijklmnopqrstuvwxyz':
        print('l', before, *(round(100 * letters.cost(before, x)) for x in 'abcdefghijklmnopqrstuvwxyz'), sep='\t')
    for mark, table in (('s', syllables), ('i', initials), ('f', finals)):
        for key, row in sorted(table.items()):
            if row:
                best = sorted(row.items(), key=lambda kv: (-kv[1], kv[0]))
                print(mark, key, *(f'{k}:{max(1, round(1000 * v))}' for k, v in best), sep='\t')
    by_ratio = defaultdict(list)
    for c, n in written.items():
        if n >= 2:
            ratio = math.log((n - 0.5) / total) - math.log(max(general[c] / all_, 1e-7))
            by_ratio[round(5 * ratio) * 2].append(c)
    for ratio in sorted(by_ratio, reverse=True):
        print('c', ratio, ''.join(sorted(by_ratio[ratio])), sep='\t')


if __name__ == '__main__':
    main()
