// The state before and after a cell, at the two ends of its diagram: a dab of colour for every unit, so that one sees
// the vector change. A canvas a strip, a pixel a unit, laid over the diagram: a step sets its pixels and nothing else.

const STRIP_ROWS = 64; // more units stand in several columns, side by side
const STRIP = { width: 16, height: 96 }; // in units of the diagram, 360 by 220
const STRIP_X = { before: 4, now: 340 };
const STRIP_TOPS = {
  rnn: { hidden_state: 62 },
  lstm: { cell_state: 8, hidden_state: 116 },
  gru: { hidden_state: 8 },
};

/** Strips of one cell. `show` redraws them; values(signal, when) are all units' numbers, or null before the first step. */
function createStrips(cell, header, scale, choose) {
  const { words } = header;
  const units = header.units[cell];
  const columns = Math.ceil(units / STRIP_ROWS);
  const rows = Math.ceil(units / columns);
  let order = null;
  const strips = Object.entries(STRIP_TOPS[cell]).flatMap(([signal, top]) => Object.keys(STRIP_X).map((when) => {
    const state = words.signals[cell][signal];
    const name = when === "now" ? fill(words.strip_now, { signal: state }) : fill(words.strip_before, { signal: state });
    const canvas = make("canvas", { attributes: { width: columns, height: rows, role: "img", "aria-label": name, title: name, "data-strip": signal, "data-when": when } });
    const mark = make("div", { className: "strip-unit", attributes: { style: `width: ${100 / columns}%; height: ${100 / rows}%` } });
    const element = make("div", { className: "strip", attributes: { style: placeOf(when, top) }, children: [canvas, mark] });
    const context = canvas.getContext("2d");
    canvas.addEventListener("click", (event) => {
      const [column, row] = [event.offsetX / canvas.clientWidth, event.offsetY / canvas.clientHeight];
      const place = Math.floor(column * columns) * rows + Math.floor(row * rows);
      if (place >= 0 && place < units) choose(order ? order[place] : place);
    });
    const image = context.createImageData(columns, rows);
    return { signal, when, top, canvas, mark, element, context, image, pixels: new Uint32Array(image.data.buffer) };
  }));
  let marked = null;

  function show(values, unit, rowsOrder) {
    order = rowsOrder;
    for (const { signal, when, context, image, pixels } of strips) {
      const [numbers, pixel] = [values(signal, when), scale.painter(signal)];
      for (let place = 0; place < units; place++) {
        const value = numbers ? numbers[order ? order[place] : place] : 0;
        pixels[(place % rows) * columns + Math.floor(place / rows)] = pixel(value);
      }
      context.putImageData(image, 0, 0);
    }
    const place = unit === null ? null : order ? order.indexOf(unit) : unit;
    if (place === marked) return;
    marked = place;
    for (const { mark } of strips) {
      mark.style.visibility = place === null ? "" : "visible";
      if (place !== null) mark.style.transform = `translate(${100 * Math.floor(place / rows)}%, ${100 * (place % rows)}%)`;
    }
  }
  /** The same as they stand, as parts of a drawing that is saved. */
  function images() {
    return strips.flatMap(({ signal, when, top, canvas }) => {
      const place = { x: STRIP_X[when], y: top, ...STRIP };
      return [
        makeSvg("image", { ...place, href: canvas.toDataURL(), preserveAspectRatio: "none", "image-rendering": "pixelated", "data-strip": signal, "data-when": when }),
        makeSvg("rect", { ...place, fill: "none", stroke: "#20242b", "stroke-opacity": 0.45, "stroke-width": 0.8 }),
        ...(marked === null ? [] : [makeSvg("rect", { ...cellOf(marked, place), fill: "none", stroke: "#20242b", "stroke-width": 1.2 })]),
      ];
    });
  }
  const cellOf = (place, { x, y, width, height }) => ({
    x: x + (Math.floor(place / rows) * width) / columns, y: y + ((place % rows) * height) / rows, width: width / columns, height: height / rows,
  });
  return { elements: strips.map(({ element }) => element), show, images };
}

function placeOf(when, top) {
  const share = (length, whole) => `${((100 * length) / whole).toFixed(3)}%`;
  return `left: ${share(STRIP_X[when], 360)}; top: ${share(top, 220)}; width: ${share(STRIP.width, 360)}; height: ${share(STRIP.height, 220)}`;
}
