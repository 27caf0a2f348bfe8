/* The keys of an edit page. The list that tells them is what binds them: a row names its keys and the buttons that they
   press, the first one that there is; or the step by which they move between the parts of the form. */

const PARTS = "source-desk, fieldset.module:not(.inline-group *), .inline-group, entry-checks, details.preview, .submit-row";
const STOPS = "input:not([type=hidden]), select, textarea, button, summary, a[href]";

class DeskShortcuts extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.hidden = false;
    this.rows = [...this.querySelectorAll("[data-key]")];
    this.listen = (event) => this.key(event);
    // Before a field takes Enter for itself.
    document.addEventListener("keydown", this.listen, { capture: true });
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.listen, { capture: true });
  }

  key(event) {
    const held = [
      (event.ctrlKey || event.metaKey) && "Control",
      event.altKey && "Alt",
      event.shiftKey && "Shift",
      event.key.length === 1 ? event.key.toLowerCase() : event.key,
    ];
    const pressed = held.filter(Boolean).join("+");
    const row = this.rows.find((row) => row.dataset.key === pressed);
    if (!row || document.querySelector("dialog[open]") || (row.dataset.except && event.target.matches(row.dataset.except))) return;
    event.preventDefault();
    event.stopPropagation();
    if (row.dataset.step) this.move(Number(row.dataset.step));
    else this.buttons(row)[0]?.click();
  }

  buttons(row) {
    const found = row.dataset.press.split(", ").map((selector) => this.form.querySelector(selector));
    return found.filter((button) => button?.checkVisibility());
  }

  move(step) {
    const stops = [...this.form.querySelectorAll(PARTS)].map((part) => this.firstOf(part)).filter(Boolean);
    const here = document.activeElement;
    const isBehind = (stop) => stop === here || stop.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING;
    const place = stops.findLastIndex(isBehind);
    const next = place < 0 && step < 0 ? step : place + step;
    stops.at(next % stops.length).focus();
  }

  firstOf(part) {
    return [...part.querySelectorAll(STOPS)].find((stop) => stop.checkVisibility() && !stop.disabled);
  }
}

customElements.define("desk-shortcuts", DeskShortcuts);
