"""What a benchmark prints: metrics with their goals, as a table for people or as JSON."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import orjson
from rich.console import Console
from rich.table import Table


@dataclass
class Metric:
    """`value` is None where it could not be measured; `note` then says why."""

    name: str
    value: float | None
    goal: str = "–"
    holds: bool | None = None
    note: str = ""


@dataclass
class Measured:
    """One part of a benchmark: its metrics, and sentences about what they come from."""

    metrics: list[Metric] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)

    def __add__(self, other: "Measured") -> "Measured":
        return Measured(self.metrics + other.metrics, self.facts + other.facts)


def at_least(name: str, value: float, goal: float) -> Metric:
    return Metric(name, value, f">= {goal:g}", value >= goal)


def at_most(name: str, value: float, goal: float) -> Metric:
    return Metric(name, value, f"<= {goal:g}", value <= goal)


def as_json(metrics: Iterable[Metric]) -> str:
    """One object: name → value, goal, whether it holds; a value that is missing is null and has a note."""
    return orjson.dumps(
        {
            m.name: {
                "value": None if m.value is None else round(m.value, 3),
                "goal": m.goal,
                "holds": m.holds,
                **({"note": m.note} if m.note else {}),
            }
            for m in metrics
        }
    ).decode()


def print_table(metrics: Iterable[Metric], facts: Iterable[str]) -> None:
    """The table, and below it what the numbers come from, a paragraph each."""
    table = Table("metric", "value", "goal", "holds")
    for metric in metrics:
        value = metric.note if metric.value is None else f"{metric.value:.2f}"
        table.add_row(metric.name, value, metric.goal, {True: "yes", False: "NO", None: ""}[metric.holds])
    console = Console()
    console.print(table)
    for fact in facts:
        console.print(fact, highlight=False, markup=False)
