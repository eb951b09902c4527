// Keeps the fact check of a form in step with what is typed, and does there what it offers: a token in the place of a
// passage, the passage to be corrected, one that is accepted. Without it, the buttons do the same with the saved text.
const PAUSE = 1000; // milliseconds after the last key
const panel = document.getElementById("factcheck");
const form = panel.closest("form");
const deeds = document.getElementById("factcheck-deeds");
const texts = [...form.querySelectorAll("[data-language]")].filter(({ name }) => !name.includes("-"));
const opened = new Map(texts.map((text) => [text, text.value]));
let timer, running, asked;

// The texts that are no longer as they were opened, and the projects that the form names, once these are chosen here.
function typed() {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  data.set("record", panel.dataset.record);
  const project = form.elements.projects ?? form.elements.project;
  if (project?.tagName === "SELECT") {
    const chosen = [...project.selectedOptions].map(({ value }) => value).filter(Boolean);
    for (const value of chosen.length ? chosen : [""]) data.append("project", value);
  }
  for (const text of texts) if (text.value !== opened.get(text)) data.set(text.name, text.value);
  return data;
}

const written = () => JSON.stringify([...typed()]);

function show(page) {
  const fresh = new DOMParser().parseFromString(page, "text/html");
  for (const fold of panel.querySelectorAll(".factcheck__found > details[open]")) {
    fresh.querySelector(`.${fold.className}`)?.setAttribute("open", "");
  }
  for (const place of [".factcheck__sum", ".factcheck__found"]) {
    panel.querySelector(place).replaceChildren(...fresh.querySelector(place).childNodes);
  }
}

async function check() {
  if (panel.contains(document.activeElement) && document.activeElement.matches("textarea")) return later();
  running?.abort();
  running = new AbortController();
  asked = written();
  try {
    const answer = await fetch(panel.dataset.address, { method: "POST", body: typed(), signal: running.signal });
    if (answer.ok) show(await answer.text());
    else panel.querySelector(".factcheck__sum").textContent = answer.status === 413 ? await answer.text() : panel.dataset.failed;
  } catch (error) {
    if (error.name !== "AbortError") panel.querySelector(".factcheck__sum").textContent = panel.dataset.failed;
  }
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(() => written() !== asked && check(), PAUSE);
}

// A passage stands in a text with other spaces than it is shown with.
const pattern = (passage) =>
  new RegExp(passage.trim().split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+"));

function selectIn(box, passage) {
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  const found = pattern(passage).exec(nodes.map(({ data }) => data).join(""));
  if (!found) return false;
  const place = (position, isEnd) => {
    for (const node of nodes) {
      if (position < node.length || (isEnd && position === node.length)) return [node, position];
      position -= node.length;
    }
  };
  const [first, last] = [place(found.index), place(found.index + found[0].length, true)];
  box.focus();
  getSelection().setBaseAndExtent(...first, ...last);
  return true;
}

function select(text, passage) {
  const box = text.closest(".prose-editor")?.querySelector("[contenteditable]");
  if (box) return selectIn(box, passage);
  const found = pattern(passage).exec(text.value);
  if (!found) return false;
  text.focus();
  text.setSelectionRange(found.index, found.index + found[0].length);
  return true;
}

function put({ dataset }) {
  const text = document.getElementById(dataset.field);
  const link = panel.querySelector(`a[href="#${dataset.field}"]`);
  link?.click(); // shows the text's language first
  setTimeout(() => {
    if (select(text, dataset.passage)) document.execCommand("insertText", false, dataset.put);
  });
}

function complain(reason, message) {
  reason.setCustomValidity(message);
  reason.addEventListener("input", () => reason.setCustomValidity(""), { once: true });
  reason.reportValidity();
}

async function decide(button) {
  const data = new FormData(deeds, button);
  data.set("quiet", "1");
  const answer = await fetch(button.formAction, { method: "POST", body: data });
  if (answer.status === 422) return complain(button.form.elements[`reason-${button.dataset.deed}`], await answer.text());
  panel.focus();
  await check();
}

const selectLinked = ({ hash, dataset }) => select(document.getElementById(hash.slice(1)), dataset.passage);

// Who comes from the list is led to the passage.
addEventListener("load", () => {
  const link = document.getElementById(`passage-${new URLSearchParams(location.search).get("passage")}`);
  if (link) setTimeout(() => selectLinked(link));
});
panel.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-put], button[data-deed]");
  if (button) {
    event.preventDefault();
    if (button.dataset.put) put(button);
    else decide(button);
  }
  const link = event.target.closest("a[data-passage]");
  if (link) setTimeout(() => selectLinked(link));
});
asked = written();
form.addEventListener("input", later);
form.addEventListener("change", later);
