// Says that the page has no live connection, once it has waited ten seconds for one. It stands in the same function as
// streamlits_words.js, and `words` is from there.
//
// Where the server does not answer, Streamlit says so itself. Where the server answers and the socket alone does not come,
// Streamlit says nothing: a proxy, a firewall or a long cookie keeps it back.

const PATIENCE = 10; // seconds
let waited = 0;

setInterval(async () => {
  const app = document.querySelector("[data-testid=stApp]");
  waited = app?.dataset.testConnectionState === "CONNECTED" ? 0 : waited + 1;
  if (!waited) document.querySelector(".gateviz-no-connection")?.remove();
  else if (waited % PATIENCE === 0 && (await serverAnswers()) && waited) sayNoConnection();
}, 1000);

async function serverAnswers() {
  try {
    return (await fetch("./_stcore/health", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

function sayNoConnection() {
  const place = document.querySelector(".gateviz-no-connection") ?? document.createElement("p");
  place.className = "gateviz-no-connection";
  place.setAttribute("role", "alert");
  place.textContent = words().no_connection;
  if (!place.isConnected) document.body.append(place);
}
