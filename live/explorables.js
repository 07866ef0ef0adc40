// Figures that a reader moves by hand. Every number comes from the book's own program in the page's
// one Python (live.js); here it is only drawn. Nothing is loaded before a panel is started, and no
// text from outside becomes anything but text.
(() => {
  "use strict";
  const { python, root } = window.microgpt || {};
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
  const short = (number) => String(Number(number.toPrecision(4))).replace("-", "−");

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

  function frame(place, { sentence: what, begin }) {
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
  // Say in a panel what an answer was, or why there is none.
  const guard = (say, act) => async () => {
    try { await act(); say(""); } catch (error) { say(error.message === "stopped" ? "Python was stopped on this page; it starts again with the next question" : sentence(error), true); }
  };

  // Which model a panel looks into, and a way back to the shipped one.
  function whose(changed) {
    const text = make("span");
    const back = button("Use the book's model", () => { kept.drop(MODEL); window.dispatchEvent(new Event("microgpt-model")); });
    const show = () => {
      const own = kept.get(MODEL) !== null;
      text.textContent = own ? "This is the model that you trained in this browser." : "This is the trained model that comes with the program.";
      back.hidden = !own;
    };
    show();
    window.addEventListener("microgpt-model", () => { show(); changed(); });
    return line(make("span", { className: "words" }, text), back);
  }

  // --- train it here ---

  const MEAN = 100;
  async function train(body, say) {
    const run = { list: null, losses: [], steps: 0, worker: null, checkpoint: null, going: false, stopping: null };
    const shipped = make("input", { type: "radio", name: "names", checked: true });
    const own = make("input", { type: "radio", name: "names" });
    const list = make("textarea", { spellcheck: false, placeholder: "one name a line" });
    const pasted = make("label", { hidden: true }, "Your list, one name a line", list);
    shipped.onchange = own.onchange = () => { pasted.hidden = !own.checked; };
    const main = button("Train", undefined, "main");
    const again = button("New run", undefined); again.hidden = true;
    const download = make("a", { className: "download", download: "model.json", hidden: true }, "Download model.json");
    const clear = button("Clear the kept model", undefined);
    const about = make("p", { className: "words" });
    const count = make("p", { className: "number" });
    const plot = make("div", { className: "plot", "aria-hidden": "true" });
    const samples = make("ol", { "aria-label": "Names that the model writes", className: "number" });
    const spoken = make("p", { role: "status" });
    body.append(
      make("p", { className: "words", textContent: "It runs the plain engine: the program's step with every slope worked out by hand. Its losses are the program's, to the last bit. All of it stays in this browser." }),
      line(labelled("", shipped), labelled("", own)), pasted, line(main, again, download, clear), about, count, plot, spoken, samples);
    shipped.after("the names of the book");
    own.after("my own list");
    const curve = await curveIn(plot);
    const means = () => run.losses.map((_, i) => i + 1 < MEAN ? null : mean(run.losses.slice(i + 1 - MEAN, i + 1)));
    const mean = (numbers) => numbers.reduce((a, b) => a + b, 0) / numbers.length;

    const show = () => {
      const done = run.losses.length;
      const last = run.losses[done - 1];
      count.textContent = done ? `step ${done} of ${run.steps}, loss ${last.toFixed(4)}${done >= MEAN ? `, mean of the last hundred ${mean(run.losses.slice(-MEAN)).toFixed(4)}` : ""}` : "";
      curve(run.losses, means());
    };
    const refresh = () => {
      const done = run.steps > 0 && run.losses.length === run.steps;
      main.textContent = run.going ? "Stop" : run.steps && !done ? "Resume" : "Train";
      main.hidden = done;
      again.hidden = run.going || !run.steps;
      clear.hidden = kept.get(MODEL) === null;
      shipped.disabled = own.disabled = list.disabled = run.steps > 0;
    };
    const fresh = async () => {
      run.list = own.checked ? list.value : null;
      const found = await ask("begin", [run.list]);
      Object.assign(run, { losses: [], steps: found.steps, checkpoint: null, worker: python.worker });
      const cut = found.longer ? ` ${found.longer} of them are longer than ${found.block} letters; what lies beyond is not learnt.` : "";
      about.textContent = `${found.documents} names, ${[...found.letters].length} letters, ${found.parameters} parameters, ${found.steps} steps.${cut}`;
      samples.replaceChildren();
    };
    // The worker may have been stopped by an example on this page: go on from the last checkpoint.
    const recover = async () => {
      if (run.checkpoint === null) return fresh();
      const { step } = await ask("resume", [run.checkpoint, run.list]);
      run.losses.length = step;
      run.worker = python.worker;
    };
    const slices = async () => {
      let size = 4;
      while (!run.stopping && run.losses.length < run.steps) {
        const before = performance.now();
        const found = await ask("learn", [size]);
        const spent = performance.now() - before;
        run.losses.push(...found.losses);
        if (found.losses.length) show();
        if (found.samples) {
          samples.append(make("li", { value: found.step, textContent: found.samples.map((name) => name || "(nothing)").join(", ") }));
          spoken.textContent = `${count.textContent}. It writes ${found.samples.join(", ")}.`;
          run.checkpoint = (await ask("checkpoint")).text;
        } else size = Math.max(1, Math.min(50, Math.round(size * 250 / Math.max(spent, 1))));
      }
    };
    const finish = async () => {
      const model = await ask("trained");
      const whole = kept.set(MODEL, JSON.stringify(model));
      offer(model.text);
      spoken.textContent += whole ? " The other panels of the book now use this model." : " This browser keeps nothing, so the model lasts as long as this page.";
      window.dispatchEvent(new Event("microgpt-model"));
    };
    const offer = (text) => {
      if (download.href) URL.revokeObjectURL(download.href);
      download.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
      download.hidden = false;
    };
    const go = async () => {
      run.going = true;
      run.stopping = null;
      refresh();
      say("");
      try {
        await python.start(() => {});
        if (!run.steps) await fresh();
        else if (run.worker !== python.worker) await recover();
        refresh();
        await slices();
        if (run.losses.length === run.steps) await finish();
        else spoken.textContent = `Stopped. ${count.textContent}`;
      } catch (error) {
        if (error.message === "stopped") spoken.textContent = "Stopped.";
        else say(sentence(error), true);
      }
      clearTimeout(run.stopping);
      run.going = false;
      refresh();
    };
    // Stop between two slices; if Python does not answer, end its thread.
    main.onclick = () => {
      if (!run.going) return go();
      if (!run.stopping) run.stopping = setTimeout(() => python.stop(), 3000);
      spoken.textContent = "stopping …";
    };
    again.onclick = () => {
      Object.assign(run, { losses: [], steps: 0, checkpoint: null });
      about.textContent = count.textContent = spoken.textContent = "";
      samples.replaceChildren();
      download.hidden = true;
      curve([], []);
      refresh();
      main.focus();
    };
    clear.onclick = () => {
      kept.drop(MODEL);
      download.hidden = true;
      spoken.textContent = "The kept model is gone; the panels use the one that comes with the program.";
      window.dispatchEvent(new Event("microgpt-model"));
      refresh();
      (main.hidden ? again : main).focus();
    };
    const old = kept.get(MODEL);
    if (old !== null) {
      about.textContent = "A model that you trained is kept in this browser.";
      try { offer(JSON.parse(old).text); } catch { /* not ours; the next question drops it */ }
    }
    refresh();
  }

  async function curveIn(place) {
    const { default: UPlot } = await import(new URL("modules/uplot.js", root).href);
    document.head.append(make("link", { rel: "stylesheet", href: new URL("modules/uplot.css", root).href }));
    let plot = null, shown = [[], []];
    const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const axis = (label) => ({ label, stroke: colour("--ink"), grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line"), width: 1 }, font: "12px sans-serif", labelFont: "12px sans-serif" });
    const build = () => {
      plot?.destroy();
      const series = [{ label: "step" },
        { label: "loss", stroke: colour("--grey"), width: 0, paths: () => null, points: { show: true, size: 3, fill: colour("--grey"), stroke: colour("--grey") } },
        { label: "mean of the last hundred", stroke: colour("--teal"), width: 2.5, points: { show: false } }];
      plot = new UPlot({ width: Math.max(240, place.clientWidth || 300), height: 240, scales: { x: { time: false, range: [0, 1000] } }, legend: { show: false }, cursor: { show: false }, axes: [axis("step"), axis("loss in nats")], series }, [[], [], []], place);
      put(...shown);
    };
    const put = (losses, means) => { shown = [losses, means]; plot.setData([losses.map((_, i) => i + 1), losses, means]); };
    build();
    new ResizeObserver(() => { if (place.clientWidth) plot.setSize({ width: place.clientWidth, height: 240 }); }).observe(place);
    new MutationObserver(build).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    return put;
  }

  // --- temperature ---

  const END = "end";
  const seed = () => crypto.getRandomValues(new Uint32Array(1))[0];
  async function temperature(body, say) {
    const beginning = make("input", { type: "text", value: "mar", size: 16, maxLength: 200, autocomplete: "off", spellcheck: false, autocapitalize: "off" });
    const slider = make("input", { type: "range", min: 0.1, max: 3, step: 0.05, value: 1 });
    const degree = make("output");
    const bars = make("div", { className: "bars", "aria-hidden": "true" });
    const told = make("p", { role: "status" });
    const table = make("tbody");
    const drawn = make("p", { role: "status", className: "number" });
    const refresh = latest(guard(say, async () => {
      degree.textContent = Number(slider.value).toFixed(2);
      const { rows } = await ask("next_letters", [beginning.value, Number(slider.value)]);
      const highest = Math.max(...rows.map(([, chance]) => chance));
      bars.replaceChildren(...rows.map(([letter, chance]) => {
        const bar = make("i");
        bar.style.height = `${(78 * chance / highest).toFixed(2)}%`;
        return make("div", {}, bar, letter || "·");
      }));
      const order = [...rows].sort((a, b) => b[1] - a[1]);
      told.textContent = `Likeliest: ${order.slice(0, 5).map(([letter, chance]) => `${letter || END} ${chance.toFixed(3)}`).join(", ")}.`;
      table.replaceChildren(...order.map(([letter, chance]) => make("tr", {}, make("th", { scope: "row", textContent: letter || END }), make("td", { textContent: chance.toFixed(4) }))));
    }));
    const one = guard(say, async () => {
      const number = seed();
      const { letter } = await ask("draw", [beginning.value, Number(slider.value), number]);
      drawn.textContent = letter ? `Drawn with seed ${number}: ${letter}` : `Drawn with seed ${number}: the name ends here.`;
      if (letter) { beginning.value += letter; await refresh(); }
    });
    const all = guard(say, async () => {
      const number = seed();
      const { name } = await ask("finish", [beginning.value, Number(slider.value), number]);
      drawn.textContent = `Written with seed ${number}: ${name}`;
    });
    slider.oninput = beginning.oninput = refresh;
    body.append(line(labelled("A name begins with", beginning), labelled("temperature", slider), degree), bars, told,
      line(button("Draw a letter", one, "main"), button("Finish the name", all)), drawn,
      make("details", {}, make("summary", { textContent: "All probabilities as numbers" }),
        make("table", {}, make("thead", {}, make("tr", {}, make("th", { textContent: "next", scope: "col" }), make("th", { textContent: "probability", scope: "col" }))), table)),
      whose(refresh));
    await refresh();
  }

  // --- attention ---

  async function attention(body, say) {
    const name = make("input", { type: "text", value: "maria", size: 16, autocomplete: "off", spellcheck: false, autocapitalize: "off" });
    const before = make("input", { type: "radio", name: "when" });
    const after = make("input", { type: "radio", name: "when", checked: true });
    const heads = make("div", { className: "heads" });
    const told = make("p", { role: "status" });
    const grid = (tokens, rows, number) => make("table", {},
      make("caption", { textContent: `head ${number}` }),
      make("thead", {}, make("tr", {}, make("td"), ...tokens.map((token) => make("th", { scope: "col", textContent: token })))),
      make("tbody", {}, ...rows.map((row, place) => make("tr", {}, make("th", { scope: "row", textContent: tokens[place] }),
        ...tokens.map((_, column) => {
          const share = row[column];
          const cell = make("td", share === undefined ? { className: "later" } : { textContent: share.toFixed(2).replace(/^0/, "") });
          if (share !== undefined) cell.style.setProperty("--share", share.toFixed(4));
          return cell;
        })))));
    const refresh = latest(guard(say, async () => {
      const found = await ask("attention", [name.value]);
      const rows = found[after.checked ? "after" : "before"];
      const tokens = found.tokens.map((token) => token === "BOS" ? "·" : token);
      heads.replaceChildren(...rows.map((each, head) => make("div", { className: "scroll", tabIndex: 0, role: "group", "aria-label": `head ${head}` }, grid(tokens, each, head))));
      const strongest = rows.map((each, head) => {
        const last = each[each.length - 1];
        const most = last.indexOf(Math.max(...last));
        return `head ${head} to ${found.tokens[most]} (${last[most].toFixed(2)})`;
      });
      told.textContent = `${after.checked ? "After" : "Before"} training the last letter listens most: ${strongest.join(", ")}.`;
    }));
    name.oninput = before.onchange = after.onchange = refresh;
    body.append(line(labelled("Name", name), make("label", {}, before, "before training"), make("label", {}, after, "after training")),
      make("p", { className: "words", textContent: "A row is a token that asks, a column one that is asked; the dot is BOS. Each row adds up to 1." }),
      heads, told, whose(refresh));
    await refresh();
  }

  // --- the computation graph ---

  const [ACROSS, DOWN, WIDE, HIGH] = [150, 84, 92, 62];
  // Inputs stand left of results: a column for each length of the longest way from a leaf.
  function places(nodes) {
    const depth = [], used = [];
    nodes.forEach((node, i) => {
      depth[i] = node.inputs.length ? 1 + Math.max(...node.inputs.map(([j]) => depth[j])) : 0;
    });
    return depth.map((column) => {
      const row = used[column] = (used[column] ?? -1) + 1;
      return [10 + column * ACROSS, 10 + row * DOWN + (column % 2) * 22];
    });
  }
  async function graph(body, say) {
    const text = (value, size) => make("input", { type: "text", value, size, autocomplete: "off", spellcheck: false, autocapitalize: "off" });
    const expression = text("relu(a * b + d)", 26), values = text("a = 2, b = -3, d = 10", 26);
    const picture = make("div", { className: "scroll", tabIndex: 0, role: "group", "aria-label": "The graph; the table below has its numbers" });
    const told = make("p", { role: "status" });
    const table = make("tbody");
    let found = null, turn = 0; // turn 0: the 1 stands in the last box; each turn hands back
    const boxes = () => {
      const box = found.nodes.map(() => 0);
      box[found.last] = 1;
      let sentences = [`${found.nodes[found.last].word} holds the 1 with which the walk begins`];
      let fed = new Set();
      for (const place of found.turns.slice(0, turn)) {
        fed = new Set();
        sentences = place.hands.map(([input, slope, share, now]) => {
          const { word } = found.nodes[place.of], grad = box[place.of];
          box[input] = now;
          fed.add(input);
          return `${word} hands ${short(grad)} · ${short(slope)} = ${short(share)} to ${found.nodes[input].word}, whose box now holds ${short(box[input])}`;
        });
      }
      return { box, sentences, fed };
    };
    const show = () => {
      const { box, sentences, fed } = boxes();
      const at = places(found.nodes), current = turn ? found.turns[turn - 1].of : found.last;
      const walked = new Set(found.turns.slice(0, turn).map((one) => one.of));
      const width = Math.max(...at.map(([x]) => x)) + WIDE + 10, height = Math.max(...at.map(([, y]) => y)) + HIGH + 10;
      const svg = draw("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
      const labels = [];
      found.nodes.forEach((node, i) => node.inputs.forEach(([input, slope], k) => {
        const [x1, y1] = [at[input][0] + WIDE, at[input][1] + HIGH / 2], [x2, y2] = [at[i][0], at[i][1] + HIGH / 2 + (k - (node.inputs.length - 1) / 2) * 18];
        svg.append(draw("line", { x1, y1, x2, y2, class: walked.has(i) ? "walked" : "" }));
        labels.push(draw("text", { x: x2 - (x2 - x1) * 0.3, y: y2 - (y2 - y1) * 0.3 - 3, class: "slope" }, short(slope)));
      }));
      svg.append(...labels);
      found.nodes.forEach((node, i) => {
        const [x, y] = at[i];
        svg.append(draw("g", { transform: `translate(${x} ${y})`, class: i === current ? "turn" : fed.has(i) ? "fed" : "" },
          draw("rect", { width: WIDE, height: HIGH, rx: 6 }),
          draw("text", { x: WIDE / 2, y: 17 }, node.word),
          draw("text", { x: WIDE / 2, y: 35 }, short(node.data)),
          draw("text", { x: WIDE / 2, y: 54, class: "grad" }, short(box[i]))));
      });
      picture.replaceChildren(svg);
      picture.scrollLeft = at[current][0] + WIDE / 2 - picture.clientWidth / 2; // whose turn it is stays in sight
      told.textContent = `Turn ${turn} of ${found.turns.length}: ${sentences.join("; ")}.`;
      table.replaceChildren(...found.nodes.map((node, i) => make("tr", {},
        make("th", { scope: "row", textContent: node.word }), make("td", { textContent: short(node.data) }), make("td", { textContent: short(box[i]) }),
        make("td", { textContent: node.inputs.map(([j, slope]) => `${short(slope)} to ${found.nodes[j].word}`).join(", ") || "none" }))));
      back.disabled = turn === 0;
      step.disabled = end.disabled = turn === found.turns.length;
    };
    const to = (place) => () => { if (found) { turn = Math.max(0, Math.min(found.turns.length, place())); show(); } };
    const back = button("Back", to(() => turn - 1)), step = button("Step", to(() => turn + 1), "main"), end = button("To the end", to(() => Infinity));
    const refresh = latest(guard(say, async () => {
      found = await ask("graph", [expression.value, values.value]);
      turn = 0;
      show();
    }));
    expression.oninput = values.oninput = refresh;
    body.append(line(labelled("Expression", expression), labelled("Values", values)),
      make("p", { className: "words", textContent: "Numbers, names, + - * / **, exp, log and relu. In each box: what made it, its number, and in amber what has arrived; at each arrow its local slope." }),
      picture, line(back, step, end), told,
      make("details", {}, make("summary", { textContent: "All boxes as a table" }),
        make("div", { className: "scroll", tabIndex: 0, role: "group", "aria-label": "All boxes" },
          make("table", {}, make("thead", {}, make("tr", {}, ...["made by", "number", "arrived", "local slopes"].map((head) => make("th", { scope: "col", textContent: head })))), table))));
    await refresh();
  }

  // --- check my answer ---

  async function check(body, say) {
    const { exercises } = await ask("starters");
    const choice = make("select", { "aria-label": "Exercise" }, ...exercises.map(([title], number) => make("option", { value: number, textContent: `${number}  ${title}` })));
    const desk = make("div", { className: "desk" });
    const results = make("ol", { "aria-label": "What your answer keeps" });
    const told = make("p", { role: "status" });
    const { makeEditor } = await import(new URL("editor.js", root).href);
    let editor = null, number = 0, busy = false;
    const note = () => `exercise:${number}`;
    const keep = (text) => { if (text.trimEnd() === exercises[number][1].trimEnd()) kept.drop(note()); else kept.set(note(), text); };
    const open = (text) => {
      editor?.destroy();
      desk.replaceChildren();
      editor = makeEditor(desk, text, { run: () => main.click(), changed: keep, name: "Your answer" });
      results.replaceChildren();
      told.textContent = "";
      say("");
    };
    const main = button("Check", undefined, "main"), again = button("Starter again", () => { kept.drop(note()); open(exercises[number][1]); });
    const refresh = () => { main.textContent = busy ? "Stop" : "Check"; again.disabled = choice.disabled = busy; };
    const add = ([promise, problem]) => results.append(make("li", { className: problem ? "broken" : "kept" },
      make("b", { textContent: problem ? "not kept: " : "kept: " }), promise, problem ? make("div", { className: "number", textContent: problem }) : ""));
    main.onclick = async () => {
      if (busy) return python.stop();
      busy = true;
      refresh();
      results.replaceChildren();
      told.textContent = "judging …";
      say("");
      try {
        const { verdicts } = await ask("check", [editor.text(), number], { tell: add });
        const failed = verdicts.filter(([, problem]) => problem).length;
        told.textContent = failed ? `${verdicts.length - failed} kept, ${failed} not` : `All ${verdicts.length} kept. Well done.`;
      } catch (error) {
        told.textContent = error.message === "stopped" ? "stopped" : "";
        if (error.message !== "stopped") say(sentence(error), true);
      }
      busy = false;
      refresh();
    };
    choice.onchange = () => { number = Number(choice.value); open(kept.get(note()) ?? exercises[number][1]); choice.focus(); };
    body.append(line(labelled("Exercise", choice)), desk, line(main, again), told, results);
    open(kept.get(note()) ?? exercises[0][1]);
  }

  const PANELS = {
    train: ["Train the model here, in this page: a curve, names as it learns, and a model to take home.", train],
    temperature: ["Move the temperature and see what the model gives to each next letter.", temperature],
    attention: ["Type a name and see who listens to whom, before and after training.", attention],
    graph: ["Type an expression and walk back through its graph, turn by turn.", graph],
    check: ["Write the functions here and let the page judge them.", check],
  };
  for (const place of document.querySelectorAll(".explorable")) {
    const [what, begin] = PANELS[place.dataset.explorable];
    frame(place, { sentence: what, begin });
  }
})();
