// The editor of rich texts: what the library has for an article, with the portal's own links, figures, facts and toolbar.
import * as library from "django-prose-editor/editor";
import { Facts } from "./facts.js";
import { Figure } from "./figure.js";
import { Link } from "./link.js";
import { Toolbar } from "./toolbar.js";
import { WordCount } from "./word_count.js";
import { WordPaste } from "./word_paste.js";

const MARK = "data-django-prose-editor-article";
const parts = { ...library, Link };

// Screen readers and the spelling checker are told what a text is and which language it is in, as of any other field.
function describe(field, box) {
  box.lang = field.lang;
  box.spellcheck = true;
  box.setAttribute("aria-label", field.labels[0]?.textContent.replace(/:\s*$/, "").trim() ?? "");
  if (field.hasAttribute("aria-describedby")) box.setAttribute("aria-describedby", field.getAttribute("aria-describedby"));
}

function create(field) {
  if (field.closest(".prose-editor")) return;
  const { extensions } = JSON.parse(field.getAttribute(MARK));
  const chosen = Object.entries(extensions).map(([name, options]) =>
    typeof options === "object" ? parts[name].configure(options) : parts[name],
  );
  const own = [Figure, Facts, WordPaste, WordCount, Toolbar];
  describe(field, library.createTextareaEditor(field, [...chosen, ...own]).view.dom);
}

library.initializeEditors(create, `[${MARK}]`);
