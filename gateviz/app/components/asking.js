// How the viewer asks the app's server for the pieces of a long text: over HTTP, beside Streamlit's socket.

askBy(async (path) => {
  const base = location.origin + location.pathname.replace(/\/$/, ""); // a proxy may serve the app below a path of its own
  const answer = await fetch(`${base}/_gateviz/${path}`);
  if (!answer.ok) throw new Error(`${answer.status} for ${path}`);
  return new Uint8Array(await answer.arrayBuffer());
});
