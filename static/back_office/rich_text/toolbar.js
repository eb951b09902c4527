// The buttons above a text, in the words of the page (templates/admin/rich_text/editor.html). One stop of the Tab key;
// the arrow keys go from button to button, Alt+F10 comes here from the text.
import { Extension } from "django-prose-editor/editor";

const COMMANDS = {
  bold: "toggleBold",
  italic: "toggleItalic",
  bulletList: "toggleBulletList",
  orderedList: "toggleOrderedList",
  blockquote: "toggleBlockquote",
  link: "addLink",
  figure: "choosePicture",
  fact: "chooseFact",
};
const NEW_TABLE = { rows: 3, cols: 3, withHeaderRow: true };
const DIALOGS = ["link", "figure", "fact"];

function run(editor, tool) {
  if (DIALOGS.includes(tool)) return editor.commands[COMMANDS[tool]]();
  const chain = editor.chain().focus();
  return (tool === "table" ? chain.insertTable(NEW_TABLE) : chain[COMMANDS[tool] ?? tool]()).run();
}

function build(editor) {
  const bar = document.getElementById("rich-text-toolbar").content.firstElementChild.cloneNode(true);
  const block = bar.querySelector("select");
  const tools = [...bar.querySelectorAll("[data-tool]")];
  const reachable = () => tools.filter((tool) => !tool.closest("[hidden]"));
  const stopAt = (current) => {
    for (const tool of tools) tool.tabIndex = tool === current ? 0 : -1;
  };

  function show() {
    for (const group of bar.querySelectorAll("[data-only-in]")) group.hidden = !editor.isActive(group.dataset.onlyIn);
    for (const tool of bar.querySelectorAll("[aria-pressed]")) {
      tool.setAttribute("aria-pressed", editor.isActive(tool.dataset.tool));
    }
    for (const name of ["undo", "redo"]) {
      bar.querySelector(`[data-tool=${name}]`).setAttribute("aria-disabled", !editor.can()[name]());
    }
    block.value = editor.getAttributes("heading").level ?? 0;
    if (!reachable().some((tool) => tool.tabIndex === 0)) stopAt(block);
  }

  bar.addEventListener("mousedown", (event) => event.target !== block && event.preventDefault()); // the text stays selected
  bar.addEventListener("click", ({ target }) => {
    const tool = target.closest("button[data-tool]");
    if (tool && tool.getAttribute("aria-disabled") !== "true") run(editor, tool.dataset.tool);
  });
  block.addEventListener("change", () => {
    const level = Number(block.value);
    const chain = editor.chain().focus();
    (level ? chain.setHeading({ level }) : chain.setParagraph()).run();
  });
  bar.addEventListener("focusin", ({ target }) => stopAt(target));
  bar.addEventListener("keydown", (event) => {
    const there = reachable();
    const at = there.indexOf(event.target);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (next === undefined || at < 0) return;
    event.preventDefault();
    there.at(next % there.length).focus();
  });
  stopAt(block);
  show();
  editor.on("transaction", show);
  return bar;
}

export const Toolbar = Extension.create({
  name: "toolbar",

  addStorage() {
    return { bar: null };
  },

  onCreate({ editor }) {
    if (!editor.isEditable) return;
    this.storage.bar = build(editor);
    editor.view.dom.before(this.storage.bar);
  },

  addKeyboardShortcuts() {
    return {
      "Alt-F10": () => {
        this.storage.bar?.querySelector("[tabindex='0']").focus();
        return true;
      },
    };
  },
});
