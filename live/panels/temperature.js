// Softmax and temperature on the model's own next-letter probabilities.
const { make, button, labelled, line, slider, ask, latest, guard, whose } = window.microgpt.tools;

const END = "end";
const seed = () => crypto.getRandomValues(new Uint32Array(1))[0];
export default async function temperature(body, say) {
  const beginning = make("input", { type: "text", value: "mar", size: 16, maxLength: 200, autocomplete: "off", spellcheck: false, autocapitalize: "off" });
  const degree = slider("temperature", { min: 0.1, max: 3, step: 0.05, value: 1, words: (number) => number.toFixed(2) }, () => refresh());
  const bars = make("div", { className: "bars", "aria-hidden": "true" });
  const told = make("p", { role: "status" });
  const table = make("tbody");
  const drawn = make("p", { role: "status", className: "number" });
  const refresh = latest(guard(say, async () => {
    const { rows } = await ask("next_letters", [beginning.value, degree.value]);
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
    const { letter } = await ask("draw", [beginning.value, degree.value, number]);
    drawn.textContent = letter ? `Drawn with seed ${number}: ${letter}` : `Drawn with seed ${number}: the name ends here.`;
    if (letter) { beginning.value += letter; await refresh(); }
  });
  const all = guard(say, async () => {
    const number = seed();
    const { name } = await ask("finish", [beginning.value, degree.value, number]);
    drawn.textContent = `Written with seed ${number}: ${name}`;
  });
  beginning.oninput = refresh;
  body.append(line(labelled("A name begins with", beginning)), make("div", { className: "sliders" }, degree.row), bars, make("p", { className: "words", textContent: "A bar for each letter; the last, with the dot, is the end of the name." }), told,
    line(button("Draw a letter", one, "main"), button("Finish the name", all)), drawn,
    make("details", {}, make("summary", { textContent: "All probabilities as numbers" }),
      make("table", {}, make("thead", {}, make("tr", {}, make("th", { textContent: "next", scope: "col" }), make("th", { textContent: "probability", scope: "col" }))), table)),
    whose(refresh));
  await refresh();
}
