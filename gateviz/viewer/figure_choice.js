// Which figure to save: of which architecture, where each has its own, and as what.

const STEPPING_FIGURES = ["diagram", "curves", "maps"];

/** `said` are the words, which name the `kinds`; `cells` pairs of an architecture and its name, none where a figure is of
 *  all; `save({kind, cell, format})` saves one. */
function createFigureChoice(said, kinds, cells, save) {
  const kind = choiceOf(said.figure, kinds.map((name) => [name, said[name]]), "kind");
  const cell = cells.length ? choiceOf(said.architecture, cells, "cell") : null;
  const button = (format) => {
    const element = iconButton(format, format.toUpperCase(), "M12 4v11m-5-5 5 5 5-5M5 20h14");
    element.setAttribute("aria-label", `${said.save} ${format.toUpperCase()}`);
    element.addEventListener("click", () => save({ kind: kind.value, cell: cell?.value, format }));
    return element;
  };
  return make("div", {
    className: "figures",
    children: [make("div", { className: "title", text: said.save }), make("div", { className: "row", children: cell ? [kind, cell] : [kind] }), make("div", { className: "row", children: [button("png"), button("svg")] })],
  });
}

function choiceOf(label, options, name) {
  const children = options.map(([value, text]) => make("option", { text, attributes: { value } }));
  return make("select", { attributes: { "aria-label": label, "data-take": name }, children });
}

function iconButton(name, text, path) {
  const icon = makeSvg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, [makeSvg("path", { d: path })]);
  return make("button", { className: "button", attributes: { type: "button", "data-take": name }, children: [icon, make("span", { className: "label", text })] });
}
