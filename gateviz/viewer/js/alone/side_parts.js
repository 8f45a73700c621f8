// What stands beside the viewer on a page that needs nobody: the list of keys, and what can be taken away.

import { make, makeIcon } from "../page/elements.js";
import { isNotForPage } from "../page/keyboard.js";
import { drawKeys } from "../page/keys_dialog.js";
import { createFigureChoice, makeCopyButton, VIEWER_FIGURES } from "../take_away/figure_choice.js";
import { createLinkField } from "../take_away/link.js";

const SHARE = "M12 15V3m-4 4 4-4 4 4M6 11v9h12v-9";

/** The key "?" lists the keys, in the language that `texts` has then. */
export function offerKeys(texts) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "?" || isNotForPage(event)) return;
    event.preventDefault();
    document.querySelector("dialog.keys")?.remove();
    const dialog = drawKeys(texts(), { hasLessons: false });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** The same choice of figures to save that the app has, and where a page has a link that others can open, the link. */
export function offerFigures({ cells, texts }, choiceTexts, { hasLink }) {
  const place = document.getElementById("figures");
  const choice = createFigureChoice(choiceTexts, VIEWER_FIGURES, cells.map((cell) => [cell, texts.cells[cell]]));
  const panel = make("div", { className: "taken", children: [...(hasLink ? [makeLink(choiceTexts)] : []), choice] });
  const name = make("span", { text: hasLink ? choiceTexts.title : choiceTexts.save });
  place.replaceChildren(make("summary", { children: [makeIcon(SHARE, { class: "icon" }), name] }), panel);
  place.hidden = false;
}

function makeLink(said) {
  const copy = makeCopyButton("copy", said.copy);
  const newest = () => {
    document.dispatchEvent(new CustomEvent("gateviz:view", { detail: { answer: () => {} } })); // the address is then up to date
    return location.href;
  };
  const field = createLinkField(said, copy, newest);
  field.value = location.href;
  field.addEventListener("focus", () => (field.value = newest()));
  return make("div", { className: "row", children: [field, copy] });
}
