// The script of a site's index: the language is switched in place, and the page is kept for the time without a network.

import { keep } from "./keeping.js";
import { createLanguageChoice, firstLanguage, speak } from "./languages.js";

const { own, names, said, opens, files } = JSON.parse(document.getElementById("page").textContent);
const choice = createLanguageChoice(names, show);

function show(language) {
  choice.show(language, said[language].language);
  speak(language, said[language]);
  document.querySelector(`[data-task="${opens[language]}"]`)?.parentNode.prepend(document.querySelector(`[data-task="${opens[language]}"]`));
}

document.getElementById("languages").append(choice.element);
show(firstLanguage(location.search, navigator.languages, Object.keys(names), own));
keep(files);
