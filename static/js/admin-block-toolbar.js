/* The toolbar over an article's text. Buttons and their keys put blocks in where the caret stands, as if they were
   typed, so that Ctrl+Z takes them out again; pictures, events and stories are looked for in a dialog. Contexts that
   the text names are offered as links. Without this script the help with the syntax is all there is. */

const DELAY_MS = 250;
const LINKS_DELAY_MS = 1200;

class BlockToolbar extends HTMLElement {
  connectedCallback() {
    this.area = this.querySelector("textarea");
    if (!this.area || this.bar) return;
    this.bar = this.querySelector("[role=toolbar]");
    this.status = this.querySelector(".block-status");
    this.offers = this.querySelector(".context-links");
    this.dialog = this.querySelector("dialog");
    this.field = this.dialog.querySelector("input");
    this.found = this.dialog.querySelector(".block-found");
    this.told = this.dialog.querySelector("[role=status]");
    this.bar.hidden = false;
    this.buttons = [...this.bar.querySelectorAll("button")];
    for (const button of this.buttons) button.addEventListener("click", () => this.press(button));
    this.bar.addEventListener("keydown", (event) => this.rove(event));
    this.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("input", () => this.later());
    // Enter would send the form of the article.
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.found.querySelector("button")?.click();
    });
    this.dialog.querySelector(".block-close").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => this.area.focus());
    this.area.addEventListener("input", () => this.askForLinks());
    this.area.form?.addEventListener("draft-restored", () => this.askForLinks());
    if (this.area.value) this.askForLinks();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    clearTimeout(this.linksTimer);
  }

  /* Keys */

  rove(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const last = this.buttons.length - 1;
    let place = this.buttons.indexOf(document.activeElement);
    if (step) place = (place + step + this.buttons.length) % this.buttons.length;
    else if (event.key === "Home") place = 0;
    else if (event.key === "End") place = last;
    else return;
    event.preventDefault();
    this.buttons.forEach((button, other) => { button.tabIndex = other === place ? 0 : -1; });
    this.buttons[place].focus();
  }

  key(event) {
    if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || this.dialog.open) return;
    // What the key prints with Alt differs from keyboard to keyboard; where it lies does not.
    const letter = event.code.replace("Key", "");
    const button = this.buttons.find((other) => other.dataset.letter === letter);
    const offer = letter === "K" ? this.offers.querySelector("button") : null;
    if (!button && !offer) return;
    event.preventDefault();
    (button || offer).click();
  }

  /* Putting in */

  press(button) {
    const { start, end } = this.caret();
    this.kept = { start, end };
    if (button.dataset.find) return this.open(button);
    if (button.dataset.name === "footnote") return this.putFootnote(button);
    this.putBlock(button, {});
  }

  caret() {
    return { start: this.area.selectionStart, end: this.area.selectionEnd };
  }

  putBlock(button, values) {
    const { start, end } = this.kept;
    const value = this.area.value;
    const selected = value.slice(start, end).trim();
    const all = { who: this.dataset.who, title: this.dataset.title, ...values };
    all.words = selected || values.words || button.dataset.words;
    const text = button.dataset.text.replace(/\{(\w+)\}/g, (_whole, name) => all[name] ?? "");
    // A block stands by itself, a blank line before and behind it.
    const before = value.slice(0, start).trimEnd();
    const behind = value.slice(end).trimStart();
    const from = before.length;
    const to = value.length - behind.length;
    const lead = before ? "\n\n" : "";
    this.put(from, to, `${lead}${text}\n\n`.replace(/\n⟨⟩(?=\n)/, ""));
    this.say(this.dataset.put.replace("%s", button.textContent));
  }

  putFootnote(button) {
    const numbers = [...this.area.value.matchAll(/\[\^(\d{1,4})\]/g)].map((found) => Number(found[1]));
    const number = String(Math.max(0, ...numbers) + 1);
    const fill = (text) => text.replaceAll("{number}", number).replace("{label}", this.dataset.label);
    // Behind what is selected, which stays.
    this.put(this.kept.end, this.kept.end, fill(button.dataset.text));
    const end = this.area.value.trimEnd().length;
    const isAfterOne = /\n\[\^[^\]\n]+\]:[^\n]*$/.test(this.area.value.trimEnd());
    this.put(end, this.area.value.length, `${isAfterOne ? "\n" : "\n\n"}${fill(button.dataset.words)}\n`);
    this.say(this.dataset.put.replace("%s", button.textContent));
  }

  /* As if it were typed. What stands in ⟨…⟩ is selected, to be typed over. */
  put(from, to, text) {
    const open = text.indexOf("⟨");
    const close = text.indexOf("⟩");
    const plain = text.replace("⟨", "").replace("⟩", "");
    this.area.focus();
    this.area.setSelectionRange(from, to);
    if (!document.execCommand("insertText", false, plain)) {
      this.area.setRangeText(plain, from, to, "end");
      this.area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (open >= 0) this.area.setSelectionRange(from + open, from + close - 1);
  }

  say(words) {
    this.status.textContent = words;
  }

  /* The dialog */

  open(button) {
    this.asking = button;
    this.dialog.querySelector("h2").textContent = button.textContent;
    this.field.value = this.area.value.slice(this.kept.start, this.kept.end).trim().slice(0, 80);
    this.found.replaceChildren();
    this.told.textContent = "";
    this.dialog.showModal();
    this.field.focus();
    this.look();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), DELAY_MS);
  }

  async look() {
    const asked = `${this.dataset.find}?kind=${this.asking.dataset.find}&q=${encodeURIComponent(this.field.value.trim())}`;
    this.last = asked;
    try {
      const answer = await fetch(asked);
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      const { results } = await answer.json();
      if (this.last !== asked) return;
      this.found.replaceChildren(...results.map((result) => this.result(result)));
      this.told.textContent = results.length ? this.dataset.found.replace("%s", results.length) : this.dataset.none;
    } catch {
      this.told.textContent = this.dataset.failed;
    }
  }

  result(result) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "block-result" });
    if (result.picture) {
      const image = new Image(72, 54);
      Object.assign(image, { src: result.picture, alt: "", loading: "lazy" });
      button.append(image);
    }
    const title = document.createElement("span");
    title.textContent = result.title;
    const detail = document.createElement("span");
    Object.assign(detail, { className: "names-detail", textContent: result.detail });
    button.append(title, " ", detail);
    button.addEventListener("click", () => {
      this.dialog.close();
      // The words that were looked for are no caption.
      if (this.asking.dataset.find !== "picture") this.kept.start = this.kept.end;
      this.putBlock(this.asking, result);
    });
    item.append(button);
    return item;
  }

  /* Contexts as links */

  askForLinks() {
    clearTimeout(this.linksTimer);
    this.linksTimer = setTimeout(() => this.refreshLinks(), LINKS_DELAY_MS);
  }

  async refreshLinks() {
    const asked = this.area.value;
    const data = new FormData();
    data.set("body", asked);
    data.set("csrfmiddlewaretoken", this.area.form.elements.csrfmiddlewaretoken.value);
    try {
      const answer = await fetch(this.dataset.links, { method: "POST", body: data });
      if (!answer.ok || answer.redirected) return;
      const { links } = await answer.json();
      if (this.area.value === asked) this.showLinks(links);
    } catch {
      // The form says by itself when the server cannot be reached.
    }
  }

  showLinks(links) {
    const text = JSON.stringify(links);
    if (text === this.shown) return;
    this.shown = text;
    if (!links.length) return this.offers.replaceChildren();
    const head = document.createElement("p");
    Object.assign(head, { className: "offers-title", textContent: this.dataset.named });
    const help = document.createElement("p");
    Object.assign(help, { className: "help", textContent: this.dataset.key });
    const list = document.createElement("ul");
    list.className = "offers";
    list.append(...links.map((link) => this.offer(link)));
    this.offers.replaceChildren(head, help, list);
  }

  offer(link) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button" });
    button.textContent = this.dataset.link.replace("%s", `“${link.words}”`);
    const detail = document.createElement("span");
    Object.assign(detail, { className: "names-detail", textContent: link.name });
    button.addEventListener("click", () => this.link(link));
    item.append(button, " ", detail);
    return item;
  }

  link(link) {
    const value = this.area.value;
    const isThere = value.startsWith(link.words, link.start);
    if (!isThere) return this.askForLinks();
    this.put(link.start, link.start + link.words.length, `[${link.words}](${link.path})`);
    this.say(this.dataset.linked.replace("%s", link.words));
    this.shown = null;
    this.refreshLinks();
  }
}

customElements.define("block-toolbar", BlockToolbar);
