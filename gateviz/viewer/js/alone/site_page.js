// The script of a task's page on a site: its files lie beside it, and are kept for the time without a network.

import { keep } from "./keeping.js";
import { createLanguageChoice, firstLanguage, speak } from "./languages.js";
import { ReadingPage } from "./reading_page.js";
import { offerFigures, offerKeys } from "./side_parts.js";
import { bytesAt } from "./site_files.js";

const { own, names, said, pictures, files, take, keys, ...page } = JSON.parse(document.getElementById("page").textContent);
const packed = new Map(); // by address
let language = firstLanguage(location.search, navigator.languages, Object.keys(names), own);

const reading = new ReadingPage(page, { bytesOf, modelFile: (name) => bytesAt(`models/${name}`), onShown });
const choice = createLanguageChoice(names, show);

function bytesOf(wanted, place) {
  const address = pictures[wanted][place];
  if (!packed.has(address)) {
    const asked = bytesAt(address);
    asked.catch(() => packed.delete(address));
    packed.set(address, asked);
  }
  return packed.get(address);
}

function onShown(header) {
  offerFigures(header, take[language], { hasLink: true });
}

function show(wanted) {
  language = wanted;
  choice.show(language, said[language].language);
  speak(language, said[language]);
  return reading.speak(language);
}

async function openPage() {
  document.getElementById("needs").remove();
  document.getElementById("languages").append(choice.element);
  offerKeys(() => keys[language]);
  await show(language);
  document.documentElement.toggleAttribute("data-kept", await keep(files));
}

openPage();
