// Exercises that build the program, judged in the page.
const { make, button, labelled, line, kept, ask, sentence, python, load } = window.microgpt.tools;

export default async function check(body, say) {
  const { exercises } = await ask("starters");
  const choice = make("select", { "aria-label": "Exercise" }, ...exercises.map(([title], number) => make("option", { value: number, textContent: `${number}  ${title}` })));
  const desk = make("div", { className: "desk" });
  const results = make("ol", { "aria-label": "What your answer keeps" });
  const told = make("p", { role: "status" });
  const { makeEditor } = await load("editor.js");
  let editor = null, number = 0, busy = false;
  const note = () => `exercise:${number}`;
  const keep = (text) => { if (text.trimEnd() === exercises[number][1].trimEnd()) kept.drop(note()); else kept.set(note(), text); };
  const open = (text) => {
    editor?.destroy();
    desk.replaceChildren();
    editor = makeEditor(desk, text, { run: () => main.click(), changed: keep, name: "Your answer" });
    results.replaceChildren();
    told.textContent = "";
    say("");
  };
  const main = button("Check", undefined, "main"), again = button("Starter again", () => { kept.drop(note()); open(exercises[number][1]); });
  const refresh = () => { main.textContent = busy ? "Stop" : "Check"; again.disabled = choice.disabled = busy; };
  const add = ([promise, problem]) => results.append(make("li", { className: problem ? "broken" : "kept" },
    make("b", { textContent: problem ? "not kept: " : "kept: " }), promise, problem ? make("div", { className: "number", textContent: problem }) : ""));
  main.onclick = async () => {
    if (busy) return python.stop();
    busy = true;
    refresh();
    results.replaceChildren();
    told.textContent = "judging …";
    say("");
    try {
      const { verdicts } = await ask("check", [editor.text(), number], { tell: add });
      const failed = verdicts.filter(([, problem]) => problem).length;
      told.textContent = failed ? `${verdicts.length - failed} kept, ${failed} not` : `All ${verdicts.length} kept. Well done.`;
    } catch (error) {
      told.textContent = error.message === "stopped" ? "stopped" : "";
      if (error.message !== "stopped") say(sentence(error), true);
    }
    busy = false;
    refresh();
  };
  choice.onchange = () => { number = Number(choice.value); open(kept.get(note()) ?? exercises[number][1]); choice.focus(); };
  body.append(line(labelled("Exercise", choice)), desk, line(main, again), told, results);
  open(kept.get(note()) ?? exercises[0][1]);
}
