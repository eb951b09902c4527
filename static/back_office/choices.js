// Names for screen readers what Django's own widgets leave without a name: select2, fields in tables, the two lists.
const FIELD = ".select2-search__field";

function nameChoice(container) {
  const select = container.previousElementSibling;
  const label = select?.labels?.[0];
  if (!label) return;
  label.id ||= `${select.id}-label`;
  const box = container.querySelector("[role=combobox]");
  const chosen = container.querySelector("span.select2-selection__rendered");
  const name = [label.id, chosen?.id].filter(Boolean).join(" ");
  box?.setAttribute("aria-labelledby", name);
  box?.setAttribute("aria-invalid", select.hasAttribute("aria-invalid"));
  chosen?.removeAttribute("role");
  chosen?.removeAttribute("aria-readonly");
  container.querySelector(FIELD)?.setAttribute("aria-labelledby", label.id);
}

// A field in a table is called what its column is called.
function nameCell(field) {
  const cell = field.closest("td");
  const heading = cell?.closest("table").tHead?.rows[0].cells[cell.cellIndex];
  if (heading && !field.labels?.length) field.ariaLabel ??= heading.innerText.trim() || heading.textContent.trim();
}

function nameAll() {
  document.querySelectorAll(".select2-container").forEach(nameChoice);
  document.querySelectorAll(".tabular td :is(input:not([type=hidden]), select, textarea)").forEach(nameCell);
  document.querySelectorAll(".help-tooltip[aria-label]").forEach((icon) => icon.setAttribute("role", "img"));
}

// A field in a folded group gets its search when the group is unfolded: those of forty partners would take a second.
const { fn } = django.jQuery;
const makeSearch = fn.djangoAdminSelect2;
if (makeSearch) {
  fn.djangoAdminSelect2 = function () {
    makeSearch.call(this.not((_, select) => select.closest("details:not([open])")));
    return this;
  };
}
const unfold = ({ target: group }) => {
  const fields = ".admin-autocomplete:not(.select2-hidden-accessible, [name*=__prefix__])";
  if (makeSearch && group.open) django.jQuery(group).find(fields).djangoAdminSelect2();
  nameAll();
};
document.addEventListener("toggle", unfold, true);

// Both after the scripts that make the widgets: select2 when the page is ready, the two lists when it is loaded.
django.jQuery(nameAll);
addEventListener("load", nameAll);
document.addEventListener("formset:added", nameAll);
// The field that select2 shows while a list is open bears the name of the box it was opened from.
document.addEventListener("focusin", ({ target }) => {
  const opened = target.matches(FIELD) && document.querySelector(".select2-container--open [role=combobox]");
  if (opened) target.setAttribute("aria-labelledby", opened.getAttribute("aria-labelledby"));
});
