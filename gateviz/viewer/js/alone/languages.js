// A page in two languages, which are switched in place.

import { make } from "../page/elements.js";

/** The language that the address names, else the browser's, else the page's own. */
export function firstLanguage(search, wished, languages, own) {
  const named = new URLSearchParams(search).get("lang");
  const short = wished.map((one) => one.split("-")[0].toLowerCase());
  return [named, ...short, own].find((one) => languages.includes(one)) ?? languages[0];
}

/** Buttons, one a language; `choose(language)` is called with the one that is pressed. `show(language)` marks it. */
export function createLanguageChoice(names, choose) {
  const buttons = Object.entries(names).map(([language, name]) => {
    const button = make("button", { className: "option", text: name, attributes: { type: "button", lang: language, "data-language": language } });
    button.addEventListener("click", () => choose(language));
    return button;
  });
  const element = make("div", { className: "segment st-key-language", attributes: { role: "group" }, children: buttons });
  function show(language, label) {
    element.setAttribute("aria-label", label);
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
  return { element, show };
}

/** Say the page in a language: every element with data-say gets its text, every link to another page the language. */
export function speak(language, said) {
  document.documentElement.lang = language;
  document.title = said.window;
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = said[element.dataset.say];
  for (const element of document.querySelectorAll("[data-say-title]")) element.title = said[element.dataset.sayTitle];
  for (const element of document.querySelectorAll("img[data-say-alt]")) element.alt = said[element.dataset.sayAlt];
  for (const link of document.querySelectorAll("a[data-page]")) link.search = `?lang=${language}`;
  writeAddress({ lang: language });
}

/** Names and values in the address; null takes a name out. */
export function writeAddress(values) {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries(values)) {
    if (value === null) address.searchParams.delete(name);
    else address.searchParams.set(name, value);
  }
  try {
    history.replaceState(history.state, "", address);
  } catch {
    // some browsers do not let a file change its address
  }
}
