"""Lines of code of the program: no blanks, no comments, no docstrings. `python bench/code_lines.py [FOLDER …]`."""

import ast
import io
import sys
import tokenize
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src"
_LAYOUT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}


def code_lines(text: str) -> int:
    """Count the lines on which a module says something to the machine."""
    tree = ast.parse(text)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    spoken = {
        line
        for node in ast.walk(tree)
        if isinstance(node, documented) and ast.get_docstring(node, clean=False) is not None
        for line in range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1)
    }
    lines = {
        line
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type not in _LAYOUT
        for line in range(token.start[0], token.end[0] + 1)
    }
    return len(lines - spoken)


def main(folders: list[str]) -> None:
    """Print modules, code lines and the largest modules of each folder; an `__init__.py` of a docstring is no module."""
    for folder in folders or [str(SOURCE)]:
        counted = {path: code_lines(path.read_text("utf-8")) for path in sorted(Path(folder).rglob("*.py"))}
        modules = {path: lines for path, lines in counted.items() if lines}
        print(f"{folder}: {len(modules)} modules, {sum(modules.values())} lines of code")
        for path, lines in sorted(modules.items(), key=lambda pair: -pair[1])[:5]:
            print(f"  {lines:4} {path.relative_to(folder)}")


if __name__ == "__main__":
    main(sys.argv[1:])
