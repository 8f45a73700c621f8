// The heatmaps from the picture's own numbers, on the places where Plotly's will stand: they are there with the first
// paint, a second before Plotly's script, and go when its maps are drawn.

/** One architecture's maps in an element that lies under the overlay; `paint` needs to know how wide the figure is. */
function createGround(cell, picture, scale) {
  const { header, signals } = picture;
  const element = make("div", { className: "gateviz-ground" });
  const size = { steps: Math.min(header.tokens.length, header.window), units: header.units[cell] };
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
