"""What `compliance model train` does."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import typer

from compliance.cli.configuration import folders
from compliance.cli.failure import OptionError, show
from compliance.cli.output import check_output, write_file
from compliance.cli.progress import bar
from compliance.judge.examples import ExampleRunner
from compliance.judge.stance import Stances
from compliance.meaning.model import Model
from compliance.meaning.reader import Reader
from compliance.meaning.scoring import scored
from compliance.meaning.store import MeaningError, dump, load, model_file
from compliance.release.feedback import Feedback, read_feedback
from compliance.release.release import load_release
from compliance.release.shipped import shipped
from compliance.release.training import Corpus, read_corpus, trained, worse
from compliance.release.ways import thresholds
from compliance.settings import cache_folder, chosen_model, home

WORSE = 1
STALE = 1


def train(folder: Path | None, said: Sequence[Path], output: Path | None, reason: str, *, check: bool) -> int:
    """Trains and writes the model unless it scores worse than those it would replace; the exit code."""
    target = output or chosen_model() or home() / "model.npz"
    if check and not target.is_file():
        raise OptionError("没有这个模型文件，无从核对", place=str(target), remedy="用 -o 写明要核对的文件")
    check_output(target, said)
    corpus = read_corpus(folder or shipped("corpus"))
    feedback = read_feedback(said)
    _tell_feedback(feedback)
    made = _trained(corpus, feedback)
    score = made.about.average_precision
    others = _scores(corpus, target)
    lost = worse(score, others.values())
    if lost and reason.strip():
        made = replace(made, about=made.about.model_copy(update={"accepted": reason.strip()}))
    raw = dump(made)
    if check:
        same = target.is_file() and target.read_bytes() == raw
        typer.echo(f"{target} {'就是' if same else '不是'}这些语料训练出来的")
        return 0 if same else STALE
    typer.echo(f"调参集平均精度 {score:.4f}")
    for name, other in others.items():
        typer.echo(f"  {name} {other:.4f}")
    if lost and not reason.strip():
        show("没有写入：新模型在调参集上更差，原来的没有动；确要换上，用 --accept-worse 写明理由", colour="red")
        return WORSE
    write_file(target, raw)
    typer.echo(f"已写入 {target}（{len(raw) / 1e6:.1f} MB，摘要 {model_file(target).digest[:16]}）")
    _tell_examples(load(raw))
    if target.resolve() != (chosen_model() or model_file().path).resolve():
        typer.echo(f"要用它审查，设置 COMPLIANCE_MODEL={target}")
    return 0


def _trained(corpus: Corpus, feedback: Feedback) -> Model:
    with bar() as progress:
        task = progress.add_task("准备", total=None)
        return trained(
            corpus,
            feedback,
            lambda step, done, total: progress.update(task, description=step, completed=done, total=total),
        )


def _scores(corpus: Corpus, target: Path) -> dict[str, float]:
    """The average precision, on the same part, of the models that there are: in use, about to be replaced, shipped."""
    places = {"正在使用的": chosen_model(), "原来的文件": target, "随产品发布的": model_file().path}
    found: dict[str, float] = {}
    known: set[str] = set()
    for name, path in places.items():
        if path is None or not path.is_file():
            continue
        file = model_file(path)
        if file.digest in known:
            continue
        known.add(file.digest)
        try:
            found[name] = scored(file.load(), corpus.held_out).average_precision
        except MeaningError as error:
            show(f"{name}不能比较：{error}", colour="yellow")
    return found


def _tell_feedback(feedback: Feedback) -> None:
    if feedback.parts:
        open_lines = f"；{feedback.open} 行还没有填 feedback，略过" if feedback.open else ""
        typer.echo(f"反馈：确认 {feedback.confirmed} 行，驳回 {feedback.rejected} 行{open_lines}")
    if feedback.parts and not feedback.examples:
        raise OptionError("没有一行填了 confirmed 或 rejected", place="--feedback", remedy="先填好 feedback 再训练")


def _tell_examples(model: Model) -> None:
    """Which rules' own examples the new model reads otherwise."""
    chosen = folders(None, None)
    release = load_release(chosen.policies, chosen.lexicons, cache=cache_folder())
    stances = Stances(release.sources.lexicons)
    run = ExampleRunner(release.scanner, release.facts, stances, Reader(model))
    asking = {rule.id: rule for rule, _ in thresholds(release.rules)}
    failed = [result for rule in asking.values() for result in run.run(rule) if not result.passed]
    if failed:
        names = "、".join(dict.fromkeys(result.rule.id for result in failed))
        show(
            f"{len(failed)} 个规则例子在新模型下不成立（{names}）：用 compliance policy test 查看，改阈值后再发布",
            colour="yellow",
        )
