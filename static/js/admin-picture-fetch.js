/* Beside the address of a cover: a button that fetches the picture into the library and makes it the cover, so that it
   is shown and not only linked. Without this script the library takes addresses, and the form its pictures. */

const NEEDED = ["alt", "credit", "licence"];
const FACTS = [...NEEDED, "caption"];

class PictureFetch extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input");
    this.form = this.field.form;
    this.button = document.createElement("button");
    Object.assign(this.button, { type: "button", className: "offer", textContent: this.dataset.fetch });
    this.button.addEventListener("click", () => this.fetch());
    this.thumbnail = document.createElement("span");
    this.status = document.createElement("p");
    this.status.className = "help";
    this.status.setAttribute("role", "status");
    this.append(this.button, this.thumbnail, this.status);
    this.form.addEventListener("input", () => this.draw());
    this.draw();
  }

  draw() {
    this.button.hidden = !/^https?:\/\//i.test(this.field.value.trim()) || Boolean(this.form.elements.cover?.value);
  }

  async fetch() {
    const data = new FormData();
    data.set("address", this.field.value.trim());
    data.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    this.button.disabled = true;
    this.status.textContent = this.dataset.fetching;
    try {
      const answer = await fetch(this.dataset.address, { method: "POST", body: data });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      this.take(await answer.json());
    } catch {
      this.status.textContent = this.dataset.failed;
    }
    this.button.disabled = false;
  }

  take(found) {
    this.status.textContent = found.problem || this.dataset.here;
    if (found.problem) return;
    this.set(this.form.elements.cover, found.pk);
    this.thumbnail.innerHTML = found.thumbnail;
    for (const name of FACTS) {
      const field = this.form.elements[`cover_${name}`];
      // What other entries show it with is not changed by what one page says of it.
      if (field && found[name] && (!field.value || found.is_known)) this.set(field, found[name]);
    }
    // The button is gone; on with what is missing.
    const fields = NEEDED.map((name) => this.form.elements[`cover_${name}`]);
    (fields.find((field) => !field.value) || fields.at(-1)).focus();
  }

  set(field, value) {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

customElements.define("picture-fetch", PictureFetch);
