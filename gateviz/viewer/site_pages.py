"""The HTML of a site: its index, a page for each task, and the page that says that there is no network.

A site is a folder that any static host serves, under any path. Every address in these pages is relative. The texts are
in the pages in all languages, and are switched in place (js/alone/languages.js).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from gateviz.viewer.html_page import json_in_html

Said = Mapping[str, Mapping[str, str]]
"""Language -> name -> text."""

_HEAD = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; \
connect-src 'self'; img-src 'self' data: blob:; worker-src 'self'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="{description}">
<title>{window}</title>
<link rel="icon" href="{icon}">
<link rel="stylesheet" href="{style}">
<script type="module" src="{script}"></script>
</head>
"""
_TASK = """<body>
<header class="masthead">
<a class="home" href="index.html" data-page data-say-title="home"><img src="{logo}" alt="gateviz" width="112" \
height="32"></a>
<h1 data-say="title">{title}</h1>
<div id="examples"></div>
<details data-gateviz="take-away" id="figures" hidden></details>
<div id="languages"></div>
</header>
<main>
<div id="sentence"></div>
<div id="viewer"><p id="needs">{needs}</p></div>
</main>
<footer>
<p data-say="keys">{keys}</p>
<p data-say="data">{data}</p>
<p data-say="made">{made}</p>
<p class="kept" data-say="kept" role="status">{kept}</p>
</footer>
<script type="application/json" id="page">{page}</script>
</body>
</html>
"""
_INDEX = """<body class="index">
<header class="masthead">
<img src="{logo}" alt="gateviz" width="112" height="32">
<div id="languages"></div>
</header>
<main>
<h1 data-say="title">{title}</h1>
<p class="lead" data-say="lead">{lead}</p>
<p class="map-legend" data-say="map">{map}</p>
<ul class="tasks">
{entries}
</ul>
</main>
<footer><p data-say="made">{made}</p></footer>
<script type="application/json" id="page">{page}</script>
</body>
</html>
"""
_ENTRY = """<li data-task="{task}"><a href="{address}" data-page>
<picture><source srcset="{dark}" media="(prefers-color-scheme: dark)"><img class="mark" src="{light}" alt="" \
width="{width}" height="{height}"></picture>
<h2 data-say="title.{task}">{title}</h2>
<p data-say="about.{task}">{about}</p></a>
<p class="example">{example}</p>
<p class="figures"><span data-say="before.{task}">{before}</span>{figures}\
<span data-say="after.{task}">{after}</span></p>
</li>"""
_FIGURE = '<span class="{cell}"><b>{name}</b> {figure}</span>'
_LOST = """<body class="index">
<main>{sentences}</main>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Shared:
    """The addresses of the files that a page needs besides its own."""

    script: str
    style: str
    logo: str
    icon: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A task in the index. Its texts are in the index's, as title.TASK, about.TASK, before.TASK and after.TASK."""

    task: str
    address: str
    example: str
    marks: tuple[str, str]
    """The addresses of its pictures, on a light page and on a dark one."""
    size: tuple[int, int]
    """Of these pictures, in px."""
    figures: Mapping[str, tuple[str, str]]
    """Architecture -> its name and its figure, which stand between the texts before and after."""


def task_page(shared: Shared, said: Said, language: str, data: Mapping[str, object]) -> str:
    """A task's page.

    Args:
        shared: the files.
        said: the texts window, language, home, title, keys, data, made, kept, needs and about.
        language: in which it is written; it is switched when the page opens.
        data: what the script needs besides: js/alone/site_page.js says what.
    """
    texts = {name: escape(text) for name, text in said[language].items()}
    page = json_in_html({**data, "own": language, "said": said})
    return _head(shared, said, language) + _TASK.format(**texts, logo=shared.logo, page=page)


def index_page(shared: Shared, said: Said, language: str, entries: Sequence[Entry], data: Mapping[str, object]) -> str:
    """The index.

    Args:
        shared: the files.
        said: the texts window, language, title, lead, map, made and about, and those of the entries.
        language: in which it is written; it is switched when the page opens.
        entries: the tasks.
        data: what the script needs besides: js/alone/index_page.js says what.
    """
    texts = said[language]
    page = json_in_html({**data, "own": language, "said": said})
    named = {name: escape(texts[name]) for name in ("title", "lead", "map", "made")}
    listed = "\n".join(_entry(entry, texts) for entry in entries)
    return _head(shared, said, language) + _INDEX.format(**named, logo=shared.logo, entries=listed, page=page)


def lost_page(shared: Shared, said: Said, language: str) -> str:
    """What a visitor gets without a network where a page has not been opened before: "lost", in all languages."""
    sentences = "".join(f'<p lang="{name}">{escape(texts["lost"])}</p>' for name, texts in said.items())
    head = _head(shared, said, language).replace(f'<script type="module" src="{shared.script}"></script>\n', "")
    return head + _LOST.format(sentences=sentences)


def _head(shared: Shared, said: Said, language: str) -> str:
    texts = said[language]
    return _HEAD.format(
        language=escape(language),
        description=escape(texts["about"]),
        window=escape(texts["window"]),
        icon=shared.icon,
        style=shared.style,
        script=shared.script,
    )


def _entry(entry: Entry, texts: Mapping[str, str]) -> str:
    task, (light, dark), (width, height) = entry.task, entry.marks, entry.size
    figures = (
        _FIGURE.format(cell=cell, name=escape(name), figure=escape(figure))
        for cell, (name, figure) in entry.figures.items()
    )
    return _ENTRY.format(
        task=escape(task),
        address=entry.address,
        light=light,
        dark=dark,
        width=width,
        height=height,
        title=escape(texts[f"title.{task}"]),
        about=escape(texts[f"about.{task}"]),
        example=escape(entry.example),
        before=escape(texts[f"before.{task}"]),
        figures="".join(figures),
        after=escape(texts[f"after.{task}"]),
    )
