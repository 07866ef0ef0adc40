// Figures that a reader moves by hand. Every number comes from the book's own program in the page's
// one Python (live.js); here it is only drawn. Nothing is loaded before a panel is started, and no
// text from outside becomes anything but text. Here is the frame; each panel is a file in panels/.
(() => {
  "use strict";
  const { python, root, words } = window.microgpt || {};
  if (!python) return;

  const make = (tag, more = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(more)) {
      if (name.includes("-") || name === "for" || name === "role") element.setAttribute(name, value);
      else element[name] = value;
    }
    element.append(...children);
    return element;
  };
  const draw = (tag, more = {}, ...children) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(more)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const button = (text, act, kind = "") => make("button", { type: "button", textContent: text, className: kind, onclick: act });
  const labelled = (text, field) => make("label", {}, text, field);
  const line = (...children) => make("div", { className: "line" }, ...children);
  const short = (number, digits = 4) => String(Number(number.toPrecision(digits))).replaceAll("-", "−");

  // A slider with its value beside it. It stands at one of `values`, or between min and max.
  let sliders = 0;
  function slider(text, { values, value, words = (number) => short(number, 3), ...limits }, changed) {
    const id = `slider-${sliders++}`;
    const field = make("input", { type: "range", id, ...(values ? { min: 0, max: values.length - 1, step: 1 } : limits) });
    const shown = make("output");
    const it = {
      field, row: make("div", { className: "slider" }, make("label", { for: id, textContent: text }), shown, field),
      get value() { return values ? values[field.value] : Number(field.value); },
      set value(number) {
        field.value = values ? values.indexOf(number) : number;
        this.tell();
      },
      tell() {
        shown.textContent = words(this.value);
        field.setAttribute("aria-valuetext", shown.textContent);
      },
    };
    field.oninput = () => { it.tell(); changed(); };
    it.value = value;
    return it;
  }

  // What stays in this browser. Where nothing may be kept, it lasts as long as the page.
  const kept = {
    memory: {},
    get(name) { try { return localStorage.getItem(`microgpt:${name}`) ?? this.memory[name] ?? null; } catch { return this.memory[name] ?? null; } },
    set(name, text) { this.memory[name] = text; try { localStorage.setItem(`microgpt:${name}`, text); return true; } catch { return false; } },
    drop(name) { delete this.memory[name]; try { localStorage.removeItem(`microgpt:${name}`); } catch { /* nothing was kept */ } },
  };
  const MODEL = "model"; // {text, documents}: a model file, and how many names it learnt from

  class Refused extends Error {}

  // Ask Python. A new worker, or another kept model, is first told which model to look into.
  let worker = null;
  let told = null;
  async function ask(name, values = [], { tell, report } = {}) {
    await python.start(report || (() => {}));
    const model = kept.get(MODEL);
    if (python.worker !== worker || told !== model) {
      if (model !== null || worker === python.worker) await choose(model);
      worker = python.worker;
      told = kept.get(MODEL);
    }
    const answer = await python.call(name, values, tell);
    if (answer.refused !== undefined) throw new Refused(answer.refused);
    return answer;
  }
  async function choose(model) {
    let text = null, documents = 0;
    try { ({ text = null, documents = 0 } = JSON.parse(model) || {}); } catch { /* no JSON: not ours */ }
    const answer = await python.call("use", typeof text === "string" ? [text, Number(documents) || 0] : [null, 0]);
    if (answer.refused === undefined) return;
    kept.drop(MODEL); // it is no sound model file: the shipped one takes its place
    await python.call("use", [null, 0]);
  }
  // The last thing a Python error says is what went wrong.
  const sentence = (error) => error instanceof Refused ? error.message : String(error.message).trim().split("\n").pop();

  // Of many questions in a row, as a slider asks them, only the last that waits is asked.
  function latest(act) {
    let busy = false, waiting = false;
    return async function go() {
      if (busy) { waiting = true; return; }
      busy = true;
      do { waiting = false; await act(); } while (waiting);
      busy = false;
    };
  }

  // --- the frame of every panel ---

  function frame(place, name, what) {
    const status = make("span", { role: "status" });
    const bar = make("progress", { max: 1, value: 0, hidden: true, "aria-label": "Python is loading" });
    const start = button("Start", undefined, "main start");
    const head = line(start, bar, status);
    const body = make("div", { className: "works", hidden: true });
    const panel = make("div", { className: "explore", role: "group", "aria-label": what }, make("p", { textContent: what }), head, body);
    place.append(panel);
    const say = (text, fault = false) => { status.textContent = text; status.className = fault ? "fault" : "words"; };
    start.onclick = async () => {
      start.disabled = true;
      bar.hidden = false;
      say("loading Python, 13 MB, once …");
      try {
        await python.start((share) => { bar.value = share; if (share === 1) say("starting Python …"); });
        say("");
        body.replaceChildren();
        const { default: begin } = await load(`panels/${name}.js`);
        await begin(body, say);
        start.hidden = true;
        body.hidden = false;
        body.querySelector("input, select, button, textarea")?.focus();
      } catch (error) {
        start.disabled = false;
        body.hidden = true;
        say(error.message === "stopped" ? "stopped" : sentence(error), true);
      }
      bar.hidden = true;
    };
  }
  // A part of this site that is loaded when it is needed.
  async function load(name) {
    try { return await import(new URL(name, root).href); } catch { throw new Refused(words.silent); }
  }
  // Say in a panel what an answer was, or why there is none.
  const guard = (say, act) => async () => {
    try { await act(); say(""); } catch (error) { say(error.message === "stopped" ? "Python was stopped on this page; it starts again with the next question" : sentence(error), true); }
  };

  // Which model a panel looks into, and a way back to the shipped one.
  function whose(changed, shipped = "This is the trained model that comes with the program.", ours = "This is the model that you trained in this browser.") {
    const text = make("span");
    const back = button("Use the book's model", () => { kept.drop(MODEL); window.dispatchEvent(new Event("microgpt-model")); });
    const show = () => {
      const own = kept.get(MODEL) !== null;
      text.textContent = own ? ours : shipped;
      back.hidden = !own;
    };
    show();
    window.addEventListener("microgpt-model", () => { show(); changed(); });
    return line(make("span", { className: "words" }, text), back);
  }

  // What the panels, which are modules of their own (panels/NAME.js), have in common.
  window.microgpt.tools = { make, draw, button, labelled, line, short, slider, kept, MODEL, ask, latest, guard, whose, sentence, python, load, root };

  const PANELS = {
    train: "Train the model here, in this page: a curve, names as it learns, and a model to take home.",
    temperature: "Move the temperature and see what the model gives to each next letter.",
    attention: "Type a name and see who listens to whom, before and after training.",
    graph: "Type an expression and walk back through its graph, turn by turn.",
    embeddings: "Move through the training and watch the letters find their places.",
    poster: "Walk over all the numbers of the model, turn one, and see what it changes.",
    check: "Write the functions here and let the page judge them.",
    secant: "Move the point and shrink the nudge, and see the secant become the tangent.",
    pairs: "Type a name and pull it through the slit, pair by pair.",
    descent: "Set both rates and the start, and let gradient descent and Adam walk side by side.",
  };
  for (const place of document.querySelectorAll(".explorable")) {
    frame(place, place.dataset.explorable, PANELS[place.dataset.explorable]);
  }
})();
