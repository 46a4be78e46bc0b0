"""Mistakes on the command line, said in Chinese in one sentence.

The parser's exceptions are told apart by the names of their classes: typer keeps its own copy of them in
some versions and takes them from click in others, and both name them alike.
"""

from typing import Any

from compliance.cli.failure import OptionError


def is_usage_error(error: BaseException) -> bool:
    return hasattr(error, "format_message")


def explained(error: Any) -> OptionError:
    """The parser's exception as one sentence: what is wrong, in which command, where to look."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "compliance"
    problem, remedy = _sentence(error)
    look = f"用法见 {command} --help"
    return OptionError(problem, place=command, remedy=f"{remedy}；{look}" if remedy else look)


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
            message: str = error.format_message()
            return _PARSER_SENTENCES.get(message, message.rstrip(".")), ""


_PARSER_SENTENCES = {"Missing command.": "缺少命令"}


def _name(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name)
    return " / ".join(parameter.opts)
