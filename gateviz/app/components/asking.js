// How the viewer asks the app's server for the pieces of a long text: over http, beside Streamlit's socket.

askBy(async (path) => {
  const base = window.__streamlit?.BACKEND_BASE_URL ?? location.origin + location.pathname.replace(/\/$/, "");
  const answer = await fetch(`${base}/_gateviz/${path}`);
  if (!answer.ok) throw new Error(`${answer.status} for ${path}`);
  return new Uint8Array(await answer.arrayBuffer());
});
