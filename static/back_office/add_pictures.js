// Takes pictures as they are dropped or chosen, one after the other, and shows what the portal answers to each.
const form = document.querySelector(".add-pictures");
const zone = form.querySelector(".drop-zone");
const input = form.querySelector("input[type=file]");
const answers = document.querySelector(".answers");

function row(name, text) {
  const item = document.createElement("li");
  item.className = "answer";
  item.append(Object.assign(document.createElement("strong"), { textContent: name }), ` ${text}`);
  answers.append(item);
  return item;
}

function refuse(item, name, text) {
  item.replaceWith(Object.assign(row(name, text), { className: "answer answer--refused" }));
}

async function ask(file) {
  const data = new FormData(form);
  data.set("file", file);
  data.set("answers_only", "yes");
  const answer = await fetch(form.action, { method: "POST", body: data });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const said = [...page.querySelectorAll(".answer")];
  if (!answer.ok || !said.length) throw new Error(answer.statusText);
  return said;
}

async function send(file, item) {
  try {
    item.replaceWith(...(await ask(file)));
  } catch {
    refuse(item, file.name, form.dataset.lost);
  }
}

async function take(files) {
  const isTooLarge = (file) => file.size > Number(input.dataset.limit);
  const waiting = [...files].map((file) => [file, row(file.name, form.dataset.underWay)]);
  for (const [file, item] of waiting) {
    if (isTooLarge(file)) refuse(item, file.name, input.dataset.tooLarge);
    else await send(file, item);
  }
}

form.querySelector(".drop-zone__hint").hidden = false;
form.querySelector(".submit-row").hidden = true;
input.addEventListener("change", () => {
  take([...input.files]);
  input.value = "";
});
for (const name of ["dragenter", "dragover"]) {
  zone.addEventListener(name, (event) => {
    event.preventDefault();
    zone.classList.add("drop-zone--over");
  });
}
for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("drop-zone--over"));
zone.addEventListener("drop", (event) => {
  event.preventDefault();
  take(event.dataTransfer.files);
});
form.addEventListener("submit", (event) => event.preventDefault());
