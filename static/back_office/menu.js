// Remembers which groups of the menu someone folded or opened.
const KEPT = "menu";
const kept = JSON.parse(localStorage.getItem(KEPT) ?? "{}");

for (const group of document.querySelectorAll(".menu details")) {
  const isHere = group.querySelector("[aria-current]") !== null;
  if (!isHere && group.id in kept) group.open = kept[group.id];
  group.querySelector("summary").addEventListener("click", () => {
    kept[group.id] = !group.open; // it is about to change
    localStorage.setItem(KEPT, JSON.stringify(kept));
  });
}

// One menu of the head at a time, closed by Escape or a click elsewhere.
const heads = [...document.querySelectorAll(".head-menu")];
const close = (except) => heads.forEach((menu) => menu !== except && (menu.open = false));
document.addEventListener("click", ({ target }) => close(target.closest(".head-menu")));
document.addEventListener("keydown", ({ key, target }) => {
  const menu = key === "Escape" && target.closest(".head-menu[open]");
  if (menu) menu.querySelector("summary").focus();
  if (key === "Escape") close();
});
