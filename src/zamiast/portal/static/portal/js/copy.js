// Copies the identifier, where the browser allows it, and says so in the button.

/** Copies, and tells so for a moment; the label is a live region, so it is read out, too. */
export async function copy(button, clipboard, later = setTimeout) {
  const label = button.querySelector("span");
  button.dataset.label ??= label.textContent;
  await clipboard.writeText(button.dataset.copy);
  label.textContent = button.dataset.copied;
  later(() => { label.textContent = button.dataset.label; }, 3000);
}

if (typeof document !== "undefined" && navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button, navigator.clipboard));
  }
}
