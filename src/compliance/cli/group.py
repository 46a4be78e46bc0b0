"""Commands and groups of commands that speak Chinese and keep the contract of exit codes.

0 pass, 1 revise, 2 block, 3 could not review: whatever stops a run, from a mistyped option to Ctrl-C, is a 3.
typer's types are `Any` here because it keeps its own copy of click.
"""

import os
import sys
from contextlib import suppress
from difflib import get_close_matches
from typing import Any

from typer import Abort
from typer.core import TyperCommand, TyperGroup

from compliance.cli.failure import COULD_NOT_REVIEW, InterruptedRunError, OptionError, tell, tell_bug
from compliance.cli.usage import explained, is_usage_error
from compliance.model.errors import ComplianceError


class Command(TyperCommand):
    """One command; its help is in Chinese."""

    def get_usage(self, ctx: Any) -> str:
        return _usage_in_chinese(super().get_usage(ctx))

    def get_help_option(self, ctx: Any) -> Any:
        return _help_in_chinese(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _name_panels_in_chinese()
        super().format_help(ctx, formatter)


class Group(TyperGroup):
    """A group of commands; the outermost one turns every failure into a sentence and exit code 3."""

    def get_usage(self, ctx: Any) -> str:
        return _usage_in_chinese(super().get_usage(ctx))

    def get_help_option(self, ctx: Any) -> Any:
        return _help_in_chinese(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _name_panels_in_chinese()
        super().format_help(ctx, formatter)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args and not ctx.resilient_parsing:
            raise OptionError("缺少命令", place=ctx.command_path, remedy=self._choices(ctx))
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if self.get_command(ctx, args[0]) is None:
            likely = get_close_matches(args[0], self.list_commands(ctx), n=1)
            remedy = f"是不是 {ctx.command_path} {likely[0]}" if likely else self._choices(ctx)
            raise OptionError(f"没有命令「{args[0]}」", place=ctx.command_path, remedy=remedy)
        return super().resolve_command(ctx, args)

    def _choices(self, ctx: Any) -> str:
        return f"可用：{'、'.join(self.list_commands(ctx))}，说明见 {ctx.command_path} --help"

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise InterruptedRunError from None

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run, and exit with the code of the contract."""
        _show_what_the_terminal_cannot()
        sys.exit(self._run(*args, **extra))

    def _run(self, *args: Any, **extra: Any) -> int:
        try:
            code = super().main(*args, **{**extra, "standalone_mode": False})
            if sys.stdout is not None:
                sys.stdout.flush()
        except ComplianceError as error:
            tell(error)
        except (KeyboardInterrupt, Abort):
            tell(InterruptedRunError())
        except (BrokenPipeError, SystemExit):
            # Whoever read our output has gone: there is nobody to tell. typer and rich would exit with 1, “revise”.
            _forget_stdout()
        except OSError as error:  # of standard output: commands name the files that they cannot use
            _forget_stdout()
            tell(ComplianceError(f"写不进去（{error.strerror}）", place="标准输出", remedy="检查磁盘空间与重定向"))
        except Exception as error:  # noqa: BLE001  # the last resort: exit code 1 would mean “revise”
            if is_usage_error(error):
                tell(explained(error))
            else:
                tell_bug(error)
        else:
            return code if isinstance(code, int) else 0
        return COULD_NOT_REVIEW


def _show_what_the_terminal_cannot() -> None:
    """In an encoding without Chinese, escapes are better than no report."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def _forget_stdout() -> None:
    """Python flushes standard output again when it exits, and would complain again."""
    with suppress(AttributeError, OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _usage_in_chinese(usage: str) -> str:
    usage = usage.replace("Usage:", "用法：", 1).replace("[OPTIONS]", "[选项]")
    return usage.replace("COMMAND [ARGS]...", "命令 [参数]…")


def _help_in_chinese(option: Any) -> Any:
    if option is not None:
        option.help = "显示这段说明。"
    return option


def _name_panels_in_chinese() -> None:
    from typer import rich_utils  # noqa: PLC0415  # only help needs it

    rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
    rich_utils.OPTIONS_PANEL_TITLE = "选项"
    rich_utils.COMMANDS_PANEL_TITLE = "命令"
    rich_utils.DEFAULT_STRING = "[缺省：{}]"
    rich_utils.REQUIRED_LONG_STRING = "[必填]"
