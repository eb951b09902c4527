// Leads from what is missing to its field: in the language it is about, out of a folded group, ready to be typed into.
function turnTo(language) {
  const bar = document.querySelector(".language-bar:not([hidden])");
  const shown = bar?.querySelector("[aria-pressed=true]")?.value;
  if (shown && shown !== language) bar.querySelector(`button[value="${language}"]`)?.click();
}

function typedIn(target, place) {
  const chooser = target.nextElementSibling?.querySelector(".select2-selection");
  return chooser ?? place.querySelector("[contenteditable]") ?? target;
}

function jump(id) {
  const target = id && document.getElementById(id);
  if (!target) return false;
  if (target.dataset.language) turnTo(target.dataset.language);
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const group = target.querySelector("details");
  if (group) group.open = true;
  const place = target.closest(".fieldBox, .form-row, td") ?? target;
  place.scrollIntoView({ block: place.clientHeight > innerHeight / 2 ? "start" : "center" });
  (group?.querySelector("summary") ?? typedIn(target, place)).focus({ preventScroll: true });
  return true;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-jump]");
  if (link && jump(link.hash.slice(1))) event.preventDefault();
});
addEventListener("load", () => jump(location.hash.slice(1)));
