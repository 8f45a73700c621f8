// The viewer as a component of Streamlit: it asks the app's server for the pieces of a long text, over HTTP, beside
// Streamlit's socket. Where something on the way does not let them through, it asks for the whole picture by that socket.

import { mountViewer } from "../../viewer/js/viewer/viewer.js";
import { askServer } from "./ask_server.js";

export default ({ data, parentElement, setTriggerValue }) =>
  mountViewer({
    data,
    parentElement,
    fetchPiece,
    fetchModel: (name) => fetchPiece(`models/${name}`),
    askServer,
    askWhole: () => setTriggerValue("whole", true),
    takeOver: (text) => setTriggerValue("sentence", text),
  });

async function fetchPiece(name) {
  const base = location.origin + location.pathname.replace(/\/$/, ""); // a proxy may serve the app below a path of its own
  const answer = await fetch(`${base}/_gateviz/${name}`);
  if (!answer.ok) throw Object.assign(new Error(`${answer.status} for ${name}`), { isRefusal: true });
  return new Uint8Array(await answer.arrayBuffer());
}
