// Replaces Streamlit's own words by ours. streamlits_words.py puts this into a function with three constants: `texts` are
// Streamlit's words by key, `said` are ours by language and key, `needless` is what Streamlit says and we leave out.
//
// Only the text of a text node or an attribute changes; the nodes belong to React. What a person typed stays as it is.

const ATTRIBUTES = ["aria-label", "title", "placeholder"];
const NOT_STREAMLITS = ".js-plotly-plot, [class*='notice_'], .st-key-line, [role='option'], style, script";
const CHIP = ".st-key-upload [data-testid='stFileChip'][aria-invalid] [data-testid='stFileChipDeleteBtn'] button";

const patterns = Object.entries(texts).map(([key, text]) => {
  const escaped = text.replace(/[.*+?^$()[\]\\|]/g, "\\$&");
  return [key, new RegExp(`^${escaped.replace(/\{(\w+)\}/g, "(?<$1>.*)")}$`, "s")];
});
const exact = new Map(Object.entries(texts).map(([key, text]) => [text, key]));
const loose = patterns.filter(([key]) => texts[key].includes("{"));
const known = new WeakMap(); // node -> by the attribute's name, or "" for its text: what Streamlit says there, and what we say

const linked = new URLSearchParams(location.search).get("lang");
let language = Object.hasOwn(said, linked) ? linked : navigator.language;

/** Our words in the language of the page. */
function words() {
  return said[language] ?? said[language.split("-")[0].toLowerCase()] ?? said.en;
}

/** What we say in place of that text; the text itself where it is not one of Streamlit's. */
function ours(text) {
  if (text === needless) return "";
  if (exact.has(text)) return words()[exact.get(text)];
  for (const [key, pattern] of loose) {
    const found = pattern.exec(text);
    if (found) return words()[key].replace(/\{(\w+)\}/g, (_, name) => found.groups[name]);
  }
  return text;
}

/** `now` is the text that is there: ours from before, or a new one of Streamlit's. `put` replaces it. */
function say(node, name, now, put) {
  const before = known.get(node) ?? {};
  const from = before[name]?.ours === now ? before[name].text : now;
  const to = ours(from);
  if (to === from && !before[name]) return;
  known.set(node, { ...before, [name]: { text: from, ours: to } });
  if (to !== now) put(to);
}

function sayText(node) {
  if (node.data.trim()) say(node, "", node.data, (text) => (node.data = text));
}

function sayAttribute(element, name) {
  const now = element.getAttribute(name);
  if (now) say(element, name, now, (text) => element.setAttribute(name, text));
}

function sayAll(root) {
  if (!isStreamlits(root)) return;
  if (root.nodeType === Node.TEXT_NODE) sayText(root);
  else for (const name of ATTRIBUTES) sayAttribute(root, name);
  root.childNodes.forEach(sayAll);
}

function isStreamlits(node) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  return element instanceof Element && !element.closest(NOT_STREAMLITS);
}

new MutationObserver((changes) => {
  for (const { type, target, addedNodes, attributeName } of changes) {
    const isRoot = target === document.documentElement;
    if (type === "childList") {
      addedNodes.forEach(sayAll);
    } else if (isRoot && type === "attributes") {
      if (target.lang === language || !Object.hasOwn(said, target.lang) || !document.body) continue;
      language = target.lang; // lesson_panel.js sets it
      sayAll(document.body);
    } else if (isStreamlits(target)) {
      if (type === "characterData") sayText(target);
      else sayAttribute(target, attributeName);
    }
  }
}).observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributeFilter: [...ATTRIBUTES, "lang"] });

// A refused file goes when the next one comes. Streamlit alone would keep both.
for (const kind of ["change", "drop"]) {
  document.addEventListener(kind, ({ target }) => target.closest?.(".st-key-upload") && document.querySelectorAll(CHIP).forEach((button) => button.click()), true);
}
