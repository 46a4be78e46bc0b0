"""What a person sees when something goes wrong: one sentence and exit code 3, never a traceback."""

from typing import Any

from rich.console import Console
from typer.core import TyperGroup

from compliance.model.errors import ComplianceError

COULD_NOT_REVIEW = 3

errors = Console(stderr=True, highlight=False, soft_wrap=True)


def tell(error: ComplianceError) -> None:
    errors.print(f"错误：{error}", markup=False, style="red")


class Failing(TyperGroup):
    """A command group that turns the errors a user can cause into a message and an exit code."""

    def invoke(self, ctx: Any) -> Any:  # click's Context; typer carries its own copy of click
        try:
            return super().invoke(ctx)
        except ComplianceError as error:
            tell(error)
            raise SystemExit(COULD_NOT_REVIEW) from None
        except BrokenPipeError:
            raise SystemExit(COULD_NOT_REVIEW) from None
