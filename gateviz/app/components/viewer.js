// The viewer as a component of Streamlit: it asks the app's server for more over HTTP, beside Streamlit's socket. Where something
// on the way does not let the pieces of a long text through, it asks for the whole picture by that socket.

import { createAppServer } from "./app_server.js";
import { mountViewer } from "../../viewer/js/viewer/viewer.js";

export default ({ data, parentElement, setTriggerValue }) => {
  const server = createAppServer(location.origin + location.pathname.replace(/\/$/, ""));
  return mountViewer({ data, parentElement, ...server, askWhole: () => setTriggerValue("whole", true) });
};
