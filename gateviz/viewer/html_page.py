"""A packed picture as one .html file, with the viewer, its styles, the engine, the numbers and the weights inside.

It works from a disk, without network or server, and fetches nothing. What a person typed is in it only as base64 or
escaped, and its content security policy allows no script and no style but its own, by their hashes.

The script is most of the page, so it comes compressed: a few lines unpack it. Scripts stand before the data, so that a
page which was cut off on its way can still say so.
"""

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from html import escape

from gateviz import viewer

_SCRIPT = viewer.JS / "alone" / "exported_page.js"
_UNPACK = viewer.JS / "alone" / "unpack_script.js"
STYLES = (*viewer.VIEWER_STYLES, "take_away", "keys", "alone_page", "typing_row")
"""The style sheets of a page that needs nobody."""
_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<header class="masthead">
<h1>{title}</h1>
<p>{subtitle}</p>
<div id="examples"></div>
<details data-gateviz="take-away" id="figures" hidden></details>
</header>
<main>
<div id="sentence"></div>
<div id="viewer"></div>
</main>
<footer>{about}</footer>
<script type="application/json" id="page">{data}</script>
<script type="application/octet-stream" id="script">{packed}</script>
<script type="module">{unpack}</script>
<script type="application/octet-stream" id="picture">{picture}</script>
{models}
</body>
</html>
"""
_MODEL = '<script type="application/octet-stream" data-model="{name}">{data}</script>'


def page(
    picture: bytes,
    *,
    title: str,
    subtitle: str = "",
    about: Sequence[str] = (),
    data: Mapping[str, object] | None = None,
    models: Mapping[str, bytes] | None = None,
    language: str = "en",
) -> str:
    """The page of a picture that `gateviz.viewer.packing.picture` packed.

    Args:
        picture: the bytes.
        title: of the page and of the window.
        subtitle: beside the title.
        about: lines at the foot.
        data: what the script needs besides: js/alone/exported_page.js says what.
        models: name -> file, such as "hometown/lstm/6f0c....safetensors", of the models that the picture names.
        language: of all these texts, such as "zh".
    """
    script, unpack, style = viewer.script(_SCRIPT), viewer.script(_UNPACK), viewer.styles(*STYLES)
    return _PAGE.format(
        language=escape(language),
        policy=f"default-src 'none'; script-src {_hash(unpack)} {_hash(script)}; style-src {_hash(style)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'",
        title=escape(title),
        subtitle=escape(subtitle),
        about="".join(f"<p>{escape(line)}</p>" for line in about),
        data=json_in_html({**(data or {}), "language": language}),
        style=style,
        unpack=unpack,
        packed=_base64(zlib.compress(script.encode(), 9)),
        picture=_base64(picture),
        models="\n".join(_MODEL.format(name=escape(name), data=_base64(file)) for name, file in (models or {}).items()),
    )


def json_in_html(value: object) -> str:
    """JSON that ends no element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
