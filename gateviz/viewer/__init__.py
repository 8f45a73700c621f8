"""The browser's side: ES modules in js/, styles in css/, and what packs a picture for them in packing/.

A component of Streamlit and an exported page each take one script. `script` follows the imports of an entry module and
joins them, so nobody needs a bundler.
"""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from gateviz.errors import InputError

JS = Path(__file__).with_name("js")
CSS = Path(__file__).with_name("css")
IMAGES = Path(__file__).with_name("images")
VIEWER_STYLES = (
    "viewer",
    "opening",
    "controls",
    "maps",
    "veil",
    "writing",
    "cells",
    "card",
    "answers",
    "compare",
    "hand",
    "gradients",
    "large_screen",
    "lecture_mode",
)
"""The style sheets of the viewer; the strips on the Gradients page share its looks."""

_COMMENT = re.compile(r"^ *(?://.*|/\*\*(?s:.*?)\*/)\n", re.MULTILINE)
_IMPORT = re.compile(r'^import \{([^}]+)\} from "(\.[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
_UNKNOWN = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


class _Module(NamedTuple):
    name: str  # of the object that holds its exports in the script
    exports: frozenset[str]
    text: str


@cache
def styles(*names: str) -> str:
    """Those style sheets of css/, one after another."""
    return "\n".join((CSS / f"{name}.css").read_text(encoding="utf-8") for name in names)


@cache
def script(entry: Path) -> str:
    """One ES module made of this one and of all that it imports, with the default export of this one, if it has any.

    Each module keeps a scope of its own, so that the same name in two of them does not clash. Indentation and comments
    that have lines of their own are left out, because every visitor loads the script.

    Raises:
        InputError: a module is not there, imports itself in a circle, imports a name that is not exported, or is
            written in a way that cannot be joined.
    """
    modules: dict[Path, _Module] = {}
    last = _join(entry.resolve(), modules, ())
    default = f"export default {last.name}.$default;\n" if "$default" in last.exports else ""
    return "".join(module.text for module in modules.values()) + default


def _join(path: Path, modules: dict[Path, _Module], importers: tuple[Path, ...]) -> _Module:
    """Add a module behind those that it imports; `importers` lead to it, the entry first."""
    if path in modules:
        return modules[path]
    if path in importers:
        circle = [*importers[importers.index(path) :], path]
        raise InputError(f"modules import each other in a circle: {' -> '.join(_short(each) for each in circle)}")
    if not path.is_file():
        asking = _short(importers[-1]) if importers else "script()"
        raise InputError(f"{asking} asks for {_short(path)}, which is not there")

    def bind(found: re.Match[str]) -> str:
        names, target = found.groups()
        module = _join((path.parent / target).resolve(), modules, (*importers, path))
        missing = {name.split(" as ")[0].strip() for name in names.split(",") if name.strip()} - module.exports
        if missing:
            raise InputError(f"{_short(path)} imports {sorted(missing)} from {target}, which exports no such name")
        return f"const {{{names.replace(' as ', ':')}}} = {module.name};\n"

    body = _IMPORT.sub(bind, _COMMENT.sub("", _source_of(path)))
    modules[path] = _wrap(path, body, name=f"${len(modules)}")
    return modules[path]


def _source_of(path: Path) -> str:
    source = path.read_text(encoding="utf-8")
    open_literal = next((line for line in source.splitlines() if line.count("`") % 2), None)
    if open_literal:  # what looks like a comment or an indentation in it would be left out
        raise InputError(f"{_short(path)}: a template literal must end on its line, not as in: {open_literal.strip()}")
    return source


def _wrap(path: Path, body: str, name: str) -> _Module:
    """A module whose imports are bound, as a constant that holds its exports."""
    exports = _EXPORT.findall(body)
    body, defaults = re.subn(r"^export default ", "const $default = ", _EXPORT.sub("", body), flags=re.MULTILINE)
    unknown = _UNKNOWN.search(body)
    if unknown:
        right = 'import { a } from "./b.js"; or: export const a = ...'
        raise InputError(f"{_short(path)}: imports and exports are written {right}, not: {unknown[0]}")
    exports += ["$default"] * defaults
    lines = "\n".join(line.strip() for line in body.splitlines() if line.strip())
    text = f"// {_short(path)}\nconst {name} = (() => {{\n{lines}\nreturn {{ {', '.join(exports)} }};\n}})();\n"
    return _Module(name, frozenset(exports), text)


def _short(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
