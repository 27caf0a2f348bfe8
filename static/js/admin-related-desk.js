/* Carries out the desk's forms without leaving the page and shows the list that came of it. Without this
   script each form is sent as it is, to the desk's own page. */

const DELAY_MS = 300;
// What was answered in words: done, refused, somebody else was first.
const TOLD = [200, 409, 422];
// The button that stands in the place of the one that was pressed.
const AFTER = { pin: "undo", hide: "undo", undo: "pin", unlink: "link" };

class RelatedDesk extends HTMLElement {
  connectedCallback() {
    this.content = this.querySelector(".desk-content");
    this.found = this.querySelector(".desk-found");
    this.status = this.querySelector(".desk-status");
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.target.method === "get") this.find(event.target);
      else this.act(event.target, event.submitter);
    });
    const field = this.querySelector(".desk-find input");
    field.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.find(field.form), DELAY_MS);
    });
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async act(form, button) {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      const body = new FormData(form, button);
      const answer = await this.ask(`${form.getAttribute("action")}?part=desk`, { method: "POST", body });
      this.show(answer.text);
      this.focusOn(form.dataset.other, button?.value);
    } catch {
      this.status.textContent = this.dataset.failed;
    } finally {
      this.isBusy = false;
    }
  }

  async ask(address, options) {
    const answer = await fetch(address, options);
    // Whoever is logged out is led to the log-in page.
    if (answer.redirected || !TOLD.includes(answer.status)) throw new Error(answer.status);
    return { text: await answer.text() };
  }

  show(html) {
    const before = this.version;
    this.content.innerHTML = html;
    const { said, failed } = this.content.firstElementChild.dataset;
    this.status.textContent = said;
    this.status.classList.toggle("is-failed", failed !== undefined);
    for (const field of this.querySelectorAll('input[name="based_on"]')) field.value = this.version;
    // The text beside the desk goes on from this write, unless a colleague's came in between.
    const text = document.querySelector('#event_form input[name="based_on"]');
    if (text?.value === before && failed === undefined) text.value = this.version;
  }

  get version() {
    return this.content.firstElementChild.dataset.version;
  }

  focusOn(other, act) {
    const forms = [...this.content.querySelectorAll(`form[data-other="${other}"]`)];
    const buttons = forms.flatMap((form) => [...form.querySelectorAll("button:not(:disabled)")]);
    const seen = buttons.filter((button) => button.checkVisibility());
    const same = [act, AFTER[act]].map((value) => seen.find((button) => button.value === value));
    (same.find(Boolean) ?? seen[0] ?? this.querySelector("h2")).focus();
  }

  async find(form) {
    const query = new URLSearchParams(new FormData(form));
    query.set("part", "found");
    this.asked = query.toString();
    try {
      const answer = await this.ask(`${form.getAttribute("action")}?${query}`);
      // A later question may have been answered before this one.
      if (this.asked !== query.toString()) return;
      this.found.innerHTML = answer.text;
      const count = this.found.firstElementChild?.dataset.count;
      this.status.textContent = count === undefined ? "" : this.dataset.found.replace("%s", count);
    } catch {
      this.status.textContent = this.dataset.failed;
    }
  }
}

customElements.define("related-desk", RelatedDesk);
