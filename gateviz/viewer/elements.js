// Making elements. Text goes in as text and never as markup, whoever typed it.

function make(tag, { className, text, attributes = {}, children = [] } = {}) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "style") element.style.cssText = value; // an exported page's policy allows no style attributes
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Put a text into an element, if it is another: into the node that is there, which is not laid out as a new one is. */
function write(element, text) {
  const node = element.firstChild;
  if (!node || node !== element.lastChild || node.nodeType !== Node.TEXT_NODE) element.textContent = text;
  else if (node.data !== text) node.data = text;
}

function makeSvg(tag, attributes = {}, children = []) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A canvas with a pixel for each pixel of the screen, ready to draw in CSS px. */
function sizeCanvas(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  const [wide, high] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

const INVISIBLE = { " ": "␣", "\u00a0": "⍽", "\t": "⇥", "\n": "↵" };

/** A token as something that can be seen: blanks as their signs, marks and format characters by code point. */
function glyph(token) {
  if (token in INVISIBLE) return INVISIBLE[token];
  if (/^\p{M}$/u.test(token)) return "◌" + token;
  if (/^[\p{C}\p{Z}]$/u.test(token)) return "U+" + token.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
  return token;
}
