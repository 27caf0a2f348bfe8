/* Adds the editor's own time to a moment of the newsroom's zone (`data-zone`), where the two differ. Around <time>
   it reads the moment from there; around an input it follows what is typed. */

const SHOWN = { dateStyle: "medium", timeStyle: "short" };

class LocalTime extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.words = document.createElement("span");
    this.words.className = "local-time";
    this.append(" ", this.words);
    if (this.input) this.input.addEventListener("input", () => this.show());
    this.show();
  }

  show() {
    const moment = this.input ? this.typed() : new Date(this.querySelector("time").dateTime);
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const language = document.documentElement.lang;
    const shown = (timeZone) => new Intl.DateTimeFormat(language, { ...SHOWN, timeZone }).format(moment);
    const isValid = moment && !Number.isNaN(moment.getTime());
    const differs = isValid && shown(own) !== shown(this.dataset.zone);
    this.words.textContent = differs ? `= ${shown(own)} ${own}` : "";
    if (this.input && isValid && this.dataset.zone !== "UTC") this.tellOffset(moment);
  }

  /* Clocks change: the zone's offset is that of the typed moment. */
  tellOffset(moment) {
    const minutes = Math.round(this.offset(moment.getTime()) / 60_000);
    const parts = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
    const clock = parts.map((part) => String(part).padStart(2, "0")).join(":");
    this.querySelector(".zone").textContent = `${this.dataset.zone}, UTC${minutes < 0 ? "-" : "+"}${clock}`;
  }

  /* The moment at which a clock in the zone shows what was typed: a guess in UTC, put right by the zone's offset. */
  typed() {
    const guess = Date.parse(`${this.input.value}Z`);
    if (Number.isNaN(guess)) return null;
    const first = guess - this.offset(guess);
    return new Date(guess - this.offset(first));
  }

  offset(instant) {
    const fields = ["year", "month", "day", "hour", "minute", "second"].map((name) => [name, "numeric"]);
    const options = { ...Object.fromEntries(fields), hourCycle: "h23", timeZone: this.dataset.zone };
    const parts = new Intl.DateTimeFormat("en", options).formatToParts(instant);
    const at = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
    return Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute, at.second) - Math.floor(instant / 1000) * 1000;
  }
}

customElements.define("local-time", LocalTime);
