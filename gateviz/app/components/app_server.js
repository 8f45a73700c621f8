// What the app's server answers beside Streamlit's socket: pieces of long texts, weights, and sentences that it reads under holds.

/** @param {string} base The app's address without a slash at its end; a proxy may serve it below a path of its own. */
export function createAppServer(base) {
  async function fetchPiece(name) {
    const answer = await fetch(`${base}/_gateviz/${name}`);
    if (!answer.ok) throw Object.assign(new Error(`${answer.status} for ${name}`), { isRefusal: true });
    return new Uint8Array(await answer.arrayBuffer());
  }
  const fetchModel = (name) => fetchPiece(`models/${name}`);
  /** @throws {Error} With the sentence of the server, if it has one. */
  async function askServer(name, body) {
    const answer = await fetch(`${base}/_gateviz/${name}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
    const { problem } = await answer.json().catch(() => ({}));
    throw new Error(problem ?? `${answer.status} for ${name}`);
  }
  return { fetchPiece, fetchModel, askServer };
}
