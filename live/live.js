// Run, Edit, Reset and Stop on every example of a lesson. Nothing is loaded before the first click.
(() => {
  "use strict";
  const data = document.getElementById("live-blocks");
  if (!data) return;
  const settings = JSON.parse(data.textContent);
  const root = new URL(settings.root, document.baseURI);
  const blocks = settings.blocks;
  const shown = blocks.map((block, number) => ({ ...block, number })).filter((block) => !block.hidden);
  const store = { // the reader's edits, in this browser alone
    key: `microgpt:${settings.page}:edits`,
    read() { try { return JSON.parse(localStorage.getItem(this.key)) || {}; } catch { return {}; } },
    write(edits) { try { localStorage.setItem(this.key, JSON.stringify(edits)); } catch { /* private mode */ } },
  };
  const WORDS = {
    file: "Live code needs a server, because a browser runs no Python from a file: type `tox -e serve`, or open the book on the web.",
    old: "This browser is too old to run Python here. The outputs in the book are those of the same program.",
    silent: "Python did not arrive. Does this server send .mjs files as JavaScript? The outputs in the book are those of the same program.",
    dead: "Python itself broke down, as it does over a chain of too many objects; it starts again with the next click.",
    memory: "There is not enough memory to run Python here. Close some pages and try again.",
  };

  const python = {
    worker: null, ready: null, abandon: null, current: null, queue: null, heard: 0, edits: {}, sent: {}, calls: new Map(), next: 1,
    start(report) {
      if (this.ready) return this.ready;
      this.ready = new Promise((resolve, reject) => {
        let watch = 0;
        this.abandon = (why) => { clearInterval(watch); reject(new Error(why)); };
        const fail = (words) => this.stop(words);
        if (location.protocol === "file:") return fail(WORDS.file);
        if (!window.Worker || !window.WebAssembly || !window.TransformStream) return fail(WORDS.old);
        try { this.worker = new Worker(new URL("worker.js", root), { type: "module" }); } catch { return fail(WORDS.old); }
        this.heard = Date.now();
        watch = setInterval(() => { if (Date.now() - this.heard > settings.patience) fail(WORDS.silent); }, 500);
        this.worker.onerror = (event) => { event.preventDefault(); fail(WORDS.silent); };
        this.worker.onmessage = ({ data: said }) => {
          this.heard = Date.now();
          if (said.progress !== undefined) report(Math.min(said.progress / settings.bytes, 1));
          else if (said.ready) { clearInterval(watch); this.worker.onmessage = (event) => this.hear(event.data); resolve(); }
          else if (said.failed) fail(/memory/i.test(said.failed) ? WORDS.memory : `${WORDS.silent} (${said.failed})`);
        };
        this.worker.postMessage({ load: JSON.stringify(blocks) });
      });
      return this.ready;
    },
    hear(said) {
      if (said.dead) return this.stop(WORDS.dead);
      if (said.step !== undefined && this.current) this.current.step(said.step, said.of);
      else if (said.done !== undefined && this.current) { const { resolve } = this.current; this.current = null; resolve(said.result); }
      else if (said.part !== undefined) this.calls.get(said.part)?.tell(said.value);
      else if (said.answer !== undefined) { this.calls.get(said.answer)?.resolve(said.value); this.calls.delete(said.answer); }
      else if (said.failed && said.id !== undefined) { this.calls.get(said.id)?.reject(new Error(said.failed)); this.calls.delete(said.id); }
      else if (said.failed && this.current) { const { reject } = this.current; this.current = null; reject(new Error(said.failed)); }
    },
    // One block at a time: each waits for those that were asked for before it.
    async turn(message, report, step) {
      const before = this.queue;
      let leave;
      this.queue = new Promise((resolve) => { leave = resolve; });
      await before;
      try {
        await this.start(report);
        const done = new Promise((resolve, reject) => { this.current = { step, resolve, reject }; });
        this.worker.postMessage(message());
        return await done;
      } finally { leave(); }
    },
    run(number, report, step) { return this.turn(() => ({ run: number, edits: this.changes() }), report, step); },
    check(number, answer, report, step) { return this.turn(() => ({ check: number, answer }), report, step); },
    changes() { // the edits that the worker has not seen yet
      const edits = [];
      for (const place of new Set([...Object.keys(this.edits), ...Object.keys(this.sent)])) {
        if (this.edits[place] !== this.sent[place]) edits.push([Number(place), this.edits[place] ?? null]);
      }
      this.sent = { ...this.edits };
      return edits;
    },
    async call(name, values, tell = () => {}, report = () => {}) {
      await this.start(report);
      const id = this.next++;
      return new Promise((resolve, reject) => {
        this.calls.set(id, { resolve, reject, tell });
        this.worker.postMessage({ call: name, arguments: values, id });
      });
    },
    stop(why = "stopped") { // a new worker will run the earlier blocks again
      this.worker?.terminate();
      this.abandon?.(why);
      const halted = new Error(why);
      this.current?.reject(halted);
      for (const { reject } of this.calls.values()) reject(halted);
      this.calls.clear();
      Object.assign(this, { worker: null, ready: null, current: null, sent: {} });
    },
  };

  const make = (tag, more = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), more);
    element.append(...children);
    return element;
  };

  window.microgpt = { python, settings, root, words: WORDS, make };

  function dress(place, block) {
    const status = make("span", { className: "live-status", role: "status" });
    const bar = make("progress", { max: 1, value: 0, hidden: true, ariaLabel: "Python is loading" });
    const buttons = {};
    const row = make("div", { className: "live-row" });
    for (const [name, words] of [["run", "Run"], ["edit", "Edit"], ["reset", "Reset"], ["stop", "Stop"]]) {
      buttons[name] = make("button", { type: "button", className: `live-${name}`, textContent: words });
      row.append(buttons[name]);
    }
    row.append(bar, status);
    const output = make("pre", { className: "live-output", hidden: true, tabIndex: 0, ariaLabel: "Output" });
    const desk = make("div", { className: "live-desk", hidden: true });
    place.after(desk, row, output);
    let editor = null;

    const busy = (yes) => {
      buttons.run.disabled = yes; buttons.stop.hidden = !yes;
      row.classList.toggle("busy", yes);
    };
    const say = (words, kind = "") => { status.textContent = words; status.className = `live-status ${kind}`; };
    const edited = () => python.edits[block.number] !== undefined;
    const refresh = () => { buttons.reset.hidden = !edited() && output.hidden && !editor; };
    busy(false);
    refresh();

    const show = (result) => {
      output.hidden = false;
      output.textContent = result.output || "(no output)";
      if (result.edited) say("your version ran", "yours");
      else if (result.same) say("same as the book", "same");
      else {
        say("different from the book", "different");
        const rows = result.differences.map((one) => `>>> ${one.source.trim().replace(/\n/g, "\n... ")}\nbook:\n${one.want}here:\n${one.got}`);
        output.textContent = rows.join("\n");
      }
      refresh();
    };
    buttons.run.onclick = async () => {
      if (editor) keep(editor.text());
      busy(true);
      const fresh = !python.ready;
      if (fresh) { say("loading Python, 13 MB, once …"); bar.hidden = false; }
      else say("running …");
      try {
        const result = await python.run(block.number,
          (share) => { bar.value = share; if (share === 1) say("starting Python …"); },
          (done, count) => say(`running what comes before, ${done + 1} of ${count} …`));
        show(result);
      } catch (error) {
        if (error.message === "stopped") say("stopped");
        else { say(error.message, "different"); }
      }
      bar.hidden = true;
      busy(false);
      refresh();
    };
    buttons.stop.onclick = () => python.stop();
    const keep = (text) => {
      if (text.trimEnd() === block.code.trimEnd()) delete python.edits[block.number];
      else python.edits[block.number] = text;
      store.write(python.edits);
      place.classList.toggle("live-edited", edited());
      refresh();
    };
    const open = async () => {
      desk.hidden = false; place.hidden = true;
      const text = python.edits[block.number] ?? block.code;
      const { makeEditor } = await import(new URL("editor.js", root).href);
      editor = makeEditor(desk, text, { run: () => buttons.run.click(), changed: keep, name: `Your version of this example` });
      buttons.edit.textContent = "Close";
      refresh();
    };
    const close = () => {
      if (editor) { keep(editor.text()); editor.destroy(); editor = null; }
      desk.hidden = true; place.hidden = false; desk.replaceChildren();
      buttons.edit.textContent = "Edit";
      refresh();
    };
    buttons.edit.onclick = async () => {
      if (editor) return close();
      try { await open(); } catch {
        desk.hidden = true; place.hidden = false;
        say(location.protocol === "file:" ? WORDS.file : WORDS.silent, "different");
      }
    };
    buttons.reset.onclick = () => {
      close();
      delete python.edits[block.number];
      store.write(python.edits);
      place.classList.remove("live-edited");
      output.hidden = true;
      say("as in the book");
      refresh();
    };
    return { refresh: () => { place.classList.toggle("live-edited", edited()); refresh(); } };
  }

  python.edits = store.read();
  for (const place of Object.keys(python.edits)) if (!blocks[place] || blocks[place].hidden) delete python.edits[place];
  const places = [...document.querySelectorAll("div.doctest.highlight-pycon")];
  places.forEach((place, index) => { if (shown[index]) dress(place, shown[index]).refresh(); });
})();
