// The viewer as a component of Streamlit: it asks the app's server for the pieces of a long text, over HTTP, beside
// Streamlit's socket. Where something on the way does not let them through, it asks for the whole picture by that socket.

import { mountViewer } from "../../viewer/js/viewer/viewer.js";
import { askServer } from "./ask_server.js";
import { fetchFile, fetchModel } from "./fetch_file.js";

export default ({ data, parentElement, setTriggerValue }) =>
  mountViewer({
    data,
    parentElement,
    fetchPiece: fetchFile,
    fetchModel,
    askServer,
    askWhole: () => setTriggerValue("whole", true),
    takeOver: (text) => setTriggerValue("sentence", text),
  });
