// What the viewer's controls choose, beside the transport: the architecture on a phone, the unit, the colour of the text, the
// order of the rows.

import { rowOrders } from "../maps/map_rows.js";
import { make } from "../page/elements.js";
import { createLegend } from "./legend.js";
import { makeToggle, press } from "./toggle.js";
import { createUnitChoice } from "./unit_choice.js";

export function createOptions(header, state, tokenColours, actions) {
  const { texts } = header;
  const cells = header.cells.map((cell) => makeToggle(`cell-${cell}`, texts.cells[cell], () => actions.showCell(cell)));
  const colour = makeSelect("colour", texts.colour, colourGroups(header, tokenColours.choices), actions.colourTokens);
  const unit = createUnitChoice(header, state, actions);
  const rows = makeSelect("rows", texts.rows, [{ options: rowOrders(header) }], actions.orderRows);
  const legend = createLegend(header);
  let shown = "";
  const element = make("div", {
    className: "options",
    children: [
      make("div", { className: "segment cell-choice", attributes: { role: "group", "aria-label": texts.architecture }, children: cells }),
      unit.element,
      colour.element,
      rows.element,
    ],
  });
  function show() {
    const choice = tokenColours.valid(state.colour);
    unit.show();
    const wanted = [state.shown, state.order, choice, differenceIn(state)].join();
    if (wanted === shown) return; // a step changes none of them
    shown = wanted;
    document.documentElement.dataset.gatevizCell = state.shown;
    header.cells.forEach((cell, index) => press(cells[index], cell === state.shown));
    rows.select.value = state.order;
    colour.select.value = choice;
    legend.show(choice.endsWith(":surprise"), differenceIn(state));
  }
  return { element, legend: legend.element, show };
}

/** Which maps show differences: "all", where two sentences are compared, "some", where something is held, or null. */
function differenceIn({ mapLook, other, holds }) {
  if (mapLook !== "difference") return null;
  return other !== null ? "all" : holds.length ? "some" : null;
}

/** A list to choose from, with its label: groups of [value, text], under a heading where they have one. */
function makeSelect(name, label, groups, action) {
  const option = ([value, text]) => make("option", { text, attributes: { value } });
  const children = groups.flatMap(({ heading, options }) =>
    heading ? [make("optgroup", { attributes: { label: heading }, children: options.map(option) })] : options.map(option));
  const select = make("select", { attributes: { "data-option": name }, children });
  select.addEventListener("change", () => action(select.value));
  return { element: make("label", { className: "choice", attributes: { title: label }, children: [make("span", { className: "choice-name", text: label }), select] }), select };
}

function colourGroups({ texts }, choices) {
  const nameOf = (cell, name) => (name === "surprise" ? texts.surprise : `${texts.symbols[cell][name]}\u2002${texts.signals[cell][name]}`);
  const groups = choices.map(({ cell, names }) => ({
    heading: texts.cells[cell],
    options: names.map((name) => [`${cell}:${name}`, `${texts.cells[cell]}: ${nameOf(cell, name)}`]),
  }));
  return [{ options: [["none", texts.colour_none]] }, ...groups];
}
