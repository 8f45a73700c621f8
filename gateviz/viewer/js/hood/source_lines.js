// The source of the NumPy cell, forward or backward. A line that computes something lights up with its equation.

import { make } from "../page/elements.js";
import { makeToggle, press } from "../sentence/toggle.js";

const WAYS = ["forward", "backward"];

export function createSourceLines({ source, texts }, choose) {
  const code = make("code", { className: "hood-source" });
  const toggles = WAYS.map((way) => makeToggle(way, texts[`source_${way}`], () => show(way)));
  function show(way) {
    toggles.forEach((toggle, at) => press(toggle, WAYS[at] === way));
    code.replaceChildren(...source[way].map((line) => makeLine(line, choose)));
  }
  show("forward");
  return {
    element: make("section", { className: "hood-source-panel", attributes: { "aria-label": texts.source }, children: [
      make("div", { className: "hood-panel-head", children: [make("strong", { text: texts.source }), make("div", { className: "segment", attributes: { role: "group", "aria-label": texts.source }, children: toggles })] }),
      make("pre", { attributes: { tabindex: "0" }, children: [code] }),
    ] }),
  };
}

function makeLine({ text, signals }, choose) {
  const [indent, statement, comment] = /^( *)(.*?)(?: {2}(#.*))?$/.exec(text).slice(1);
  const line = make("span", { className: "hood-line", text: `${indent}${statement}`, attributes: signals.length ? { "data-lights": signals.join(" ") } : {} });
  if (comment) line.append(make("span", { className: "hood-comment", text: `  ${comment}` }));
  line.append("\n");
  if (signals.length === 1) line.addEventListener("click", () => choose(signals[0]));
  return line;
}
