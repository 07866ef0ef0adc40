// A name on a strip: its tokens, its pairs, and where the block cuts.
const { make, labelled, line, slider, ask, latest, guard, whose } = window.microgpt.tools;

export default async function pairs(body, say) {
  const name = make("input", { type: "text", value: "mia", size: 16, maxLength: 200, autocomplete: "off", spellcheck: false, autocapitalize: "off" });
  const block = slider("block", { min: 1, max: 16, step: 1, value: 16 }, () => refresh());
  const position = slider("position", { min: 0, max: 3, step: 1, value: 0 }, () => show());
  const told = make("p", { role: "status" }), asked = make("p", { role: "status" });
  const strip = make("div", { className: "scroll", tabIndex: 0, role: "group", "aria-label": "The pairs" });
  let found = null;
  const said = ([word, number]) => `${word} ${number}`;
  const many = (count, what) => `${count} ${what}${count === 1 ? "" : "s"}`;
  const show = () => {
    if (!found) return;
    const { tokens, kept } = found, at = position.value, count = tokens.length - 1;
    const words = (places, row) => places.map((place) => {
      const [word, number] = row[place];
      const kind = [place >= kept ? "cut" : "", place === at ? "now" : "", row === tokens && place < at ? "seen" : ""].filter(Boolean).join(" ");
      return make("td", { className: kind }, make("b", { textContent: word }), String(number));
    });
    const places = [...Array(count).keys()];
    const row = (head, cells) => make("tr", {}, make("th", { scope: "row", textContent: head }), ...cells);
    strip.replaceChildren(make("table", { className: "strip" },
      make("thead", {}, row("position", places.map((place) => make("th", { scope: "col", className: place === at ? "now" : "", textContent: place })))),
      make("tbody", {}, row("sees", words(places, tokens)), row("must say", words(places, tokens.slice(1))))));
    const sight = tokens.slice(0, at + 1).map(([word]) => word).join(" ");
    asked.textContent = at < kept
      ? `Position ${at}: in sight is ${sight}. It sees ${said(tokens[at])} and must say ${said(tokens[at + 1])}.`
      : `Position ${at} lies beyond the block: that after ${sight} comes ${tokens[at + 1][0]} is never learnt.`;
    strip.querySelector("th.now")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const refresh = latest(guard(say, async () => {
    found = await ask("pairs", [name.value, Math.min(block.value, Number(block.field.max))]);
    const { tokens, kept, most } = found, count = tokens.length - 1;
    block.field.max = most;
    block.tell();
    position.field.max = count - 1;
    position.tell();
    const cut = count - kept;
    told.textContent = `${name.value === "" ? "The empty name" : name.value} is ${tokens.map(said).join(", ")}: ${many(tokens.length, "token")}, ${many(count, "pair")}. ${cut ? `A block of ${block.value} keeps ${kept} of them and drops the last ${cut === 1 ? "one" : cut}.` : `A block of ${block.value} keeps ${count === 1 ? "it" : "them all"}.`}`;
    show();
  }));
  name.oninput = refresh;
  body.append(line(labelled("Name", name)), make("div", { className: "sliders" }, position.row, block.row), strip, asked, told,
    whose(refresh, "The letters have the numbers that they have in the book.", "The letters have the numbers of the list that you trained with in this browser."));
  await refresh();
}
