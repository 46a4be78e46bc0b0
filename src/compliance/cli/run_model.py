"""What `compliance model evaluate` and `compliance model show` do."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import orjson
from rich.console import Console
from rich.table import Table

from compliance.cli.configuration import Folders, folders, model_in_use
from compliance.cli.output import write_stdout
from compliance.cli.progress import tracked
from compliance.engine import CHINA
from compliance.meaning import features
from compliance.meaning.model import Model
from compliance.meaning.store import ModelFile, model_file
from compliance.model.errors import ComplianceError
from compliance.model.labels import KIND_LABELS
from compliance.model.vocabulary import Kind
from compliance.release.evaluation import GoldRecord
from compliance.release.labelled import gold_records
from compliance.release.release import Release, load_release
from compliance.release.shipped import shipped
from compliance.release.ways import SLICES, Compared, Way, compared, reliability, thresholds
from compliance.settings import cache_folder, chosen_model
from compliance.words.masking import mask

__all__ = ["evaluate", "folders", "show"]

TUNE = "tune"
WAY_NAMES = {Way.RULES: "仅规则", Way.READER: "仅判读", Way.BOTH: "两者"}
_SLICE_NAMES = {"kind": "种类", "source": "来源", "tag": "标签"}
_FIGURES = {
    "recall": "标注找到",
    "recall_kind": "找到且种类对",
    "precision": "结论正确",
    "compliant_flagged": "合规被报",
    "verdict_accuracy": "处理意见一致",
}


def evaluate(path: Path | None, part: str, chosen: Folders, day: date | None, *, as_json: bool) -> None:
    """Measures and prints. Raises ComplianceError: MeaningError for the model, ReadError naming file and line."""
    records = _part(part)
    file = _named(path)
    file.load()
    release = load_release(chosen.policies, chosen.lexicons, file, cache=cache_folder())
    try:
        found = compared(release, records, day or datetime.now(CHINA).date(), tracked(records, "审查"))
    except ComplianceError as error:
        raise ComplianceError(error.problem, place=f"{part} {error.place}", remedy=error.remedy) from error
    if as_json:
        _write(_measured(file, release, found))
        return
    _print_measured(Console(highlight=False), file, release, found)


def show(path: Path | None, chosen: Folders, *, as_json: bool) -> None:
    """Raises MeaningError when the model cannot be read."""
    file = _named(path)
    model = file.load()
    release = load_release(chosen.policies, chosen.lexicons, file, cache=cache_folder())
    if as_json:
        _write(_described(file, model, release))
        return
    _print_described(Console(highlight=False), file, model, release)


def _named(path: Path | None) -> ModelFile:
    return model_in_use() if path is None else model_file(path)


def _part(name: str) -> list[GoldRecord]:
    if name != TUNE or Path(name).is_file():
        return gold_records(Path(name))
    return [record for file in sorted((shipped("corpus") / TUNE).glob("*.jsonl")) for record in gold_records(file)]


def _write(value: object) -> None:
    write_stdout(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS))


def _measured(file: ModelFile, release: Release, found: Compared) -> dict[str, Any]:
    return {
        "model": file.digest,
        "release": release.digest,
        "records": len(found.records),
        "compliant": sum(not record.labels for record in found.records),
        "ways": {way: found.measured(way).summary() for way in Way},
        "slices": {of: {mask(each.name): _without_name(each._asdict()) for each in found.slices(of)} for of in SLICES},
        "reliability": [band._asdict() for band in reliability(release.reader, found.records)],
    }


def _without_name(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != "name"}


def _print_measured(console: Console, file: ModelFile, release: Release, found: Compared) -> None:
    lawful = sum(not record.labels for record in found.records)
    console.print(f"模型 {file.digest[:16]}  版本 {release.digest[:16]}")
    console.print(f"{len(found.records)} 条，其中 {lawful} 条合规")
    table = Table("", *_FIGURES.values(), box=None)
    for way in Way:
        told = found.measured(way).summary()
        table.add_row(WAY_NAMES[way], *(f"{told[key]:.1%}" for key in _FIGURES))
    console.print(table)
    for of, name in _SLICE_NAMES.items():
        heads = [f"{WAY_NAMES[way]}找到" for way in Way] + [f"{WAY_NAMES[way]}误报" for way in Way if of != "kind"]
        table = Table(name, "标注", "合规", *heads, box=None)
        for each in found.slices(of):
            shares = [_share(each.found[way], each.labels) for way in Way]
            shares += [_share(each.flagged[way], each.lawful) for way in Way if of != "kind"]
            table.add_row(mask(each.name), str(each.labels), str(each.lawful) if of != "kind" else "–", *shares)
        console.print(table)
    table = Table("把握", "命中", "平均把握", "实际正确", box=None)
    for band in reliability(release.reader, found.records):
        table.add_row(f"≥ {band.least:.2f}", str(band.hits), f"{band.confidence:.0%}", f"{band.right:.0%}")
    console.print(table)


def _share(some: int, of: int) -> str:
    return f"{some / of:.0%}" if of else "–"


def _described(file: ModelFile, model: Model, release: Release) -> dict[str, Any]:
    return {
        "digest": file.digest,
        "features": features.VERSION,
        "bytes": file.path.stat().st_size,
        "columns": len(model.columns),
        "in_use": file.digest == model_in_use().digest,
        "calibration": {"breach": model.breach._asdict(), "kind": model.kind._asdict()},
        "thresholds": {
            kind: [{"rule": rule, "comparison": comparison, "least": least} for rule, comparison, least in asked]
            for kind, asked in _asked(release).items()
        },
        **model.about.model_dump(mode="json"),
        "accepted": mask(model.about.accepted),
    }


def _asked(release: Release) -> dict[str, list[tuple[str, str, float]]]:
    found: dict[str, list[tuple[str, str, float]]] = {}
    for rule, node in thresholds(release.rules):
        found.setdefault(node.kind, []).append((rule.id, node.comparison, node.least))
    return found


def _print_described(console: Console, file: ModelFile, model: Model, release: Release) -> None:
    about = model.about
    where = "随产品发布" if file.path == model_file().path else mask(str(file.path))
    where += "（COMPLIANCE_MODEL）" if chosen_model() == file.path else ""
    size = file.path.stat().st_size / 1e6
    lines = [
        f"模型  {file.digest}",
        f"位置  {where}，{size:.1f} MB，{len(model.columns)} 个特征，特征第 {features.VERSION} 版",
        f"学自  {about.examples} 条（合规 {about.lawful}）",
        *(f"      {mask(part.name)}  {part.records} 条  {part.sha256[:16]}" for part in about.learned),
    ]
    if about.feedback:
        lines += [f"反馈  确认 {about.confirmed}，驳回 {about.rejected}"]
        lines += [f"      {mask(part.name)}  {part.records} 行  {part.sha256[:16]}" for part in about.feedback]
    lines += [
        "调参  校准与打分用",
        *(f"      {mask(part.name)}  {part.records} 条  {part.sha256[:16]}" for part in about.held_out),
        f"得分  平均精度 {about.average_precision:.4f}",
        *(
            f"      合规被报不超过 {level.flagged:.0%}：标注找到 {level.recall:.1%}，命中正确 {level.precision:.1%}"
            for level in about.levels
        ),
        f"校准  任一违规 {_curve(*model.breach)}，种类 {_curve(*model.kind)}",
    ]
    lines += [f"理由  得分变差仍换上：{mask(about.accepted)}"] if about.accepted else []
    for line in lines:
        console.print(line, markup=False, soft_wrap=True)
    asked = _asked(release)
    table = Table("种类", "训练例", "调参标注", "找到", "阈值", box=None)
    for each in about.kinds:
        limits = "、".join(f"{rule} {comparison} {least:g}" for rule, comparison, least in asked.get(each.kind, ()))
        label = KIND_LABELS[Kind(each.kind)]
        table.add_row(f"{each.kind} {label}", str(each.examples), str(each.labels), str(each.found), limits or "–")
    console.print(table)


def _curve(slope: float, offset: float) -> str:
    return f"σ({slope:.3f}·s{offset:+.3f})"
