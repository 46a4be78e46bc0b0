"""`compliance evaluate`: the engine against a labelled set."""

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.options import AsOfOption, LexiconsOption, PoliciesOption, day_of


def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(help="JSONL：id、source、category、text、labels[{kind, span}]、verdict。", metavar="GOLD.jsonl"),
    ],
    show: Annotated[int, typer.Option("--show", min=0, help="列出前 N 个漏报和误报。")] = 0,
    json_output: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象。")] = False,
    as_of: AsOfOption = None,
    policies: PoliciesOption = None,
    lexicons: LexiconsOption = None,
) -> None:
    """在标注集上量召回、精确率和误报，按违规种类列出。"""
    day = day_of(as_of)
    from compliance.cli import run_evaluate as run  # noqa: PLC0415  # the engine, once the options are right

    run.run(gold, run.folders(policies, lexicons), day=day, show=show, as_json=json_output)
