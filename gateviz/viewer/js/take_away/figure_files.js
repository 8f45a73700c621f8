// A figure as a file: an SVG that needs nothing else, in the light theme whatever the page's is, or its pixels as PNG.

import { make, makeSvg, makeSvgText } from "../page/elements.js";

export const INK = "#20242b";
export const QUIET_INK = "#5b616b";

const PNG_SCALE = 2;
const HEADING = 44; // px above each figure, for what it shows
const FONTS = "'Source Sans', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";
const KEEP = 10_000; // ms until the browser forgets a file that it was given

/**
 * @typedef {object} Figure
 * @property {string} kind Such as "maps".
 * @property {?string} cell
 * @property {"png"|"svg"} format
 */

/**
 * Save a figure whenever figure_choice.js asks for one.
 * @param {(figure: Figure) => ?SVGElement|Promise<?SVGElement>} draw Null for a figure that it does not have.
 * @returns {() => void} What ends this.
 */
export function saveWhenAsked(draw) {
  const listening = new AbortController();
  document.addEventListener("gateviz:save", async ({ detail: figure }) => {
    const svg = await draw(figure);
    if (svg) await save(svg, figure);
  }, { signal: listening.signal });
  return () => listening.abort();
}

async function save(svg, { kind, cell, format }) {
  const blob = format === "png" ? await pixelsOf(svg) : new Blob([sourceOf(svg)], { type: "image/svg+xml" });
  const name = ["gateviz", cell, kind].filter(Boolean).join("-");
  const link = make("a", { attributes: { href: URL.createObjectURL(blob), download: `${name}.${format}` } });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEEP);
}

/** The whole figure: its drawing on white, under a heading that says what it shows. */
export function frameFigure({ width, height, body }, heading, about) {
  const title = makeSvg("text", { x: 12, y: 26, "font-size": 17 }, [
    makeSvgText(heading, { "font-weight": 700 }, "tspan"),
    makeSvgText(about.filter(Boolean).join(" · "), { "font-size": 13, dx: 10, fill: QUIET_INK }, "tspan"),
  ]);
  body.setAttribute("transform", `translate(0 ${HEADING})`);
  const high = height + HEADING;
  const background = makeSvg("rect", { width: "100%", height: "100%", fill: "#ffffff" });
  return makeSvg("svg", { width, height: high, viewBox: `0 0 ${width} ${high}`, fill: INK, color: INK, "font-family": FONTS }, [background, title, body]);
}

function sourceOf(svg) {
  return new XMLSerializer().serializeToString(svg);
}

async function pixelsOf(svg) {
  const [width, height] = ["width", "height"].map((name) => Number(svg.getAttribute(name)) * PNG_SCALE);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(sourceOf(svg))}`;
  await image.decode();
  const canvas = make("canvas", { attributes: { width, height } });
  canvas.getContext("2d").drawImage(image, 0, 0, width, height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}
