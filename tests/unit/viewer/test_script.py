"""Modules joined into one script do what they do apart, and what cannot be joined is said in a sentence."""

import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from gateviz import viewer
from gateviz.errors import InputError

APP = Path(viewer.__file__).parents[1] / "app" / "components"
ENTRIES = {
    "viewer": APP / "viewer.js",
    "hood": viewer.JS / "hood" / "hood.js",
    "sentence_part": APP / "sentence_part.js",
    "lab": viewer.JS / "lab" / "lab_part.js",
    "clipping": viewer.JS / "clipping" / "clipping_part.js",
    "lessons": viewer.JS / "lesson" / "lesson_panel.js",
    "take_away": viewer.JS / "take_away" / "dialog.js",
    "training": viewer.JS / "training" / "timeline.js",
    "article": viewer.JS / "article" / "article.js",
    "film": APP / "film.js",
    "papers_table": viewer.JS / "papers_table" / "papers_table.js",
}
PAGES = [
    viewer.JS / "alone" / f"{name}.js"
    for name in ("exported_page", "unpack_script", "site_page", "index_page", "service_worker")
]
FETCHING = ("alone/site_files.js", "alone/service_worker.js")  # of a site
IMPORTED = """
const source = Buffer.from(input).toString("base64");
const found = await import(`data:text/javascript;base64,${source}`);
"""


def write(folder: Path, **modules: str) -> Path:
    """Modules by name; the entry is the first."""
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder / f"{next(iter(modules))}.js"


MAIN = """
import { count, double as twice } from "./two.js";
import {
  own,
  Box,
} from "./one.js";

const secret = 1; // the same name in three modules
export default () => [secret, own(), twice(count), new Box(4).twice, `// ${secret}`];
"""
ONE = """
import { double } from "./two.js";
const secret = 2;
export function own() {
  return secret;
}
export class Box {
  #side;
  constructor(side) {
    this.#side = side;
  }
  get twice() {
    return double(this.#side);
  }
}
"""
TWO = """
const secret = 2;
export const count = 3;
export function double(number) {
  return secret * number;
}
"""
COMMENTS = """// A comment.

/** One of
 *  three lines.
 */
export const text = "// no comment /** nor here */";
if (text) {
    // another
    globalThis.found = text; // why
}
"""


def test_a_script_is_its_modules_in_scopes_of_their_own(tmp_path: Path, in_node: Callable[..., Any]) -> None:
    script = viewer.script(write(tmp_path, main=MAIN, one=ONE, two=TWO))
    found = in_node(IMPORTED + "console.log(JSON.stringify(found.default()));", data=script.encode())
    assert found == [1, 2, 6, 8, "// 1"]
    assert script.count("const count = 3") == 1, "a module that two others import is there once"


def test_comments_and_indentation_are_left_out_and_nothing_else(tmp_path: Path) -> None:
    assert viewer.script(write(tmp_path, main=COMMENTS)).splitlines()[2:-2] == [
        'const text = "// no comment /** nor here */";',
        "if (text) {",
        "globalThis.found = text; // why",
        "}",
    ]


@pytest.mark.parametrize(
    ("modules", "sentence"),
    [
        ({"a": 'import { b } from "./b.js";\n'}, r"a\.js asks for .*b\.js, which is not there"),
        ({"a": 'import { a } from "./a.js";\nexport const a = 1;\n'}, r"circle: .*a\.js -> .*a\.js$"),
        (
            {
                "a": 'import { b } from "./b.js";\nexport const a = 1;\n',
                "b": 'import { c } from "./c.js";\nexport const b = 1;\n',
                "c": 'import { b } from "./b.js";\nexport const c = 1;\n',
            },
            r"circle: .*b\.js -> .*c\.js -> .*b\.js$",
        ),
        (
            {"a": 'import { b, c } from "./b.js";\n', "b": "export const b = 1;\n"},
            r"a\.js imports \['c'\] from \./b\.js",
        ),
        ({"a": 'import b from "./b.js";\n'}, r'not: import b from "\./b\.js"'),
        ({"a": 'import * as b from "./b.js";\n'}, "not: import"),
        ({"a": 'import "./b.js";\n'}, "not: import"),
        ({"a": 'import { b } from "package";\n'}, "not: import"),
        ({"a": "const a = 1;\nexport { a };\n"}, "not: export { a }"),
        ({"a": 'export * from "./b.js";\n'}, "not: export"),
        ({"a": "export let a = 1;\n"}, "not: export let a"),
        ({"a": "export const [a, b] = [1, 2];\n"}, "not: export const"),
        ({"a": "const a = `one\n  two`;\n"}, "a template literal must end on its line"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_what_cannot_be_joined_is_refused_in_one_sentence(
    tmp_path: Path, modules: dict[str, str], sentence: str
) -> None:
    with pytest.raises(InputError, match=sentence) as raised:
        viewer.script(write(tmp_path, **modules))
    assert "\n" not in str(raised.value)
    assert str(tmp_path) not in str(raised.value), "a name says enough"


def test_a_missing_entry_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.js, which is not there"):
        viewer.script(tmp_path / "none.js")


@pytest.mark.parametrize("name", ENTRIES)
def test_each_script_has_the_function_that_begins_it(name: str, in_node: Callable[..., Any]) -> None:
    script = viewer.script(ENTRIES[name])
    assert re.findall(r"^(?:export|import)\b.*", script, re.MULTILINE) == [script.splitlines()[-1]]
    assert in_node(IMPORTED + "console.log(JSON.stringify(typeof found.default));", data=script.encode()) == "function"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_the_script_of_a_page_that_needs_nobody_starts_by_itself(
    page: Path, node: Callable[..., CompletedProcess[bytes]]
) -> None:
    script = viewer.script(page)
    assert not re.search(r"^(?:export|import)\b", script, re.MULTILINE)
    answer = node("--check", "--input-type=module", "-", data=script.encode())
    assert (answer.returncode, answer.stderr) == (0, b"")


def modules() -> dict[str, str]:
    """Path in js/ -> source."""
    return {
        path.relative_to(viewer.JS).as_posix(): path.read_text(encoding="utf-8") for path in viewer.JS.rglob("*.js")
    }


def test_every_module_is_part_of_a_script() -> None:
    scripts = "".join(viewer.script(entry) for entry in (*ENTRIES.values(), *PAGES))
    assert not [name for name in modules() if f"// {name}\n" not in scripts]


def test_every_export_is_used_by_another_module_or_by_a_test() -> None:
    users = [*viewer.JS.rglob("*.js"), *APP.glob("*.js"), *Path(__file__).parent.rglob("*.mjs")]
    sources = "".join(path.read_text(encoding="utf-8") for path in users)
    lists = re.findall(r"^import \{([^}]+)\}", sources, re.MULTILINE)
    imported = {name.split(" as ")[0].strip() for names in lists for name in names.split(",")}
    exports = re.compile(r"^export (?:async function|function|class|const) (\w+)", re.MULTILINE)
    assert not [
        (module, name) for module, text in modules().items() for name in exports.findall(text) if name not in imported
    ]


def test_the_lessons_and_the_dialog_do_not_carry_the_viewer() -> None:
    for name in ("lessons", "take_away"):
        assert "// viewer/viewer.js" not in viewer.script(ENTRIES[name])
        assert len(viewer.script(ENTRIES[name])) < len(viewer.script(ENTRIES["viewer"])) / 3


def test_a_module_makes_no_global_names() -> None:
    for name, text in modules().items():
        assert not re.search(r"\b(?:window|globalThis|self)\.\w+ = ", text), name


def test_neither_modules_nor_styles_fetch_anything_or_read_markup() -> None:
    """But for a site's own two. The pieces of a long text are fetched by the app's own module."""
    styles = {path.name: path.read_text(encoding="utf-8") for path in viewer.CSS.iterdir()}
    forbidden = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "fetch(", "@import")
    for name, text in {**modules(), **styles}.items():
        said = [word for word in forbidden if word in text]
        assert said == (["fetch("] if name in FETCHING else []), name
        assert not re.search(r"https?://(?!www\.w3\.org/)", text), name
    assert not [name for name in FETCHING if f"// {name}\n" in viewer.script(PAGES[0])]
