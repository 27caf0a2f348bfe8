/* Context names in a text area, one a line, become a list to order and a field that suggests.
   The text area stays what is sent; "+" before a name marks one that is to be made. */

const NEW_MARK = "+";
const DELAY_MS = 150;

class NamesPicker extends HTMLElement {
  connectedCallback() {
    this.area = this.querySelector("textarea");
    if (!this.area || this.input) return;
    this.area.hidden = true;
    this.list = document.createElement("ol");
    this.list.className = "names-chosen";
    this.list.setAttribute("aria-label", this.dataset.list);
    this.input = document.createElement("input");
    Object.assign(this.input, { type: "text", id: `${this.area.id}-find`, autocomplete: "off" });
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-expanded", "false");
    this.input.setAttribute("aria-controls", `${this.area.id}-suggestions`);
    this.input.setAttribute("aria-label", this.dataset.add);
    this.input.placeholder = this.dataset.add;
    this.options = document.createElement("ul");
    Object.assign(this.options, { id: `${this.area.id}-suggestions`, className: "names-suggestions", hidden: true });
    this.options.setAttribute("role", "listbox");
    this.options.setAttribute("aria-label", this.dataset.add);
    this.status = document.createElement("p");
    this.status.className = "names-status";
    this.status.setAttribute("role", "status");
    this.append(this.list, this.input, this.options, this.status);
    document.querySelector(`label[for="${this.area.id}"]`)?.setAttribute("for", this.input.id);
    // The list of fields with errors leads here too.
    document.querySelector(`.error-links a[href="#${this.area.id}"]`)?.setAttribute("href", `#${this.input.id}`);
    const help = this.area.getAttribute("aria-describedby");
    if (help) this.input.setAttribute("aria-describedby", help);
    this.input.addEventListener("input", () => this.ask());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    this.area.form?.addEventListener("draft-restored", () => this.draw());
    this.draw();
  }

  get names() {
    return this.area.value.split("\n").map((line) => line.trim()).filter(Boolean);
  }

  set names(names) {
    this.area.value = names.join("\n");
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
    this.draw();
  }

  draw() {
    this.list.replaceChildren(...this.names.map((name, place, all) => this.row(name, place, all.length)));
  }

  row(name, place, total) {
    const item = document.createElement("li");
    const words = document.createElement("span");
    words.className = "names-name";
    words.textContent = name.startsWith(NEW_MARK)
      ? this.dataset.new.replace("%s", name.slice(1).trim())
      : name;
    item.classList.toggle("is-new", name.startsWith(NEW_MARK));
    item.append(
      words,
      this.button("↑", this.dataset.up, name, place === 0, () => this.move(place, place - 1)),
      this.button("↓", this.dataset.down, name, place === total - 1, () => this.move(place, place + 1)),
      this.button("×", this.dataset.remove, name, false, () => {
        this.names = this.names.filter((_name, other) => other !== place);
        this.input.focus();
      }),
    );
    return item;
  }

  button(sign, label, name, disabled, act) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: sign, disabled });
    button.setAttribute("aria-label", label.replace("%s", name));
    button.addEventListener("click", act);
    return button;
  }

  move(from, to) {
    const names = this.names;
    names.splice(to, 0, ...names.splice(from, 1));
    this.names = names;
    const button = this.list.children[to].querySelector(`button:nth-of-type(${to < from ? 1 : 2})`);
    (button.disabled ? this.list.children[to].querySelector("button:not(:disabled)") : button).focus();
  }

  ask() {
    clearTimeout(this.timer);
    const text = this.input.value.trim();
    if (!text) return this.close();
    this.timer = setTimeout(async () => {
      const answer = await fetch(`${this.dataset.suggest}?q=${encodeURIComponent(text)}`);
      if (!answer.ok || text !== this.input.value.trim()) return;
      this.offer((await answer.json()).results, text);
    }, DELAY_MS);
  }

  offer(results, text) {
    const offers = results.map((found) => ({
      name: found.name,
      words: found.matched ? `${found.name} (${found.matched})` : found.name,
      detail: `${found.kind}, ${found.count}`,
    }));
    const known = results.some((found) => [found.name, found.matched].some((name) => name.toLowerCase() === text.toLowerCase()));
    if (!known && this.dataset.mayCreate === "yes") {
      offers.push({ name: `${NEW_MARK} ${text}`, words: this.dataset.new.replace("%s", text), detail: "" });
    }
    this.options.replaceChildren(...offers.map((offer, number) => this.option(offer, number)));
    this.options.hidden = !offers.length;
    this.input.setAttribute("aria-expanded", String(offers.length > 0));
    this.choose(-1);
    this.status.textContent = results.length ? this.dataset.count.replace("%s", results.length) : this.dataset.none;
  }

  option(offer, number) {
    const item = document.createElement("li");
    item.id = `${this.options.id}-${number}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.name = offer.name;
    const detail = document.createElement("span");
    detail.className = "names-detail";
    detail.textContent = offer.detail;
    item.append(`${offer.words} `, detail);
    // Before "blur" closes the list.
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.add(offer.name);
    });
    return item;
  }

  key(event) {
    const options = [...this.options.children];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!options.length) return;
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.choose((this.chosen + step + options.length + (this.chosen < 0 && step < 0 ? 1 : 0)) % options.length);
    } else if (event.key === "Enter") {
      // Never sends the form: a name half typed is no wish to save.
      event.preventDefault();
      if (this.chosen >= 0) this.add(options[this.chosen].dataset.name);
      else if (options.length && !options[0].dataset.name.startsWith(NEW_MARK)) this.add(options[0].dataset.name);
    } else if (event.key === "Escape") {
      this.close();
    }
  }

  choose(number) {
    this.chosen = number;
    [...this.options.children].forEach((item, other) => {
      item.setAttribute("aria-selected", String(other === number));
      if (other === number) item.scrollIntoView({ block: "nearest" });
    });
    if (number >= 0) this.input.setAttribute("aria-activedescendant", this.options.children[number].id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  add(name) {
    if (!this.names.includes(name)) this.names = [...this.names, name];
    this.input.value = "";
    this.close();
  }

  close() {
    this.options.hidden = true;
    this.options.replaceChildren();
    this.chosen = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = "";
  }
}

customElements.define("names-picker", NamesPicker);
