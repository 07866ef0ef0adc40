// The book without a network: what was visited is kept, and all that Python needs once it was
// started. extensions/offline.py puts BOOK (a hash of the whole book) and PYTHON (files) before this.
// Pages come from the network while there is one; only addresses that carry a hash of what they
// name come from what is kept. A new build keeps nothing of an old one.
"use strict";
const SCOPE = self.registration.scope;
const NAME = `${SCOPE} ${BOOK}`;
const STARTS_PYTHON = new URL("_static/live/program.zip", SCOPE).href; // the last thing it loads

const hashed = (url) => url.searchParams.has("v") || /\/packed-[0-9a-f]+\./.test(url.pathname);
const asKept = (request) => { // a page is the same page whatever was asked of it
  const url = new URL(request.url);
  url.hash = "";
  if (request.mode === "navigate") url.search = "";
  return url.href;
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith(`${SCOPE} `) && name !== NAME) await caches.delete(name);
  await self.clients.claim();
})()));

// Where nothing can be kept, or there is no room, the network has it all the same.
async function found(address) {
  try { return await (await caches.open(NAME)).match(address); } catch { return undefined; }
}
async function put(address, response) {
  if (response.status !== 200 || response.type !== "basic") return;
  try { await (await caches.open(NAME)).put(address, response); } catch { /* not kept */ }
}
async function keep(addresses) {
  await Promise.all(addresses.filter((address) => address.startsWith(SCOPE)).map(async (address) => {
    if (await found(address)) return;
    try { await put(address, await fetch(address)); } catch { /* the next visit keeps it */ }
  }));
}

async function answer(event) {
  const { request } = event;
  const address = asKept(request);
  const kept = hashed(new URL(request.url)) && await found(address);
  if (kept) return kept;
  try {
    const response = await fetch(request);
    const copy = response.clone();
    event.waitUntil(put(address, copy).then(() => address === STARTS_PYTHON ? keep(PYTHON.map((name) => new URL(name, SCOPE).href)) : null));
    return response;
  } catch (error) {
    const old = await found(address);
    if (old) return old;
    if (request.mode !== "navigate") throw error;
    const words = "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'><title>No network</title><p>There is no network, and this page was not visited before.";
    return new Response(words, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
  }
}

self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(SCOPE)) event.respondWith(answer(event));
});
// A page that was there before this tells what it has loaded.
self.addEventListener("message", (event) => event.waitUntil(keep(event.data.keep)));
