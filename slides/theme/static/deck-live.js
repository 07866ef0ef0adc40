// Runs an example of a slide: the same Python, program and editor as in the book, in large letters.
// Loaded at the first click. From a file no browser runs Python: then the recorded output is shown.
(function () {
  "use strict";
  const root = new URL("live/", document.currentScript.src);
  const FILE = "A browser runs no Python from a file, so this is the recorded output. For live code, " +
    "type `python -m http.server -d build` in the course’s folder and open localhost:8000/slides/.";
  const fromFile = location.protocol === "file:";
  let lesson = null; // whose examples Python holds
  let editor = null;
  let button = null;

  const make = (tag, more = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), more);
    element.append(...children);
    return element;
  };
  const press = (name, words, action) =>
    make("button", { type: "button", className: `live-${name}`, textContent: words, onclick: action });
  const status = make("span", { className: "live-status", role: "status" });
  const desk = make("div", { className: "live-desk" });
  const output = make("pre", { className: "live-output", tabIndex: 0, ariaLabel: "Output" });
  const again = press("run", "Run", () => start());
  const stop = press("stop", "Stop", () => window.microgpt.python.stop());
  const reset = press("reset", "Reset", () => open(button));
  const row = make("div", { className: "live-row" }, again, stop, reset, press("close", "Close", () => panel.close()), status);
  const panel = make("dialog", { className: "live-panel", ariaLabel: "Live code" }, desk, row, output);
  panel.addEventListener("keydown", (event) => event.stopPropagation()); // not a key of the deck
  panel.addEventListener("close", () => { if (window.microgpt?.python.current) window.microgpt.python.stop(); });
  document.body.append(panel);

  function script(url) {
    return new Promise((resolve, reject) => {
      document.head.append(make("script", { src: url, onload: resolve, onerror: reject }));
    });
  }

  // The book's script keeps one Python for one page: a deck may hold many lessons, one at a time.
  async function fetchLesson(name) {
    if (lesson === name) return;
    window.microgpt?.python.stop();
    const found = await (await fetch(new URL(`blocks/${name}.json`, root))).json();
    document.getElementById("live-blocks")?.remove();
    const text = JSON.stringify({ ...found, root: root.href });
    document.body.append(make("script", { type: "application/json", id: "live-blocks", textContent: text }));
    await script(new URL("live.js", root).href);
    lesson = name;
  }

  const say = (words, kind = "") => { status.textContent = words; status.className = `live-status ${kind}`; };

  function recorded() { // what stands on the slide, without what belongs to it only there
    const code = button.closest(".code");
    const typed = [...code.querySelectorAll(".typed")].map((e) => e.textContent.replace(/^(>>>|\.\.\.) ?/gm, ""));
    return { code: typed.join("\n"), output: [...code.querySelectorAll(".shown")].map((e) => e.textContent).join("\n") };
  }

  async function open(from) {
    button = from;
    editor?.destroy();
    editor = null;
    output.textContent = "";
    for (const each of [again, stop, reset]) each.hidden = fromFile;
    if (!panel.open) panel.showModal();
    if (fromFile) {
      desk.replaceChildren(make("pre", { textContent: recorded().code }));
      output.textContent = recorded().output || "(no output)";
      return say(FILE);
    }
    desk.replaceChildren();
    try {
      await fetchLesson(button.dataset.lesson);
      const block = window.microgpt.settings.blocks[button.dataset.block];
      const { makeEditor } = await import(new URL("editor.js", root).href);
      window.microgpt.python.edits = {}; // each example begins with the book's code
      const changed = (text) => {
        const same = text.trimEnd() === block.code.trimEnd();
        if (same) delete window.microgpt.python.edits[button.dataset.block];
        else window.microgpt.python.edits[button.dataset.block] = text;
      };
      editor = makeEditor(desk, block.code, { run: start, changed, name: "This example" });
      await start();
    } catch (error) {
      say(`${error.message} The recorded output is on the slide.`, "different");
    }
  }

  async function start() {
    const { python } = window.microgpt;
    again.disabled = true;
    stop.hidden = false;
    say(python.ready ? "running …" : "loading Python, 13 MB, once …");
    try {
      const result = await python.run(Number(button.dataset.block),
        (share) => say(share < 1 ? `loading Python, ${Math.round(100 * share)} % …` : "starting Python …"),
        (done, count) => say(`running what comes before, ${done + 1} of ${count} …`));
      output.textContent = result.output || "(no output)";
      if (result.edited) say("your version ran", "yours");
      else say(result.same ? "same as the book" : "different from the book", result.same ? "same" : "different");
    } catch (error) {
      say(error.message === "stopped" ? "stopped" : error.message, "different");
    }
    again.disabled = false;
    stop.hidden = true;
  }

  window.deckLive = open;
})();
