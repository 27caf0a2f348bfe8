/* Takes pictures that are dropped on the page, pasted or chosen, sends them one after another and tells what
   became of each. Without this script the form sends the chosen ones together, to a page of its own. */

class PictureDrop extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.status = this.querySelector(".drop-status");
    this.list = this.querySelector("ul.taken");
    this.waiting = [];
    this.classList.add("is-active");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.take(this.form.elements.files.files);
      this.form.reset();
    });
    this.form.elements.files.addEventListener("change", () => this.form.requestSubmit());
    document.addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      this.classList.add("is-over");
    });
    document.addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) this.classList.remove("is-over");
    });
    document.addEventListener("drop", (event) => {
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      this.classList.remove("is-over");
      this.take(event.dataTransfer.files);
    });
    document.addEventListener("paste", (event) => this.take(event.clipboardData?.files ?? []));
  }

  async take(files) {
    this.waiting.push(...files);
    if (this.isBusy || !this.waiting.length) return;
    this.isBusy = true;
    let done = 0;
    while (this.waiting.length) {
      await this.send(this.waiting.shift());
      done += 1;
    }
    this.isBusy = false;
    this.status.textContent = this.dataset.done.replace("%s", done);
  }

  async send(file) {
    this.status.textContent = this.dataset.uploading.replace("%s", file.name);
    const body = new FormData(this.form);
    body.delete("files");
    body.append("files", file, file.name);
    try {
      const answer = await fetch(`${this.form.action}?part=list`, { method: "POST", body });
      if (!answer.ok) throw new Error(answer.statusText);
      this.list.insertAdjacentHTML("beforeend", (await answer.json()).html);
    } catch {
      const item = document.createElement("li");
      item.className = "errornote";
      item.textContent = `${file.name}: ${this.dataset.failed}`;
      this.list.append(item);
    }
  }
}

customElements.define("picture-drop", PictureDrop);
