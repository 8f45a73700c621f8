// Keeps the pages of a site that have been visited, for the time without a network. A page tells which files it needs. All but
// the pages themselves have names that change with their content, so a file that is kept is never stale.

const LIST = "gateviz-site.json"; // names all files of the site
const LOST = "lost.html"; // what is shown without a network where a page has never been visited

const scope = globalThis.registration.scope;
const nameOfCache = `gateviz ${scope}`;

globalThis.addEventListener("message", (event) => {
  const [port] = event.ports;
  event.waitUntil(keepFiles(event.data).then(() => port.postMessage(true), () => port.postMessage(false)));
});

globalThis.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(scope)) return;
  event.respondWith(request.mode === "navigate" ? answerPage(request) : answerFile(request));
});

async function keepFiles(files) {
  const cache = await caches.open(nameOfCache);
  await dropOldFiles(cache, files);
  const isKept = await Promise.all(files.map((file) => cache.match(addressOf(file))));
  await cache.addAll(files.filter((file, place) => !isKept[place] || isPage(file)).map(addressOf));
}

/** After a newer export of the site: what is not in it any more goes, and with it the pages that may have needed it. */
async function dropOldFiles(cache, files) {
  const listed = new Set((await (await fetch(addressOf(LIST))).json()).map(addressOf));
  const kept = await cache.keys();
  const old = kept.filter(({ url }) => !listed.has(url));
  const others = old.length ? kept.filter(({ url }) => isPage(url) && !files.map(addressOf).includes(url)) : [];
  await Promise.all([...old, ...others].map((request) => cache.delete(request)));
}

async function answerFile(request) {
  const cache = await caches.open(nameOfCache);
  return (await cache.match(request)) ?? fetch(request);
}

/** The newest page that there is. */
async function answerPage(request) {
  try {
    return await fetch(request);
  } catch {
    const cache = await caches.open(nameOfCache);
    const { origin, pathname } = new URL(request.url);
    const address = origin + (pathname.endsWith("/") ? `${pathname}index.html` : pathname);
    return (await cache.match(address)) ?? (await cache.match(addressOf(LOST))) ?? Response.error();
  }
}

function addressOf(file) {
  return new URL(file, scope).href;
}

function isPage(file) {
  return file.endsWith(".html");
}
