"use strict";
/* An explanation whose labels can be changed, and that is saved as a fixture. */

class Review extends Explanation {
  get lines() {
    const parsed = JSON.parse(this.root.querySelector("script.lines").textContent);
    Object.defineProperty(this, "lines", { value: parsed });
    return parsed;
  }

  blockOf(row) { return this.lines.rows[row][1]; }
  rowOf(block) { return this.lines.blocks[block]; }
  labelOf(item) { return item.dataset.l; }

  prepare() {
    super.prepare();
    this.dump.setAttribute("aria-multiselectable", "true");
    this.anchor = 0;
    this.selected = [];
    this.changes = [];
    this.saved = 0;
    this.find = (name) => this.root.querySelector(`.${name}`);
    this.keys = new Map();
    for (const option of this.find("relabel").options) this.keys.set(option.dataset.key, option.value);
    this.items.forEach((item) => this.compare(item));
    for (const chunk of this.dump.querySelectorAll("ul")) chunk.setAttribute("role", "presentation");
  }

  listen() {
    super.listen();
    this.find("relabel").addEventListener("change", (event) => {
      this.relabel(event.target.value);
      event.target.value = "";
    });
    this.find("single").addEventListener("change", () => this.mark());
    this.find("undo").addEventListener("click", () => this.undo());
    this.find("save").addEventListener("click", () => this.save());
    addEventListener("beforeunload", (event) => {
      if (this.changes.length !== this.saved) event.preventDefault();
    });
  }

  key(event) {
    const label = event.altKey || event.ctrlKey || event.metaKey ? undefined : this.keys.get(event.key);
    if (label) this.relabel(label);
    else if (event.key === "z") this.undo();
    else return super.key(event);
    event.preventDefault();
  }

  target(key) {
    const differs = (item) => item.dataset.p;
    if (key === "w") return this.next(this.current, 1, differs);
    if (key === "W") return this.next(this.current, -1, differs);
    return super.target(key);
  }

  go(row, event) {
    const extends_ = event?.shiftKey && event.key?.length !== 1;
    if (!extends_) this.anchor = row;
    super.go(row);
    this.mark();
  }

  enter(item) {
    super.enter(item);
    this.mark();
  }

  // What a label would be given to: the range, else all lines of the block, else the line.
  mark() {
    for (const row of this.selected) this.items[row].removeAttribute("aria-selected");
    let [first, last] = [Math.min(this.anchor, this.current), Math.max(this.anchor, this.current)];
    if (first === last && !this.find("single").checked) {
      const block = this.blockOf(first);
      while (block >= 0 && first > 0 && this.blockOf(first - 1) === block) first--;
      while (block >= 0 && last + 1 < this.items.length && this.blockOf(last + 1) === block) last++;
    }
    this.selected = [];
    for (let row = first; row <= last; row++) if (this.isShown(row)) this.selected.push(row);
    for (const row of this.selected) this.items[row].setAttribute("aria-selected", "true");
  }

  relabel(label) {
    if (!label) return;
    this.mark();
    const before = this.selected.map((row) => [row, this.labelOf(this.items[row])]);
    if (before.every(([, old]) => old === label)) return;
    this.changes.push(before);
    for (const row of this.selected) this.set(row, label);
    this.changed();
  }

  undo() {
    const last = this.changes.pop();
    if (!last) return;
    for (const [row, label] of last) this.set(row, label);
    this.go(last[0][0]);
    this.changed();
  }

  set(row, label) {
    const item = this.items[row];
    item.classList.replace(item.dataset.l, label);
    item.dataset.l = label;
    this.compare(item);
  }

  compare(item) {
    const program = this.lines.program[item.place];
    if (program === item.dataset.l) delete item.dataset.p;
    else item.dataset.p = program;
  }

  changed() {
    const counts = {};
    for (const item of this.items) counts[item.dataset.l] = (counts[item.dataset.l] ?? 0) + 1;
    for (const box of this.root.querySelectorAll(".filters input[value]")) {
      box.closest("label").querySelector("b").textContent = counts[box.value] ?? 0;
    }
    const lines = new Set(this.changes.flat().map(([row]) => row)).size;
    this.find("changed").textContent = lines ? `${lines} line${lines > 1 ? "s" : ""} changed` : "nothing changed";
    this.find("undo").disabled = !this.changes.length;
    this.show(this.items[this.current]);
  }

  words(item, told) {
    const [what, why] = super.words(item, told);
    const program = this.lines.program[item.place];
    if (program !== item.dataset.l) what.querySelector(".tag").after(made("span", "", `the program: ${program}`));
    return [what, why];
  }

  show(item) {
    if (!item) return;
    super.show(item);
    if (this.blockOf(item.place) < 0) {
      this.inspector.replaceChildren(made("p", "why", "No block holds any of this line: the fixture calls it other."));
    }
  }

  fixture() {
    const labels = new Map(this.lines.rows.map(([line], row) => [line, this.labelOf(this.items[row])]));
    const rows = this.lines.source.map((line, i) => (labels.has(i) ? `${labels.get(i)}\t${line}` : line));
    return [...this.header(), ...rows].join("\n");
  }

  // What a person has not touched stays as it was; one line each, whatever is pasted.
  header() {
    const given = this.lines.header;
    const fields = [...this.root.querySelectorAll(".header input")].map((input) => {
      const value = input.value === input.defaultValue ? given[input.name] ?? "" : input.value;
      return [input.name, value.replace(/\s+/g, " ").trim()];
    });
    return fields.filter(([name, value]) => value || name !== "article").map(([name, value]) => `#! ${name}: ${value}`.trimEnd());
  }

  save() {
    const address = URL.createObjectURL(new Blob([this.fixture()], { type: "text/tab-separated-values" }));
    const link = made("a", "");
    link.href = address;
    link.download = this.lines.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    this.saved = this.changes.length;
  }
}

for (const root of document.querySelectorAll(".review")) new Review(root);
