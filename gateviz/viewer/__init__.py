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
VIEWER_STYLES = ("viewer", "large_screen", "lecture_mode")
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
    """One ES module made of this one and of all that it imports; it has the default export of this one, if there is one.

    Each module keeps a scope of its own, so that the same name in two of them does not clash. Comments on lines of their
    own and indentation are left out, because every visitor loads the script.

    Raises:
        InputError: a module is not there, imports itself in a circle, imports a name that is not exported, or is written
            in a way that cannot be joined.
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
        raise InputError(f"{_short(importers[-1]) if importers else 'script()'} asks for {_short(path)}, which is not there")

    def bind(found: re.Match[str]) -> str:
        names, target = found.groups()
        module = _join((path.parent / target).resolve(), modules, (*importers, path))
        missing = {name.split(" as ")[0].strip() for name in names.split(",") if name.strip()} - module.exports
        if missing:
            raise InputError(f"{_short(path)} imports {sorted(missing)} from {target}, which exports no such name")
        return f"const {{{names.replace(' as ', ':')}}} = {module.name};\n"

    source = path.read_text(encoding="utf-8")
    torn = next((line for line in source.splitlines() if line.count("`") % 2), None)
    if torn:
        raise InputError(f"{_short(path)}: a template literal must end on its line, not as in: {torn.strip()}")
    body = _IMPORT.sub(bind, _COMMENT.sub("", source))
    exports = _EXPORT.findall(body)
    body, defaults = re.subn(r"^export default ", "const $default = ", _EXPORT.sub("", body), flags=re.MULTILINE)
    unknown = _UNKNOWN.search(body)
    if unknown:
        raise InputError(f'{_short(path)}: write `import {{ a }} from "./b.js";` or `export const a`, not: {unknown[0]}')
    exports += ["$default"] * defaults
    name = f"${len(modules)}"
    lines = "\n".join(line.strip() for line in body.splitlines() if line.strip())
    text = f"// {_short(path)}\nconst {name} = (() => {{\n{lines}\nreturn {{ {', '.join(exports)} }};\n}})();\n"
    modules[path] = _Module(name, frozenset(exports), text)
    return modules[path]


def _short(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
