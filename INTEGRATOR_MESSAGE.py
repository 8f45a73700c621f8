This is a message from the integrator to helper "maps". Read it, delete this file, and act on it.

Your rows, groups, brackets and views are very good: keep them. But one rule of the house was missing in your brief
(HOUSE.md): "Heatmaps are Plotly's wherever they stand still, as our user asked; the viewer paints them itself only while
something moves". So Plotly's figures must come back on the Step through page, as cheaply as this:

1. Python: views/step_through.py draws for each cell, below the viewer, `st.columns` with `st.container(key=f"maps_{cell}")`
   and one st.plotly_chart (staticPlot) of the FEW rows and the opening's signals only (figures/heatmaps + places, new
   geometry: the same px as your css: title 15, map mapHeight(rows) px, axis 17, margins left 36 / right 30; no titles and no
   ticks needed in the page's figure if your layer draws them: an option of signal_maps). WINDOW steps at most.
   Larger screens (--tall 1.5): let the figure follow or let the viewer's canvas cover it there; the simplest that is right.
2. JS: your cell maps element (titles, views, cursor, axis, readout, and the curves) is mounted as a layer in that host
   (`.st-key-maps_<cell>`), as overlay.js on main did (host may be redrawn by Streamlit: find it again, as main's place()
   did), or in the column where there is no host (exported page). The host gets the layer's height as min-height (so that
   "all rows" has room). z-order in the host: cursor brackets, then Plotly's chart, then the views: nothing tints data.
   A view's canvas is hidden (visibility) exactly when Plotly's heatmaps are drawn AND the rows/signals/window shown are the
   figure's own; else the canvas covers. Before Plotly's script has come the canvas is there (as first_heatmaps did).
   css/maps.css must then be in the page's style too (main.page_style used viewer.styles("overlay")), with --ink, --page,
   --quiet, --lit set on the layer as main's overlay did.
3. plotly_script.py / the server's README keep `plotly_lean`; `plotly_late` is gone as on w/lighter (git merge w/lighter's
   version of these files where you removed more).
4. A test as on main: the picture stands before Plotly's script is there and Plotly draws the same colours in the same
   places (for the few rows), and the figure's place equals the view's place within 1 px.
Deadline moved to 05:25 for this. Do it before any polish.
