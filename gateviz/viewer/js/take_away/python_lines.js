// The lines of Python that make the run under what is held again, to copy into a notebook; folded, so that the files stay in sight.

import { make } from "../page/elements.js";
import { copyOnPress } from "./copying.js";
import { makeCopyButton } from "./figure_choice.js";

const MOST_ROWS = 12;

/** @returns {{element: HTMLElement, show: (lines: ?string) => void}} Without lines it is not there. */
export function createPythonLines(texts) {
  const field = make("textarea", { className: "python", attributes: { readonly: "", hidden: "", "aria-label": texts.python, spellcheck: "false", "data-take": "python" } });
  const title = make("button", { className: "fold", text: texts.python, attributes: { type: "button", "aria-expanded": "false" } });
  const copy = makeCopyButton("copy_python", texts.copy_python);
  const unfold = (isOpen) => {
    field.hidden = !isOpen;
    title.setAttribute("aria-expanded", String(isOpen));
  };
  title.addEventListener("click", () => unfold(field.hidden));
  copyOnPress(copy, field, texts, () => navigator.clipboard || unfold(true)); // what cannot be copied is left selected
  const head = make("div", { className: "row", children: [title, copy] });
  const element = make("div", { className: "lines", attributes: { hidden: "" }, children: [head, field] });
  function show(lines) {
    element.hidden = !lines;
    field.value = lines ?? "";
    field.rows = Math.min(MOST_ROWS, field.value.split("\n").length);
  }
  return { element, show };
}
