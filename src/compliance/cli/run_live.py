"""What `compliance live` does."""

import signal
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

import orjson

from compliance.cli.configuration import Folders, folders, settings
from compliance.cli.failure import COULD_NOT_REVIEW, show, tell
from compliance.cli.lines import Line, numbered_lines
from compliance.cli.loading import load_engine
from compliance.cli.output import check_output, write_file, write_stdout
from compliance.cli.recording import keep_release, open_store, record_reviews
from compliance.cli.run_review import EXIT_CODES
from compliance.engine import Engine
from compliance.export import redact_alert, render
from compliance.levels.pipeline import room_for
from compliance.live.session import Session
from compliance.model.broadcast import Alert, AlertState, Broadcast
from compliance.model.document import Document, Segment
from compliance.model.errors import ComplianceError, ReadError
from compliance.model.labels import VERDICT_LABELS
from compliance.model.report import Report
from compliance.readers import Limits, parse_broadcast, parse_segment

__all__ = ["Closing", "folders", "run"]

STDIN = "标准输入"


class Closing(NamedTuple):
    """What becomes of the report at the end."""

    output: Path | None
    format: str
    record: bool
    fail_on: int


def run(
    known: dict[str, object],
    facts: Path | None,
    chosen: Folders,
    closing: Closing,
    *,
    day: date | None,
    masked: bool,
) -> int:
    """Judge standard input until it ends; the exit code. What was accepted is judged and told, whatever comes after."""
    if closing.output is not None:
        check_output(closing.output, [] if facts is None else [facts])
    broadcast = _broadcast(known, facts)
    engine = load_engine(chosen)
    session = engine.session(broadcast, day)
    desk = _Desk(session, masked=masked)
    engine.session(broadcast, day).feed(
        Segment(text="大家好")
    )  # what is loaded on first need: not with the first words
    show(
        "已就绪，每行送入一个分段"
        + (f"；只在收尾时审的规则：{'、'.join(session.deferred)}" if session.deferred else "")
    )
    stopped = _listen(desk)
    document = session.document
    room_for(document.source).intake(document)
    report = session.close()
    desk.tell(session.closing)
    problems = [*desk.problems, *_keep(document, report, engine, closing)]
    desk.summarise(report)
    if stopped or desk.deaf:
        show("已中断，按收到的分段收尾" if stopped else "读提醒的一方已经退出，按收到的分段收尾", colour="yellow")
        return COULD_NOT_REVIEW
    worst = EXIT_CODES[report.verdict]
    return COULD_NOT_REVIEW if problems else worst if worst >= closing.fail_on else 0


def _broadcast(known: dict[str, object], facts: Path | None) -> Broadcast:
    if facts is None:
        return Broadcast.model_validate(known)
    try:
        return parse_broadcast(facts.read_bytes(), known)
    except OSError as error:
        raise ReadError(f"文件打不开（{error.strerror}）", place=f"--facts {facts}", remedy="检查路径与权限") from error
    except ReadError as error:
        raise ReadError(error.problem, place=f"{facts} {error.place}".strip(), remedy=error.remedy) from error


def _listen(desk: "_Desk") -> bool:
    """Feed lines until the input ends or the reader of the alerts is gone; whether somebody stopped it before."""
    if sys.stdin is None:
        raise ReadError("标准输入是关闭的", place=STDIN, remedy="用管道送入分段，每行一个 JSON")
    try:
        with _stoppable(desk):
            for line in numbered_lines(sys.stdin.buffer, STDIN):
                desk.take(line)
                if desk.deaf or desk.stopped:
                    break
    except KeyboardInterrupt:
        return True
    return desk.stopped


@contextmanager
def _stoppable(desk: "_Desk") -> Iterator[None]:
    """Ctrl-C and being told to terminate stop the listening, but not in the middle of a segment."""

    def stop(_number: int, _frame: object) -> None:
        desk.stopped = True
        if not desk.busy:
            raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Desk:
    """Takes lines in and puts alerts out, each at once."""

    def __init__(self, session: Session, *, masked: bool) -> None:
        self.problems: list[ComplianceError] = []
        self.deaf = False  # nobody reads the alerts any more
        self.stopped = False
        self.busy = False
        self._session = session
        self._masked = masked
        self._limits = Limits()
        self._segments = self._characters = 0
        self._ignored: set[str] = set()
        self._shown: dict[int, Alert] = {}  # as they were raised: the words may be replaced before they are withdrawn
        self._counts: Counter[AlertState] = Counter()

    def take(self, line: Line) -> None:
        """Feed one line; one that is no segment is told of and left out."""
        self.busy = True
        self._take(line)
        self.busy = False

    def _take(self, line: Line) -> None:
        try:
            if line.data is None:
                raise ReadError("这一行超过大小上限", place=f"第{line.number}行", remedy="一行只放一个分段")
            segment = parse_segment(line.data, line.number, self._ignored, self._limits)
            self._check_size(line.number, len(segment.text))
        except ComplianceError as error:
            tell(error)
            self.problems.append(error)
            return
        self.tell(self._session.feed(segment))

    def _check_size(self, number: int, characters: int) -> None:
        self._segments += 1
        self._characters += characters
        if self._segments > self._limits.max_segments or self._characters > self._limits.max_characters:
            raise ReadError("这场直播超过单个文档的上限", place=f"第{number}行", remedy="在这里收尾，另开一场")

    def tell(self, alerts: Iterable[Alert]) -> None:
        for alert in alerts:
            self._counts[alert.state] += 1
            if not self.deaf:
                self._write(self._redacted(alert) if self._masked else alert)

    def _write(self, alert: Alert) -> None:
        try:
            write_stdout(orjson.dumps(alert.model_dump(mode="json"), option=orjson.OPT_APPEND_NEWLINE))
        except BrokenPipeError:
            self.deaf = True

    def _redacted(self, alert: Alert) -> Alert:
        if alert.state is AlertState.WITHDRAWN and (raised := self._shown.pop(alert.number, None)) is not None:
            return redact_alert(alert, "", 0).model_copy(update={"finding": raised.finding})
        shown = redact_alert(alert, *self._session.around(alert.finding))
        self._shown[alert.number] = shown
        return shown

    def summarise(self, report: Report) -> None:
        if self._ignored:
            show(f"忽略了分段之外的字段：{'、'.join(sorted(self._ignored))}")
        raised, withdrawn = self._counts[AlertState.RAISED], self._counts[AlertState.WITHDRAWN]
        skipped = f"，{len(self.problems)} 行有错未审" if self.problems else ""
        count, verdict = len(self._session.document.segments), VERDICT_LABELS[report.verdict]
        show(f"共 {count} 段{skipped}；提醒 {raised} 处，撤回 {withdrawn} 处；结论：{verdict}")


def _keep(document: Document, report: Report, engine: Engine, closing: Closing) -> list[ComplianceError]:
    """Write the report and record it, whatever becomes of either."""
    problems: list[ComplianceError] = []
    try:
        if closing.output is not None:
            write_file(closing.output, render(document, report, closing.format))
            show(f"已写入 {closing.output}")
    except ComplianceError as error:
        problems.append(error)
    try:
        if closing.record:
            with open_store(settings()) as store:
                record_reviews(store, [(document, report)])
            keep_release(engine.release)
    except ComplianceError as error:
        problems.append(error)
    for problem in problems:
        tell(problem)
    return problems
