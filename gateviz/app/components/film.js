// The film of a training as a component of Streamlit: it asks the app's server for frames over HTTP, beside Streamlit's socket.

import { mountFilm } from "../../viewer/js/film/film.js";

export default (options) => mountFilm({ ...options, fetchFilm });

/** How a training goes, with its frames from `from` on; null where the server cannot tell. `word` has it stopped, paused or resumed. */
async function fetchFilm(name, { from, language, word }) {
  const base = location.origin + location.pathname.replace(/\/$/, ""); // a proxy may serve the app below a path of its own
  const order = word ? `/${word}` : "";
  const answer = await fetch(`${base}/_gateviz/films/${name}${order}?from=${from}&lang=${language}`, { method: word ? "POST" : "GET" });
  if (answer.status === 404) return { state: "gone", frames: [], first: from };
  return answer.ok ? answer.json() : null;
}
