// A button that copies a field's text.

/** A press copies the field's text, and the button says so; `before()` may change the text first. */
export function copyOnPress(button, field, texts, before = () => {}) {
  const usual = button.querySelector(".label").textContent;
  button.addEventListener("click", async () => {
    before();
    showFor(button, (await copyText(field)) ? texts.copied : texts.selected, usual);
  });
}

/** Copy the field's text. Where the browser does not allow it, the text is left selected. */
async function copyText(field) {
  try {
    await navigator.clipboard.writeText(field.value); // a plain http address has no clipboard
    return true;
  } catch {
    field.focus();
    field.select();
    return document.execCommand("copy");
  }
}

/** Let a button say what it did, for as long as it takes to read. */
function showFor(button, text, usualText) {
  const label = button.querySelector(".label");
  label.textContent = text;
  clearTimeout(button.timer);
  button.timer = setTimeout(() => (label.textContent = usualText), 2500);
}
