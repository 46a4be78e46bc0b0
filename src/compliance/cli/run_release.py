"""What `compliance policy publish`, `policy diff` and `replay` do."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from compliance.cli.configuration import Folders, folders, model_in_use, settings
from compliance.cli.failure import show
from compliance.cli.loading import load_engine
from compliance.cli.progress import tracked
from compliance.cli.recording import open_store
from compliance.cli.run_policy import EXAMPLES_FAIL, failures, runner
from compliance.engine import Engine
from compliance.lang.rule import Rule
from compliance.model.errors import LawError, StoreError
from compliance.model.report import Report
from compliance.model.vocabulary import Stage
from compliance.release.difference import Changed, Difference, difference
from compliance.release.published import LIVE, Releases
from compliance.release.sources import PolicyError, Sources, read_sources
from compliance.settings import cache_folder, releases_folder
from compliance.store.records import StoredReview

if TYPE_CHECKING:
    from compliance.store.reviews import ReviewStore

__all__ = ["diff", "folders", "publish", "replay"]

CURRENT = "current"
"""The folders as they are, for `diff`."""
DIFFERS = 1

_STAGES = {Stage.LIVE: "生效", Stage.SHADOW: "影子", Stage.DRAFT: "草稿", Stage.RETIRED: "停用"}


def publish(chosen: Folders) -> int:
    """Checks everything, runs every example, and only then puts the release in place of the live one; the exit code."""
    sources = read_sources(chosen.policies, chosen.lexicons, model_in_use())
    compiled = sources.compile()
    if compiled.errors:
        raise PolicyError(compiled.errors, dict(sources.rules))
    run = runner(compiled, sources)
    results = [result for rule in tracked(compiled.rules, "运行例子") for result in run.run(rule)]
    failed = failures(results, dict(sources.rules), "zh")
    if failed:
        show(f"没有发布：{failed} 个例子不通过，正在使用的版本不变", colour="red")
        return EXAMPLES_FAIL
    releases = _releases()
    before = releases.live()
    digest = releases.publish(sources, datetime.now(UTC))
    counts = {stage: sum(rule.stage is stage for rule in compiled.rules) for stage in Stage}
    stages = "、".join(f"{_STAGES[stage]} {count}" for stage, count in counts.items() if count)
    typer.echo(f"已发布 {digest}\n{len(compiled.rules)} 条规则（{stages}），{len(results)} 个例子")
    if before is not None and before != digest:
        _tell(difference(releases.sources(before), sources))
    return 0


def diff(before: str, after: str, chosen: Folders) -> int:
    """What `after` changes against `before`; the exit code."""
    found = difference(_named(before, chosen), _named(after, chosen))
    _tell(found)
    return 0 if found.nothing else DIFFERS


def replay(name: str, chosen: Folders) -> int:
    """Reviews a recorded document again under its release and day; the exit code: whether the report is the same."""
    with open_store(settings()) as store:
        review = _found(store, name)
    engine = _engine_of(review.report.release, chosen)
    again = engine.review(review.document, review.report.as_of)
    if _bytes(again) == _bytes(review.report):
        typer.echo(f"一致：审查 {review.id}，版本 {review.report.release[:12]}，{review.report.as_of}")
        return 0
    names = "、".join(_differing(review.report, again))
    typer.echo(f"不一致：审查 {review.id}，版本 {review.report.release[:12]}，不同的部分：{names}")
    return DIFFERS


def _releases() -> Releases:
    return Releases(releases_folder(), cache_folder())


def _named(name: str, chosen: Folders) -> Sources:
    """The sources that `live`, `current`, a folder added to the current ones, or a digest stands for."""
    if name == CURRENT:
        return read_sources(chosen.policies, chosen.lexicons, model_in_use())
    if name != LIVE and Path(name).exists():
        return read_sources([*chosen.policies, Path(name)], chosen.lexicons, model_in_use())
    releases = _releases()
    return releases.sources(releases.digest(name))


def _tell(found: Difference) -> None:
    if found.nothing:
        typer.echo("没有差别")
    for title, rules in (("新增", found.added), ("删除", found.removed)):
        _listed(title, rules)
    for title, changes in (("含义变了", found.meaning), ("只改了措辞", found.wording)):
        _changes(title, changes)
    if found.around:
        typer.echo(f"规则之外：{'、'.join(found.around)}（可能影响所有规则）")


def _listed(title: str, rules: Iterable[Rule]) -> None:
    for rule in rules:
        typer.echo(f"{title} {rule.id} {rule.title}（{_STAGES[rule.stage]}）")


def _changes(title: str, changes: Iterable[Changed]) -> None:
    for changed in changes:
        typer.echo(f"{title} {changed.rule.id} {changed.rule.title}：{'、'.join(changed.aspects)}")


def _found(store: "ReviewStore", name: str) -> StoredReview:
    """By its own id, or the newest of the document with this id."""
    newest = store.list(1, document_id=name)
    if newest:
        return store.get(newest[0].id)
    return store.get(name)


def _engine_of(digest: str, chosen: Folders) -> Engine:
    releases = _releases()
    if releases.has(digest):
        return Engine(releases.load(digest))
    try:
        engine = load_engine(chosen)
    except LawError as error:
        raise _not_kept(digest) from error
    if engine.release.digest != digest:
        raise _not_kept(digest)
    return engine


def _not_kept(digest: str) -> StoreError:
    return StoreError(
        f"没有保存版本 {digest[:12]}，现在的规则也不是这个版本",
        place=str(releases_folder()),
        remedy="从备份恢复这个文件夹里的版本，或用 --policies、--lexicons 指向当时的规则",
    )


def _bytes(report: Report) -> bytes:
    return report.model_dump_json().encode()


def _differing(before: Report, after: Report) -> list[str]:
    return [name for name in Report.model_fields if getattr(before, name) != getattr(after, name)]
