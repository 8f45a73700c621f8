// Lets the app's server read a sentence under holds, where the browser cannot have the weights.

/**
 * @param {string} name What is asked: see reading/server_reader.js.
 * @param {object} body
 * @param {string} base The app's address without a slash at its end; a proxy may serve it below a path of its own.
 * @throws {Error} With the sentence of the server, if it has one.
 */
export async function askServer(name, body, base = location.origin + location.pathname.replace(/\/$/, "")) {
  const answer = await fetch(`${base}/_gateviz/${name}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
  const { problem } = await answer.json().catch(() => ({}));
  throw new Error(problem ?? `${answer.status} for ${name}`);
}
