// Which figure to save: its kind, its architecture where each has its own, and the file's format.

import { make, makeIcon } from "../page/elements.js";

/** The kinds of figures of the viewer; saved_figures.js draws them. */
export const VIEWER_FIGURES = ["diagram", "curves", "maps"];

/**
 * @param {Object<string, string>} texts Also the names of the kinds.
 * @param {string[]} kinds
 * @param {[string, string][]} cells Each architecture and its name; none where one figure shows all.
 */
export function createFigureChoice(texts, kinds, cells) {
  const kind = makeSelect(texts.figure, kinds.map((name) => [name, texts[name]]), "kind");
  const cell = cells.length ? makeSelect(texts.architecture, cells, "cell") : null;
  const button = (format) => {
    const element = makeIconButton(format, format.toUpperCase(), "M12 4v11m-5-5 5 5 5-5M5 20h14");
    element.setAttribute("aria-label", `${texts.save} ${format.toUpperCase()}`);
    element.addEventListener("click", () => askFor({ kind: kind.value, cell: cell?.value, format }));
    return element;
  };
  const row = (children) => make("div", { className: "row", children });
  return make("div", {
    className: "figures",
    children: [make("div", { className: "title", text: texts.save }), row(cell ? [kind, cell] : [kind]), row([button("png"), button("svg")])],
  });
}

/** Whoever draws such figures saves it: see figure_files.js. @param {import("./figure_files.js").Figure} figure */
function askFor(figure) {
  document.dispatchEvent(new CustomEvent("gateviz:save", { detail: figure }));
}

function makeSelect(label, options, name) {
  const children = options.map(([value, text]) => make("option", { text, attributes: { value } }));
  return make("select", { attributes: { "aria-label": label, "data-take": name }, children });
}

export function makeCopyButton(name, text) {
  return makeIconButton(name, text, "M9 9h10v11H9zM5 15V4h10");
}

function makeIconButton(name, text, path) {
  const children = [makeIcon(path, { class: "icon" }), make("span", { className: "label", text })];
  return make("button", { className: "button", attributes: { type: "button", "data-take": name }, children });
}
