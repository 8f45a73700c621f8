"""Plotly's script without the parts that our figures never ask for: a third of its bytes, and of the time to read it.

What Streamlit ships is all of Plotly, with MapLibre for maps, stack.gl for surfaces and volumes, regl for points by the
million, projections of the globe. In its text each of its modules stands as `name=wrap({"path"(arguments){body}})`, to
be run when first asked for. Of these few the body is left out, and whoever asks for one gets an object that
does nothing. Heatmaps, lines, bars and all else that is drawn as SVG are as they were.
"""

import re

UNUSED = (
    "build/maplibre_worker.js",
    "node_modules/maplibre-gl/dist/maplibre-gl.mjs",
    "node_modules/maplibre-gl/dist/maplibre-gl.css",
    "node_modules/@plotly/regl/dist/regl.unchecked.js",
    "node_modules/d3-geo-projection/dist/d3-geo-projection.js",
    "stackgl_modules/index.js",
)

_NEXT = re.compile(r'\}\}\),[\w$]+=[\w$]+\(\{"[^"\n]+"\(')
_NOTHING = "new Proxy(()=>0,{get:(_,name,self)=>self})"


def lean(script: str) -> str:
    """The script with those bodies left out; a module that is not found as it should be stays."""
    for path in UNUSED:
        head = re.search(rf'\{{"{re.escape(path)}"\(([^)]*)\)\{{', script)
        end = _NEXT.search(script, head.end()) if head else None
        if head and end:
            _, _, module = head[1].partition(",")  # of CommonJS the second; a module of ES has no arguments
            body = f"{module}.exports={_NOTHING}" if module else ""
            script = script[: head.end()] + body + script[end.start() :]
    return script
