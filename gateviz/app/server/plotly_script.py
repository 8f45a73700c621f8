"""Plotly's script without the parts that our figures never use: a third of it, which is half of all bytes of a visit.

The script holds all of Plotly: MapLibre for maps, stack.gl for surfaces, regl for points by the million, projections of
the globe. Each of these modules stands in the text as `name=wrap({"path"(arguments){body}})`, and its body runs when
another module first asks for it. We leave out the bodies of six modules; who asks for one gets an object that does
nothing. Heatmaps, lines, bars and all else that Plotly draws as SVG stay as they are.

This is done only to the one script that we know, by its hash. Any other text is sent as it is.
"""

import hashlib
import re

KNOWN = "8cb9b72292d50f4ac26b35921c6209897f2a946d03214aa63214e86f129a8cb1"
"""SHA-256 of the script in Streamlit 1.67.0. For another script look at `without_unused`, then change this."""

UNUSED = (
    "build/maplibre_worker.js",
    "node_modules/maplibre-gl/dist/maplibre-gl.mjs",
    "node_modules/maplibre-gl/dist/maplibre-gl.css",
    "node_modules/@plotly/regl/dist/regl.unchecked.js",
    "node_modules/d3-geo-projection/dist/d3-geo-projection.js",
    "stackgl_modules/index.js",
)
"""The modules whose bodies are left out."""

_NEXT_MODULE = re.compile(r'\}\}\),[\w$]+=[\w$]+\(\{"[^"\n]+"\(')
_DOES_NOTHING = "new Proxy(()=>0,{get:(_,name,self)=>self})"


def is_plotly_script(path: str) -> bool:
    """Whether the file at this path is Plotly's script."""
    return re.fullmatch(r"PlotlyChart\.[\w-]+\.js", path.rsplit("/", 1)[-1]) is not None


def is_known(script: str) -> bool:
    """Whether this is the script that `without_unused` was written for."""
    return hashlib.sha256(script.encode()).hexdigest() == KNOWN


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
