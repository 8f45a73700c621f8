// A figure as a file: an SVG that stands alone, in the light theme whatever the page's is, or its pixels as PNG.

const PNG_SCALE = 2;
const HEADING = 44; // px above each figure: of what it is, and which step or unit
const SAVED_INK = "#20242b";
const SAVED_QUIET = "#5b616b";

/** Call answer(detail) at each gateviz:save {kind, cell, format} on the document; what it promises, a figure or null,
 *  is saved. Gives back how to stop that. */
function whenAskedToSave(answer) {
  const onAsked = async ({ detail }) => {
    const svg = await answer(detail);
    if (!svg) return;
    const blob = detail.format === "png" ? await pixelsOf(svg) : new Blob([textOf(svg)], { type: "image/svg+xml" });
    const name = ["gateviz", detail.cell, detail.kind].filter(Boolean).join("-");
    const link = make("a", { attributes: { href: URL.createObjectURL(blob), download: `${name}.${detail.format}` } });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  document.addEventListener("gateviz:save", onAsked);
  return () => document.removeEventListener("gateviz:save", onAsked);
}

/** The whole of a figure: its drawing on white, under what it is and of what. */
function framed({ width, height, body }, heading, about) {
  const title = makeSvg("text", { x: 12, y: 26, "font-size": 17 });
  const name = makeSvg("tspan", { "font-weight": 700 });
  name.textContent = heading;
  const rest = makeSvg("tspan", { "font-size": 13, dx: 10, fill: SAVED_QUIET });
  rest.textContent = about.filter(Boolean).join(" · ");
  title.append(name, rest);
  body.setAttribute("transform", `translate(0 ${HEADING})`);
  const whole = makeSvg("svg", { width, height: height + HEADING, viewBox: `0 0 ${width} ${height + HEADING}`, fill: SAVED_INK, color: SAVED_INK, "font-family": "'Source Sans', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif" });
  whole.append(makeSvg("rect", { width: "100%", height: "100%", fill: "#ffffff" }), title, body);
  return whole;
}

function svgText(x, y, text, attributes = {}) {
  return Object.assign(makeSvg("text", { x, y, ...attributes }), { textContent: text });
}

function textOf(svg) {
  return new XMLSerializer().serializeToString(svg);
}

async function pixelsOf(svg) {
  const [width, height] = ["width", "height"].map((name) => Number(svg.getAttribute(name)) * PNG_SCALE);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(textOf(svg))}`;
  await image.decode();
  const canvas = make("canvas", { attributes: { width, height } });
  canvas.getContext("2d").drawImage(image, 0, 0, width, height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}
