"""`compliance model`: the second reader, which learned from labelled utterances."""

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.group import Command, Group
from compliance.cli.options import AsOfOption, LexiconsOption, PoliciesOption, day_of

app = typer.Typer(cls=Group)

ModelOption = Annotated[
    Path | None,
    typer.Option(
        "--model",
        help="模型文件；不给就是正在使用的（COMPLIANCE_MODEL，或随产品发布的）。",
        metavar="MODEL.npz",
        show_default=False,
    ),
]
CorpusOption = Annotated[
    Path | None,
    typer.Option(
        "--corpus",
        help="语料文件夹：train/*.jsonl 用来学，tune/*.jsonl 用来校准和打分；不给就是随产品发布的。",
        metavar="DIR",
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象。")]

# What the commands do is imported when they run: see main.py.


@app.callback()
def model() -> None:
    """语义判读的模型：训练、评测、查看。"""


@app.command(cls=Command)
def train(
    corpus: CorpusOption = None,
    feedback: Annotated[
        list[Path] | None,
        typer.Option(
            "--feedback",
            help="团队确认和驳回过的结论，JSONL（compliance cases export-feedback 写出的样子）；可以给多个。",
            metavar="FILE.jsonl",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="写到哪里；不给就是 COMPLIANCE_MODEL 指向的文件，没有设置时是 COMPLIANCE_HOME 下的 model.npz。",
            metavar="MODEL.npz",
            show_default=False,
        ),
    ] = None,
    accept_worse: Annotated[
        str,
        typer.Option(
            "--accept-worse",
            help="调参集得分变差也要换上，写明理由；理由记在模型里，compliance model show 会列出。",
            metavar="REASON",
            show_default=False,
        ),
    ] = "",
    check: Annotated[
        bool, typer.Option("--check", help="什么也不写，只看现有的文件是不是这些语料训练出来的。")
    ] = False,
) -> None:
    """从标注语料和团队反馈训练模型；同样的输入得到逐字节相同的文件。退出码：0 已写入，1 得分变差、没有写，3 出错。"""
    from compliance.cli import run_model_train as run  # noqa: PLC0415

    raise typer.Exit(run.train(corpus, feedback or [], output, accept_worse, check=check))


@app.command(cls=Command)
def evaluate(
    model: ModelOption = None,
    part: Annotated[
        str, typer.Option("--part", help="tune（随产品发布的调参集），或标注好的 JSONL 文件。", metavar="tune|FILE")
    ] = "tune",
    json_output: JsonOption = False,
    as_of: AsOfOption = None,
    policies: PoliciesOption = None,
    lexicons: LexiconsOption = None,
) -> None:
    """仅规则、仅判读、两者一起，各找到多少标注、误报多少合规的话；按种类、来源、标签列出。"""
    day = day_of(as_of)
    from compliance.cli import run_model as run  # noqa: PLC0415

    run.evaluate(model, part, run.folders(policies, lexicons), day, as_json=json_output)


@app.command(cls=Command)
def show(
    model: ModelOption = None,
    json_output: JsonOption = False,
    policies: PoliciesOption = None,
    lexicons: LexiconsOption = None,
) -> None:
    """模型的版本、从什么训练、得分、校准，各种类的阈值与训练例。"""
    from compliance.cli import run_model as run  # noqa: PLC0415

    run.show(model, run.folders(policies, lexicons), as_json=json_output)
