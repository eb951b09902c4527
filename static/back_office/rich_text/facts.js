// Facts of projects that a text names instead of typing them, as [[total_budget]]: chosen from a menu, and marked.
import { Extension, pm } from "django-prose-editor/editor";
import { choose } from "./choose.js";

const TOKEN = /\[\[[^[\]]*\]\]/g;
const { Plugin } = pm.state;
const { Decoration, DecorationSet } = pm.view;

// The numbers of the projects that the record belongs to, as the form stands now.
function own(view) {
  const { own } = document.querySelector("#choose-fact .chooser__found").dataset;
  const form = view.dom.closest("form");
  const field = form.elements.projects ?? form.elements.project;
  const chosen = own || !field ? [own] : [...(field.selectedOptions ?? [field])].map(({ value }) => value);
  return chosen.filter(Boolean).map((number) => ["own", number]);
}

function marks(doc) {
  const found = [];
  doc.descendants((node, position) => {
    for (const { 0: token, index } of node.isText ? node.text.matchAll(TOKEN) : []) {
      const start = position + index;
      found.push(Decoration.inline(start, start + token.length, { class: "fact-token", spellcheck: "false" }));
    }
  });
  return DecorationSet.create(doc, found);
}

export const Facts = Extension.create({
  name: "facts",

  addCommands() {
    return {
      chooseFact:
        () =>
        ({ editor }) => {
          choose(editor, document.getElementById("choose-fact"), own(editor.view)).then((choice) => {
            if (choice) editor.commands.insertContent({ type: "text", text: choice.token });
          });
          return true;
        },
    };
  },

  addProseMirrorPlugins() {
    const state = {
      init: (_, { doc }) => marks(doc),
      apply: (transaction, known) => (transaction.docChanged ? marks(transaction.doc) : known),
    };
    return [
      new Plugin({
        state,
        props: {
          decorations(editorState) {
            return this.getState(editorState);
          },
        },
      }),
    ];
  },
});
