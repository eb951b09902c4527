// What is pasted from Word, LibreOffice or Google Docs becomes headings, lists, tables and paragraphs, and nothing else.
import { Extension, pm } from "django-prose-editor/editor";

const HEADINGS = { H1: "h2", H5: "h4", H6: "h4" }; // a page's h1 is its title
const JUNK = "style, script, meta, link, title, xml, o\\:p:empty, img, [data-style*='mso-element:comment'], [data-style*='mso-hide']";

function rename(element, name) {
  const other = document.createElement(name);
  other.append(...element.childNodes);
  element.replaceWith(other);
  return other;
}

const unwrap = (element) => element.replaceWith(...element.childNodes);
const all = (body, selector) => [...body.querySelectorAll(selector)];
const styleOf = (element) => element.getAttribute("data-style") ?? "";

function removeJunk(body) {
  const comments = document.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (comments.nextNode()) found.push(comments.currentNode);
  for (const part of [...found, ...all(body, JUNK)]) part.remove();
}

// Word's lists are paragraphs that say their level and carry their bullet or number as text: “l0 level2 lfo1”.
function listLevel(paragraph) {
  return Number(/mso-list:[^;]*level(\d)/i.exec(styleOf(paragraph))?.[1] ?? 0);
}

function takeMarker(paragraph) {
  const marker = all(paragraph, "[data-style]").find((part) => /mso-list:\s*ignore/i.test(styleOf(part)));
  const text = marker?.textContent.trim() ?? "";
  marker?.remove();
  return /^\(?(\d+|[a-z]{1,4})[.)]/i.test(text) ? "ol" : "ul";
}

function makeLists(body) {
  let open = []; // the lists from the outermost to the one that is filled now
  let last = null;
  for (const paragraph of all(body, "p, h1, h2, h3, h4, h5, h6").filter(listLevel)) {
    if (paragraph.previousElementSibling !== last || last === null) open = [];
    const level = listLevel(paragraph);
    const name = takeMarker(paragraph);
    open.length = Math.min(open.length, level);
    if (open.length === level && open.at(-1)?.localName !== name) open.pop();
    while (open.length < level) {
      const list = document.createElement(name);
      const above = open.at(-1);
      if (!above) paragraph.before(list);
      else (above.lastElementChild ?? above.appendChild(document.createElement("li"))).append(list);
      open.push(list);
    }
    const item = document.createElement("li");
    open.at(-1).append(item);
    item.append(paragraph);
    rename(paragraph, "p");
    last = open[0];
  }
}

function nameHeadings(body) {
  for (const [name, other] of Object.entries(HEADINGS)) for (const heading of all(body, name)) rename(heading, other);
  for (const title of all(body, "p.MsoTitle")) rename(title, "h2");
}

function keepEmphasis(body) {
  // Google Docs wraps all of it so; Word writes “mso-bidi-font-weight:normal” on what is bold.
  for (const part of all(body, "b[data-style]")) if (/(^|[;\s])font-weight:\s*normal/i.test(styleOf(part))) unwrap(part);
  for (const span of all(body, "span[data-style], font[data-style]")) {
    const isBold = /font-weight:\s*(bold|[6-9]00)/i.test(styleOf(span));
    const isItalic = /font-style:\s*italic/i.test(styleOf(span));
    if (isItalic) rename(span, "em");
    else if (isBold) rename(span, "strong");
  }
  for (const part of all(body, "span, font, o\\:p, u, ins")) unwrap(part);
  for (const part of all(body, "del, s")) part.remove(); // what tracked changes took out
}

function removeEmpty(body) {
  for (const block of all(body, "p, h2, h3, h4, li, blockquote").reverse()) {
    if (!block.textContent.trim() && !block.closest("td, th") && !block.querySelector("table")) block.remove();
  }
}

// The portal's policy lets no inline style through, and the browser complains of each: they are read from another place.
function withoutStyles(html) {
  const text = html.replace(/<style\b[\s\S]*?<\/style>/gi, "");
  return text.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle=/gi, " data-style="));
}

export function cleaned(html) {
  const { body } = new DOMParser().parseFromString(withoutStyles(html), "text/html");
  removeJunk(body);
  makeLists(body);
  nameHeadings(body);
  keepEmphasis(body);
  removeEmpty(body);
  return body.innerHTML;
}

export const WordPaste = Extension.create({
  name: "wordPaste",

  addProseMirrorPlugins() {
    return [new pm.state.Plugin({ props: { transformPastedHTML: cleaned } })];
  },
});
