/* Keeps what is typed in this tab's storage until the server has it, saved or in the editor's slot, so that neither an
   expired session nor a lost network loses it. Files cannot be kept. */

const DELAY_MS = 400;
const LEFT_OUT = /^(csrfmiddlewaretoken|_preview_as)$/;

class KeepDraft extends HTMLElement {
  connectedCallback() {
    this.form = document.getElementById(this.dataset.form);
    if (this.form) this.start();
    // The form follows this element in the document.
    else document.addEventListener("DOMContentLoaded", () => this.start(), { once: true });
  }

  start() {
    this.form = document.getElementById(this.dataset.form);
    this.key = `draft ${this.dataset.user} ${location.pathname}`;
    this.first = JSON.stringify(this.comparable(this.values()));
    const keep = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.keep(), DELAY_MS);
    };
    this.form.addEventListener("input", keep);
    this.form.addEventListener("change", keep);
    this.form.addEventListener("submit", () => this.keep());
    this.form.addEventListener("draft-on-server", (event) => {
      this.onServer = event.detail;
      this.keep();
    });
    window.addEventListener("pagehide", () => this.keep());
    const kept = this.kept();
    if (!kept) return;
    const isSaved = this.dataset.saved.split(" ").includes(kept.token);
    if (isSaved || JSON.stringify(this.comparable(kept.values)) === this.first) this.forget();
    else if (!this.form.querySelector(".errornote")) this.offer(kept);
  }

  values() {
    return [...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && !LEFT_OUT.test(name));
  }

  comparable(values) {
    return values.filter(([name]) => !/^(form_token|based_on)$|-position$/.test(name));
  }

  kept() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  keep() {
    const values = this.values();
    const text = JSON.stringify(this.comparable(values));
    if (this.querySelector("button") || text === this.first) return;
    if (text === this.onServer) {
      this.forget();
      return;
    }
    const token = this.form.elements.form_token?.value;
    try {
      sessionStorage.setItem(this.key, JSON.stringify({ values, token, at: new Date().toLocaleTimeString() }));
    } catch {
      // Storage that is full or switched off takes nothing from the form itself.
    }
  }

  forget() {
    sessionStorage.removeItem(this.key);
    this.replaceChildren();
  }

  offer(kept) {
    // What this tab holds of a form is newer than what the server has of it.
    const older = document.querySelector(".unsaved");
    if (older?.dataset.token === kept.token) older.hidden = true;
    const words = document.createElement("p");
    words.className = "messagelist-like";
    words.setAttribute("role", "status");
    words.textContent = this.dataset.found.replace("%s", kept.at);
    const restore = this.button(this.dataset.restore, () => {
      this.restore(kept.values);
      this.replaceChildren();
      this.keep();
    });
    this.append(words, restore, this.button(this.dataset.discard, () => this.forget()));
  }

  button(label, act) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button", textContent: label });
    button.addEventListener("click", act);
    return button;
  }

  restore(values) {
    const wanted = new Map(values);
    for (const [name, total] of wanted) {
      if (!name.endsWith("-TOTAL_FORMS")) continue;
      const add = document.querySelector(`#${name.replace("-TOTAL_FORMS", "")}-group .add-row a`);
      for (let rows = Number(this.form.elements[name]?.value); add && rows < Number(total); rows += 1) add.click();
    }
    for (const element of this.form.elements) {
      if (!element.name || ["file", "submit", "button"].includes(element.type) || LEFT_OUT.test(element.name)) continue;
      if (/-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$|-id$|-event$/.test(element.name)) continue;
      if (element.type === "checkbox") element.checked = wanted.has(element.name);
      else if (wanted.has(element.name)) element.value = wanted.get(element.name);
    }
    this.form.dispatchEvent(new Event("draft-restored"));
    this.form.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

customElements.define("keep-draft", KeepDraft);
