// Python in a thread of its own: loads Pyodide and the book's program, then runs blocks when asked.
// Messages in: {load}, {run, edits}, {check, answer}, {call}. Messages out: {progress}, {step}, {done}, {failed}.

const here = new URL(".", import.meta.url);
let page = null;
let python = null;

// Count what arrives, and give WebAssembly its true type even where the server does not know it.
let arrived = 0;
const plainFetch = self.fetch.bind(self);
self.fetch = async (resource, options) => {
  const response = await plainFetch(resource, options);
  if (!response.ok || !response.body) return response;
  const counter = new TransformStream({
    transform(chunk, controller) {
      arrived += chunk.byteLength;
      self.postMessage({ progress: arrived });
      controller.enqueue(chunk);
    },
  });
  const headers = new Headers(response.headers);
  const address = typeof resource === "string" ? resource : resource.url || String(resource);
  if (address.endsWith(".wasm")) headers.set("Content-Type", "application/wasm");
  return new Response(response.body.pipeThrough(counter), { status: response.status, headers });
};

async function load(blocks) {
  const { loadPyodide } = await import(new URL("pyodide/pyodide.mjs", here).href);
  python = await loadPyodide({ indexURL: new URL("pyodide/", here).href, stdin: () => null });
  const program = await self.fetch(new URL("program.zip", here).href);
  if (!program.ok) throw new Error(`program.zip: ${program.status}`);
  python.unpackArchive(await program.arrayBuffer(), "zip", { extractDir: "/book" });
  python.runPython("import sys; sys.path.insert(0, '/book')");
  python.globals.set("BLOCKS", blocks);
  python.globals.set("tell_step", (place, count) => self.postMessage({ step: place, of: count }));
  python.runPython("import json; from live.page import Page; PAGE = Page(json.loads(BLOCKS), tell_step)");
  page = python.globals.get("PAGE");
}

function run({ number, edits }) {
  for (const [place, source] of edits) page.edit(place, source === null ? undefined : source);
  python.globals.set("NUMBER", number);
  return JSON.parse(python.runPython("json.dumps(PAGE.run(NUMBER))"));
}

self.onmessage = async ({ data }) => {
  try {
    if (data.load !== undefined) {
      await load(data.load);
      self.postMessage({ ready: true });
    } else if (data.run !== undefined) {
      self.postMessage({ done: data.run, result: run({ number: data.run, edits: data.edits }) });
    } else if (data.check !== undefined) {
      python.globals.set("NUMBER", data.check);
      python.globals.set("ANSWER", data.answer);
      self.postMessage({ done: data.check, result: JSON.parse(python.runPython("json.dumps(PAGE.check(NUMBER, ANSWER))")) });
    } else if (data.call !== undefined) {
      // a widget's question: a function of live/widgets/ and its arguments, both as plain JSON
      python.globals.set("CALL", JSON.stringify(data.arguments));
      python.globals.set("tell_part", (text) => self.postMessage({ part: data.id, value: JSON.parse(text) }));
      const code = `from live import widgets; json.dumps(getattr(widgets, ${JSON.stringify(data.call)})(*json.loads(CALL), tell=lambda v: tell_part(json.dumps(v))))`;
      self.postMessage({ answer: data.id, value: JSON.parse(python.runPython(code)) });
    }
  } catch (error) {
    self.postMessage({ failed: String(error.message || error), id: data.id, dead: python !== null && !alive() });
  }
};

// A chain of objects that is deeper than the browser's stack ends Python itself when it is let go.
function alive() {
  try { return python.runPython("1") === 1; } catch { return false; }
}
