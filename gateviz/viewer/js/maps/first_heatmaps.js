// The first heatmaps: drawn from the picture's own numbers, where Plotly's will be. They are there a second before Plotly's
// script has come, and are hidden when its maps are drawn.

import { make } from "../page/elements.js";
import { windowWidth } from "../picture/time_window.js";
import { heatmapSvg } from "./heatmap_svg.js";
import { mapImage } from "./map_pixels.js";

/** One architecture's maps, in an element under the overlay. `paint(width)` draws them as wide as the figure will be. */
export function createFirstHeatmaps(cell, picture, scale) {
  const { header, signals } = picture;
  const element = make("div", { className: "gateviz-first-heatmaps" });
  const size = { steps: windowWidth(header), units: header.units[cell] };
  let painted = null;

  function paint(width) {
    if (painted === width) return;
    painted = width;
    const image = (signal) => mapImage(signals[cell][signal], { ...size, pixel: scale.painter(signal) });
    element.replaceChildren(heatmapSvg(cell, picture, { width, image }));
  }
  const { top, height } = header.maps[cell].at(-1);
  return { element, paint, height: top + height + header.geometry.bottom };
}
