"""All tasks as a folder that any static host serves.

    write_site(Path("site"))                    # python -m http.server -d site

    index.html, lost.html       the tasks; what is said without a network where a page has not been opened before
    hometown.html ...           a page a task; a link into it is ?text=&step=&unit=&cells=&lang=, as in the app
    service-worker.js           keeps what was visited for the time without a network
    files/                      scripts, styles, pictures: their names change with their content
    models/                     the weights and what the engine must know besides, under the names that pictures use

Scripts, styles and weights are shared. All addresses are relative, so the folder may lie under any path.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import get_args

from gateviz import __version__, viewer
from gateviz.errors import PretrainedError
from gateviz.export.folders import replacing
from gateviz.export.marks import mark_of, png
from gateviz.export.page import Place, reading_data, source_of
from gateviz.export.pictures import Trio, opening_in, packed_picture
from gateviz.figures.palette import DARK, LIGHT
from gateviz.i18n.translator import DEFAULT, Translator, languages, load
from gateviz.models.readings import Reading
from gateviz.models.view import View
from gateviz.pretrained.cards import ModelCard
from gateviz.pretrained.examples import OPENINGS, examples_of, ordered
from gateviz.pretrained.folder import names, pretrained_folder
from gateviz.results.trace import CellName, Direction
from gateviz.viewer.html_page import STYLES
from gateviz.viewer.packing.openings import pack_opening
from gateviz.viewer.site_pages import Entry, Said, Shared, index_page, lost_page, task_page

INDEX, LOST = "index.html", "lost.html"
_ALONE = viewer.JS / "alone"
_NUMBER = re.compile(r"[\d.,]*\d%?")


class _Files:
    """Where the files of a site go, and how large they are together."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.total = folder, 0

    def write(self, name: str, content: bytes | str) -> str:
        """A file of that name; gives the name back."""
        path, data = self._folder / name, content.encode() if isinstance(content, str) else content
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.total += len(data)
        return name

    def keep(self, name: str, content: bytes | str) -> str:
        """A file whose name changes with its content: "picture.bin" becomes "files/picture.1f0c....bin"."""
        stem, _, kind = name.rpartition(".")
        data = content.encode() if isinstance(content, str) else content
        return self.write(f"files/{stem}.{hashlib.sha256(data).hexdigest()[:12]}.{kind}", data)


@dataclass(frozen=True, slots=True)
class _Task:
    """What is known of a task before its page is written."""

    entry: Entry
    said: Said
    data: Mapping[str, object]
    files: Sequence[str]
    """Those that its page needs."""


def write_site(
    folder: Path,
    tasks: Sequence[str] = (),
    language: str = DEFAULT,
    progress: Callable[[int, int, str], None] | None = None,
) -> tuple[int, int]:
    """Write the site; an older one at the same place is replaced when the new one is whole.

    Args:
        folder: a new or empty one, or an older site.
        tasks: all that there are, unless some are named.
        language: that the pages are written in. Each page has all languages, and opens in the browser's own.
        progress: is called before each task, with its number from 1, how many there are, and its name.

    Returns:
        How many tasks and how many bytes there are.

    Raises:
        InputError: the folder holds other files, or the language is unknown.
        PretrainedError: a task that is not there, or a damaged model.
        OSError: it cannot be written there.
    """
    load(language)
    chosen = tasks or ordered(dict.fromkeys(task for task, _ in names(pretrained_folder())))
    if not chosen:
        raise PretrainedError(f"there are no models in {pretrained_folder()}: `gateviz train TASK` makes some.")
    trios = [Trio.of(task) for task in dict.fromkeys(chosen)]
    with replacing(folder) as fresh:
        files, made = _Files(fresh), []
        for number, trio in enumerate(trios, start=1):
            if progress:
                progress(number, len(trios), trio.task)
            made.append(_task(files, trio))
        _write_pages(files, made, language)
    return len(trios), files.total


def _says() -> dict[str, Translator]:
    return {language: load(language) for language in languages()}


def _task(files: _Files, trio: Trio) -> _Task:
    """Write the pictures and models of a task."""
    task, examples = trio.task, examples_of(trio.first)
    readings = {text: trio.read(text) for text in examples}
    says, places = _says(), _places(trio)
    pictures: dict[str, dict[str, str]] = {code: {} for code in says}
    openings: dict[str, dict[str, list[object]]] = {code: {} for code in says}
    for code, place in product(says, places):
        views = [View(task, tuple(trio.cards), text, *place, code) for text in examples]
        packed = packed_picture(views[0], trio, readings[examples[0]])
        pictures[code][place.name] = files.keep(f"{task}.{place.name}.{code}.bin", packed)
        found = [opening_in(view, readings[view.text]) for view in views]
        openings[code][place.name] = [pack_opening(opening) for opening in found]
    models = [files.write(f"models/{name}", data) for name, data in trio.files().items()]
    data = {
        **reading_data(trio, examples, list(says.values()), places),
        "openings": openings,
        "pictures": pictures,
        "take": {code: say.under("take") for code, say in says.items()},
        "keys": {code: say.under("lesson") for code, say in says.items()},
    }
    said = {code: _said_of(trio, say) for code, say in says.items()}
    entry = _entry(files, trio, examples[0], readings[examples[0]])
    return _Task(entry, said, data, [*(name for own in pictures.values() for name in own.values()), *models])


def _places(trio: Trio) -> list[Place]:
    """All layers and directions, from the bottom up."""
    config = trio.first.config
    directions = get_args(Direction)[: config.num_directions]
    return [Place(layer, direction) for layer, direction in product(range(config.num_layers), directions)]


def _said_of(trio: Trio, say: Translator) -> dict[str, str]:
    """The texts of a task's page, and of its place in the index."""
    key = f"site.about.{trio.task}"
    return {
        "window": f"{say.task(trio.task)} · gateviz",
        "title": say.task(trio.task),
        "about": say(key) if say.has(key) else getattr(trio.first.good_for, say.language),
        "language": say("control.language"),
        "home": say("site.home"),
        "needs": say("site.needs"),
        "keys": say("export.keys"),
        "data": source_of(trio.first, say),
        "made": say("site.made", version=__version__),
        "kept": say("site.kept"),
        **dict(zip(("before", "figure", "after"), _figure(trio.first, say), strict=True)),
    }


def _figure(card: ModelCard, say: Translator) -> tuple[str, str, str]:
    """A model's figure, and what is said before and after the number."""
    said = say.figure(card.metric.unit, card.metric.value)
    number = _NUMBER.search(said)
    start, end = number.span() if number else (0, 0)
    return said[:start].strip(), said[start:end], said[end:].strip()


def _entry(files: _Files, trio: Trio, text: str, readings: Mapping[CellName, Reading]) -> Entry:
    """A task's place in the index, with its marks."""
    trace = readings["lstm" if "lstm" in readings else trio.first.cell].trace
    light, dark = (mark_of(trace, colours) for colours in (LIGHT, DARK))
    height, width, _ = light.shape
    marks = files.keep(f"{trio.task}.light.png", png(light)), files.keep(f"{trio.task}.dark.png", png(dark))
    say = load(DEFAULT)
    figures = {str(cell): (say(f"cell.{cell}"), _figure(card, say)[1]) for cell, card in trio.cards.items()}
    return Entry(trio.task, f"{trio.task}.html", text, marks, (width, height), figures)


def _write_pages(files: _Files, tasks: Sequence[_Task], language: str) -> None:
    """Write all that is shared, the index and the pages."""
    says = _says()
    images = {name: files.keep(name, (viewer.IMAGES / name).read_bytes()) for name in ("logo.svg", "icon.svg")}
    names_said = {code: say("language.name") for code, say in says.items()}
    front = Shared(
        files.keep("index.js", viewer.script(_ALONE / "index_page.js")),
        files.keep("index.css", viewer.styles("viewer", "controls", "alone_page", "site_index")),
        images["logo.svg"],
        images["icon.svg"],
    )
    shared = Shared(
        files.keep("page.js", viewer.script(_ALONE / "site_page.js")),
        files.keep("page.css", viewer.styles(*STYLES)),
        front.logo,
        front.icon,
    )
    files.write("service-worker.js", viewer.script(_ALONE / "service_worker.js"))
    marks = [mark for task in tasks for mark in task.entry.marks]
    home = [INDEX, LOST, front.script, front.style, front.logo, front.icon, *marks]
    said = {code: _said_of_index(say, tasks) for code, say in says.items()}
    own = [code for code in OPENINGS if any(task.entry.task == OPENINGS[code] for task in tasks)]
    opens = {code: OPENINGS[code] for code in own}
    data = {"names": names_said, "opens": opens, "files": home}
    entries = [task.entry for task in tasks]
    entries.sort(key=lambda entry: entry.task != opens.get(language))
    files.write(INDEX, index_page(front, said, language, entries, data))
    files.write(LOST, lost_page(front, said, language))
    for task in tasks:
        needed = [task.entry.address, shared.script, shared.style, *task.files, *home]
        page = task_page(shared, task.said, language, {**task.data, "names": names_said, "files": needed})
        files.write(task.entry.address, page)


def _said_of_index(say: Translator, tasks: Sequence[_Task]) -> dict[str, str]:
    found = {
        "window": f"gateviz · {say('site.title')}",
        "title": say("site.title"),
        "about": say("site.lead"),
        "lead": say("site.lead"),
        "map": say("site.map"),
        "language": say("control.language"),
        "made": say("site.made", version=__version__),
        "lost": say("site.lost"),
    }
    for task in tasks:
        said = task.said[say.language]
        found |= {f"{name}.{task.entry.task}": said[name] for name in ("title", "about", "before", "after")}
    return found
