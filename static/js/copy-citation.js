/* <copy-citation data-copy data-copied>: adds a button that copies the <pre> within.
   Without JavaScript the text stands there to be selected, and no dead button beside it. */

class CopyCitation extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard || this.querySelector("button")) return;
    const text = this.querySelector("pre");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "cite-copy";
    button.textContent = this.dataset.copy;
    const status = document.createElement("span");
    status.className = "cite-status";
    status.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.textContent);
        status.textContent = this.dataset.copied;
      } catch {
        // The browser refused: select the text, so that the reader's own shortcut works.
        getSelection().selectAllChildren(text);
      }
    });
    this.append(button, status);
  }
}

customElements.define("copy-citation", CopyCitation);
