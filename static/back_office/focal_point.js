// Shows where a picture's focal point lies, and sets it by a click; the two numbers do the same for the keyboard.
const place = document.querySelector(".focal-point");
const x = document.querySelector("input[name=focus_x]");
const y = document.querySelector("input[name=focus_y]");

if (place && x && y) {
  const image = place.querySelector("img");
  const mark = place.querySelector(".focal-point__mark");
  const show = () => {
    mark.style.left = `${x.value}%`;
    mark.style.top = `${y.value}%`;
  };
  const percent = (part, whole) => Math.min(100, Math.max(0, Math.round((100 * part) / whole)));
  place.addEventListener("click", (event) => {
    const box = image.getBoundingClientRect();
    x.value = percent(event.clientX - box.left, box.width);
    y.value = percent(event.clientY - box.top, box.height);
    x.dispatchEvent(new Event("input", { bubbles: true }));
    y.dispatchEvent(new Event("input", { bubbles: true }));
  });
  for (const number of [x, y]) number.addEventListener("input", show);
  mark.hidden = false;
  show();
}
