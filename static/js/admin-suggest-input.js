/* A text field whose list of suggestions is asked for while one types; without it the field is as plain as any. */

const DELAY_MS = 150;

class SuggestInput extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.options = this.querySelector("datalist");
    if (!this.input || !this.options || !this.dataset.suggest) return;
    this.input.addEventListener("input", () => this.ask());
  }

  ask() {
    clearTimeout(this.timer);
    const text = this.input.value.trim();
    if (!text) return;
    this.timer = setTimeout(async () => {
      const answer = await fetch(`${this.dataset.suggest}?q=${encodeURIComponent(text)}`);
      if (!answer.ok || text !== this.input.value.trim()) return;
      const found = (await answer.json()).results;
      this.options.replaceChildren(...found.map((row) => this.option(row)));
    }, DELAY_MS);
  }

  option(row) {
    const option = document.createElement("option");
    option.value = row.name;
    // Browsers show only what is like the typed text: the alias stands beside the name.
    option.label = [row.name, row.matched].filter(Boolean).join(" – ");
    return option;
  }
}

customElements.define("suggest-input", SuggestInput);
