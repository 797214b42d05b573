"""What the code defines, and which of it is used: read from the syntax trees, so that nothing need be imported."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
Name = tuple[str, str]  # module, name at its top


@lru_cache(maxsize=4096)
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def module_of(path: Path) -> str:
    """ "workload.answer" for workload/answer.py."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def modules(*folders: str) -> dict[str, Path]:
    """Every module below these folders of the project by its dotted name; a folder without `__init__` is one, too."""
    files = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return {module_of(path): path for path in files}


def defined_in(tree: ast.Module | ast.ClassDef) -> set[str]:
    """Names that a module or class defines or takes in at its top."""
    found: set[str] = set()
    for node in ast.walk(tree) if isinstance(tree, ast.Module) else tree.body:
        if isinstance(node, ast.ImportFrom | ast.Import):
            found |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)}
    return found


def used(known: Mapping[str, Path]) -> set[Name]:
    """Every (module, name) that these files read: their own names, those taken from a module, and those of a module.

    What a function says of itself, calling itself, is no use of it.
    """
    return {name for path in known.values() for name in _used_in(path, known)}


def _used_in(path: Path, known: Mapping[str, Path]) -> Iterator[Name]:
    here, tree = module_of(path), parsed(path)
    taken: dict[str, Name] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            taken |= {alias.asname or alias.name: (node.module, alias.name) for alias in node.names}
        elif isinstance(node, ast.Import):
            taken |= {alias.asname: ("", alias.name) for alias in node.names if alias.asname}
    for top in tree.body:
        for node in ast.walk(top):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id != getattr(top, "name", ""):
                yield taken.get(node.id, (here, node.id))
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in taken:
                module = ".".join(filter(None, taken[node.value.id]))
                if module in known:
                    yield module, node.attr


def resolves(dotted: str, known: Mapping[str, Path]) -> bool:
    """Whether "workload.answer.analyze" or "workload.answer.Answer.day" names something that is there."""
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        module, rest = ".".join(parts[:length]), parts[length:]
        if module in known or (ROOT / module.replace(".", "/")).is_dir():
            return not rest or (module in known and _has(parsed(known[module]), rest))
    return False


def _has(scope: ast.Module | ast.ClassDef, rest: list[str]) -> bool:
    """Whether a module or class defines the first of these names, that the second, and so on."""
    name, *more = rest
    inside = next((node for node in scope.body if isinstance(node, ast.ClassDef) and node.name == name), None)
    return _has(inside, more) if inside is not None and more else name in defined_in(scope)
