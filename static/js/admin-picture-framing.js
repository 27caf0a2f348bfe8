/* Sets the focal point of a picture by click, drag or arrow keys, and own crops in the same way, and shows every
   crop as it will be cut. It writes into the form's fields, which are what is typed into without this script.
   The arithmetic is that of `events/images/crops.py`. */

const STEP = 0.01;
const LARGE_STEP = 0.1;
const SMALLEST = 0.1;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const within = (value, least, most) => Math.min(Math.max(value, least), most);

/* `start` moved until `length` from there holds `point` and lies between 0 and 1. */
const hold = (start, length, point) => within(within(start, point - length, point), 0, 1 - length);

class PictureFraming extends HTMLElement {
  connectedCallback() {
    this.image = this.querySelector(".framing-whole img");
    this.across = Number(this.image.getAttribute("width"));
    this.down = Number(this.image.getAttribute("height"));
    this.x = document.getElementById("id_focal_x");
    this.y = document.getElementById("id_focal_y");
    this.closest("fieldset").classList.add("is-framed");
    this.point = this.button("framing-point");
    this.image.after(this.point);
    this.listen(this.point, (dx, dy) => this.moveTo(this.focal[0] + dx, this.focal[1] + dy));
    this.drag(this.querySelector(".framing-whole"), (share) => this.moveTo(...share));
    this.crops = [...this.querySelectorAll(".framing-crop")].map((figure) => this.equip(figure));
    this.closest("form").addEventListener("input", (event) => {
      if (!this.contains(event.target)) this.show();
    });
    this.show();
  }

  button(kind) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = kind;
    return button;
  }

  get focal() {
    return [this.x, this.y].map((field) => within(Number(field.value) || 0, 0, 1));
  }

  moveTo(x, y) {
    this.x.value = within(x, 0, 1).toFixed(4);
    this.y.value = within(y, 0, 1).toFixed(4);
    this.changed();
  }

  changed() {
    this.show();
    this.x.dispatchEvent(new Event("change", { bubbles: true }));
  }

  listen(button, move, resize = () => {}) {
    button.addEventListener("keydown", (event) => {
      const size = event.shiftKey ? LARGE_STEP : STEP;
      const arrow = ARROWS[event.key];
      if (arrow) move(arrow[0] * size, arrow[1] * size);
      else if (["+", "="].includes(event.key)) resize(LARGE_STEP / 2);
      else if (event.key === "-") resize(-LARGE_STEP / 2);
      else return;
      event.preventDefault();
    });
  }

  /* Calls `place` with the shares of the pointer inside `area`, from its press on until it is let go. */
  drag(area, place) {
    const share = (event) => {
      const box = area.getBoundingClientRect();
      return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    };
    area.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      event.preventDefault();
      area.setPointerCapture(event.pointerId);
      this.from = share(event);
      place(this.from, [0, 0]);
    });
    area.addEventListener("pointermove", (event) => {
      if (!area.hasPointerCapture(event.pointerId)) return;
      const here = share(event);
      place(here, [here[0] - this.from[0], here[1] - this.from[1]]);
      this.from = here;
    });
  }

  equip(figure) {
    const { ratio, across, down, field } = figure.dataset;
    const window = document.createElement("div");
    window.className = "framing-window";
    window.style.aspectRatio = `${across} / ${down}`;
    const image = document.createElement("img");
    image.src = this.image.src;
    image.alt = "";
    image.draggable = false;
    const frame = this.button("framing-frame");
    frame.setAttribute("aria-label", this.dataset.crop.replace("%r", ratio));
    window.append(image, frame);
    const size = document.createElement("input");
    Object.assign(size, { type: "range", min: SMALLEST * 100, max: 100, className: "framing-size" });
    size.setAttribute("aria-label", this.dataset.size.replace("%r", ratio));
    const reset = this.button("framing-reset button");
    reset.textContent = "×";
    reset.setAttribute("aria-label", this.dataset.reset.replace("%r", ratio));
    figure.prepend(window);
    figure.append(size, reset);
    const crop = { figure, image, size, reset, field: document.getElementById(field), aspect: across / down };
    this.listen(
      frame,
      (dx, dy) => this.push(crop, dx, dy),
      (more) => this.resize(crop, this.edges(crop).width + more),
    );
    this.drag(window, (_share, [dx, dy]) => {
      if (!dx && !dy) return;
      // What is pulled to the right shows more of the left.
      const edges = this.edges(crop);
      this.push(crop, -dx * edges.width, -dy * edges.height);
    });
    size.addEventListener("input", () => this.resize(crop, size.value / 100));
    reset.addEventListener("click", () => {
      crop.field.value = "";
      this.changed();
      frame.focus();
    });
    return crop;
  }

  largest(crop) {
    return Math.min(1, (this.down * crop.aspect) / this.across);
  }

  /* The crop as it will be, in shares of the picture. */
  edges(crop) {
    const [x, y] = this.focal;
    const own = crop.field.value.match(/[\d.]+/g)?.map((number) => number / 100);
    const isOwn = own?.length === 3;
    const width = isOwn ? within(own[2], SMALLEST, Math.max(SMALLEST, this.largest(crop))) : this.largest(crop);
    const height = Math.min(1, (width * this.across) / crop.aspect / this.down);
    const [left, top] = isOwn ? own : [x - width / 2, y - height / 2];
    return { isOwn, width, height, left: hold(left, width, x), top: hold(top, height, y) };
  }

  push(crop, dx, dy) {
    const { left, top, width, height } = this.edges(crop);
    this.keep(crop, within(left + dx, 0, 1 - width), within(top + dy, 0, 1 - height), width);
  }

  resize(crop, wanted) {
    const { left, top, width, height } = this.edges(crop);
    const now = within(wanted, SMALLEST, Math.max(SMALLEST, this.largest(crop)));
    const tall = (height * now) / width;
    this.keep(crop, within(left + (width - now) / 2, 0, 1 - now), within(top + (height - tall) / 2, 0, 1 - tall), now);
  }

  keep(crop, ...edges) {
    crop.field.value = edges.map((edge) => Number((edge * 100).toFixed(2))).join(" ");
    // What the focal point moved is written down as it is.
    const { left, top, width } = this.edges(crop);
    crop.field.value = [left, top, width].map((edge) => Number((edge * 100).toFixed(2))).join(" ");
    this.changed();
  }

  show() {
    const [x, y] = this.focal;
    this.point.style.insetInlineStart = `${x * 100}%`;
    this.point.style.insetBlockStart = `${y * 100}%`;
    const words = this.dataset.point.replace("%x", Math.round(x * 100)).replace("%y", Math.round(y * 100));
    this.point.setAttribute("aria-label", words);
    this.crops.forEach((crop) => this.showCrop(crop));
  }

  showCrop(crop) {
    const { isOwn, left, top, width, height } = this.edges(crop);
    Object.assign(crop.image.style, {
      inlineSize: `${100 / width}%`,
      blockSize: `${100 / height}%`,
      insetInlineStart: `${(-left / width) * 100}%`,
      insetBlockStart: `${(-top / height) * 100}%`,
    });
    crop.size.max = Math.round(this.largest(crop) * 100);
    crop.size.value = Math.round(width * 100);
    crop.reset.hidden = !isOwn;
    crop.figure.querySelector(".framing-words").textContent = isOwn
      ? this.dataset.own.replace("%s", Math.round(width * 100))
      : this.dataset.follows;
  }
}

customElements.define("picture-framing", PictureFraming);
