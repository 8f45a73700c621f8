// Shows our words in place of Streamlit's. `texts` are Streamlit's by key; `said` are ours by language and key
// (streamlits_words.py). Only the text of text nodes and attributes is changed, never a node, because React owns the
// nodes. What a person typed stays as it is.

const ATTRIBUTES = ["aria-label", "title", "placeholder"];
const NOT_STREAMLITS = ".gateviz-overlay, .js-plotly-plot, [class*='notice_'], .st-key-line, [role='option'], style, script";
const CHIP = ".st-key-upload [data-testid='stFileChip'][aria-invalid] [data-testid='stFileChipDeleteBtn'] button";

const patterns = Object.entries(texts).map(([key, text]) => {
  const escaped = text.replace(/[.*+?^$()[\]\\|]/g, "\\$&");
  return [key, new RegExp(`^${escaped.replace(/\{(\w+)\}/g, "(?<$1>.*)")}$`, "s")];
});
const exact = new Map(Object.entries(texts).map(([key, text]) => [text, key]));
const loose = patterns.filter(([key]) => texts[key].includes("{"));
const theirs = new WeakMap(); // node -> Streamlit's own text of it, and of its attributes, by name

const linked = new URLSearchParams(location.search).get("lang");
let language = linked in said ? linked : navigator.language;

/** Our words for this text of Streamlit's; the text itself if it is not one of Streamlit's. */
function ours(text) {
  const words = said[language] ?? said[language.split("-")[0].toLowerCase()] ?? said.en;
  if (text === needless) return "";
  if (exact.has(text)) return words[exact.get(text)];
  for (const [key, pattern] of loose) {
    const found = pattern.exec(text);
    if (found) return words[key].replace(/\{(\w+)\}/g, (_, name) => found.groups[name]);
  }
  return text;
}

/** Put our words there. `now` is the present text: ours from before, or a new one of Streamlit's. */
function say(node, name, now, put) {
  const known = theirs.get(node) ?? {};
  const from = known[name]?.ours === now ? known[name].text : now;
  const to = ours(from);
  if (to === from && !known[name]) return;
  theirs.set(node, { ...known, [name]: { text: from, ours: to } });
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
  if (isTheirs(root)) {
    if (root.nodeType === Node.TEXT_NODE) sayText(root);
    else for (const name of ATTRIBUTES) sayAttribute(root, name);
    root.childNodes.forEach(sayAll);
  }
}

function isTheirs(node) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  return element instanceof Element && !element.closest(NOT_STREAMLITS);
}

new MutationObserver((changes) => {
  for (const { type, target, addedNodes, attributeName } of changes) {
    if (type === "childList") addedNodes.forEach(sayAll);
    else if (type === "characterData") isTheirs(target) && sayText(target);
    else if (target !== document.documentElement) isTheirs(target) && sayAttribute(target, attributeName);
    else if (target.lang !== language && target.lang in said && document.body) {
      language = target.lang; // as lesson.js sets it
      sayAll(document.body);
    }
  }
}).observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributeFilter: [...ATTRIBUTES, "lang"] });

// When a person takes another file, remove the one that was refused; Streamlit would show both.
for (const kind of ["change", "drop"]) {
  document.addEventListener(kind, ({ target }) => target.closest?.(".st-key-upload") && document.querySelectorAll(CHIP).forEach((button) => button.click()), true);
}
