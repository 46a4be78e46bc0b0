"""Packs the breaches of corpus/train, which explanations of learned findings name.

python tools/precedents.py
"""

import json
from pathlib import Path

from compliance.meaning.precedents import SHIPPED, packed

TRAIN = Path(__file__).parents[1] / "corpus" / "train"

if __name__ == "__main__":
    files = sorted(TRAIN.glob("*.jsonl"))
    SHIPPED.write_bytes(packed(json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()))
