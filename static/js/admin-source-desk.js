/* Pasted addresses become citations at once. Their pages are looked at in the background, two at a time; what they say
   fills fields that are still empty, and is offered as headline, summary, day and cover. The box and its button are all
   there is without this script. */

const AT_ONCE = 2;
const CITATION = ["agency", "carrier", "published_on", "accessed_on", "language"];
// What each choice writes: fields of the form, and what of the page.
const TAKEN = {
  headline: { headline: "title" },
  summary: { summary: "description" },
  date: { date: "published_on" },
  cover: { cover_source_url: "picture", cover_alt: "picture_alt", cover_credit: "publisher" },
};

class SourceDesk extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.box = this.querySelector("textarea");
    this.pages = new Map();
    // What was put into fields from pages, by name: anything else in them was typed.
    this.given = new Map();
    this.waiting = [];
    this.running = 0;
    this.status = this.make("p", "source-status");
    this.status.setAttribute("role", "status");
    this.cards = this.make("ul", "source-cards");
    this.heading = this.make("h2", "", this.dataset.title);
    this.heading.hidden = true;
    this.querySelector("source-picks").before(this.status);
    this.append(this.heading, this.cards);
    const button = this.querySelector("button[name=_paste]");
    button.addEventListener("click", (event) => {
      event.preventDefault();
      this.add();
    });
    // The text is in the box only after the event.
    this.box.addEventListener("paste", () => setTimeout(() => this.add()));
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.add();
    });
    this.form.addEventListener("change", (event) => {
      if (/^citations-\d+-url$/.test(event.target.name)) this.look(event.target.value.trim());
    });
    // Django's own script builds the formset when the document is ready.
    if (document.readyState === "complete") this.recall();
    else window.addEventListener("load", () => this.recall(), { once: true });
  }

  make(kind, name, text = "") {
    const element = document.createElement(kind);
    element.className = name;
    element.textContent = text;
    return element;
  }

  /* What is known already of the citations that stand in the form. */
  async recall() {
    const urls = this.urls();
    if (!urls.length) return;
    const found = await this.ask(this.dataset.pasted, { text: urls.join("\n") });
    for (const row of found?.rows || []) if (row.page) this.keep(row.url, row.page);
  }

  async add() {
    const text = this.box.value;
    if (!text.trim()) return;
    const found = await this.ask(this.dataset.pasted, { text, cited: this.urls().join("\n") });
    if (!found) return;
    const fresh = found.rows;
    for (const [name, value] of Object.entries(found.fields)) this.fill(name, value);
    for (const row of fresh) this.cite(row);
    if (!fresh.length && !Object.keys(found.fields).length) {
      this.tell(this.dataset.none);
      return;
    }
    this.box.value = "";
    this.tell(this.dataset.added.replace("%s", fresh.length));
    for (const row of fresh) {
      if (row.page && !row.page.problem) this.keep(row.url, row.page);
      else this.look(row.url);
    }
    // Writing begins there, while the pages are looked at.
    const { headline } = this.form.elements;
    if (fresh.length && !headline.value) headline.focus();
  }

  cite(row) {
    let line = this.rows().find((line) => !this.field(line, "url").value && !this.field(line, "label").value);
    if (!line) {
      this.form.querySelector("#citations-group .add-row a, #citations-group .add-row button").click();
      line = this.rows().at(-1);
    }
    for (const name of ["label", "url", ...CITATION, "quote"]) if (row[name]) this.set(this.field(line, name), row[name]);
    // A name that was only guessed may be told better by the page itself.
    if (!row.is_given) this.field(line, "label").dataset.guess = row.label;
  }

  look(url) {
    if (!this.dataset.look || !/^https?:\/\//i.test(url) || !URL.canParse(url) || this.pages.has(url)) return;
    this.pages.set(url, null);
    this.waiting.push(url);
    this.draw();
    this.work();
  }

  async work() {
    if (this.running >= AT_ONCE || !this.waiting.length) return;
    this.running += 1;
    const url = this.waiting.shift();
    const found = await this.ask(this.dataset.look, { url });
    this.running -= 1;
    if (found?.page) this.keep(url, found.page);
    else this.pages.delete(url);
    if (!this.running && !this.waiting.length) this.tell(this.dataset.done);
    this.draw();
    this.work();
  }

  async ask(address, values) {
    const data = new FormData();
    for (const [name, value] of Object.entries(values)) data.set(name, value);
    data.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    try {
      const answer = await fetch(address, { method: "POST", body: data });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      return await answer.json();
    } catch {
      this.tell(this.dataset.failed);
      return null;
    }
  }

  keep(url, page) {
    this.pages.set(url, page);
    const line = this.rows().find((line) => this.field(line, "url").value.trim() === url);
    if (line && !page.problem) {
      const label = this.field(line, "label");
      if (page.label && (!label.value || label.value === label.dataset.guess)) this.set(label, page.label);
      for (const name of CITATION) if (!this.field(line, name).value && page[name]) this.set(this.field(line, name), page[name]);
      if (page.is_paywalled) this.field(line, "is_paywalled").checked = true;
    }
    this.draw();
    this.dispatchEvent(new CustomEvent("sources-known", { bubbles: true }));
  }

  /* The pages of the citations, in their order. */
  known() {
    return this.urls().map((url) => this.pages.get(url)).filter((page) => page);
  }

  draw() {
    const held = this.cards.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const urls = this.urls();
    const shown = [...this.pages].filter(([url]) => urls.includes(url));
    this.heading.hidden = !shown.length;
    this.cards.replaceChildren(...shown.map(([url, page]) => this.card(url, page)));
    if (held) this.cards.querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus();
  }

  card(url, page) {
    const card = this.make("li", "source-card");
    const host = new URL(url).hostname.replace(/^www\./, "");
    if (!page) {
      card.append(this.make("p", "source-origin", host), this.make("p", "source-wait", this.dataset.looking));
      return card;
    }
    const by = page.author ? this.dataset.by.replace("%s", page.author) : "";
    card.append(this.make("p", "source-origin", [page.label || host, by, page.published_on].filter(Boolean).join(" · ")));
    if (page.problem) card.append(this.make("p", "source-problem", page.problem));
    if (page.title) card.append(this.make("p", "source-title", page.title));
    if (page.description) card.append(this.make("p", "source-description", page.description));
    if (page.picture) card.append(this.make("p", "source-picture", page.picture_alt || page.picture));
    const choices = this.choices(page);
    if (!choices.length) return card;
    const acts = this.make("p", "source-acts");
    if (choices.length > 1) acts.append(this.button("all", url, page, choices));
    for (const choice of choices) acts.append(this.button(choice, url, page, [choice]));
    card.append(acts);
    return card;
  }

  choices(page) {
    const has = { headline: page.title, summary: page.description, date: page.published_on, cover: page.picture };
    return Object.keys(has).filter((name) => has[name]);
  }

  button(name, url, page, choices) {
    const button = this.make("button", "offer", this.dataset[name]);
    button.type = "button";
    button.dataset.key = `${name} ${url}`;
    button.title = this.dataset.take.replace("%s", page.label || url);
    button.addEventListener("click", () => {
      // All at once never writes over what somebody typed; one by itself is asked for.
      this.takeAll(choices.filter((choice) => choices.length === 1 || !this.isTyped(choice)).map((choice) => [choice, page]));
    });
    return button;
  }

  takeAll(picks) {
    for (const [choice, page] of picks) this.take(choice, page);
    this.tell(this.dataset.taken.replace("%s", picks.map(([choice]) => this.dataset[choice]).join(", ") || "—"));
  }

  take(choice, page) {
    for (const [name, from] of Object.entries(TAKEN[choice])) {
      const field = this.form.elements[name];
      if (!field || (choice === "cover" && !page[from])) continue;
      this.given.set(name, page[from]);
      this.set(field, page[from]);
    }
  }

  isEmpty(choice) {
    return !Object.keys(TAKEN[choice]).some((name) => this.form.elements[name]?.value) && !(choice === "cover" && this.form.elements.cover?.value);
  }

  isTyped(choice) {
    const fields = Object.keys(TAKEN[choice]).map((name) => this.form.elements[name]);
    return fields.some((field) => field?.value && field.value !== this.given.get(field.name));
  }

  fill(name, value) {
    const field = this.form.elements[name];
    if (!field || field.value) return;
    const picker = name === "context_names" && this.form.querySelector("names-picker");
    if (picker) picker.names = value.split("\n");
    else this.set(field, value);
  }

  set(field, value) {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  rows() {
    return [...this.form.querySelectorAll("#citations-group .inline-related:not(.empty-form)")];
  }

  field(row, name) {
    return row.querySelector(`[name$="-${name}"]`);
  }

  urls() {
    return this.rows().map((row) => this.field(row, "url").value.trim()).filter(Boolean);
  }

  tell(words) {
    this.status.textContent = words;
  }
}

customElements.define("source-desk", SourceDesk);
