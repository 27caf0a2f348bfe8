/* Of all that the sources of an entry say, one proposal for what is still empty: the text and the picture of the page
   that says most, and the day that most pages have. A button, or Ctrl+Enter, takes all of it. */

class SourcePicks extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.desk = this.closest("source-desk");
    this.list = document.createElement("dl");
    this.button = document.createElement("button");
    Object.assign(this.button, { type: "button", className: "button", textContent: this.dataset.take });
    this.button.setAttribute("aria-keyshortcuts", "Control+Enter");
    this.button.addEventListener("click", () => this.take());
    const head = document.createElement("h2");
    head.textContent = this.dataset.title;
    const acts = document.createElement("p");
    acts.append(this.button, " ", Object.assign(document.createElement("kbd"), { textContent: "Ctrl+Enter" }));
    this.replaceChildren(head, this.list, acts);
    this.hidden = true;
    for (const name of ["sources-known", "input"]) this.form.addEventListener(name, () => this.draw());
  }

  /* Pairs of what to take and the page to take it from. */
  picks() {
    const pages = this.desk.known().filter((page) => !page.problem);
    const says = { headline: "title", summary: "description", cover: "picture" };
    const score = (page) => [page.title, page.description, page.picture, page.picture_alt].filter(Boolean).length;
    const byScore = [...pages].sort((one, other) => score(other) - score(one));
    const found = Object.entries(says).map(([choice, name]) => [choice, byScore.find((page) => page[name])]);
    found.splice(2, 0, ["date", this.agreed(pages.filter((page) => page.published_on))]);
    return found.filter(([choice, page]) => page && this.desk.isEmpty(choice));
  }

  /* A page of the day that most have; the earlier one of two. */
  agreed(pages) {
    const count = (page) => pages.filter((other) => other.published_on === page.published_on).length;
    const earlier = (one, other) => (one.published_on < other.published_on ? -1 : 1);
    return [...pages].sort((one, other) => count(other) - count(one) || earlier(one, other))[0];
  }

  draw() {
    const picks = this.picks();
    if (this.contains(document.activeElement) && !picks.length) this.form.elements.headline.focus();
    this.hidden = !picks.length;
    const rows = picks.map(([choice, page]) => {
      const row = document.createElement("div");
      const name = document.createElement("dt");
      name.textContent = this.desk.dataset[choice];
      const words = document.createElement("dd");
      const text = { headline: page.title, summary: page.description, date: page.published_on, cover: page.picture_alt || page.picture };
      const from = Object.assign(document.createElement("span"), { className: "names-detail", textContent: page.label });
      words.append(text[choice], " ", from);
      row.append(name, words);
      return row;
    });
    this.list.replaceChildren(...rows);
  }

  take() {
    this.desk.takeAll(this.picks());
    this.draw();
  }
}

customElements.define("source-picks", SourcePicks);
