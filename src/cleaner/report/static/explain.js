"use strict";
/* Brings an explanation to life: the filters, the arrow keys, and why a block has its label.
   One listener of each kind for all blocks, and nothing is built before it is asked for. */

class Explanation {
  static count = 0;

  constructor(root) {
    this.root = root;
    this.dump = root.querySelector(".dump");
    this.inspector = root.querySelector(".inspector");
    this.inspector.id = `inspector-${++Explanation.count}`;
    this.items = [...this.dump.getElementsByTagName("li")];
    this.hidden = new Set();
    this.current = 0;
    this.prepare();
    this.listen();
  }

  get told() {
    const parsed = JSON.parse(this.root.querySelector("script.reasons").textContent);
    Object.defineProperty(this, "told", { value: parsed });
    return parsed;
  }

  prepare() {
    this.dump.setAttribute("role", "listbox");
    this.dump.setAttribute("aria-label", this.dump.dataset.name);
    for (const run of this.dump.getElementsByTagName("ul")) run.setAttribute("role", "group");
    this.items.forEach((item, i) => {
      item.place = i;
      item.setAttribute("role", "option");
    });
    if (this.items.length) this.items[0].tabIndex = 0;
    for (const chunk of this.dump.querySelectorAll(".chunk")) {
      // About as high as it will be: scrolling into what is not laid out yet should not jump.
      chunk.style.containIntrinsicBlockSize = `auto ${chunk.dataset.lines * 1.28}rem`;
    }
    const bar = this.root.querySelector(".filters");
    const measure = () => {
      const height = getComputedStyle(bar).position === "sticky" ? bar.offsetHeight : 0;
      this.root.style.setProperty("--top", `${height}px`);
    };
    new ResizeObserver(measure).observe(bar);
  }

  listen() {
    const itemOf = (event) => event.target.closest("li");
    this.dump.addEventListener("keydown", (event) => this.key(event));
    this.dump.addEventListener("focusin", (event) => this.enter(itemOf(event)));
    this.dump.addEventListener("mouseover", (event) => {
      // Where the page moved under a pointer that rests, the keys have the word.
      const place = `${event.screenX} ${event.screenY}`;
      if (place !== this.pointer) this.show(itemOf(event));
      this.pointer = place;
    });
    this.dump.addEventListener("mouseleave", () => this.show(this.dump.querySelector("li:focus")));
    this.dump.addEventListener("click", (event) => {
      // Who marks words to copy them goes nowhere.
      if (itemOf(event) && getSelection().isCollapsed) this.go(itemOf(event).place, event);
    });
    this.root.querySelector(".filters").addEventListener("change", () => this.filter());
    this.root.querySelector(".presets").addEventListener("click", (event) => {
      if (event.target.value) this.preset(event.target.value);
    });
    this.root.querySelector(".clean")?.addEventListener("click", (event) => {
      const source = event.target.closest("[data-b]");
      if (source && getSelection().isCollapsed) this.go(this.rowOf(Number(source.dataset.b)));
    });
  }

  // Which block a row shows, and which row shows a block: the same here, not where rows are lines.
  blockOf(row) { return row; }
  rowOf(block) { return block; }
  labelOf(item) { return item.parentElement.classList[0]; }

  filter() {
    for (const box of this.root.querySelectorAll(".filters input[value]")) {
      this.root.classList.toggle(`without-${box.value}`, !box.checked);
      if (box.checked) this.hidden.delete(box.value);
      else this.hidden.add(box.value);
    }
    if (this.items.length && !this.isShown(this.current)) {
      this.stop(this.next(this.current, 1) ?? this.next(this.current, -1) ?? this.current);
    }
  }

  preset(which) {
    for (const fieldset of this.root.querySelectorAll(".filters fieldset")) {
      const kept = fieldset.querySelector("legend").textContent === "Kept";
      for (const box of fieldset.querySelectorAll("input")) box.checked = which === "all" || kept === (which === "kept");
    }
    this.filter();
  }

  isShown(row) { return !this.hidden.has(this.labelOf(this.items[row])); }

  // The first row from here that is shown and wanted, none if there is none.
  next(from, step, wanted = () => true) {
    for (let row = from + step; row >= 0 && row < this.items.length; row += step) {
      if (this.isShown(row) && wanted(this.items[row])) return row;
    }
    return null;
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const target = this.target(event.key);
    if (target === undefined) return;
    event.preventDefault();
    if (target !== null) this.go(target, event);
  }

  // The row that a key leads to: null where there is none, undefined for other keys.
  target(key) {
    const here = this.current;
    const run = this.labelOf(this.items[here]);
    const unsure = (item) => item.classList.contains("unsure");
    switch (key) {
      case "ArrowDown": return this.next(here, 1);
      case "ArrowUp": return this.next(here, -1);
      case "ArrowRight": return this.next(here, 1, (item) => this.labelOf(item) !== run);
      case "ArrowLeft": return this.next(here, -1, (item) => this.labelOf(item) !== run);
      case "PageDown": return this.some(here, 1);
      case "PageUp": return this.some(here, -1);
      case "Home": return this.next(-1, 1);
      case "End": return this.next(this.items.length, -1);
      case "u": return this.next(here, 1, unsure);
      case "U": return this.next(here, -1, unsure);
      default: return undefined;
    }
  }

  some(from, step) {
    let row = from;
    for (let k = 0; k < 10; k++) row = this.next(row, step) ?? row;
    return row;
  }

  // The one row that the tab key reaches.
  stop(row) {
    if (row === this.current) return;
    for (const name of ["tabindex", "aria-selected", "aria-describedby"]) {
      this.items[this.current].removeAttribute(name);
    }
    this.current = row;
    this.items[row].tabIndex = 0;
  }

  go(row) {
    if (!this.items[row]) return;
    if (!this.isShown(row)) this.preset("all");
    this.stop(row);
    this.items[row].focus({ preventScroll: true });
    this.items[row].scrollIntoView({ block: "nearest" });
  }

  enter(item) {
    if (!item) return;
    this.stop(item.place);
    item.setAttribute("aria-selected", "true");
    item.setAttribute("aria-describedby", this.inspector.id);
    this.show(item);
    this.bringIntoView(this.root.querySelector(".clean .lit"));
  }

  bringIntoView(paragraph) {
    const pane = this.root.querySelector(".clean");
    if (!paragraph || pane.scrollHeight <= pane.clientHeight) return;
    const box = paragraph.getBoundingClientRect();
    const frame = pane.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > frame.bottom) pane.scrollTop += box.top - frame.top - frame.height / 3;
  }

  show(item) {
    if (!item) return;
    const block = this.blockOf(item.place);
    const told = this.told.blocks[block];
    this.root.querySelector(".clean .lit")?.classList.remove("lit");
    this.root.querySelector(`.clean [data-b="${block}"]:not(button)`)?.classList.add("lit");
    if (told) this.inspector.replaceChildren(...this.words(item, told));
  }

  words(item, [line, score, rival, ...phrases]) {
    const label = this.labelOf(item);
    const what = made("p", "what");
    const meter = made("meter", "");
    meter.value = score / 1000;
    meter.setAttribute("aria-label", "score");
    what.append(made("b", `tag ${label}`, label), made("span", "score", `score ${(score / 1000).toFixed(2)}`), meter);
    if (rival >= 0) what.append(made("span", "rival", `runner-up ${this.told.labels[rival]}`));
    if (line > 0) what.append(made("span", "line", `line ${line}`));
    const said = phrases.map((phrase) => this.told.phrases[phrase]).filter(Boolean);
    return [what, made("p", "why", said.join("; "))];
  }
}

function made(tag, classes, words = "") {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  element.textContent = words;
  return element;
}

for (const root of document.querySelectorAll(".explanation:not(.review)")) {
  const folded = root.closest("details");
  // What is folded away waits until it is opened.
  if (!folded || folded.open) new Explanation(root);
  else folded.addEventListener("toggle", () => new Explanation(root), { once: true });
}
