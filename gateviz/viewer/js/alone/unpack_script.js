// The first script of an exported page: it unpacks the page's script, which its policy knows by the hash of the text.

async function run() {
  const packed = document.getElementById("script").textContent;
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const script = document.createElement("script");
  script.type = "module";
  script.textContent = await new Response(stream).text();
  document.body.append(script);
}

run();
