// Links to the portal's own records, which go on working when an address changes, and to addresses elsewhere.
import { Link as LibraryLink } from "django-prose-editor/editor";
import { choose } from "./choose.js";

const ALLOWED = /^(https?:\/\/|mailto:|\/(?!\/)|#|record:[a-z_]+\.[a-z_]+\/\d+$)/i;
const WITHOUT_SCHEME = /^[\w-]+(\.[\w-]+)+([/?#]|$)/;

function elsewhere(typed) {
  const address = WITHOUT_SCHEME.test(typed) ? `https://${typed}` : typed;
  return /^(https?:\/\/[^\s]+|mailto:[^\s]+)$/i.test(address) ? address : null;
}

function ask(editor, current) {
  const dialog = document.getElementById("choose-link");
  const form = dialog.querySelector("form");
  const field = dialog.querySelector("#choose-link-address");
  const wrong = dialog.querySelector("#choose-link-wrong");
  const isRecord = current.startsWith("record:");
  field.value = isRecord ? "" : current;
  wrong.hidden = true;
  field.removeAttribute("aria-invalid");
  dialog.querySelector("[data-tool=remove]").hidden = !current;
  form.onsubmit = (event) => {
    event.preventDefault();
    const href = elsewhere(field.value.trim());
    wrong.hidden = href !== null;
    field.setAttribute("aria-invalid", href === null);
    if (href) dialog.dispatchEvent(new CustomEvent("choose", { detail: { href, words: href } }));
    else field.focus();
  };
  return choose(editor, dialog, isRecord ? [["current", current]] : []);
}

function put(editor, { href, words }) {
  if (!href) return editor.chain().extendMarkRange("link").unsetLink().run();
  if (editor.state.selection.empty && !editor.isActive("link")) {
    const link = { type: "text", text: words, marks: [{ type: "link", attrs: { href } }] };
    return editor.chain().insertContent(link).unsetMark("link").run();
  }
  return editor.chain().extendMarkRange("link").setLink({ href }).run();
}

export const Link = LibraryLink.extend({
  addOptions() {
    return { ...this.parent?.(), isAllowedUri: (address) => ALLOWED.test(address ?? "") };
  },

  addCommands() {
    return {
      ...this.parent?.(),
      addLink:
        () =>
        ({ editor }) => {
          ask(editor, editor.getAttributes("link").href ?? "").then((choice) => {
            if (choice) put(editor, choice);
          });
          return true;
        },
    };
  },
});
