"""The toolkit is built in layers, and what may be imported where is part of its design."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from places import ROOT

SOURCE = ROOT / "src/stenogram"

# Each may import those above it, and nothing below. A new module takes its place here.
LAYERS = (
    "errors",
    "findings",
    "white_space",
    "safe_xml",
    "resources",
    "config",
    "project",
    "sources",
    "transcript",
    "tei",
    "lines",
    "check",
    "editions",
    "beginning",
    "importing",
    "updating",
    "deciding",
    "reporting",
    "build",
    "passages",
    "cli",
    "__main__",
)

# Where a large dependency is at home; nobody else imports it.
HOMES = {
    "lxml": {"safe_xml", "tei", "check", "sources"},
    "markdown_it": {"sources"},
    "xmlschema": {"check"},
    "jinja2": {"editions"},
    "babel": {"editions"},
    "rich": {"cli"},
    "click": {"cli"},
    "tomli_w": {"transcript"},
    "chardet": {"sources", "transcript"},
    "pdfminer": {"sources"},
}

HEAVY = {"babel", "lxml", "markdown_it", "xmlschema", "jinja2", "rich", "chardet", "pdfminer"}

# stenogram opens no connection and starts no other program.
FORBIDDEN = {
    "asyncio",
    "ftplib",
    "http",
    "httpx",
    "multiprocessing",
    "pty",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "subprocess",
    "urllib.request",
    "urllib3",
    "webbrowser",
    "xmlrpc",
}


@dataclass(frozen=True, slots=True)
class Import:
    """One module imported by another, and where."""

    by: str
    module: str
    place: str


def test_every_module_has_its_place_among_the_layers():
    found = {_layer(_module_name(file)) for file in _files()} - {None}
    assert found <= set(LAYERS), "put the new module into LAYERS, and into docs/design.md"


def test_each_layer_imports_only_from_those_before_it():
    wrong = [
        f"{found.place}: {found.by} imports {found.module}"
        for found in _imports()
        if _rank(found.module) > _rank(found.by)
    ]
    assert wrong == []


@pytest.mark.parametrize("package", sorted(HOMES))
def test_a_large_dependency_is_imported_only_where_it_is_at_home(package):
    wrong = [
        f"{found.place}: {found.by} imports {found.module}"
        for found in _imports()
        if _within(found.module, package) and _layer(found.by) not in HOMES[package]
    ]
    assert wrong == []


def test_nothing_speaks_to_the_network_or_starts_another_program():
    wrong = [
        f"{found.place}: {found.by} imports {found.module}"
        for found in _imports()
        if any(_within(found.module, name) for name in FORBIDDEN)
    ]
    assert wrong == []


def test_the_command_line_starts_without_heavy_modules():
    loaded = _run_python("import sys, stenogram.cli; print('\\n'.join(sys.modules))")
    assert HEAVY & set(loaded.split()) == set()


def test_importing_any_module_prints_nothing():
    names = [_module_name(file) for file in _files() if file.stem != "__main__"]
    assert _run_python("\n".join(f"import {name}" for name in names)) == ""


def _files() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def _module_name(file: Path) -> str:
    parts = ("stenogram", *file.relative_to(SOURCE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports() -> Iterator[Import]:
    for file in _files():
        name = _module_name(file)
        package = name if file.stem == "__init__" else name.rpartition(".")[0]
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            place = f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
            for module in _imported(node, package):
                yield Import(name, module, place)


def _imported(node: ast.AST, package: str) -> list[str]:
    """Return the modules that a statement imports; ``from a import b`` may mean ``a.b``."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*above, base] if base else above)
        return [f"{base}.{alias.name}" for alias in node.names]
    return []


def _layer(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "stenogram" and len(parts) > 1 else None


def _rank(module: str) -> int:
    """Return how high a module stands; the package itself and everything foreign are lowest."""
    layer = _layer(module)
    return LAYERS.index(layer) if layer in LAYERS else -1


def _within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def _run_python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
