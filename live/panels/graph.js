// The computation graph of a typed expression, walked back turn by turn.
const { make, draw, button, labelled, line, short, ask, latest, guard } = window.microgpt.tools;

const [ACROSS, DOWN, WIDE, HIGH] = [150, 84, 92, 62];
// Inputs stand before results: a rank for each length of the longest way from a leaf. Ranks go to
// the right, or down where the page is too narrow for that and they are few.
function places(nodes, room) {
  const rank = [], used = [];
  nodes.forEach((node, i) => {
    rank[i] = node.inputs.length ? 1 + Math.max(...node.inputs.map(([j]) => rank[j])) : 0;
  });
  const rows = rank.map((one) => used[one] = (used[one] ?? -1) + 1);
  const last = Math.max(...rank), right = last > 6 || 10 + last * ACROSS + WIDE + 10 <= room;
  const at = right ? rank.map((one, i) => [10 + one * ACROSS, 10 + rows[i] * DOWN + (one % 2) * 22])
    : rank.map((one, i) => [4 + rows[i] * (WIDE + 10) + (one % 2) * 22, 10 + one * (HIGH + 46)]);
  return { at, right };
}
// Where an arrow leaves one box and meets another; several that meet one box keep apart.
function ends([x, y], [a, b], apart, right) {
  return right ? [x + WIDE, y + HIGH / 2, a, b + HIGH / 2 + apart] : [x + WIDE / 2, y + HIGH, a + WIDE / 2 + 2 * apart, b];
}
export default async function graph(body, say) {
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
    const { at, right } = places(found.nodes, picture.clientWidth || 700), current = turn ? found.turns[turn - 1].of : found.last;
    const walked = new Set(found.turns.slice(0, turn).map((one) => one.of));
    const width = Math.max(...at.map(([x]) => x)) + WIDE + 10, height = Math.max(...at.map(([, y]) => y)) + HIGH + 10;
    const svg = draw("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
    const labels = [];
    found.nodes.forEach((node, i) => node.inputs.forEach(([input, slope], k) => {
      const [x1, y1, x2, y2] = ends(at[input], at[i], (k - (node.inputs.length - 1) / 2) * 18, right);
      const back = Math.min(0.3, (right ? 42 : 24) / Math.max(1, right ? x2 - x1 : y2 - y1)); // the slope stands clear of other boxes
      svg.append(draw("line", { x1, y1, x2, y2, class: walked.has(i) ? "walked" : "" }));
      labels.push(draw("text", { x: x2 - (x2 - x1) * back, y: y2 - (y2 - y1) * back - 3, class: "slope" }, short(slope)));
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
  let room = 0;
  new ResizeObserver(() => { if (found && picture.clientWidth !== room) { room = picture.clientWidth; show(); } }).observe(picture);
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
