// The script of an exported page: it mounts the viewer on the picture that the file carries.

import { make } from "../page/elements.js";
import { isNotForPage } from "../page/keyboard.js";
import { drawKeys } from "../page/keys_dialog.js";
import { startLecture } from "../page/lecture_mode.js";
import { readPicture } from "../picture/pieces.js";
import { createFigureChoice, VIEWER_FIGURES } from "../take_away/figure_choice.js";
import { mountViewer } from "./viewer.js";

function openPage() {
  const bytes = Uint8Array.from(atob(textOf("picture")), (character) => character.charCodeAt(0));
  mountViewer({ data: bytes, view: JSON.parse(textOf("view")), parentElement: document.getElementById("viewer") });
  startLecture();
  offerKeys(JSON.parse(textOf("key-texts")));
  readPicture(bytes).then(({ header }) => offerFigures(header, JSON.parse(textOf("figure-texts"))));
}

function textOf(id) {
  return document.getElementById(id).textContent;
}

/** The key "?" lists the keys. */
function offerKeys(texts) {
  if (!texts) return;
  const dialog = drawKeys(texts, { hasLessons: false });
  document.body.append(dialog);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "?" || isNotForPage(event)) return;
    event.preventDefault();
    dialog.showModal();
  });
}

/** The same choice of figures to save that the app has; without texts there is none. */
function offerFigures({ cells, texts }, choiceTexts) {
  if (!choiceTexts) return;
  const place = document.getElementById("figures");
  const choice = createFigureChoice(choiceTexts, VIEWER_FIGURES, cells.map((cell) => [cell, texts.cells[cell]]));
  place.append(make("summary", { text: choiceTexts.save }), choice);
  place.hidden = false;
}

openPage();
