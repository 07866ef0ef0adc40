// An answer that the reader writes under an exercise, judged by examples that the page keeps to
// itself (extensions/check.py). Nothing is loaded and nothing runs before a click.
(() => {
  "use strict";
  const { python, settings, root, words, make } = window.microgpt || {};
  if (!python) return;
  const store = { // the reader's answers, in this browser alone
    key: `microgpt:${settings.page}:answers`,
    read() { try { return { ...JSON.parse(localStorage.getItem(this.key)) }; } catch { return {}; } },
    write(answers) { try { localStorage.setItem(this.key, JSON.stringify(answers)); } catch { /* private mode */ } },
  };
  const answers = store.read();
  const prompted = (source) => source.trimEnd().split("\n").map((line, i) => (i ? "... " : ">>> ") + line).join("\n");

  // What an example gave: its own line, and if it is not what was wanted, both.
  function verdict({ source, want, got, same }) {
    const item = make("li", { className: same ? "kept" : "broken" }, make("b", { textContent: same ? "right: " : "wrong: " }), make("code", { textContent: prompted(source) }));
    if (!same) {
      for (const [what, text] of [["gives", got || "nothing"], ["wanted", want || "nothing"]]) {
        item.append(make("div", {}, `${what} `, make("code", { textContent: text.trimEnd() })));
      }
    }
    return item;
  }

  function dress(place, block, number) {
    const button = (text, act, kind = "") => make("button", { type: "button", textContent: text, className: kind, onclick: act });
    const kept = () => typeof answers[block.exercise] === "string" ? answers[block.exercise] : null;
    const status = make("span", { className: "live-status" });
    status.setAttribute("role", "status");
    const bar = make("progress", { max: 1, value: 0, hidden: true, ariaLabel: "Python is loading" });
    const desk = make("div", { className: "live-desk", hidden: true });
    const results = make("ol", { hidden: true, ariaLabel: "What your answer gives" });
    const output = make("pre", { className: "live-output", hidden: true, tabIndex: 0, ariaLabel: "What your answer prints" });
    let editor = null;
    const say = (text, kind = "") => { status.textContent = text; status.className = `live-status ${kind}`; };
    const busy = (yes) => { check.disabled = again.disabled = yes; stop.hidden = !yes; place.classList.toggle("busy", yes); };
    const clear = () => { results.hidden = output.hidden = true; results.replaceChildren(); };
    const keep = (text) => {
      if (text.trimEnd() === block.starter) delete answers[block.exercise];
      else answers[block.exercise] = text;
      store.write(answers);
    };
    const fill = async (text) => {
      const { makeEditor } = await import(new URL("editor.js", root).href);
      editor?.destroy();
      desk.replaceChildren();
      editor = makeEditor(desk, text, { run: () => check.click(), changed: keep, name: "Your answer" });
    };

    const open = button(kept() === null ? "Write your answer here" : "Open your answer", async () => {
      desk.hidden = false; // an editor measures the place it gets
      try { await fill(kept() ?? block.starter); } catch {
        desk.hidden = true;
        return say(location.protocol === "file:" ? words.file : words.silent, "different");
      }
      open.hidden = true;
      check.hidden = again.hidden = false;
    });
    const check = button("Check", async () => {
      clear();
      busy(true);
      bar.hidden = Boolean(python.ready);
      say(python.ready ? "running …" : "loading Python, 13 MB, once …");
      try {
        const found = await python.check(number, editor.text(),
          (share) => { bar.value = share; if (share === 1) say("starting Python …"); },
          (done, count) => say(`running what comes before, ${done + 1} of ${count} …`));
        tell(found);
      } catch (error) {
        if (error.message === "stopped") say("stopped");
        else say(error.message, "different");
      }
      bar.hidden = true;
      busy(false);
    }, "live-run");
    const tell = ({ output: printed, cases }) => {
      output.textContent = printed;
      output.hidden = !printed;
      results.replaceChildren(...cases.map(verdict));
      results.hidden = !cases.length;
      const wrong = cases.filter((one) => !one.same).length;
      if (!cases.length) say("your answer stops with an error", "different");
      else if (wrong) say(`${wrong} of ${cases.length} wrong`, "different");
      else say(cases.length === 1 ? "right" : `all ${cases.length} right`, "same");
    };
    const stop = button("Stop", () => python.stop(), "live-stop");
    const again = button("Starter again", async () => { keep(block.starter); clear(); say(""); await fill(block.starter); });
    check.hidden = again.hidden = true;
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", "Your answer");
    place.append(desk, make("div", { className: "live-line" }, open, check, stop, again, bar, status), output, results);
    busy(false);
  }

  for (const place of document.querySelectorAll(".your-answer")) {
    const number = settings.blocks.findIndex((block) => block.exercise === place.dataset.exercise);
    if (number >= 0) dress(place, settings.blocks[number], number);
  }
})();
