// Shows how far work is that goes on elsewhere. Only what changed is put into the page, so that nobody is interrupted;
// when the work has ended, the page is loaded anew. Without this script it renews itself.
const PAUSE = 3000; // milliseconds

async function look() {
  const answer = await fetch(location.href).catch(() => null);
  if (answer?.ok) {
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("under-way");
    if (!fresh?.hasAttribute("data-under-way")) return location.reload();
    const here = document.getElementById("under-way");
    for (const part of ["[role=status]", "progress"]) {
      const [old, young] = [here.querySelector(part), fresh.querySelector(part)];
      if (part === "progress") old.replaceWith(young);
      else if (old.innerHTML !== young.innerHTML) old.innerHTML = young.innerHTML;
    }
  }
  setTimeout(look, PAUSE);
}

setTimeout(look, PAUSE);
