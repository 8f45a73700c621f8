// The cells of a film, one above the other on one axis of tokens: their maps, how many gates are shut or open, the answer.

import { decimals } from "../format/numbers.js";
import { fill, glyph } from "../format/texts.js";
import { make, write } from "../page/elements.js";
import { decode, paint, pixelTables, rowOrder } from "./frame_maps.js";

const NARROW = 15; // px of a token under which not every one is named

/** `draw(film, data, theme)` for another film, `show(frame)` for another frame. */
export function createBands() {
  const tokens = make("div", { className: "film-tokens" });
  const rows = make("div", { className: "bands" });
  const element = make("div", { className: "film-maps", children: [tokens, rows] });
  let bands = [];

  function draw({ header }, data, theme) {
    const pixels = pixelTables(data.palettes[theme]);
    const count = header.tokens.length;
    tokens.replaceChildren(...header.tokens.map((token, step) => makeToken(token, step, header.tokens)));
    tokens.style.setProperty("--count", count);
    bands = Object.keys(header.signals).map((cell) => makeBand(cell, header, data, pixels));
    rows.replaceChildren(...bands.map((band) => band.element));
    nameTokens();
  }

  /** Where the tokens are narrow only every second is named, or every third, and so on; those that stand out always are. */
  function nameTokens() {
    const wide = tokens.clientWidth / (tokens.childElementCount || 1);
    const every = wide ? Math.max(1, Math.ceil(NARROW / wide)) : 1;
    [...tokens.children].forEach((token, step) => token.classList.toggle("unnamed", step % every > 0 && !token.dataset.stands));
    tokens.classList.toggle("slanted", [...tokens.children].some((token) => token.textContent.length * 8 > wide));
  }

  function show(frame) {
    for (const band of bands) band.show(frame.cells[band.cell]);
  }
  return { element, draw, show, resize: nameTokens };
}

/** What is rare in a text of symbols stands out: X and Y, marked numbers, the sign of recall. */
function makeToken(token, step, all) {
  const rare = all.length > 24 && (/[*>XY]/.test(token) || /^[A-Z][a-z]{3,}$/.test(token.trim()));
  return make("span", { className: "film-token", attributes: { "data-token": step, ...(rare ? { "data-stands": "1" } : {}) }, children: [make("span", { text: glyph(token.trim() || token) })] });
}

function makeBand(cell, header, data, pixels) {
  const { texts } = data;
  const maps = header.signals[cell].map((signal) => makeMap(cell, signal, data));
  const answer = make("strong", { className: "film-answer", attributes: { "data-answer": cell } });
  const share = make("span", { className: "film-share" });
  const there = make("span", { className: "film-there" });
  const size = fill(texts.size, { units: header.units[cell], parameters: header.parameters[cell].toLocaleString("en") });
  const title = make("div", { className: "band-title", children: [make("strong", { text: data.cells[cell] })] });
  const said = make("div", { className: "band-said", children: [answer, share, there, make("span", { className: "film-size", text: size })] });
  const element = make("section", { className: `band ${cell}`, attributes: { "data-cell": cell, "aria-label": data.cells[cell] }, children: [title, make("div", { className: "band-maps", children: maps.map((map) => map.element) }), said] });

  function show(part) {
    element.classList.toggle("exploded", part.exploded !== null && part.exploded !== undefined);
    if (!part.maps) {
      write(answer, fill(texts.exploded, { step: part.exploded }));
      for (const place of [share, there]) write(place, "");
      return;
    }
    const bytes = header.signals[cell].map((signal) => decode(part.maps[signal]));
    const order = rowOrder(bytes[0], header.tokens.length);
    maps.forEach((map, index) => map.show(bytes[index], { tokens: header.tokens.length, order, pixels: pixels[map.kind] }, part.saturation[map.signal]));
    write(answer, data.labels[part.answer] ?? glyph(part.answer));
    answer.classList.toggle("right", part.right);
    answer.dataset.right = part.right;
    const right = data.labels[header.right] ?? glyph(header.right);
    write(share, part.share === null ? fill(texts.wanted, { right }) : fill(texts.share, { right, share: percent(part.share) }));
    share.dataset.value = part.share ?? "";
    write(there, part.there ? fill(texts.there, { step: part.there[0].toLocaleString("en"), seconds: decimals(part.there[1], 1) }) : "");
  }
  return { cell, element, show };
}

function makeMap(cell, signal, data) {
  const kind = signal.endsWith("_gate") ? "gate" : "state";
  const canvas = make("canvas", { attributes: { role: "img", "aria-label": `${data.cells[cell]}, ${data.signals[signal]}` } });
  const ends = make("span", { className: "film-ends" });
  const name = make("span", { className: "film-name", children: [make("i", { text: data.symbols[signal] }), make("span", { text: data.signals[signal] }), ends] });
  const element = make("div", { className: "film-row", attributes: { "data-map": signal, "data-map-cell": cell }, children: [name, canvas] });

  function show(bytes, how, saturation) {
    paint(canvas, bytes, how);
    if (!saturation) return;
    write(ends, fill(data.texts.saturation, { shut: percent(saturation[0]), open: percent(saturation[1]) }));
    Object.assign(ends.dataset, { shut: saturation[0], open: saturation[1] });
  }
  return { element, signal, kind, show };
}

function percent(share) {
  return `${Math.round(100 * share)} %`;
}
