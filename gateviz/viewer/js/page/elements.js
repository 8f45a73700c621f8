// Makes elements. Text goes in as text and never as markup, whoever typed it.

import { decimals, exactText } from "../format/numbers.js";

/** @returns {HTMLElement} */
export function make(tag, { className, text, attributes = {}, children = [] } = {}) {
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

/** @returns {SVGElement} */
export function makeSvg(tag, attributes = {}, children = []) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "style") element.style.cssText = value; // as above
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** A text of an SVG, or with another tag a part of one. */
export function makeSvgText(text, attributes, tag = "text") {
  return makeSvg(tag, attributes, [text]);
}

/** An icon of one path, drawn on 24 by 24. */
export function makeIcon(path, attributes = {}) {
  return makeSvg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", ...attributes }, [makeSvg("path", { d: path })]);
}

/** Give an element another text. Its text node stays, because the browser lays out a new node from the start. */
export function write(element, text) {
  const node = element.firstChild;
  if (!node || node !== element.lastChild || node.nodeType !== Node.TEXT_NODE) element.textContent = text;
  else if (node.data !== text) node.data = text;
}

/** Write a number with so many decimals; `data-value` has it to six digits. */
export function writeNumber(element, value, places = 2) {
  write(element, decimals(value, places));
  element.setAttribute("data-value", exactText(value));
}

/** Give a canvas one pixel for each pixel of the screen; what is drawn on it is then measured in CSS px. */
export function sizeCanvas(canvas, width, height) {
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
