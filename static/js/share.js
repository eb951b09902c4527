// Copies the address of the page. Where a browser doesn't let a page do that, the address is shown instead.
for (const button of document.querySelectorAll(".share__copy")) {
  const answer = button.parentElement.querySelector(".share__answer");
  button.hidden = !navigator.clipboard; // which only pages by https have
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.address);
      answer.textContent = button.dataset.done;
    } catch {
      answer.textContent = button.dataset.address;
    }
  });
}
