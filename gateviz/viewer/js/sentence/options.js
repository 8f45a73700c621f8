// The row between tokens and cells: the architecture on a phone, the colour of the text, the unit, the order of the rows, and
// the legend.

import { fill } from "../format/texts.js";
import { make, write } from "../page/elements.js";
import { rowOrders } from "../maps/map_rows.js";
import { sharedUnits } from "../picture/signals.js";
import { createLegend } from "./legend.js";

export function createOptions(header, state, tokenColours, actions) {
  const { texts } = header;
  const cells = header.cells.map((cell) => makeToggle(`cell-${cell}`, texts.cells[cell], () => actions.showCell(cell)));
  const colour = makeSelect("colour", texts.colour, colourGroups(header, tokenColours.choices), actions.colourTokens);
  const value = make("output", { className: "tint-value" });
  colour.element.append(value);
  const unit = createUnitChoice(header, state, actions);
  const rows = makeSelect("rows", texts.rows, [{ options: rowOrders(header) }], actions.orderRows);
  const legend = createLegend(header);
  let shown = "";
  const element = make("div", {
    className: "options",
    children: [
      make("div", { className: "segment cell-choice", attributes: { role: "group", "aria-label": texts.architecture }, children: cells }),
      colour.element,
      unit.element,
      rows.element,
      legend.element,
    ],
  });
  function show() {
    if (!header.cells.includes(state.shown)) state.shown = header.cells[0];
    const choice = tokenColours.valid(state.colour);
    write(value, tokenColours.at(choice, state.step, state.unit)?.text ?? "");
    unit.show();
    const wanted = [state.shown, state.order, choice].join();
    if (wanted === shown) return; // a step changes none of them
    shown = wanted;
    document.documentElement.dataset.gatevizCell = state.shown;
    header.cells.forEach((cell, index) => press(cells[index], cell === state.shown));
    rows.select.value = state.order;
    colour.select.value = choice;
    legend.show(choice.endsWith(":surprise"));
  }
  return { element, show };
}

/** All units, or the one whose number stands in the box. */
function createUnitChoice(header, state, { showWhole, chooseUnit }) {
  const { texts } = header;
  const units = sharedUnits(header);
  const all = makeToggle("all", texts.all_units, () => showWhole(true));
  const one = makeToggle("one", "", () => showWhole(false));
  const box = make("input", { className: "unit-box", attributes: { type: "number", min: 0, max: units - 1, "aria-label": texts.unit_box } });
  box.addEventListener("change", () => {
    const chosen = Math.round(Number(box.value));
    if (box.value !== "" && chosen >= 0 && chosen < units) chooseUnit(chosen);
    else box.value = state.unit;
  });
  let shown = "";
  const element = make("div", { className: "units", children: [
    make("div", { className: "segment", attributes: { role: "group", "aria-label": texts.diagram_shows }, children: [all, one] }),
    box,
  ] });
  function show() {
    if (box.value !== String(state.unit) && box.getRootNode().activeElement !== box) box.value = state.unit;
    const wanted = [state.unit, state.whole].join();
    if (wanted === shown) return;
    shown = wanted;
    one.textContent = fill(texts.one_unit, { unit: state.unit });
    press(all, state.whole);
    press(one, !state.whole);
  }
  return { element, show };
}

function makeToggle(name, label, action) {
  const button = make("button", { className: "option", text: label, attributes: { type: "button", "aria-pressed": "false", "data-option": name } });
  button.addEventListener("click", () => action());
  return button;
}

function press(button, isPressed) {
  button.setAttribute("aria-pressed", String(isPressed));
}

/** A list to choose from, with its label: groups of [value, text], under a heading where they have one. */
function makeSelect(name, label, groups, action) {
  const option = ([value, text]) => make("option", { text, attributes: { value } });
  const children = groups.flatMap(({ heading, options }) =>
    heading ? [make("optgroup", { attributes: { label: heading }, children: options.map(option) })] : options.map(option));
  const select = make("select", { attributes: { "data-option": name }, children });
  select.addEventListener("change", () => action(select.value));
  return { element: make("label", { className: "choice", children: [make("span", { text: label }), select] }), select };
}

function colourGroups({ texts }, choices) {
  const nameOf = (cell, name) => (name === "surprise" ? texts.surprise : `${texts.symbols[cell][name]}\u2002${texts.signals[cell][name]}`);
  const groups = choices.map(({ cell, names }) => ({
    heading: texts.cells[cell],
    options: names.map((name) => [`${cell}:${name}`, `${texts.cells[cell]}: ${nameOf(cell, name)}`]),
  }));
  return [{ options: [["none", texts.colour_none]] }, ...groups];
}
