/* Rows of an inline formset that can be dragged, or moved with buttons. Their order is written into the
   "position" fields, which are hidden here; without this script the numbers are typed. */

class OrderedRows extends HTMLElement {
  connectedCallback() {
    // Django's own script builds the formset when the document is ready.
    if (document.readyState === "complete") this.start();
    else window.addEventListener("load", () => this.start(), { once: true });
  }

  start() {
    this.group = this.querySelector(".inline-group");
    // Who may only read has no places to change.
    if (!this.group.querySelector('input[name$="-position"]')) return;
    this.classList.add("is-active");
    this.status = document.createElement("p");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    this.append(this.status);
    this.addEventListener("formset:added", () => this.refresh());
    document.addEventListener("formset:removed", () => setTimeout(() => this.refresh()));
    this.group.closest("form").addEventListener("draft-restored", () => this.sort());
    this.sort();
  }

  get rows() {
    return [...this.group.querySelectorAll(".inline-related:not(.empty-form)")];
  }

  sort() {
    const place = (row) => Number(this.position(row).value || Infinity);
    const rows = this.rows;
    const sorted = [...rows].sort((one, other) => place(one) - place(other) || rows.indexOf(one) - rows.indexOf(other));
    if (sorted.some((row, number) => row !== rows[number])) {
      const end = rows.at(-1).nextSibling;
      sorted.forEach((row) => end.parentNode.insertBefore(row, end));
    }
    this.refresh();
  }

  position(row) {
    return row.querySelector('input[name$="-position"]');
  }

  refresh() {
    this.index();
    this.rows.forEach((row, number) => {
      if (!row.querySelector(".row-moves")) this.equip(row);
      this.position(row).value = number + 1;
      row.querySelector(".row-number").textContent = number + 1;
      const [up, down] = row.querySelectorAll(".row-moves button");
      up.disabled = number === 0;
      down.disabled = number === this.rows.length - 1;
      const name = row.querySelector('input[name$="-label"]').value || number + 1;
      up.setAttribute("aria-label", this.dataset.up.replace("%s", name));
      down.setAttribute("aria-label", this.dataset.down.replace("%s", name));
    });
  }

  /* Django pairs the first rows of a formset with stored ones, so those must bear the first numbers. */
  index() {
    const isStored = (row) => Boolean(row.querySelector('input[name$="-id"]')?.value);
    const rows = [...this.rows.filter(isStored), ...this.rows.filter((row) => !isStored(row))];
    rows.forEach((row, number) => {
      for (const element of [row, ...row.querySelectorAll("[name], [id], [for], [aria-describedby], [aria-labelledby]")]) {
        for (const name of ["name", "id", "for", "aria-describedby", "aria-labelledby"]) {
          const value = element.getAttribute(name);
          const changed = value?.replace(/(citations-)\d+/g, `$1${number}`);
          if (changed && changed !== value) element.setAttribute(name, changed);
        }
      }
    });
  }

  equip(row) {
    const moves = document.createElement("span");
    moves.className = "row-moves";
    const number = document.createElement("span");
    number.className = "row-number";
    const handle = document.createElement("span");
    Object.assign(handle, { className: "row-handle", title: this.dataset.drag, textContent: "⠿" });
    handle.setAttribute("aria-hidden", "true");
    handle.addEventListener("pointerdown", (event) => this.drag(event, row, handle));
    moves.append(handle, number, this.button("↑", row, -1), this.button("↓", row, 1));
    row.querySelector("h3").prepend(moves);
  }

  button(sign, row, step) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: sign });
    button.addEventListener("click", () => {
      const other = this.rows[this.rows.indexOf(row) + step];
      if (!other) return;
      if (step < 0) other.before(row);
      else other.after(row);
      this.moved(row);
      (button.disabled ? row.querySelector(".row-moves button:not(:disabled)") : button).focus();
    });
    return button;
  }

  drag(event, row, handle) {
    event.preventDefault();
    row.classList.add("is-dragged");
    const follow = (move) => {
      const others = this.rows.filter((other) => other !== row);
      const next = others.find((other) => {
        const box = other.getBoundingClientRect();
        return move.clientY < box.top + box.height / 2;
      });
      if (next) next.before(row);
      else others.at(-1)?.after(row);
    };
    const dragging = new AbortController();
    const drop = () => {
      dragging.abort();
      row.classList.remove("is-dragged");
      this.moved(row);
    };
    // By the window: a handle that is put elsewhere with its row would lose a pointer that it had captured.
    window.addEventListener("pointermove", follow, { signal: dragging.signal });
    for (const end of ["pointerup", "pointercancel"]) {
      window.addEventListener(end, drop, { signal: dragging.signal });
    }
  }

  moved(row) {
    this.refresh();
    this.position(row).dispatchEvent(new Event("input", { bubbles: true }));
    this.status.textContent = this.dataset.moved.replace("%s", this.position(row).value);
  }
}

customElements.define("ordered-rows", OrderedRows);
