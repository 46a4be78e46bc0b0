"""What only a process of its own can show: exit codes, bytes, signals, pipes and what is imported."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from cli_calls import command, process, sentences


@pytest.fixture
def scripts(here: Path) -> Path:
    for name, text in {"净": "很滋润", "改": "这是最好的面霜", "禁": "能治湿疹"}.items():
        (here / f"{name}.txt").write_text(text, encoding="utf-8")
    return here


def test_exit_codes_and_clean_streams(small: Path, scripts: Path) -> None:
    for name, code in {"净": 0, "改": 1, "禁": 2, "无": 3}.items():
        ran = process("review", f"{name}.txt", "-f", "json", "--no-record", small=small, cwd=scripts)
        assert ran.returncode == code
        assert ran.stdout.endswith(b"}\n") if code < 3 else ran.stdout == b""
        assert (ran.stderr == b"") == (code < 3)


def test_a_usage_error_of_the_installed_command_is_a_3(here: Path) -> None:
    installed = Path(sys.executable).with_name("compliance")
    ran = subprocess.run([installed, "reviw"], cwd=here, capture_output=True, timeout=60, check=False)
    assert (ran.returncode, ran.stdout) == (3, b"")
    assert sentences(ran.stderr.decode()) == ["错误：compliance：没有命令「reviw」；是不是 compliance review。"]


def test_what_is_piped_carries_no_colour_and_no_progress(small: Path, scripts: Path) -> None:
    env = {"FORCE_COLOR": "", "TERM": "xterm-256color"}
    ran = process("review", "改.txt", "净.txt", "--no-record", small=small, cwd=scripts, env=env)
    assert b"\x1b" not in ran.stdout + ran.stderr
    assert "【最好】".encode() in ran.stdout


def test_an_encoding_without_chinese_still_gets_its_report(small: Path, scripts: Path) -> None:
    ran = process("review", "改.txt", "--no-record", small=small, cwd=scripts, env={"PYTHONIOENCODING": "ascii"})
    assert ran.returncode == 1
    assert b"T-ABS-001" in ran.stdout


@pytest.mark.parametrize("format_", ["text", "json"])
def test_a_full_disk_is_no_verdict(small: Path, scripts: Path, format_: str) -> None:
    line = command("review", "净.txt", "-f", format_, "--no-record", small=small)
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(line, cwd=scripts, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert ran.returncode == 3
    assert sentences(ran.stderr.decode()) == [
        "错误：标准输出：写不进去（No space left on device）；检查磁盘空间与重定向。"
    ]


@pytest.mark.parametrize("format_", ["text", "json"])
def test_a_reader_that_leaves_is_no_verdict(small: Path, scripts: Path, format_: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    line = command("review", "净.txt", "-f", format_, "--no-record", small=small)
    ran = subprocess.run(line, cwd=scripts, stdout=writing, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (3, b"")


def test_a_closed_standard_output_is_no_verdict(small: Path, scripts: Path) -> None:
    line = command("review", "净.txt", "-f", "json", "--no-record", small=small)
    shell = ["sh", "-c", '"$@" >&-', "sh", *line]
    ran = subprocess.run(shell, cwd=scripts, stderr=subprocess.PIPE, timeout=60, check=False)
    assert ran.returncode == 3
    assert sentences(ran.stderr.decode()) == ["错误：标准输出是关闭的；用 -o 写到文件。"]


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_is_one_line_and_leaves_nothing(small: Path, here: Path, workers: int) -> None:
    """The input is a pipe that never ends, so the run is certainly under way when it is interrupted."""
    line = command("batch", "-", "-o", "r.jsonl", "-w", workers, small=small)
    with subprocess.Popen(
        line, cwd=here, stdin=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as running:
        assert running.stdin is not None
        assert running.stderr is not None
        # The error of the first chunk says that it was reviewed, and that more is awaited.
        running.stdin.write(b'{"id": "a", "text": "x"}\n' * 31 + b"{\n" + b'{"id": "a", "text": "x"}\n' * 320)
        running.stdin.flush()
        assert b"JSON" in running.stderr.readline()
        os.killpg(running.pid, signal.SIGINT)
        told = running.stderr.read().decode()
    assert running.returncode == 3
    assert sentences(told) == ["错误：已中断，没有写完的文件已经清除；需要时重新运行。"]
    assert len(told.splitlines()) == 1
    assert list(here.iterdir()) == []


def modules(code: str) -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return set(ran.stdout.splitlines()[-1].split())


FORMATS = {"sqlalchemy", "alembic", "openpyxl", "jinja2", "docx", "pypdfium2", "pysubs2"}
ENGINE = {"re2", "numpy", "lark", "ahocorasick", "opencc", "compliance.engine"}
RUN = "from contextlib import suppress\nfrom compliance.cli.main import app\nwith suppress(SystemExit):\n    app({})"


@pytest.mark.parametrize(
    "code",
    [
        "import compliance",
        RUN.format(["--help"]),
        RUN.format(["review", "--help"]),
        RUN.format(["policy", "explain", "E012"]),
    ],
)
def test_what_needs_no_engine_loads_none(code: str) -> None:
    loaded = modules(code)
    assert not (FORMATS | ENGINE) & loaded


def test_a_mistyped_command_loads_only_what_masks_it() -> None:
    """What people typed may hold personal information."""
    loaded = modules(RUN.format(["reviw"]))
    assert not (FORMATS | ENGINE - {"re2", "ahocorasick"}) & loaded


def test_a_check_loads_neither_words_nor_judge(small: Path) -> None:
    """Whoever writes rules checks them again and again."""
    source = "import sys\nfrom pathlib import Path\nimport compliance.release.sources as sources\n"
    source += f"sources.shipped = lambda name: Path({str(small)!r}) / name\n"
    loaded = modules(source + RUN.format(["policy", "check"]))
    assert "compliance.lang.compile" in loaded
    assert not {"numba", "compliance.words.scanner", "compliance.judge.judge", "compliance.engine"} & loaded


def test_a_review_loads_only_the_reader_and_the_format_it_needs(small: Path, scripts: Path) -> None:
    source = "import sys\nfrom pathlib import Path\nimport compliance.release.sources as sources\n"
    source += f"sources.shipped = lambda name: Path({str(small)!r}) / name\n"
    loaded = modules(source + RUN.format(["review", str(scripts / "净.txt"), "-f", "json", "--no-record"]))
    assert not FORMATS & loaded
