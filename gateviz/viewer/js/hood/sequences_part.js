// The shapes of input and output: one or many in, one or many out, each with a text that a shipped model reads.

import { glyph } from "../format/texts.js";
import { make, makeSvg, makeSvgText } from "../page/elements.js";

const COLUMN = 58; // px
const MOST = 7; // columns that are drawn
const CELL = { width: 34, height: 28, y: 66 };
const HIGH = 124;

export function createSequencesPart({ header }) {
  const { kinds, texts } = header;
  const cards = kinds.map((one) => createCard(one, header));
  return { element: make("div", { className: "hood-kinds", attributes: { role: "list", "aria-label": texts.in_and_out }, children: cards }), show: () => {} };
}

function createCard({ kind, task, text, columns, tasks }, { texts, own_kind: own, language }) {
  const link = (name, label, more = {}) => make("a", { className: "hood-link", text: label, attributes: { href: `./?${new URLSearchParams({ task: name, ...more, lang: language })}`, target: "_self" } });
  const known = tasks.find((one) => one.task === task)?.name ?? task;
  return make("section", {
    className: kind === own ? "hood-kind own" : "hood-kind",
    attributes: { role: "listitem", "data-kind": kind, "aria-label": texts[`kind_${kind}`] },
    children: [
      make("div", { className: "hood-block-title", children: [make("span", { text: texts[`kind_${kind}`] }), ...(kind === own ? [make("span", { className: "caption", text: texts.own_kind })] : [])] }),
      drawSequence(columns),
      make("p", { className: "hood-note", text: texts[`kind_${kind}_about`] }),
      make("p", { className: "hood-note", children: [texts.see_it, " ", link(task, `${known}: ${text}`, { text })] }),
      make("p", { className: "caption", children: [texts.also, " ", ...tasks.flatMap((one, at) => [...(at ? [" · "] : []), link(one.task, one.name)])] }),
    ],
  });
}

/** At most MOST columns, with null for a gap. */
function shown(columns) {
  if (columns.length <= MOST) return columns;
  const out = columns.findIndex(({ output }) => output !== null);
  const tail = out === columns.length - 1 || out === 0 ? 2 : 3;
  const first = MOST - tail - 2;
  if (out > 0 && out < columns.length - 1) return [...columns.slice(0, 2), null, ...columns.slice(out, out + 2), null, ...columns.slice(-1)];
  return [...columns.slice(0, first), null, ...columns.slice(-tail)];
}

function drawSequence(columns) {
  const list = shown(columns);
  const width = list.length * COLUMN + 12;
  const x = (at) => 6 + (at + 0.5) * COLUMN;
  const parts = list.flatMap((column, at) => (column ? drawStep(column, x(at), list[at - 1] ? x(at - 1) : null) : [makeSvgText("⋯", { x: x(at), y: CELL.y + 5, "text-anchor": "middle" })]));
  const along = list.slice(1).map((_, at) => makeSvg("path", { class: "arrow", d: `M${x(at) + CELL.width / 2} ${CELL.y}H${x(at + 1) - CELL.width / 2}` }));
  return makeSvg("svg", { class: "hood-unrolled hood-sequence", viewBox: `0 0 ${width} ${HIGH}`, width, height: HIGH, "aria-hidden": "true" }, [...along, ...parts]);
}

/** One step: what is read, the cell, what comes out; `before` is where the step before stands, whose output is read again. */
function drawStep({ input, output, fed, decoder }, x, before) {
  const [top, bottom] = [CELL.y - CELL.height / 2, CELL.y + CELL.height / 2];
  return [
    makeSvg("rect", { class: decoder ? "cell-box decoder" : "cell-box", x: x - CELL.width / 2, y: top, width: CELL.width, height: CELL.height, rx: 6 }),
    ...(fed && before !== null ? [makeSvg("path", { class: "fed", d: `M${before + 9} 26H${(before + x) / 2}V${bottom + 29}H${x - 12}` })] : []),
    ...arrow(x, bottom + 20, bottom),
    makeSvgText(cut(input), { class: fed ? "token fed-token" : "token", x, y: bottom + 34, "text-anchor": "middle" }),
    ...(output === null ? [] : [...arrow(x, top, top - 18), makeSvgText(cut(output), { class: "token out", x, y: top - 23, "text-anchor": "middle" })]),
  ];
}

function arrow(x, from, to) {
  return [makeSvg("path", { class: "arrow", d: `M${x} ${from}V${to + 5}` }), makeSvg("path", { class: "head", d: `M${x - 4} ${to + 6}L${x} ${to}L${x + 4} ${to + 6}z` })];
}

function cut(token) {
  const text = glyph(token);
  return text.length > 8 ? `${text.slice(0, 7)}…` : text;
}
