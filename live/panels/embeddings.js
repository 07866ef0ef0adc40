// Where the letters stand while the model learns: a slider over the steps of the recorded run.
const { make, draw, button, labelled, line, kept, MODEL, ask } = window.microgpt.tools;

const [WIDE, HIGH, EDGE] = [400, 300, 14];
const VOWELS = "aeiou";
const PAUSE = 450, CALM = 1000; // milliseconds between two steps; the second where motion is unwanted

export default async function embeddings(body) {
  const { letters, steps, seen } = await ask("embeddings");
  const slider = make("input", { type: "range", min: 0, max: seen.length - 1, step: 1, value: 0 });
  const count = make("output");
  const chosen = make("select", {}, ...[...letters].map((letter) => make("option", { value: letter, textContent: letter })));
  const trails = make("input", { type: "checkbox" }), fill = make("input", { type: "checkbox" });
  const told = make("p", { role: "status" });
  const rows = make("tbody");

  const cross = draw("path"), threads = draw("g"), paths = draw("g");
  const signs = [...letters].map((letter) => draw("g", { class: VOWELS.includes(letter) ? "vowel" : "", "data-letter": letter },
    draw("circle", { r: 10 }), draw("text", { y: 4.5 }, letter)));
  const picture = draw("svg", { class: "scatter", viewBox: `0 0 ${WIDE} ${HIGH}`, "aria-hidden": "true" },
    cross, paths, threads, ...signs);

  // The view that lets some steps fill the picture: all of them, or the one that is shown.
  const view = (shown) => {
    const [[left, right], [low, high]] = [0, 1].map((axis) => {
      const found = shown.flatMap(({ places }) => places.map((place) => place[axis]));
      return [Math.min(...found), Math.max(...found)];
    });
    const size = Math.min((WIDE - 2 * EDGE) / (right - left), (HIGH - 2 * EDGE) / (high - low));
    return ([x, y]) => [WIDE / 2 + (x - (left + right) / 2) * size, HIGH / 2 - (y - (low + high) / 2) * size];
  };
  const whole = view(seen);

  const show = () => {
    const now = Number(slider.value), one = seen[now], at = fill.checked ? view([one]) : whole;
    const choice = letters.indexOf(chosen.value), near = one.nearest[choice];
    const points = one.places.map(at), [midX, midY] = at([0, 0]);
    cross.setAttribute("d", `M${midX} 0V${HIGH}M0 ${midY}H${WIDE}`);
    signs.forEach((sign, i) => {
      sign.style.transform = `translate(${points[i][0].toFixed(1)}px, ${points[i][1].toFixed(1)}px)`;
      sign.classList.toggle("chosen", i === choice);
      sign.classList.toggle("near", near.includes(letters[i]));
    });
    threads.replaceChildren(...[...near].map((letter) => {
      const [[x1, y1], [x2, y2]] = [points[choice], points[letters.indexOf(letter)]];
      return draw("line", { x1, y1, x2, y2 });
    }));
    paths.replaceChildren(...(trails.checked ? [...VOWELS + chosen.value] : []).map((letter) => letters.indexOf(letter)).map((i) => draw("path", {
      class: i === choice ? "trail chosen" : "trail",
      d: "M" + seen.slice(0, now + 1).map(({ places }) => at(places[i]).map((n) => n.toFixed(1)).join(" ")).join("L") })));
    count.textContent = `${one.step} of ${steps}`;
    const won = [...VOWELS].filter((vowel) => VOWELS.includes(one.nearest[letters.indexOf(vowel)][0])).length;
    told.textContent = `After step ${one.step} the rows nearest to that of ${chosen.value} are those of ${[...near].join(", ")}. `
      + `${won} of the 5 vowels ${won === 1 ? "has" : "have"} a vowel nearest. The shadow shows ${Math.round(100 * one.share)} % of the spread.`;
    rows.replaceChildren(...[...letters].map((letter, i) => make("tr", {}, make("th", { scope: "row", textContent: letter }),
      ...one.places[i].map((n) => make("td", { textContent: n.toFixed(3).replace("-", "−") })), make("td", { textContent: [...one.nearest[i]].join(", ") }))));
  };

  let timer = null;
  const play = button("Play", () => (timer ? pause() : begin()), "main");
  const pause = () => {
    clearInterval(timer);
    timer = null;
    play.textContent = "Play";
    told.removeAttribute("aria-live");
    show();
  };
  const begin = () => {
    if (Number(slider.value) === seen.length - 1) slider.value = 0;
    told.setAttribute("aria-live", "off"); // a voice could not follow; it says where the walk ended
    play.textContent = "Pause";
    show();
    timer = setInterval(() => {
      slider.value = Number(slider.value) + 1;
      if (Number(slider.value) === seen.length - 1) pause();
      else show();
    }, matchMedia("(prefers-reduced-motion: reduce)").matches ? CALM : PAUSE);
  };
  slider.oninput = () => (timer ? pause() : show());
  chosen.onchange = trails.onchange = fill.onchange = show;
  picture.onclick = ({ target }) => {
    const letter = target.closest("[data-letter]")?.dataset.letter;
    if (letter) { chosen.value = letter; show(); }
  };
  const own = make("p", { className: "words", textContent: "The model that you trained in this browser is not shown: of its steps only the last was kept." });
  own.hidden = kept.get(MODEL) === null;
  body.append(line(labelled("step", slider), count, play),
    line(labelled("letter", chosen), make("label", {}, trails, "trails of the vowels and this letter"), make("label", {}, fill, "zoom to the letters")),
    picture, told,
    make("p", { className: "words", textContent: "This is the training that gave the model of the book, and all its steps throw their shadow on the same wall: the one that is widest at the end. The cross marks the middle of the letters. Vowels are ringed; lines lead from the chosen letter to the three rows nearest to it, measured with all sixteen numbers." }), own,
    make("details", {}, make("summary", { textContent: "All letters as a table" }),
      make("table", {}, make("thead", {}, make("tr", {}, ...["letter", "to the right", "up", "nearest rows"].map((head) => make("th", { scope: "col", textContent: head })))), rows)));
  show();
}
