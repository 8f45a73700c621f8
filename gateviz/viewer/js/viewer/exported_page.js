// The script of an exported page: it mounts the viewer on the picture that the file carries.

import { make } from "../page/elements.js";
import { startLecture } from "../page/lecture_mode.js";
import { readPicture } from "../picture/pieces.js";
import { createFigureChoice, VIEWER_FIGURES } from "../take_away/figure_choice.js";
import { mountViewer } from "./viewer.js";

function openPage() {
  const bytes = Uint8Array.from(atob(textOf("picture")), (character) => character.charCodeAt(0));
  mountViewer({ data: bytes, view: JSON.parse(textOf("view")), parentElement: document.getElementById("viewer") });
  startLecture();
  readPicture(bytes).then(({ header }) => offerFigures(header, JSON.parse(textOf("figure-texts"))));
}

function textOf(id) {
  return document.getElementById(id).textContent;
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
