// The viewer as a component of Streamlit: it asks the app's server for the pieces of a long text, over HTTP, beside
// Streamlit's socket.

import { mountViewer } from "../../viewer/js/viewer/viewer.js";

export default ({ data, parentElement }) => mountViewer({ data, parentElement, fetchPiece });

async function fetchPiece(name) {
  const base = location.origin + location.pathname.replace(/\/$/, ""); // a proxy may serve the app below a path of its own
  const answer = await fetch(`${base}/_gateviz/${name}`);
  if (!answer.ok) throw new Error(`${answer.status} for ${name}`);
  return new Uint8Array(await answer.arrayBuffer());
}
