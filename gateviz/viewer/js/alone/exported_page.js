// The script of an exported page: one file with the picture, the engine and the weights.

import { bytesIn } from "./model_files.js";
import { ReadingPage } from "./reading_page.js";
import { offerFigures, offerKeys } from "./side_parts.js";

const { language, view, take, keys, ...page } = JSON.parse(document.getElementById("page").textContent);

offerKeys(() => keys);
const reading = new ReadingPage(page, {
  bytesOf: () => bytesIn(document.getElementById("picture")),
  modelFile: async (name) => bytesIn(document.querySelector(`script[data-model="${name}"]`)),
  view,
  onShown: (header) => offerFigures(header, take, { hasLink: false }),
});
reading.speak(language);
