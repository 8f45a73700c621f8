// The lines of Python that make the run under what is held again, to copy into a notebook.

import { make } from "../page/elements.js";
import { makeCopyButton } from "./figure_choice.js";
import { copyOnPress } from "./link.js";

/** @returns {{element: HTMLElement, show: (lines: ?string) => void}} Without lines it is not there. */
export function createPythonLines(texts) {
  const field = make("textarea", { className: "python", attributes: { readonly: "", "aria-label": texts.python, spellcheck: "false", "data-take": "python" } });
  const copy = makeCopyButton("copy_python", texts.copy_python);
  copyOnPress(copy, field, texts);
  const head = make("div", { className: "row", children: [make("div", { className: "title", text: texts.python }), copy] });
  const element = make("div", { className: "lines", children: [head, field] });
  function show(lines) {
    element.hidden = !lines;
    field.value = lines ?? "";
    field.rows = Math.min(12, field.value.split("\n").length);
  }
  return { element, show };
}
