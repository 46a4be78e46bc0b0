"""Walking and rewriting expressions."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any

from compliance.lang import tree


def walk(node: tree.Expr) -> Iterator[tree.Expr]:
    """The node and everything below it, parents first."""
    yield node
    for child in children(node):
        yield from walk(child)


def rewrite(node: Any, change: Callable[[Any], Any]) -> Any:
    """The tree with `change` applied to every node, children first."""
    updates: dict[str, Any] = {}
    for name in said(node):
        value = getattr(node, name)
        if isinstance(value, tree.Node):
            updates[name] = rewrite(value, change)
        elif isinstance(value, tuple) and value and isinstance(value[0], tree.Node):
            updates[name] = tuple(rewrite(child, change) for child in value)
    return change(replace(node, **updates) if updates else node)


_SAID: dict[type, tuple[str, ...]] = {}


def said(node: tree.Node) -> tuple[str, ...]:
    """The names of what a node of this kind says: its attributes but for the place where it stands."""
    names = _SAID.get(type(node))
    if names is None:
        names = _SAID[type(node)] = tuple(each.name for each in fields(node) if each.name != "at")
    return names


def children(node: tree.Expr) -> Iterator[tree.Expr]:
    """The conditions directly below the node."""
    for name in said(node):
        value = getattr(node, name)
        if isinstance(value, tree.Node) and not isinstance(value, tree.Distance | tree.Word | tree.Pattern):
            if not isinstance(value, tree.GroupName | tree.Entity):
                yield value  # type: ignore[misc]  # what is left are expressions
        elif isinstance(value, tuple):
            yield from (child for child in value if isinstance(child, tree.Node))  # type: ignore[misc]
