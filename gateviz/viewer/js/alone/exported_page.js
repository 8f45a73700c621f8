// The script of an exported page: one file with the picture, the engine and the weights. A picture of a network that the
// engine does not know comes without weights; it is shown, and no other sentence can be read.

import { startLecture } from "../page/lecture_mode.js";
import { mountViewer } from "../viewer/viewer.js";
import { bytesIn } from "./model_files.js";
import { ReadingPage } from "./reading_page.js";
import { offerFigures, offerKeys } from "./side_parts.js";

const { language, view, take, keys, ...page } = JSON.parse(document.getElementById("page").textContent);

const bytesOf = () => bytesIn(document.getElementById("picture"));
const onShown = (header) => take && offerFigures(header, take, { hasLink: false });

async function showPicture() {
  mountViewer({ data: await bytesOf(), view, parentElement: document.getElementById("viewer") });
  startLecture();
}

if (keys) offerKeys(() => keys);
if (page.texts) {
  const modelFile = async (name) => bytesIn(document.querySelector(`script[data-model="${name}"]`));
  new ReadingPage(page, { bytesOf, modelFile, view, onShown }).speak(language);
} else showPicture();
