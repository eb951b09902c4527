// Says before a text is sent that it is too long to be checked.
const text = document.querySelector("[data-too-long]");
const mind = () => {
  const isTooLong = new TextEncoder().encode(text.value).length > Number(text.dataset.limit);
  text.setCustomValidity(isTooLong ? text.dataset.tooLong : "");
};

text.addEventListener("input", mind);
text.form.addEventListener("submit", (event) => {
  mind();
  if (!text.reportValidity() && text.validity.customError) event.preventDefault();
});
