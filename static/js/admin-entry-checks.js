/* Keeps the list of checks as the form stands, a moment after the last key. Without this script the list is made with
   the page, and made anew when publishing is tried. After a save that was refused, what is said of it gets the focus. */

const DELAY_MS = 700;

class EntryChecks extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.list = this.querySelector(".checks-list");
    this.status = this.querySelector("[role=status]");
    const refused = this.form.querySelector(".errornote");
    if (refused) {
      refused.tabIndex = -1;
      refused.focus();
    }
    const later = (event) => {
      if (this.contains(event.target)) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.refresh(), DELAY_MS);
    };
    for (const name of ["input", "change", "draft-restored", "sources-known"]) this.form.addEventListener(name, later);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.running?.abort();
  }

  async refresh() {
    const data = new FormData(this.form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    this.running?.abort();
    this.running = new AbortController();
    try {
      const answer = await fetch(this.dataset.address, { method: "POST", body: data, signal: this.running.signal });
      if (!answer.ok || answer.redirected) return;
      this.show(await answer.text());
    } catch (error) {
      if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error;
    }
  }

  show(html) {
    const held = this.list.contains(document.activeElement) ? document.activeElement.value : null;
    const chosen = this.boxes().filter((box) => box.checked).map((box) => box.value);
    const before = this.list.textContent;
    const page = new DOMParser().parseFromString(html, "text/html");
    this.list.replaceChildren(...page.body.childNodes);
    for (const box of this.boxes()) {
      if (chosen.includes(box.value)) box.checked = true;
      if (box.value === held) box.focus();
    }
    if (this.list.textContent !== before) {
      this.status.textContent = this.dataset.changed.replace("%s", this.list.querySelectorAll(".check").length);
    }
  }

  boxes() {
    return [...this.list.querySelectorAll("input")];
  }
}

customElements.define("entry-checks", EntryChecks);
