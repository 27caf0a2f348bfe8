/* The planner without leaving it: entries are dragged to another day, or sent there by Shift with the arrow keys and
   Enter. All of it fills in the entry's own form and sends that; what comes back takes the place of the calendar. */

const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const DAY = 86_400_000;

class DayPlanner extends HTMLElement {
  connectedCallback() {
    this.status = this.querySelector(".planner-status");
    this.chosen = null;
    this.dragged = null;
    this.addEventListener("keydown", (event) => this.press(event));
    this.addEventListener("focusout", (event) => this.leave(event));
    this.addEventListener("submit", (event) => this.take(event));
    this.addEventListener("dragstart", (event) => this.lift(event));
    this.addEventListener("dragover", (event) => this.pass(event));
    this.addEventListener("drop", (event) => this.drop(event));
    this.addEventListener("dragend", () => this.settle());
    this.equip();
  }

  equip() {
    this.querySelector(".planner-keys").hidden = false;
    for (const line of this.querySelectorAll("[data-movable] > .planner-line")) {
      line.draggable = true;
      // Or the browser would drag the address instead.
      line.querySelector("a").draggable = false;
    }
  }

  /* Keys */

  press(event) {
    const entry = event.target.closest("[data-movable]");
    if (!entry || !event.target.matches("a, summary")) return;
    const step = STEPS[event.key];
    if (step && event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      const from = this.chosen?.entry === entry ? this.chosen.day : entry.closest("[data-day]").dataset.day;
      this.choose(entry, new Date(Date.parse(from) + step * DAY).toISOString().slice(0, 10));
    } else if (this.chosen && event.key === "Enter") {
      event.preventDefault();
      this.move(entry, this.chosen.day);
    } else if (this.chosen && event.key === "Escape") {
      event.preventDefault();
      this.settle();
      this.status.textContent = this.dataset.left;
    }
  }

  choose(entry, day) {
    this.settle();
    this.chosen = { entry, day };
    this.classList.add("is-choosing");
    entry.classList.add("is-moved");
    this.mark(this.querySelector(`#day-${day}`));
    const options = { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
    const name = new Intl.DateTimeFormat(document.documentElement.lang, options).format(Date.parse(day));
    this.status.textContent = this.dataset.to.replace("%s", name);
  }

  leave(event) {
    if (this.chosen && !this.chosen.entry.contains(event.relatedTarget)) {
      this.settle();
      this.status.textContent = "";
    }
  }

  /* The mouse */

  lift(event) {
    this.dragged = event.target.closest("[data-movable]");
    if (!this.dragged) return;
    this.dragged.classList.add("is-moved");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", this.dragged.dataset.name);
  }

  pass(event) {
    const day = event.target.closest("[data-day]");
    if (!this.dragged || !day) return;
    event.preventDefault();
    this.mark(day);
  }

  drop(event) {
    const entry = this.dragged;
    const day = event.target.closest("[data-day]");
    if (!entry || !day) return;
    event.preventDefault();
    if (day !== entry.closest("[data-day]")) this.move(entry, day.dataset.day);
    else this.settle();
  }

  /* Both */

  mark(day) {
    this.querySelector(".is-target")?.classList.remove("is-target");
    day?.classList.add("is-target");
  }

  settle() {
    this.chosen = null;
    this.dragged?.classList.remove("is-moved");
    this.dragged = null;
    this.classList.remove("is-choosing");
    for (const marked of this.querySelectorAll(".is-moved, .is-target")) marked.classList.remove("is-moved", "is-target");
  }

  move(entry, day) {
    this.settle();
    const form = entry.querySelector(".planner-move form");
    form.elements.day.value = day;
    form.requestSubmit();
  }

  /* What readers know is asked about on a page of its own. */
  take(event) {
    const form = event.target;
    if (form.method !== "post" || "asks" in form.dataset) return;
    event.preventDefault();
    if (!this.hasAttribute("aria-busy")) this.send(form);
  }

  async send(form) {
    this.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const content = page.querySelector("day-planner .planner-content");
      // Whatever else it is, such as the page that asks for the password, is shown whole.
      if (content) this.show(content, page.title, answer.url, form.dataset.key);
      else form.submit();
    } catch {
      this.status.textContent = this.dataset.failed;
      this.classList.add("is-choosing");
    } finally {
      this.removeAttribute("aria-busy");
    }
  }

  show(content, title, address, key) {
    this.querySelector(".planner-content").replaceWith(content);
    this.equip();
    document.title = title;
    history.replaceState(null, "", address);
    const place = this.querySelector(`#${key} a`) ?? this.querySelector(".planner-title");
    place.focus();
    const told = [...this.querySelectorAll(".messagelist li")].map((message) => message.textContent);
    this.status.textContent = told.join(" ");
  }
}

customElements.define("day-planner", DayPlanner);
