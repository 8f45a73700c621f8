// The models' files, wherever they come from, checked against their cards.

import { fill } from "../format/texts.js";

/**
 * @param {(name: string) => Promise<Uint8Array>} bytesOf Gives a file, or rejects.
 * @param {() => Object<string, string>} texts Of the page, in its language.
 * @returns {(name: string) => Promise<Uint8Array>} fetchModel("hometown/lstm/1267….json" or ".safetensors"): the file, the same
 *   for everyone who asks; it rejects with one sentence.
 */
export function createModelFiles(bytesOf, texts) {
  const kept = new Map();
  const sentence = (template, name) => {
    const cell = name.split("/").at(-2).split("@")[0];
    return Object.assign(new Error(fill(template, { cell: texts().cells[cell] ?? cell })), { isSentence: true });
  };
  async function bring(name) {
    const bytes = await bytesOf(name).catch((problem) => Promise.reject(sentence(problem.isAway ? texts().away : texts().cut, name)));
    if (!(await isWhole(name, bytes, fetchModel))) throw sentence(texts().cut, name);
    return bytes;
  }
  function fetchModel(name) {
    if (!kept.has(name)) {
      const asked = bring(name);
      kept.set(name, asked);
      asked.catch(() => kept.delete(name)); // it may come the next time
    }
    return kept.get(name);
  }
  return fetchModel;
}

/** Whether a file is what its card says. Where a browser has no crypto, as on a plain http address, its size must do. */
async function isWhole(name, bytes, fetchModel) {
  if (name.endsWith(".json")) return isCard(bytes);
  const card = readCard(await fetchModel(name.replace(/\.safetensors$/, ".json")));
  if (!card.sha256) return true; // a snapshot of the training lies in a file with others: the engine sees whether it is whole
  if (bytes.length !== card.bytes) return false;
  if (!globalThis.crypto?.subtle) return true;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return card.sha256 === Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function readCard(bytes) {
  return JSON.parse(new TextDecoder().decode(bytes));
}

function isCard(bytes) {
  try {
    return Boolean(readCard(bytes).config);
  } catch {
    return false;
  }
}

/** The bytes of an element that holds base64; it rejects where there is none, or where it is cut off. */
export async function bytesIn(element) {
  return Uint8Array.from(atob(element.textContent.trim()), (character) => character.charCodeAt(0));
}
