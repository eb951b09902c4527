// Asks before a changed form is left, and keeps what is typed in this browser until it is saved: a session that ends, a
// crash or a closed tab loses nothing. What was kept is offered when the form is next opened, never put in by itself.
const SENT = "form that was sent";
const DAYS = 30;
const user = document.querySelector("script[data-user]").dataset.user;
const notice = document.querySelector(".kept");
const form = notice?.closest("form");
const sent = sessionStorage.getItem(SENT);
sessionStorage.removeItem(SENT);

// Neither passwords and files nor what only this page's session knows.
function isKept([name, value]) {
  const field = form.elements[name];
  const isSecret = field instanceof HTMLInputElement && field.type === "password";
  return typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "_kept" && !isSecret;
}

// Files count as a change too, though they are not kept.
const written = () => JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value.name ?? value]));
const fields = () => [...new FormData(form)].filter(isKept);

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function send(kept) {
  const copy = document.createElement("form");
  copy.method = "post";
  copy.enctype = form.enctype;
  const token = ["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value];
  for (const [name, value] of [...kept, token, ["_kept", "1"]]) {
    const field = document.createElement("textarea");
    Object.assign(field, { name, value, hidden: true });
    copy.append(field);
  }
  document.body.append(copy);
  copy.submit();
}

function watch() {
  const prefix = `typed|${user}|${location.pathname}|`;
  const isAnswer = document.querySelector(".errornote:not([hidden])") !== null;
  const own = isAnswer && sent?.startsWith(prefix) ? sent : `${prefix}${Date.now()}`;
  const opened = written();
  let last = opened;
  let leaves = false; // on purpose, by a button of the form
  const isChanged = () => isAnswer || written() !== opened;

  function keep() {
    const now = written();
    if (leaves || (now === last && !(isAnswer && !read(own)))) return;
    last = now;
    try {
      if (isChanged()) localStorage.setItem(own, JSON.stringify({ at: Date.now(), fields: fields() }));
      else localStorage.removeItem(own);
    } catch {
      // The browser's store is full or closed: the form still asks before it is left.
    }
  }

  function offer(key) {
    const kept = read(key);
    if (!kept || Date.now() - kept.at > DAYS * 86_400_000) return localStorage.removeItem(key);
    const line = notice.querySelector("template").content.cloneNode(true).firstElementChild;
    line.querySelector("time").textContent = new Date(kept.at).toLocaleString(document.documentElement.lang);
    line.addEventListener("click", ({ target }) => {
      if (target.dataset.kept === "discard") {
        localStorage.removeItem(key);
        line.remove();
      } else if (target.dataset.kept === "restore") {
        leaves = true;
        sessionStorage.setItem(SENT, key);
        send(kept.fields);
      }
    });
    notice.append(line);
    notice.hidden = false;
  }

  for (const key of Object.keys(localStorage).sort().reverse()) {
    if (key.startsWith(prefix) && key !== own) offer(key);
  }
  keep();
  setInterval(keep, 2000);
  form.addEventListener("submit", () => {
    keep();
    leaves = true;
    sessionStorage.setItem(SENT, own);
  });
  document.querySelector("[data-discard]")?.addEventListener("click", () => {
    leaves = true;
    localStorage.removeItem(own);
  });
  document.addEventListener("visibilitychange", keep);
  addEventListener("pagehide", keep);
  addEventListener("pageshow", ({ persisted }) => persisted && (leaves = false));
  addEventListener("beforeunload", (event) => {
    keep();
    if (!leaves && isChanged()) event.preventDefault();
  });
}

if (sent && document.querySelector(".messagelist .success")) localStorage.removeItem(sent);
const login = document.getElementById("kept-login");
if (login) login.hidden = !sent;
if (form && !form.querySelector(".submit-row .closelink")) watch();
