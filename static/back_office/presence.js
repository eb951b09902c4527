// Says every 30 seconds that this form is open, and who else has it open. A form nobody hears of for 90 seconds is closed.
const { address } = document.querySelector("script[data-address]").dataset;
const notice = document.querySelector(".beside");
const form = notice.closest("form");
const ended = document.getElementById("session-ended").content.textContent.trim();
const EVERY = 30_000;
let sending = false;

function body(fields = {}) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

function line(text) {
  const paragraph = document.createElement("p");
  paragraph.textContent = text;
  return paragraph;
}

// Only what is new is said, so that screen readers don't repeat it twice a minute.
function tell(sentences) {
  const said = [...notice.children].map((paragraph) => paragraph.textContent);
  if (sentences.join() !== said.join()) notice.replaceChildren(...sentences.map(line));
}

async function beat() {
  const answer = await fetch(address, { method: "POST", body: body(), redirect: "manual" }).catch(() => null);
  if (answer?.type === "opaqueredirect") return tell([ended]); // to the login: the session is over
  if (!answer?.ok) return;
  tell((await answer.json()).others);
}

setInterval(beat, EVERY);
document.addEventListener("visibilitychange", () => document.hidden || beat());
form.addEventListener("submit", () => (sending = true));
addEventListener("pagehide", () => sending || navigator.sendBeacon(address, body({ gone: "1" })));
addEventListener("pageshow", ({ persisted }) => persisted && beat());
