"""Mistakes on the command line, said in Chinese in one sentence.

The parser's exceptions are told apart by the names of their classes: typer keeps its own copy of them in
some versions and takes them from click in others, and both name them alike.
"""

import re
from typing import Any

from compliance.cli.failure import OptionError


def is_usage_error(error: BaseException) -> bool:
    return hasattr(error, "format_message")


def explained(error: Any) -> OptionError:
    """The parser's exception as one sentence: what is wrong, in which command, where to look."""
    context = getattr(error, "ctx", None)
    place = context.command_path if context is not None else ""
    problem, remedy = _sentence(error)
    look = f"用法见 {place or 'compliance'} --help"
    return OptionError(problem, place=place, remedy=f"{remedy}；{look}" if remedy else look)


def _sentence(error: Any) -> tuple[str, str]:
    parameter = getattr(error, "param", None)
    match type(error).__name__:
        case "NoSuchOption":
            likely = "、".join(sorted(error.possibilities or ()))
            return f"没有选项「{error.option_name}」", f"是不是 {likely}" if likely else ""
        case "MissingParameter" if parameter is not None:
            return f"缺少 {_name(parameter)}", "请补上"
        case "BadOptionUsage":
            return f"选项「{error.option_name}」缺少取值，或用法不对", "请补上取值"
        case "BadParameter" if parameter is not None:
            least = getattr(parameter, "min", None)
            remedy = f"应是不小于 {least} 的整数" if least is not None else ""
            return f"{_name(parameter)} 的取值不合要求", remedy
        case _:
            return _translated(error.format_message()), ""


def _translated(message: str) -> str:
    """The parser has no classes for these; an unforeseen message stays as it is."""
    if message == "Missing command.":
        return "缺少命令"
    extra = _EXTRA.match(message)
    return f"多余的参数 {extra[1]}" if extra else message.rstrip(".")


_EXTRA = re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((.+)\)", re.DOTALL)


def _name(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name)
    return " / ".join(parameter.opts)
