/* Shows what the form would become, a moment after the last key. The button in it, which opens a new tab,
   is all there is without this script. */

const DELAY_MS = 700;

class LivePreview extends HTMLElement {
  connectedCallback() {
    this.form = document.getElementById(this.dataset.form);
    this.button = this.querySelector("button[formaction]");
    this.kind = this.querySelector("select");
    this.panel = this.closest("details");
    this.status = document.createElement("p");
    this.status.className = "preview-status";
    this.status.setAttribute("role", "status");
    this.frame = document.createElement("iframe");
    this.frame.title = this.dataset.title;
    // No scripts, no forms, no new windows; the same origin, so that links can be kept from leading away.
    this.frame.setAttribute("sandbox", "allow-same-origin");
    this.frame.addEventListener("load", () => this.loaded());
    this.append(this.status, this.frame);
    // On a phone the frame would stand between the editor and the buttons.
    if (!matchMedia("(min-width: 64rem)").matches) this.panel.open = false;
    const later = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.refresh(), DELAY_MS);
    };
    this.form.addEventListener("input", later);
    this.form.addEventListener("change", later);
    this.panel.addEventListener("toggle", () => this.refresh());
    if (this.form.elements.headline.value) later();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async refresh() {
    // What a key asked for a moment ago is what is shown now.
    clearTimeout(this.timer);
    if (!this.panel.open) return;
    const data = new FormData(this.form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    this.running?.abort();
    this.running = new AbortController();
    this.status.textContent = this.dataset.loading;
    try {
      const answer = await fetch(this.button.formAction, { method: "POST", body: data, signal: this.running.signal });
      const text = await answer.text();
      if (!answer.ok) throw new Error(answer.status);
      this.show(text, answer.headers.get("Content-Type").startsWith("text/html"));
      this.status.textContent = answer.headers.has("Preview-State") ? "" : this.dataset.ready;
    } catch (error) {
      if (error.name !== "AbortError") this.status.textContent = this.dataset.failed;
    }
  }

  show(text, isPage) {
    this.frame.classList.toggle("is-phone", this.kind.value === "phone");
    this.place = this.frame.contentWindow?.scrollY || 0;
    if (!isPage) {
      const source = document.createElement("pre");
      source.textContent = text;
      text = `<!DOCTYPE html><html lang="en"><title>${this.kind.value}</title>${source.outerHTML}`;
    }
    // They would not run here; without them the browser need not say so.
    this.frame.srcdoc = text.replace(/<script\b[^>]*\bsrc=[^>]*><\/script>/g, "");
  }

  loaded() {
    this.frame.contentWindow.scrollTo(0, this.place || 0);
    this.frame.contentDocument.addEventListener("click", (event) => {
      if (event.target.closest("a")) event.preventDefault();
    });
  }
}

customElements.define("live-preview", LivePreview);
