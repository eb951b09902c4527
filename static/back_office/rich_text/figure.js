// A picture of the library with its caption. The text keeps the picture's number, so that a new file replaces the old one.
import { Node } from "django-prose-editor/editor";
import { choose } from "./choose.js";

function view(picture) {
  const template = document.getElementById("rich-text-figure");
  const dom = template.content.firstElementChild.cloneNode(true);
  const image = dom.querySelector("img");
  image.addEventListener("error", () => {
    image.hidden = true;
    dom.querySelector(".rich-figure__gone").hidden = false;
  });
  image.src = template.dataset.address.replace("/0/", `/${picture}/`);
  return { dom, contentDOM: dom.querySelector("figcaption") };
}

export const Figure = Node.create({
  name: "figure",
  group: "block",
  content: "inline*",
  isolating: true,
  draggable: true,

  addAttributes() {
    const parseHTML = (figure) => figure.dataset.picture;
    return { picture: { parseHTML, renderHTML: ({ picture }) => ({ "data-picture": picture }) } };
  },

  parseHTML() {
    return [{ tag: "figure[data-picture]", contentElement: (figure) => figure.querySelector("figcaption") ?? figure }];
  },

  renderHTML({ HTMLAttributes }) {
    return ["figure", HTMLAttributes, ["figcaption", 0]];
  },

  addNodeView() {
    return ({ node }) => {
      const { dom, contentDOM } = view(node.attrs.picture);
      return {
        dom,
        contentDOM,
        update: (other) => other.type === node.type && other.attrs.picture === node.attrs.picture,
        ignoreMutation: (mutation) => !contentDOM.contains(mutation.target),
      };
    };
  },

  addCommands() {
    return {
      choosePicture:
        () =>
        ({ editor }) => {
          choose(editor, document.getElementById("choose-picture")).then((choice) => {
            if (choice) editor.chain().insertContent({ type: "figure", attrs: { picture: choice.picture } }).run();
          });
          return true;
        },
      deleteFigure:
        () =>
        ({ commands }) =>
          commands.deleteNode("figure"),
    };
  },

  addKeyboardShortcuts() {
    return {
      // The caption is one paragraph: the text goes on beneath the picture.
      Enter: ({ editor }) => {
        const { $from } = editor.state.selection;
        if ($from.parent.type.name !== "figure") return false;
        const end = $from.after();
        return editor.chain().insertContentAt(end, { type: "paragraph" }).setTextSelection(end + 1).run();
      },
    };
  },
});
