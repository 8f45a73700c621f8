"""Plotly's script: it comes after the first picture, and without the parts that our figures never use.

The script is half of all bytes of a first visit, and the browser paints nothing else while it evaluates the script.
The viewer paints the same heatmaps from its own numbers. So a small module stands in the place of the script. It waits
until the viewer has painted, and then imports the script from another path.

The script holds all of Plotly: MapLibre for maps, stack.gl for surfaces, regl for points by the million, projections of
the globe. Each of these modules stands in the text as `name=wrap({"path"(arguments){body}})`, and its body runs when
another module first asks for it. We leave out the bodies of six modules; who asks for one gets an object that does
nothing. Heatmaps, lines, bars and all else that Plotly draws as SVG stay as they are.

Both are done only to the one script that we know, by its hash. Any other text is sent as it is.
"""

import hashlib
import re
import zlib

KNOWN = "8cb9b72292d50f4ac26b35921c6209897f2a946d03214aa63214e86f129a8cb1"
"""SHA-256 of the script in Streamlit 1.67.0. For another script look at both functions below, then change this."""

LONGEST = 3000
"""So many milliseconds the stand-in waits for the picture at most."""

UNUSED = (
    "build/maplibre_worker.js",
    "node_modules/maplibre-gl/dist/maplibre-gl.mjs",
    "node_modules/maplibre-gl/dist/maplibre-gl.css",
    "node_modules/@plotly/regl/dist/regl.unchecked.js",
    "node_modules/d3-geo-projection/dist/d3-geo-projection.js",
    "stackgl_modules/index.js",
)
"""The modules whose bodies are left out."""

_VERSION = f"{zlib.crc32(','.join(UNUSED).encode()):08x}"
"""A browser keeps the script for a year under its address. Another choice of UNUSED gets another address."""
_NEXT_MODULE = re.compile(r'\}\}\),[\w$]+=[\w$]+\(\{"[^"\n]+"\(')
_DOES_NOTHING = "new Proxy(()=>0,{get:(_,name,self)=>self})"
_EXPORTS = re.compile(r"export\{([^{}]+)\};?\s*$")
_WAIT = f"""\
const frame = () => new Promise(requestAnimationFrame);
const waits = () => document.querySelector(".st-key-viewer") && !document.documentElement.dataset.gatevizCell;
const start = performance.now();
while (waits() && performance.now() - start < {LONGEST}) await frame();
await frame();
await new Promise((go) => setTimeout(go)); // the frame has been painted"""


def is_plotly_script(path: str) -> bool:
    """Whether the file at this path is Plotly's script."""
    return re.fullmatch(r"PlotlyChart\.[\w-]+\.js", path.rsplit("/", 1)[-1]) is not None


def is_known(script: str) -> bool:
    """Whether this is the script that both functions below were written for."""
    return hashlib.sha256(script.encode()).hexdigest() == KNOWN


def late_path(path: str) -> str:
    """Where the script itself is found when a stand-in has its path. It is the same folder, for its imports."""
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}late.{name}"


def stand_in(name: str, script: str) -> str:
    """A module with the exports of this script, which imports the script when the picture stands.

    Args:
        name: the script's file name.
        script: its text.

    Returns:
        The module; the script itself if it does not end with a list of exports.
    """
    found = _EXPORTS.search(script)
    if not found:
        return script
    names = [part.split(" as ")[-1].strip() for part in found[1].split(",")]
    exports = [f"export {'default' if name == 'default' else f'const {name} ='} whole.{name};" for name in names]
    return "\n".join([_WAIT, f'const whole = await import("./{late_path(name)}?{_VERSION}");', *exports, ""])


def without_unused(script: str) -> str:
    """The script without the bodies of the unused modules. If one is not found exactly once, nothing is left out."""
    shorter = script
    for path in UNUSED:
        heads = list(re.finditer(rf'\{{"{re.escape(path)}"\(([^)]*)\)\{{', shorter))
        end = _NEXT_MODULE.search(shorter, heads[0].end()) if len(heads) == 1 else None
        if end is None:
            return script
        _, _, module = heads[0][1].partition(
            ","
        )  # a CommonJS module takes (exports, module); an ES module takes nothing
        body = f"{module}.exports={_DOES_NOTHING}" if module else ""
        shorter = shorter[: heads[0].end()] + body + shorter[end.start() :]
    return shorter
