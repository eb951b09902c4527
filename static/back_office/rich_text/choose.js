// A dialog in which something is searched for and chosen. What was found comes as a part of a page from the portal.
const PAUSE = 250; // milliseconds without a key before it is searched

// Resolves to the data of the button that was chosen, or to null where the dialog was closed. The editor has the cursor
// again by then: its own command would give it back one frame later, and lose what is typed until then.
export function choose(editor, dialog, parameters = []) {
  const words = dialog.querySelector("[type=search]");
  const found = dialog.querySelector(".chooser__found");
  const failed = dialog.querySelector(".chooser__failed");
  const listening = new AbortController();
  const on = (name, part, react) => part.addEventListener(name, react, { signal: listening.signal });
  let choice = null;
  let asked = 0;
  let timer;

  async function look() {
    const number = ++asked;
    const query = new URLSearchParams([["q", words.value], ...parameters]);
    try {
      const answer = await fetch(`${found.dataset.address}?${query}`);
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText); // to the login
      const part = await answer.text();
      if (number !== asked) return;
      found.innerHTML = part;
      failed.hidden = true;
    } catch {
      failed.hidden = number !== asked;
    }
  }

  function take(detail) {
    choice = detail;
    dialog.close();
  }

  words.value = "";
  found.replaceChildren();
  failed.hidden = true;
  look();
  dialog.showModal();
  return new Promise((resolve) => {
    on("input", words, () => {
      clearTimeout(timer);
      timer = setTimeout(look, PAUSE);
    });
    on("click", dialog, ({ target }) => {
      const button = target.closest("[data-choice], [data-tool=close], [data-tool=remove]");
      if (button) take(button.dataset.tool === "close" ? null : { ...button.dataset });
    });
    on("choose", dialog, ({ detail }) => take(detail));
    on("close", dialog, () => {
      clearTimeout(timer);
      asked += 1;
      listening.abort();
      editor.view.focus();
      resolve(choice);
    });
  });
}
