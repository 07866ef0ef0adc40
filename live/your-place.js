// The page "Your place": all that this book keeps in this browser is shown, saved as a file, read back
// and cleared. What a file brings is only ever text, and nothing of it runs by itself.
(() => {
  "use strict";
  const { PLACE, make, text, plain, sound, store, links, mark, pageOf } = window.microgptPlace;
  const FORMAT = "microgpt-place", MOST = { bytes: 5_000_000, entries: 500 };
  const NAME = /^[a-z0-9][a-z0-9._\/-]*(:[a-z0-9._\/-]+)*$/i;
  const desk = document.querySelector(".your-place");
  const status = make("p", { role: "status" }), table = make("div"), everything = make("div");
  const say = (words) => { status.textContent = words; };
  const entries = (value) => { try { return Object.keys(JSON.parse(value) ?? {}).length; } catch { return 0; } };
  function show() {
    const kept = store.all(), { lessons } = store.read();
    const titles = new Map(links().map((link) => [pageOf(link.href), link.firstChild.textContent.trim()]));
    const rows = [];
    for (const page of new Set([...titles.keys(), ...Object.keys(lessons)])) {
      const { read = false, opened = [] } = lessons[page] ?? {};
      const own = entries(kept[`${page}:edits`]) + entries(kept[`${page}:answers`]);
      if (read || opened.length || own) rows.push([titles.get(page) ?? page, read ? "yes" : "not yet", String(opened.length), String(own)]);
    }
    const cells = (tag, row) => make("tr", {}, ...row.map((words, index) => make(index ? tag : "th", { textContent: words, scope: tag === "th" ? "col" : index ? "" : "row" })));
    table.replaceChildren(rows.length
      ? make("table", { className: "table" }, make("thead", {}, cells("th", ["Lesson", "Read to its end", "Solutions opened", "Own code"])), make("tbody", {}, ...rows.map((row) => cells("td", row))))
      : make("p", { textContent: "Nothing is kept yet." }));
    const names = Object.keys(kept);
    everything.replaceChildren(...(names.length ? [make("details", {}, make("summary", { textContent: `All that is kept, word for word (${names.length})` }),
      ...names.flatMap((name) => [make("p", {}, make("code", { textContent: name })), make("pre", { textContent: kept[name], tabIndex: 0, ariaLabel: name })]))] : []));
  }
  function readable(name, value) {
    if (!/(^place|:edits|:answers)$/.test(name)) return true;
    let inside;
    try { inside = JSON.parse(value); } catch { return false; }
    return plain(inside) && (name === PLACE || Object.values(inside).every((part) => typeof part === "string"));
  }
  // The parts of a file that may be kept, or a sentence that says why not.
  function checked(content) {
    let found;
    try { found = JSON.parse(content); } catch { return "This is no JSON file. Nothing was changed."; }
    if (!plain(found) || found[FORMAT] !== 1 || !plain(found.kept)) return "This file was not saved by this page. Nothing was changed.";
    const parts = Object.entries(found.kept);
    if (parts.length > MOST.entries) return `This file has more than ${MOST.entries} entries. Nothing was changed.`;
    for (const [name, value] of parts) {
      if (!NAME.test(name) || typeof value !== "string" || !readable(name, value)) return `The entry “${text(name)}” of this file cannot be read. Nothing was changed.`;
    }
    return Object.fromEntries(parts.map(([name, value]) => [name, name === PLACE ? JSON.stringify(sound(JSON.parse(value))) : value]));
  }
  const save = make("button", { type: "button", textContent: "Save as a file", onclick: () => {
    const file = new Blob([JSON.stringify({ [FORMAT]: 1, kept: store.all() }, null, 1)], { type: "application/json" });
    const link = make("a", { href: URL.createObjectURL(file), download: "microgpt-place.json" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    say("Saved as microgpt-place.json.");
  } });
  const chosen = make("input", { type: "file", accept: ".json,application/json" });
  chosen.onchange = async () => {
    const [file] = chosen.files;
    if (!file) return;
    const kept = file.size > MOST.bytes ? "This file is larger than 5 MB. Nothing was changed." : checked(await file.text());
    chosen.value = "";
    if (typeof kept === "string") return say(kept);
    if (Object.keys(store.all()).length && !confirm("Replace what is kept in this browser by what is in the file?")) return say("Nothing was changed.");
    say(store.replace(kept) ? "Read back from the file." : "This browser cannot keep that much. Nothing was changed.");
    show();
    mark();
  };
  const clear = make("button", { type: "button", textContent: "Clear everything", onclick: () => {
    if (!confirm("Clear your marks, answers, edits and model from this browser?")) return;
    store.replace({});
    say("Everything is cleared.");
    show();
    mark();
  } });
  for (const words of document.querySelectorAll(".place-body")) words.hidden = true;
  desk.append(table, make("p", { className: "place-line" }, save, make("label", {}, "Read a file back ", chosen), clear), status, everything);
  if (!store.works()) {
    say("This browser keeps nothing for this book (a private window, or its settings forbid it). All else works.");
    save.disabled = chosen.disabled = clear.disabled = true;
  }
  show();
})();
