// The editor of an example: CodeMirror, found through the page's import map, loaded when asked for.
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers, drawSelection } from "@codemirror/view";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { HighlightStyle, bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { python } from "@codemirror/lang-python";
import { tags } from "@lezer/highlight";

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword], color: "var(--code-keyword)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--code-number)" },
  { tag: [tags.definition(tags.function(tags.variableName)), tags.definition(tags.className)], color: "var(--code-name)" },
  { tag: tags.comment, color: "var(--code-comment)", fontStyle: "italic" },
]);

export function makeEditor(parent, text, { run, changed, name }) {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text.trimEnd(),
      extensions: [
        lineNumbers(), history(), drawSelection(), bracketMatching(), indentOnInput(), indentUnit.of("    "),
        python(), syntaxHighlighting(colours), EditorView.lineWrapping,
        // Escape, then Tab, leaves the editor: the tab key alone indents
        keymap.of([{ key: "Shift-Enter", run: () => (run(), true) }, { key: "Mod-Enter", run: () => (run(), true) },
          ...defaultKeymap, ...historyKeymap, indentWithTab]),
        EditorView.contentAttributes.of({ "aria-label": `${name}. Shift and Enter runs it; Escape, then Tab, leaves it.` }),
        EditorView.updateListener.of((update) => { if (update.docChanged) changed(update.state.doc.toString()); }),
      ],
    }),
  });
  view.focus();
  return { text: () => view.state.doc.toString(), destroy: () => view.destroy() };
}
