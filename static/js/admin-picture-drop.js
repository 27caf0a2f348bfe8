/* Takes pictures that are dropped on the page, pasted, chosen or named by their address, sends them one after
   another and tells what became of each. Without this script the form sends all together, to a page of its
   own. */

class PictureDrop extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.status = this.querySelector(".drop-status");
    this.list = this.querySelector("ul.taken");
    this.waiting = [];
    this.classList.add("is-active");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { files, address } = this.form.elements;
      this.take([...files.files, ...(address.value ? [address.value] : [])]);
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

  /* A file, or the address of one. */
  async send(file) {
    const name = file.name ?? file;
    this.status.textContent = this.dataset.uploading.replace("%s", name);
    const body = new FormData(this.form);
    body.delete("files");
    body.delete("address");
    if (file.name === undefined) body.append("address", file);
    else body.append("files", file, name);
    try {
      const answer = await fetch(`${this.form.action}?part=list`, { method: "POST", body });
      if (!answer.ok) throw new Error(answer.statusText);
      this.list.insertAdjacentHTML("beforeend", (await answer.json()).html);
    } catch {
      const item = document.createElement("li");
      item.className = "errornote";
      item.textContent = `${name}: ${this.dataset.failed}`;
      this.list.append(item);
    }
  }
}

customElements.define("picture-drop", PictureDrop);
