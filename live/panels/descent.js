// Gradient descent and Adam, side by side in the valley of the two throws.
const { make, draw, button, line, short, slider, ask, latest, guard, load } = window.microgpt.tools;

const [WIDE, HIGH, LEFT, BELOW] = [310, 300, 40, 38];
const DECADES = [1e-6, 1e-4, 1e-2, 1, 100, 1e4, 1e6, 1e8];
const STILL = window.matchMedia("(prefers-reduced-motion: reduce)");
export default async function descent(body, say) {
  const surface = await ask("valley");
  const plain = slider("rate of gradient descent", { values: surface.rates, value: 0.04 }, () => refresh());
  const adam = slider("rate of Adam", { values: surface.rates, value: 1 }, () => refresh());
  const [low, high] = [surface.low, surface.high];
  const band = slider("start: band", { min: low[0], max: high[0], step: 0.25, value: 3 }, () => refresh());
  const tilt = slider("start: tilt", { min: low[1], max: high[1], step: 0.25, value: 1 }, () => refresh());
  const told = make("p", { role: "status" }), table = make("tbody");
  const picture = make("div", { className: "map" }), heights = make("div", { className: "plot", "aria-hidden": "true" });
  let steps = 20, running = false, found = null;

  const x = (number) => LEFT + (number - low[0]) / (high[0] - low[0]) * (WIDE - LEFT - 8);
  const y = (number) => HIGH - BELOW - (number - low[1]) / (high[1] - low[1]) * (HIGH - BELOW - 8);
  const path = (places) => places.map(([a, b]) => `${x(a).toFixed(1)},${y(b).toFixed(1)}`).join(" ");
  const words = (text, at, more) => draw("text", { x: at[0], y: at[1], ...more }, text);
  const tracks = draw("g", { "clip-path": "url(#descent-field)" });
  const svg = draw("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, "aria-hidden": "true" },
    draw("clipPath", { id: "descent-field" }, draw("rect", { x: LEFT, y: 8, width: WIDE - LEFT - 8, height: HIGH - BELOW - 8 })),
    draw("rect", { class: "field", x: LEFT, y: 8, width: WIDE - LEFT - 8, height: HIGH - BELOW - 8 }),
    draw("g", { "clip-path": "url(#descent-field)", class: "level" }, ...surface.lines.map((each) => draw("polyline", { points: path(each) }))),
    ...[0, 2, 4].map((tick) => words(short(tick), [x(tick), HIGH - BELOW + 16])), words("band", [x(1.75), HIGH - 6]),
    ...[0, 5, 10].map((tick) => words(short(tick), [LEFT - 12, y(tick) + 4])), words("tilt", [14, y(5.25)], { transform: `rotate(-90 14 ${y(5.25)})` }),
    words("★", [x(0), y(10) + 5]), words("bottom", [x(0) + 32, y(10) + 4]), tracks);
  picture.append(svg);
  const track = (places, kind) => {
    const mark = ([a, b], size) => kind === "plain"
      ? draw("rect", { x: x(a) - size, y: y(b) - size, width: 2 * size, height: 2 * size })
      : draw("circle", { cx: x(a), cy: y(b), r: size });
    return draw("g", { class: kind }, draw("polyline", { points: path(places) }), ...places.slice(0, 41).map((place) => mark(place, 1.7)), mark(places.at(-1), 4.5));
  };

  const { chart } = await load("plot.js");
  const bare = { points: { show: false } };
  const losses = await chart(heights, (colour, axis, marks) => ({
    scales: { x: { time: false, range: () => [0, Math.max(20, steps)] }, y: { distr: 3, range: (_, least, most) => [10 ** Math.floor(Math.log10(least || 1)), 10 ** Math.ceil(Math.log10(most || 100))] } },
    axes: [axis("step"), axis("loss", marks(DECADES))],
    series: [{}, { stroke: colour("--amber"), width: 2, dash: [7, 5], ...bare }, { stroke: colour("--teal"), width: 2, ...bare }],
  }), 300);

  const stands = (walk) => {
    const [b, t, loss] = walk.track.at(-1);
    const where = `band ${short(b)}, tilt ${short(t)}, loss ${short(loss)}`;
    return walk.away ? `has flown apart at step ${walk.track.length - 1}, loss ${short(loss)}` : `stands at ${where}`;
  };
  const show = () => {
    tracks.replaceChildren(track(found.plain.track, "plain"), track(found.adam.track, "adam"));
    const places = [...Array(steps + 1).keys()];
    const seen = (loss) => loss > 1e-6 ? loss : null; // what lies lower is nothing to the eye
    losses.put([places, ...[found.plain, found.adam].map((walk) => places.map((place) => seen(walk.track[place]?.[2])))]);
    told.textContent = `After ${steps} step${steps === 1 ? "" : "s"} gradient descent, rate ${short(plain.value)}, ${stands(found.plain)}; Adam, rate ${short(adam.value)}, ${stands(found.adam)}.`;
    const cells = (walk, place) => (walk.track[place] || ["", "", ""]).map((number) => make("td", { textContent: number === "" ? "" : short(number) }));
    table.replaceChildren(...places.filter((place) => place <= 20 || place % 10 === 0 || place === steps).map((place) => make("tr", {},
      make("th", { scope: "row", textContent: place }), ...cells(found.plain, place), ...cells(found.adam, place))));
    step.disabled = main.disabled = steps === surface.steps;
    reset.disabled = steps === 0;
    main.textContent = running ? "Stop" : "Run";
  };
  const refresh = latest(guard(say, async () => {
    found = await ask("walks", [plain.value, adam.value, band.value, tilt.value, steps]);
    show();
  }));
  const to = (count) => { steps = Math.max(0, Math.min(surface.steps, count)); return refresh(); };
  const main = button("Run", async () => {
    running = !running;
    if (running && STILL.matches) await to(surface.steps); // no motion: straight to the end
    while (running && steps < surface.steps) {
      await to(steps + 1);
      await new Promise((later) => setTimeout(later, 40));
    }
    running = false;
    if (found) show();
  }, "main");
  const step = button("Step", () => { running = false; return to(steps + 1); });
  const reset = button("Reset", () => { running = false; return to(0); });
  // A touch in the valley sets the start.
  svg.onclick = (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const quarter = (number, i) => Math.max(low[i], Math.min(high[i], Math.round(number * 4) / 4));
    band.value = quarter(low[0] + (at.x - LEFT) / (WIDE - LEFT - 8) * (high[0] - low[0]), 0);
    tilt.value = quarter(low[1] + (HIGH - BELOW - at.y) / (HIGH - BELOW - 8) * (high[1] - low[1]), 1);
    refresh();
  };
  const head = (...texts) => texts.map((text) => make("th", { scope: "col", textContent: text }));
  body.append(make("div", { className: "sliders" }, plain.row, adam.row, band.row, tilt.row), line(main, step, reset),
    make("p", { className: "keys" }, make("span", { className: "key amber dashed", textContent: "gradient descent" }), make("span", { className: "key teal", textContent: "Adam" })),
    make("div", { className: "pair" }, picture, heights), told,
    make("details", {}, make("summary", { textContent: "Both walks as numbers" }),
      make("div", { className: "scroll", tabIndex: 0, role: "group", "aria-label": "Both walks" },
        make("table", {}, make("thead", {}, make("tr", {}, make("td"), ...["gradient descent", "Adam"].map((text) => make("th", { scope: "colgroup", colSpan: 3, textContent: text }))),
          make("tr", {}, ...head("step", "band", "tilt", "loss", "band", "tilt", "loss"))), table))));
  await refresh();
}
