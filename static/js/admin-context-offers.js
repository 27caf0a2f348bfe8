/* Offers contexts for what stands in headline, summary and deck, a moment after the last key, below the list of those
   that are chosen; and a category, by these contexts and by what the sources say. The button in it, which opens a page of them, is all there is without this script. */

const DELAY_MS = 500;
const TEXTS = ["headline", "summary", "deck"];

class ContextOffers extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button[formaction]");
    this.form = this.closest("form");
    if (!button || !this.form) return;
    this.address = button.formAction;
    this.status = document.createElement("p");
    this.status.className = "names-status";
    this.status.setAttribute("role", "status");
    this.help = document.createElement("p");
    Object.assign(this.help, { className: "help", textContent: this.dataset.key, hidden: true });
    this.lists = document.createElement("div");
    // The button would be what Enter in a field presses.
    this.replaceChildren(this.help, this.lists, this.status);
    this.watched = [...TEXTS, this.dataset.contexts, "category"].filter((name) => this.form.elements[name]);
    const later = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.refresh(), DELAY_MS);
    };
    this.form.addEventListener("input", (event) => {
      if (this.watched.includes(event.target.name)) later();
    });
    for (const name of ["draft-restored", "sources-known"]) this.form.addEventListener(name, later);
    // Before the field for finding a context takes Enter for itself.
    this.form.addEventListener("keydown", (event) => this.key(event), { capture: true });
    if (this.form.elements.headline.value) later();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.running?.abort();
  }

  async refresh() {
    const data = new FormData();
    for (const name of [...this.watched, "csrfmiddlewaretoken"]) data.set(name, this.form.elements[name].value);
    for (const field of this.form.querySelectorAll("input[name^=citations-][name$=-url]")) data.set(field.name, field.value);
    this.running?.abort();
    this.running = new AbortController();
    try {
      const answer = await fetch(this.address, {
        method: "POST",
        body: data,
        headers: { Accept: "application/json" },
        signal: this.running.signal,
      });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      this.show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") this.tell(this.dataset.failed);
    }
  }

  show(found) {
    this.showCategory(found.category);
    const text = JSON.stringify(found);
    if (text === this.shown) return;
    this.shown = text;
    const held = this.contains(document.activeElement) ? document.activeElement.dataset.name : null;
    const before = this.names().join("\n");
    this.lists.replaceChildren(
      ...this.section(this.dataset.named, found.named),
      ...this.section(this.dataset.together, found.together),
    );
    this.mark();
    if (held !== null) (this.button(held) || this.buttons()[0] || this.picker().input).focus();
    const names = this.names();
    // Said once, not after every key.
    if (names.join("\n") !== before) this.tell(names.length ? this.dataset.some.replace("%s", names.length) : "");
    else if (!names.length && !this.status.textContent && TEXTS.some((name) => this.form.elements[name]?.value)) {
      this.tell(this.dataset.none);
    }
  }

  /* The category that the sources or entries of these contexts have, below its field, while that is empty. */
  showCategory(offer) {
    const field = this.form.elements.category;
    if (!field) return;
    this.category?.remove();
    if (!offer || field.value) return;
    this.category = document.createElement("p");
    this.category.className = "category-offer";
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "offer" });
    button.textContent = this.dataset.file.replace("%s", offer.name);
    const why = document.createElement("span");
    Object.assign(why, { className: "names-detail", id: "category-why", textContent: offer.why });
    button.setAttribute("aria-describedby", why.id);
    button.addEventListener("click", () => {
      field.value = offer.name;
      field.dispatchEvent(new Event("change", { bubbles: true }));
      this.category.remove();
      field.focus();
      this.tell(this.dataset.filed.replace("%s", offer.name));
    });
    this.category.append(button, " ", why);
    field.after(this.category);
  }

  section(title, offers) {
    if (!offers.length) return [];
    const head = document.createElement("p");
    head.className = "offers-title";
    head.textContent = title;
    const list = document.createElement("ul");
    list.className = "offers";
    list.setAttribute("aria-label", title);
    list.append(...offers.map((offer, place) => this.row(offer, `${title}-${place}`)));
    return [head, list];
  }

  row(offer, key) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "offer", textContent: offer.name });
    button.dataset.name = offer.name;
    button.setAttribute("aria-label", this.dataset.add.replace("%s", offer.name));
    button.addEventListener("click", () => this.accept(offer.name, true));
    const why = document.createElement("span");
    why.className = "names-detail";
    Object.assign(why, { id: `offer-${key}`.replace(/\s/g, "-"), textContent: offer.why });
    button.setAttribute("aria-describedby", why.id);
    item.append(button, why);
    return item;
  }

  /* Tells which key adds the first one, while there is one. */
  mark() {
    const [first] = this.buttons();
    this.help.hidden = !first;
    first?.setAttribute("aria-keyshortcuts", "Alt+Enter");
  }

  key(event) {
    if (event.key !== "Enter" || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const first = this.buttons()[0];
    if (!first) return;
    event.preventDefault();
    event.stopPropagation();
    this.accept(first.dataset.name, this.contains(document.activeElement));
  }

  accept(name, isHere) {
    // What is under way does not know of it yet.
    this.running?.abort();
    this.shown = null;
    const row = this.button(name).closest("li");
    const next = row.nextElementSibling || row.previousElementSibling;
    if (next) row.remove();
    else {
      row.parentElement.previousElementSibling.remove();
      row.parentElement.remove();
    }
    this.mark();
    const picker = this.picker();
    if (!picker.names.includes(name)) picker.names = [...picker.names, name];
    this.tell(this.dataset.added.replace("%s", name));
    if (isHere) (next?.querySelector("button") || this.buttons()[0] || picker.input).focus();
  }

  picker() {
    return this.parentElement.querySelector("names-picker");
  }

  buttons() {
    return [...this.lists.querySelectorAll("button")];
  }

  button(name) {
    return this.buttons().find((button) => button.dataset.name === name);
  }

  names() {
    return this.buttons().map((button) => button.dataset.name);
  }

  tell(words) {
    this.status.textContent = words;
  }
}

customElements.define("context-offers", ContextOffers);
