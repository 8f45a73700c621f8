// The viewer as a component of Streamlit: it asks the app's server for the pieces of a long text, over HTTP, beside
// Streamlit's socket. Where something on the way does not let them through, it asks for the whole picture by that socket.
//
// A server that has started anew does not know the picture and answers 404. The page is then run again, once, and the
// server knows it. If the answer is still 404 later, what is asked for goes to another server than the socket.

import { mountViewer } from "../../viewer/js/viewer/viewer.js";
import { askServer } from "./ask_server.js";
import { fetchFile, fetchModel } from "./fetch_file.js";

const LEARNS = 5000; // ms after which the run must be over

const missed = new Map(); // a picture's name -> when it was not known

export default ({ data, parentElement, setTriggerValue }) =>
  mountViewer({
    data,
    parentElement,
    fetchPiece: (name) => fetchPiece(name, () => setTriggerValue("again", true)),
    fetchModel,
    askServer,
    askWhole: () => setTriggerValue("whole", true),
    takeOver: (text) => setTriggerValue("sentence", text),
  });

async function fetchPiece(name, runAgain) {
  const [picture] = name.split("/");
  try {
    const bytes = await fetchFile(name);
    missed.delete(picture);
    return bytes;
  } catch (problem) {
    if (problem.status === 404 && !missed.has(picture)) {
      missed.set(picture, performance.now());
      runAgain();
    }
    problem.isRefusal &&= problem.status !== 404 || performance.now() - missed.get(picture) > LEARNS;
    throw problem;
  }
}
