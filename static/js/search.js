// Shows results as one types. Without it the form asks for the same page, and so does Enter.
const form = document.querySelector(".search-form");
const found = document.getElementById("found");
const PAUSE = 250; // milliseconds without a key
let timer;
let asking;
let shown = form.elements.q.value.trim();

function address(words, part = {}) {
  return `${form.action}?${new URLSearchParams({ q: words, ...part })}`;
}

// The sentence stays where it is and only its words change: so screen readers read it out, once and no more.
function show(html) {
  const part = document.createElement("template");
  part.innerHTML = html;
  const [sentence, results] = [".count", ".found"].map((name) => part.content.querySelector(name));
  found.querySelector(".count").textContent = sentence.textContent;
  found.querySelector(".found").replaceWith(results);
}

async function ask() {
  const words = form.elements.q.value.trim();
  asking?.abort();
  if (words === shown) return;
  asking = new AbortController();
  try {
    const answer = await fetch(address(words, { part: "found" }), { signal: asking.signal });
    if (!answer.ok) return;
    show(await answer.text());
    shown = words;
    history.replaceState(null, "", words ? address(words) : form.action);
  } catch (error) {
    // A newer question took its place; or else the network failed, which the browser says when the form is sent.
    if (error.name !== "AbortError") form.requestSubmit();
  }
}

form.elements.q.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
});
