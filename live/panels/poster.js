// The poster: every parameter of the model as a mark; one of them can be turned.
const { make, draw, button, labelled, line, short, ask, latest, guard, whose } = window.microgpt.tools;

const FULL = 0.6; // the size of a number that fills its cell
const GAP = 6, HEAD = 4; // cells between two matrices, and above one for its name
const FIRST = { name: "token", row: 0, column: 2 }; // the third number of the lesson's message
const NARROW = 560; // pixels
const signed = (number) => `${number < 0 ? "−" : "+"}${Math.abs(number).toFixed(4)}`;

// Where each matrix stands, in cells: tables in the first row, under them a layer after the other.
function layout(tables, narrow) {
  const size = Object.fromEntries(tables.map(({ name, numbers }) => [name, { high: numbers.length, wide: numbers[0].length }]));
  const places = {}, wide = size.token.wide, step = wide + (narrow ? 2 : GAP);
  const put = (name, column, y) => { places[name] = { x: column * step, y: HEAD + y, ...size[name] }; return y + size[name].high + GAP; };
  let y = 0;
  for (let layer = 0; tables.some(({ name }) => name === `${layer}.query`); layer++) {
    const part = (name) => `${layer}.${name}`;
    if (narrow) {
      const tops = [y, y, y, y];
      tops[0] = put(part("expand"), 0, y);
      if (layer === 0) [["token", 1], ["output", 2], ["position", 3]].forEach(([name, column]) => { tops[column] = put(name, column, y); });
      [["query", 1], ["key", 2], ["value", 3], ["mix", 3]].forEach(([name, column]) => { tops[column] = put(part(name), column, tops[column]); });
      y = put(part("contract"), 0, Math.max(...tops));
    } else {
      const top = layer === 0 ? Math.max(...["token", "position", "output"].map((name, column) => put(name, column, y))) : y;
      const below = Math.max(...["query", "key", "value", "mix"].map((name, column) => put(part(name), column, top)));
      y = Math.max(put(part("expand"), 4, y), put(part("contract"), 0, below));
    }
  }
  const all = Object.values(places);
  return { places, wide: Math.max(...all.map((one) => one.x + one.wide)) + 2, high: HEAD + y - GAP + 1 };
}

export default async function poster(body, say) {
  const text = (value, size) => make("input", { type: "text", value, size, maxLength: 200, autocomplete: "off", spellcheck: false, autocapitalize: "off" });
  const name = text("maria", 12), beginning = text("mar", 8);
  const numbers = make("input", { type: "radio", name: "shown", checked: true }), slopes = make("input", { type: "radio", name: "shown" });
  const matrix = make("select");
  const canvas = make("canvas", { "aria-hidden": "true" });
  const cell = make("div", { role: "gridcell", tabIndex: 0, className: "cell" });
  const row = make("div", { role: "row" }, cell), grid = make("div", { role: "grid", className: "grid" }, row);
  const board = make("div", { className: "board" }, canvas, grid);
  const pointed = make("p", { className: "words pointed", "aria-hidden": "true" });
  const told = make("p", { role: "status" }), result = make("p", { role: "status" });
  const slider = make("input", { type: "range", min: -1, max: 1, step: 0.02, value: 0 });
  const field = make("input", { type: "number", step: "any", min: -10, max: 10 });
  const curve = draw("svg", { class: "curve", viewBox: "0 0 320 170", "aria-hidden": "true" });
  const bars = make("div", { className: "bars twice", "aria-hidden": "true" });
  const chances = make("tbody"), neighbours = make("tbody");
  let all = null, view = null, unit = 1; // the poster, where its matrices stand, pixels to a cell
  let at = { ...FIRST }, own = 0, before = null, after = null, line0 = null;

  const table = (which) => all.tables.find((one) => one.name === which);
  const label = (which) => (all.tables.some((one) => one.name === "1.query") ? which : which.replace("0.", ""));
  const purpose = (one) => {
    const words = { row: table(one.name).rows[one.row], column: one.column, "row head": Math.floor(one.row / all.head), "column head": Math.floor(one.column / all.head) };
    return table(one.name).what.replace(/\{(.+?)\}/g, (_, key) => words[key]);
  };
  const where = (one) => `${label(one.name)}, row ${table(one.name).rows[one.row]}, column ${one.column}`;
  const says = (one) => `${where(one)}: ${table(one.name).numbers[one.row][one.column].toFixed(4).replace("-", "−")}, ${purpose(one)}`;

  // --- the picture ---

  const paint = () => {
    const width = board.clientWidth;
    if (!all || !width) return;
    view = layout(all.tables, width < NARROW);
    unit = width / view.wide;
    const dense = window.devicePixelRatio || 1;
    Object.assign(canvas, { width: width * dense, height: view.high * unit * dense });
    canvas.style.height = `${view.high * unit}px`;
    const pen = canvas.getContext("2d"), style = getComputedStyle(document.documentElement);
    const colour = (called) => style.getPropertyValue(called).trim();
    const [teal, amber] = [colour("--teal"), colour("--amber")];
    pen.scale(dense, dense);
    pen.translate(unit, 0);
    pen.textBaseline = "bottom";
    const shown = (one) => (slopes.checked ? one.slopes : one.numbers);
    const full = slopes.checked ? Math.max(...all.tables.flatMap((one) => one.slopes.flat().map(Math.abs))) / 3 || 1 : FULL;
    for (const one of all.tables) {
      const { x, y, wide, high } = view.places[one.name];
      pen.fillStyle = colour("--ink");
      pen.font = `13px ${colour("--sans")}`;
      pen.fillText(label(one.name), (x - 0.5) * unit, (y - 0.7) * unit);
      if (at.name === one.name) {
        pen.fillStyle = colour("--mist");
        pen.fillRect((x - 0.5) * unit, (y + at.row) * unit, (wide + 1) * unit, unit);
        pen.fillRect((x + at.column) * unit, (y - 0.5) * unit, unit, (high + 1) * unit);
      }
      pen.strokeStyle = colour("--line");
      pen.strokeRect((x - 0.5) * unit, (y - 0.5) * unit, (wide + 1) * unit, (high + 1) * unit);
      shown(one).forEach((numbers, i) => numbers.forEach((number, j) => {
        const side = Math.min(Math.abs(number) / full, 1) ** 0.5 * unit * 0.95, [midX, midY] = [(x + j + 0.5) * unit, (y + i + 0.5) * unit];
        pen.fillStyle = number > 0 ? teal : amber;
        pen.beginPath();
        if (number > 0) pen.rect(midX - side / 2, midY - side / 2, side, side);
        else pen.arc(midX, midY, side * 0.55, 0, 2 * Math.PI);
        pen.fill();
      }));
    }
    const { x, y } = view.places[at.name];
    Object.assign(cell.style, { left: `${(x + 1 + at.column) * unit}px`, top: `${(y + at.row) * unit}px`, width: `${unit}px`, height: `${unit}px` });
  };
  const found = (x, y) => { // the parameter at a place in cells, or none
    for (const [which, one] of Object.entries(view.places)) {
      const spot = { name: which, row: Math.floor(y - one.y), column: Math.floor(x - one.x) };
      if (spot.row >= 0 && spot.row < one.high && spot.column >= 0 && spot.column < one.wide) return spot;
    }
    return null;
  };
  const under = (event) => {
    const box = canvas.getBoundingClientRect();
    return found((event.clientX - box.left) / unit - 1, (event.clientY - box.top) / unit);
  };
  canvas.onpointermove = (event) => {
    const spot = under(event);
    pointed.textContent = spot ? says(spot) : "";
    if (spot && event.buttons) choose(spot);
  };
  canvas.onpointerdown = (event) => { const spot = under(event); if (spot) { choose(spot); cell.focus({ preventScroll: true }); } };
  canvas.onpointerleave = () => { pointed.textContent = ""; };

  // --- which one ---

  const walk = (right, down) => { // over a gap into the next matrix
    const { x, y } = view.places[at.name];
    let [cellX, cellY] = [x + at.column + 0.5, y + at.row + 0.5];
    while (cellX > 0 && cellX < view.wide && cellY > 0 && cellY < view.high) {
      cellX += right; cellY += down;
      const spot = found(cellX, cellY);
      if (spot) return spot;
    }
    return at;
  };
  const KEYS = { ArrowLeft: () => walk(-1, 0), ArrowRight: () => walk(1, 0), ArrowUp: () => walk(0, -1), ArrowDown: () => walk(0, 1),
    Home: () => ({ ...at, column: 0 }), End: () => ({ ...at, column: view.places[at.name].wide - 1 }),
    PageUp: () => ({ ...at, row: 0 }), PageDown: () => ({ ...at, row: view.places[at.name].high - 1 }) };
  cell.onkeydown = (event) => {
    if (!KEYS[event.key] || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    choose(KEYS[event.key]());
  };
  matrix.onchange = () => choose({ name: matrix.value, row: 0, column: 0 });
  function choose(spot) {
    if (spot.name === at.name && spot.row === at.row && spot.column === at.column) return;
    at = spot;
    introduce();
    refresh();
    bend();
  }
  const introduce = () => { // all that needs no new number
    const one = table(at.name);
    own = one.numbers[at.row][at.column];
    before = after = line0 = null;
    matrix.value = at.name;
    slider.value = 0;
    field.value = Number(own.toFixed(4));
    field.dataset.own = field.value;
    grid.setAttribute("aria-label", `Matrix ${label(at.name)}; arrow keys walk over all matrices`);
    grid.setAttribute("aria-rowcount", one.numbers.length);
    grid.setAttribute("aria-colcount", one.numbers[0].length);
    row.setAttribute("aria-rowindex", at.row + 1);
    cell.setAttribute("aria-colindex", at.column + 1);
    cell.setAttribute("aria-label", says(at));
    told.textContent = `${says(at)}.`;
    neighbours.replaceChildren(...one.numbers[at.row].map((number, column) => make("tr", {}, make("th", { scope: "row", textContent: column }),
      make("td", { textContent: number.toFixed(4).replace("-", "−") }), make("td", { textContent: one.slopes[at.row][column].toFixed(4).replace("-", "−") }))));
    paint();
  };

  // --- what it changes ---

  const wanted = () => (field.value === field.dataset.own ? own : field.value === "" ? null : Number(field.value));
  const refresh = latest(guard(say, async () => {
    const spot = at, given = [spot.name, spot.row, spot.column];
    before ??= await ask("turned", [...given, own, name.value, beginning.value]);
    const number = wanted();
    const answer = number === own ? before : await ask("turned", [...given, number, name.value, beginning.value]);
    if (spot !== at || !before) return; // another was chosen meanwhile
    after = answer;
    show(number);
  }));
  const bend = latest(guard(say, async () => {
    const spot = at, answer = await ask("around", [spot.name, spot.row, spot.column, name.value]);
    if (spot !== at) return;
    line0 = answer;
    plot();
  }));
  const show = (number) => {
    const turn = number - own, slope = table(at.name).slopes[at.row][at.column], change = after.loss - before.loss;
    const moved = all.tokens.map((token, i) => [token, before.chances[i], after.chances[i]]);
    const order = [...moved].sort((a, b) => Math.abs(b[2] - b[1]) - Math.abs(a[2] - a[1]));
    const next = (rows) => rows.map(([token, old, now]) => `${token} ${old.toFixed(3)}${turn ? ` → ${now.toFixed(3)}` : ""}`).join(", ");
    const here = `the loss of ${name.value || "the empty name"}`;
    result.textContent = turn
      ? `Turned by ${signed(turn)}, ${here} goes from ${before.loss.toFixed(4)} to ${after.loss.toFixed(4)}: ${signed(change)}, where the slope promised ${signed(slope * turn)}. After “${beginning.value}” most is changed for ${next(order.slice(0, 3))}.`
      : `As it stands, ${here} is ${before.loss.toFixed(4)} and its slope here ${signed(slope)}${slope ? "" : ", so that a small turn changes nothing"}. After “${beginning.value}” the likeliest are ${next([...moved].sort((a, b) => b[1] - a[1]).slice(0, 3))}.`;
    const highest = Math.max(...moved.flat().filter((x) => typeof x === "number"));
    const bar = (kind, chance) => { const one = make("i", { className: kind }); one.style.height = `${(100 * chance / highest).toFixed(2)}%`; return one; };
    bars.replaceChildren(...moved.map(([token, old, now]) => make("div", {}, make("span", {}, bar("old", old), bar("new", now)), token === "end" ? "·" : token)));
    chances.replaceChildren(...moved.map(([token, ...both]) => make("tr", {}, make("th", { scope: "row", textContent: token }), ...both.map((chance) => make("td", { textContent: chance.toFixed(4) })))));
    reset.disabled = !turn;
    plot();
  };
  const plot = () => {
    curve.replaceChildren();
    if (!line0 || !before || !after) return;
    const { turns, losses } = line0, slope = table(at.name).slopes[at.row][at.column];
    const low = Math.min(...losses), high = Math.max(...losses, low + 0.02), room = (high - low) * 0.15;
    const x = (turn) => 160 + turn * 140, y = (loss) => 140 - 125 * (loss - low + room) / (high - low + 2 * room);
    const number = wanted(), turn = Math.max(-1.1, Math.min(1.1, number - own));
    const path = (kind, points) => draw("path", { class: kind, d: "M" + points.map(([a, b]) => `${x(a).toFixed(1)} ${y(b).toFixed(1)}`).join("L") });
    curve.append(draw("path", { class: "axis", d: "M160 8V140M15 140H305" }),
      path("promised", [[-1, before.loss - slope], [1, before.loss + slope]]), path("happens", turns.map((one, i) => [one, losses[i]])),
      draw("circle", { cx: x(turn), cy: Math.max(4, Math.min(148, y(after.loss))), r: 5 }),
      ...[[-1, "−1"], [0, "as it stands"], [1, "+1"]].map(([one, words]) => draw("text", { x: x(one), y: 160 }, words)),
      ...[0, turns.length - 1].map((i) => draw("text", { x: x(turns[i]), y: Math.max(14, y(losses[i]) - 9) }, losses[i].toFixed(2))));
  };
  slider.oninput = () => {
    field.value = Number(slider.value) === 0 ? field.dataset.own : Number((own + Number(slider.value)).toFixed(4));
    refresh();
  };
  field.oninput = () => {
    if (wanted() !== null) slider.value = wanted() - own;
    refresh();
  };
  const reset = button("Reset", () => { slider.value = 0; field.value = field.dataset.own; refresh(); slider.focus(); });

  // --- another model, another name ---

  const reload = latest(guard(say, async () => {
    const fresh = await ask("poster", [name.value]);
    const same = all && JSON.stringify(all.tables.map((one) => [one.name, one.numbers.length, one.numbers[0].length])) === JSON.stringify(fresh.tables.map((one) => [one.name, one.numbers.length, one.numbers[0].length]));
    all = fresh;
    if (!same) {
      matrix.replaceChildren(...all.tables.map((one) => make("option", { value: one.name, textContent: label(one.name) })));
      at = { ...FIRST };
    }
    introduce();
    await refresh();
    await bend();
  }));
  name.oninput = reload;
  beginning.oninput = () => { before = null; refresh(); };
  numbers.onchange = slopes.onchange = paint;
  const heads = (...words) => make("thead", {}, make("tr", {}, ...words.map((word) => make("th", { scope: "col", textContent: word }))));
  const fold = (words, head, rows) => make("details", {}, make("summary", { textContent: words }), make("table", {}, head, rows));
  body.append(line(labelled("Matrix", matrix), make("label", {}, numbers, "the numbers"), make("label", {}, slopes, "their slopes")),
    board, pointed, told,
    line(labelled("turn by", slider), labelled("number", field), reset), line(labelled("Loss of", name), labelled("Next letter after", beginning)), result,
    make("div", { className: "sides" },
      make("figure", {}, curve, make("figcaption", { textContent: "The loss, as this number is turned: the line is what happens, the dashes are what the slope promises." })),
      make("figure", {}, bars, make("figcaption", { textContent: "The next letter: hollow before, full after the turn; the dot is the end." }))),
    make("p", { className: "words", textContent: "A square is a number above 0, a disc one below, and the larger the further from 0. Tap one, or walk with the arrow keys. Only one at a time is turned; choosing another puts it back." }),
    fold("All next letters as numbers", heads("next", "before", "after"), chances), fold("The row of this number", heads("column", "number", "slope"), neighbours), whose(reload));
  new ResizeObserver(paint).observe(board);
  new MutationObserver(paint).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  await reload();
}
