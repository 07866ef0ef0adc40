// The secant that becomes a tangent: a point, a nudge, and the rate between them.
const { make, labelled, line, short, slider, ask, latest, guard, load } = window.microgpt.tools;

const CALLED = { square: "the square", cube: "the cube", throw: "the loss", roll: "the way", abs: "the size of x" };
export default async function secant(body, say) {
  const { curves, nudges } = await ask("curves");
  const choice = make("select", { "aria-label": "Curve" }, ...curves.map(([name, words]) => make("option", { value: name, textContent: words })));
  const point = slider("point x", { min: 0, max: 1, step: 0.1, value: 0 }, () => refresh());
  const nudge = slider("nudge h", { values: nudges, value: 2 }, () => refresh());
  const picture = make("div", { className: "plot", "aria-hidden": "true" });
  const settling = make("div", { className: "plot", "aria-hidden": "true" });
  const told = make("p", { role: "status" });
  const table = make("tbody");
  let found = null;
  const { chart } = await load("plot.js");
  const within = (numbers) => {
    const low = Math.min(...numbers), high = Math.max(...numbers), room = (high - low || 1) * 0.08;
    return [low - room, high + room];
  };
  const dots = (colour) => ({ paths: () => null, points: { show: true, size: 9, fill: colour, stroke: colour } });
  const bare = { points: { show: false }, spanGaps: true };
  const curve = await chart(picture, (colour, axis) => ({
    scales: { x: { time: false, range: () => within(found ? found.curve[0] : [0, 1]) }, y: { range: () => within(found ? found.curve[1] : [0, 1]) } },
    axes: [axis("x"), axis("value of the curve")],
    series: [{}, { stroke: colour("--teal"), width: 2.5, ...bare }, { stroke: colour("--amber"), width: 2, ...bare },
      { stroke: colour("--grey"), width: 2, dash: [7, 5], ...bare }, dots(colour("--ink"))],
  }));
  const rates = await chart(settling, (colour, axis, marks) => ({
    scales: { x: { time: false, distr: 3, range: [1e-16, 3] }, y: { range: (_, low, high) => within([low, high]) } },
    axes: [axis("nudge h", marks([1e-16, 1e-12, 1e-8, 1e-4, 1])), axis("rate")],
    series: [{}, { stroke: colour("--amber"), width: 2, ...bare }, { stroke: colour("--grey"), width: 2, ...bare }, dots(colour("--ink"))],
  }));
  const straight = ([x, y], slope) => { const ends = [found.curve[0][0], found.curve[0].at(-1)]; return [ends, ends.map((end) => y + slope * (end - x))]; };
  const rateOf = (h) => found.rates.find(([other]) => other === h)[1];
  const show = () => {
    const { here, there, slope } = found, h = nudge.value, rate = rateOf(h);
    const apart = here[0] !== there[0];
    curve.join([found.curve, straight(here, slope), straight(here, rate), apart ? [[here[0], there[0]], [here[1], there[1]]] : [[here[0]], [here[1]]]]);
    rates.put([nudges, nudges.map(() => slope), found.rates.map(([, each]) => each), nudges.map((each) => each === h ? rate : null)]);
    const off = rate - slope, place = short(here[0]);
    const change = apart
      ? `From ${place} to ${short(there[0], 15)} ${CALLED[choice.value]} goes from ${short(here[1], 12)} to ${short(there[1], 12)}. The change, ${short(there[1] - here[1], 6)}, divided by ${short(h)} is a rate of ${short(rate, 7)}.`
      : `${place} + ${short(h)} is ${place} again, for the computer rounds the nudge away: the rate is 0.`;
    told.textContent = `${change} The program's slope at ${place} is ${short(slope, 7)}: ${off === 0 ? "the secant has it exactly" : `the secant is ${short(Math.abs(off), 3)} ${off > 0 ? "above" : "below"} it`}.`;
    table.replaceChildren(...found.rates.filter(([each]) => /^1(e|$)|^0\.0*1$/.test(each)).reverse().map(([each, one]) => make("tr", {},
      make("th", { scope: "row", textContent: short(each) }), make("td", { textContent: short(one, 9) }), make("td", { textContent: short(one - slope, 3) }))));
  };
  const refresh = latest(guard(say, async () => {
    found = await ask("secant", [choice.value, point.value, nudge.value]);
    show();
  }));
  const pick = () => {
    const [, , low, high, start] = curves[choice.selectedIndex];
    Object.assign(point.field, { min: low, max: high });
    point.value = start;
    return refresh();
  };
  choice.onchange = pick;
  body.append(line(labelled("Curve", choice)), make("div", { className: "sliders" }, point.row, nudge.row),
    make("p", { className: "keys" }, make("span", { className: "key teal", textContent: "curve" }), make("span", { className: "key dashed", textContent: "secant" }), make("span", { className: "key amber", textContent: "tangent, by the program's own slope" })),
    make("div", { className: "pair" }, picture, settling), told,
    make("details", {}, make("summary", { textContent: "How the rate settles, as numbers" }),
      make("table", {}, make("thead", {}, make("tr", {}, ...["nudge", "rate", "rate − slope"].map((head) => make("th", { scope: "col", textContent: head })))), table)));
  await pick();
}
