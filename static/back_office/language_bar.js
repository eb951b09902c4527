// Shows the texts of a form in one language at a time, and says in which language some are empty or to be corrected.
const KEPT = "language of texts";
const bar = document.querySelector(".language-bar");
const form = bar.closest("form");
const buttons = [...bar.querySelectorAll("button")];
const languages = buttons.filter((button) => button.value);
let edited = null; // the text that was being written when a button was pressed

const texts = () => [...form.querySelectorAll("[data-language]")];
const textsIn = (language) => texts().filter((text) => text.dataset.language === language);
const place = (element) => element.closest("td, .fieldBox, .form-row");
const isWrong = (text) => place(text).querySelector(".errorlist") !== null;
const isEmpty = (text) => !text.value.trim();
const withoutLanguage = (text) => text.name.slice(0, -text.dataset.language.length);

function show(language) {
  for (const text of texts()) {
    const cell = place(text);
    const heading = cell.closest("table")?.tHead.rows[0].cells[cell.cellIndex];
    for (const part of [cell, heading]) if (part) part.hidden = language !== "" && language !== text.dataset.language;
  }
  for (const button of buttons) button.setAttribute("aria-pressed", button.value === language);
  bar.scrollLeft = bar.querySelector("[aria-pressed=true]").offsetLeft - bar.clientWidth / 2;
  sessionStorage.setItem(KEPT, language);
}

// A text counts as empty where another language has it.
function mark() {
  const written = new Set(texts().filter((text) => !isEmpty(text)).map(withoutLanguage));
  for (const button of languages) {
    const own = textsIn(button.value);
    const empty = own.filter((text) => isEmpty(text) && written.has(withoutLanguage(text))).length;
    button.querySelector(".missing").hidden = !empty;
    button.querySelector(".missing b").textContent = empty;
    button.querySelector(".wrong").hidden = !own.some(isWrong);
  }
}

// A mouse goes on with the same text in the other language; the keyboard stays on the button it pressed.
function choose(event) {
  const button = event.target.closest("button");
  if (!button) return;
  show(button.value);
  const text = edited && (form.elements[withoutLanguage(edited) + button.value] ?? edited);
  if (event.detail && text) (place(text).querySelector("[contenteditable]") ?? text).focus();
}

if (texts().length) {
  bar.hidden = false;
  for (const button of languages) button.hidden = !textsIn(button.value).length; // a translator's are few
  const offered = buttons.filter((button) => !button.hidden);
  const kept = offered.find((button) => button.value === sessionStorage.getItem(KEPT)) ?? offered[0];
  show((languages.find((button) => textsIn(button.value).some(isWrong)) ?? kept).value);
  mark();
  bar.addEventListener("click", choose);
  form.addEventListener("input", mark);
  document.addEventListener("formset:removed", mark);
  form.addEventListener("focusin", ({ target }) => {
    if (!bar.contains(target)) edited = place(target)?.querySelector("[data-language]") ?? null;
  });
  const wrong = form.querySelector(".errorlist:not(.nonfield)")?.parentElement;
  wrong?.querySelector("[contenteditable], input:not([type=hidden]), select, textarea")?.focus();
}
