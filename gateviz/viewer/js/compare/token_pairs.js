// The tokens of both sentences, one under the other, in columns that wrap together.

import { make } from "../page/elements.js";
import { makeTokenBox } from "../sentence/token_box.js";

/**
 * @param {object} tokens That of createTokens(), whose boxes are put into the columns.
 * @param {(other: number) => void} goToOther Called with the step of the other sentence that was clicked.
 * @returns {{pair: (compared: ?Compared) => void, show: (other: number) => void}}
 */
export function createTokenPairs({ boxes, sheet, element }, { texts }, goToOther) {
  const alone = [...sheet.childNodes];
  let others = [];
  let marked = null;

  function pair(compared) {
    element.classList.toggle("paired", compared !== null);
    others = (compared?.tokens ?? []).map((token, step) => makeOther(token, step, texts, goToOther));
    marked = null;
    const columns = compared?.columns.map(([step, other]) => makePair(boxes[step], others[other], compared.tokens[other]));
    sheet.replaceChildren(...(columns ?? alone));
  }
  function show(other) {
    if (marked === others[other]) return;
    marked?.removeAttribute("aria-current");
    marked = others[other];
    marked.setAttribute("aria-current", "step");
  }
  return { pair, show };
}

function makeOther(token, step, { unknown }, goToOther) {
  const box = makeTokenBox(token, step, { classes: " other", attributes: { tabindex: "-1", title: token.known ? "" : unknown } });
  box.dataset.otherToken = step;
  delete box.dataset.token; // that is a token of the shown sentence
  box.addEventListener("click", () => goToOther(step));
  return box;
}

/** A column: a frame tells where the two differ, and a dash stands where one of them has no token. */
function makePair(box, other) {
  const kind = !box || !other ? " lone" : box.textContent === other.textContent ? "" : " differs";
  const gap = () => make("span", { className: "token gap", text: "–", attributes: { "aria-hidden": "true" } });
  return make("span", { className: `pair${kind}`, children: [box ?? gap(), other ?? gap()] });
}
