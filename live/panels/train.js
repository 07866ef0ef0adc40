// Train it here: curve, samples, Stop and Resume, and a model to take home.
const { make, button, labelled, line, kept, MODEL, ask, sentence, python, load } = window.microgpt.tools;

const MEAN = 100;
export default async function train(body, say) {
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
  const { chart } = await load("plot.js");
  const plot = await chart(place, (colour, axis) => ({
    scales: { x: { time: false, range: [0, 1000] } }, axes: [axis("step"), axis("loss in nats")],
    series: [{ label: "step" },
      { label: "loss", stroke: colour("--grey"), width: 0, paths: () => null, points: { show: true, size: 3, fill: colour("--grey"), stroke: colour("--grey") } },
      { label: "mean of the last hundred", stroke: colour("--teal"), width: 2.5, points: { show: false } }],
  }));
  return (losses, means) => plot.put([losses.map((_, i) => i + 1), losses, means]);
}
