// What the app's server gives over HTTP, beside Streamlit's socket.

/** The file of that name below /_gateviz/. @throws {Error} With `isRefusal`: the server, or something on the way, does not give it. */
export async function fetchFile(name) {
  const base = location.origin + location.pathname.replace(/\/$/, ""); // a proxy may serve the app below a path of its own
  const answer = await fetch(`${base}/_gateviz/${name}`);
  if (!answer.ok) throw Object.assign(new Error(`${answer.status} for ${name}`), { isRefusal: true, status: answer.status });
  return new Uint8Array(await answer.arrayBuffer());
}

/** A file of a model: see viewer/js/reading/models.js. */
export const fetchModel = (name) => fetchFile(`models/${name}`);
