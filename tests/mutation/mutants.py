"""One small fault after another, put into a file's syntax tree: would any test see it?

A mutant is one place with one change: `<` becomes `<=`, `+` becomes `-`, a number grows by one, a condition is turned
round. Text and annotations are left alone: they calculate nothing. So are the guards of a call (`strict=True`), which
no right caller sets off.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SWAPPED: dict[type, type] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
NAMES = {
    "min": "max",
    "max": "min",
    "minimum": "maximum",
    "maximum": "minimum",
    "zeros": "ones",
    "any": "all",
    "all": "any",
}
LEFT_ALONE = ("annotation", "returns", "decorator_list")
GUARDS = ("strict", "verify_integrity")


@dataclass(frozen=True)
class Mutant:
    """The place in a file, and what stands there before and after. `tree` makes the changed file.

    function  the first line of the innermost function whose body holds it; None outside of all, and in a default value
    twin      how many mutants before it in the file read the same
    """

    path: Path
    place: int
    line: int
    before: str
    after: str
    function: int | None = None
    twin: int = 0

    @property
    def name(self) -> str:
        """How it is written in a report and in the list of equivalents."""
        again = f" (again, {self.twin})" if self.twin else ""
        return f"{self.path.as_posix()} | {self.before} | {self.after}{again}"

    def tree(self) -> ast.Module:
        """The file with the change."""
        tree = ast.parse(self.path.read_text(encoding="utf-8"))
        _change(list(_nodes(tree))[self.place][0])
        return ast.fix_missing_locations(tree)


def mutants_of(path: Path) -> list[Mutant]:
    """Every mutant of a file, in its order."""
    text, found, twins = path.read_text(encoding="utf-8"), [], Counter[tuple[str, str]]()
    for place, (node, _, function) in enumerate(_nodes(ast.parse(text))):
        if _changes(node):
            tree = ast.parse(text)
            there, statement, _ = list(_nodes(tree))[place]
            before = _written(statement)
            _change(there)
            said = (before, _written(statement))
            found.append(Mutant(path, place, statement.lineno, *said, function, twins[said]))
            twins[said] += 1
    return found


def _nodes(tree: ast.Module) -> Iterator[tuple[ast.AST, ast.stmt, int | None]]:
    """(node, the statement and the function it stands in), annotations and decorators left out."""

    def walk(node: ast.AST, statement: ast.stmt | None, function: int | None):
        statement = node if isinstance(node, ast.stmt) else statement
        if statement is not None:
            yield node, statement, function
        is_guard = isinstance(node, ast.keyword) and node.arg in GUARDS
        for field, value in ast.iter_fields(node):
            if field not in LEFT_ALONE and not is_guard:
                own = isinstance(node, ast.FunctionDef) and field == "body"
                inside = _first_line(node) if own else function
                for child in value if isinstance(value, list) else [value]:
                    if isinstance(child, ast.AST):
                        yield from walk(child, statement, inside)

    yield from walk(tree, None, None)


def _first_line(function: ast.FunctionDef) -> int:
    """Where Python says that a function begins: at its first decorator."""
    return min([function.lineno, *(one.lineno for one in function.decorator_list)])


def _changes(node: ast.AST) -> bool:
    if isinstance(node, ast.Compare):
        return type(node.ops[0]) in SWAPPED
    if isinstance(node, (ast.BinOp, ast.BoolOp, ast.AugAssign)):
        return type(node.op) in SWAPPED
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, (ast.Not, ast.Invert, ast.USub))
    if isinstance(node, ast.Constant):
        return isinstance(node.value, (int, float))
    if isinstance(node, ast.Call):
        return _called(node) in NAMES
    return isinstance(node, (ast.If, ast.IfExp))


def _change(node: ast.AST) -> None:
    if isinstance(node, ast.Compare):
        node.ops[0] = SWAPPED[type(node.ops[0])]()
    elif isinstance(node, (ast.BinOp, ast.BoolOp, ast.AugAssign)):
        node.op = SWAPPED[type(node.op)]()
    elif isinstance(node, ast.UnaryOp):
        operand = node.operand  # applied twice, `not` and `~` do nothing; a sign is dropped
        node.operand = operand if isinstance(node.op, ast.USub) else ast.UnaryOp(node.op, operand)
        node.op = ast.UAdd() if isinstance(node.op, ast.USub) else node.op
    elif isinstance(node, ast.Constant):
        node.value = not node.value if isinstance(node.value, bool) else node.value + 1
    elif isinstance(node, ast.Call):
        if isinstance(node.func, ast.Name):
            node.func.id = NAMES[node.func.id]
        else:
            node.func.attr = NAMES[node.func.attr]
    else:
        node.test = ast.UnaryOp(ast.Not(), node.test)


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _written(statement: ast.stmt) -> str:
    """A statement on one line; of one with a body, its head."""
    lines = ast.unparse(statement).splitlines()
    return " ".join(lines[:1] if hasattr(statement, "body") else lines).strip()
