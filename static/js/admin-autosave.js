/* Sends the form to its editor's slot on the server while it is typed, and tells every few seconds that it is open;
   the answers name the colleagues who have it open too. What the server holds this tab need not keep as well. */

const DELAY_MS = 4000;
const BEAT_MS = 20000;
const LEFT_OUT = /^(csrfmiddlewaretoken|_preview_as)$/;

class AutoSave extends HTMLElement {
  connectedCallback() {
    // The form follows this element in the document.
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => this.start(), { once: true });
    else this.start();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    clearInterval(this.beating);
  }

  start() {
    this.form = document.getElementById(this.dataset.form);
    this.presence = this.querySelector(".presence");
    this.kept = document.querySelector(".autosave-kept");
    this.trouble = document.querySelector(".autosave-trouble");
    // What came back with mistakes is nowhere but on this page.
    this.first = this.form.querySelector(".errornote") && !this.dataset.isKept ? "" : this.comparable();
    this.sent = this.first;
    const later = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.tell(), DELAY_MS);
    };
    this.form.addEventListener("input", later);
    this.form.addEventListener("change", later);
    this.form.addEventListener("submit", (event) => {
      this.isLeaving = event.submitter?.formTarget !== "_blank";
    });
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("pageshow", () => {
      this.isLeaving = false;
    });
    document.addEventListener("visibilitychange", () => this.tell());
    this.beating = setInterval(() => this.tell(), BEAT_MS);
    this.tell();
  }

  values() {
    return [...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && !LEFT_OUT.test(name));
  }

  comparable() {
    return JSON.stringify(this.values().filter(([name]) => !/^(form_token|based_on)$|-position$/.test(name)));
  }

  /* The whole form where it was changed, else only that it is open. An earlier text in the slot that its editor has
     not decided on is not written over. */
  body(text) {
    const rests = this.dataset.rests && document.querySelector(".unsaved");
    const isChanged = text !== this.sent && !rests;
    if (rests && text !== this.sent) this.kept.textContent = this.dataset.rests;
    const values = isChanged && text !== this.first ? this.values() : [["form_token", this.form.elements.form_token.value]];
    const body = new URLSearchParams(values);
    if (values.length === 1) body.set(isChanged ? "_clean" : "_beat", "1");
    body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    return body;
  }

  async tell() {
    const text = this.comparable();
    if (this.isLeaving || this.isTelling || (document.hidden && text === this.sent)) return;
    this.isTelling = true;
    try {
      const answer = await fetch(this.dataset.address, { method: "POST", body: this.body(text), headers: { Accept: "application/json" } });
      const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
      if (answer.redirected || answer.status === 403) this.worry(this.dataset.ended);
      else if (!isOurs) this.worry(this.dataset.lost);
      else this.hear(await answer.json(), text);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.worry(this.dataset.lost);
    } finally {
      this.isTelling = false;
    }
  }

  hear({ problem, kept, present }, text) {
    if (problem) {
      this.worry(problem);
      return;
    }
    if (kept || text === this.first) this.sent = text;
    if (this.trouble.textContent) this.worry(this.dataset.back);
    if (kept) {
      this.kept.textContent = this.dataset.kept.replace("%s", kept);
      this.form.dispatchEvent(new CustomEvent("draft-on-server", { detail: text }));
    }
    this.meet(present);
  }

  /* A live region speaks only when its words change. */
  worry(words) {
    if (this.trouble.textContent !== words) this.trouble.textContent = words;
  }

  meet(present) {
    if (present.join() === [...this.presence.children].map((row) => row.textContent).join()) return;
    this.presence.replaceChildren(
      ...present.map((words) => Object.assign(document.createElement("p"), { textContent: words })),
    );
  }

  leave() {
    if (this.isLeaving) return;
    const body = this.body(this.comparable());
    body.set("_leave", "1");
    navigator.sendBeacon(this.dataset.address, body);
  }
}

customElements.define("auto-save", AutoSave);
