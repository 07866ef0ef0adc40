// Attention of each head for a typed name, before and after training.
const { make, labelled, line, ask, latest, guard, whose } = window.microgpt.tools;

export default async function attention(body, say) {
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
