// How many words a text has, counted as its language does. Said to screen readers only when the writer pauses.
import { Extension } from "django-prose-editor/editor";

const PAUSE = 1000; // milliseconds

function count(text, language) {
  const segments = new Intl.Segmenter(language || undefined, { granularity: "word" }).segment(text);
  return [...segments].filter(({ isWordLike }) => isWordLike).length;
}

export const WordCount = Extension.create({
  name: "wordCount",

  onCreate({ editor }) {
    const line = document.getElementById("rich-text-words").content.firstElementChild.cloneNode(true);
    const show = () => {
      const words = count(editor.getText({ blockSeparator: "\n" }), editor.view.dom.lang);
      line.querySelector("span").textContent = words.toLocaleString(document.documentElement.lang);
    };
    let timer;
    show();
    editor.view.dom.after(line);
    editor.on("update", () => {
      clearTimeout(timer);
      timer = setTimeout(show, PAUSE);
    });
  },
});
