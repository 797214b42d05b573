// A week in quarters of an hour that is filled by dragging, by two taps, or by keys. It knows no time and no activity of its
// own: all comes in `data`, and what is filled goes back as a list of stretches. Each has a number; `data.seen` is the last one
// that was kept, so none is lost or counted twice while the page is still at work on the one before.

const KEYS_APART = 1000; // milliseconds between two letters of one word
const weeks = new WeakMap();

const make = (tag, more = {}, ...inside) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(more)) {
    if (value !== null) made.setAttribute(name, value);
  }
  made.append(...inside);
  return made;
};

class Week {
  constructor(root) {
    this.root = root;
    this.brush = "";
    this.waiting = []; // stretches that are not known to be kept yet
    this.start = this.end = null; // the corners that are chosen: { day, slot }
    this.word = { text: "", at: 0 };
    this.tapped = false; // a first tap waits for its second
    this.pulling = false;
  }

  take(component) {
    const { data } = component;
    this.place = data.scope && `ot-staffing draft ${data.scope} drawn ${data.name}`;
    this.send = () => {
      this.remember();
      component.setStateValue("stretches", this.waiting);
    };
    const again = this.session !== data.session && this.unsent(data);
    if (!again) this.waiting = this.waiting.filter((each) => each.number > data.seen);
    this.session = data.session;
    this.remember();
    const shape = JSON.stringify([data.days, data.slots, data.activities]);
    if (shape !== this.shape) {
      this.data = data;
      this.build();
      this.shape = shape;
    }
    this.data = data;
    this.cells = data.cells.map((day) => [...day]);
    for (const each of this.waiting) this.paint(each);
    this.draw();
    if (again) this.send();
  }

  remember() {
    if (!this.place) return;
    try {
      if (this.waiting.length) sessionStorage.setItem(this.place, JSON.stringify(this.waiting));
      else sessionStorage.removeItem(this.place);
    } catch { /* no room left: they wait in the page */ }
  }

  // A session that has not heard of them counts from its own start: they get the next numbers. Whether there are any.
  unsent({ seen, session }) {
    let kept = this.waiting;
    try {
      kept = kept.length || !this.place ? kept : JSON.parse(sessionStorage.getItem(this.place)) ?? [];
    } catch {
      kept = [];
    }
    this.waiting = kept.map((each, at) => ({ ...each, number: seen + 1 + at, session }));
    return this.waiting.length > 0;
  }

  build() {
    const { days, slots, activities, label } = this.data;
    const choices = [...activities, { label: "", kind: "none" }];
    this.buttons = choices.map(({ label: name, kind }) => {
      const button = make("button", { type: "button", class: `kind-${kind}`, "aria-pressed": "false" }, name || "Empty");
      button.addEventListener("click", () => this.choose(name));
      return button;
    });
    this.list = make("select", { "aria-label": "Activity to fill in" },
      ...choices.map(({ label: name }) => make("option", { value: name }, name || "Empty")));
    this.list.addEventListener("change", () => this.choose(this.list.value));
    this.said = make("p", { role: "status" });
    const head = make("tr", {}, make("th", { scope: "col" }, "From"), ...days.map((day) => make("th", { scope: "col" }, day)));
    this.marks = days.map(() => []);
    const rows = slots.map((time, slot) => make("tr", { class: time.includes(":00") ? "hour" : null },
      make("th", { scope: "row" }, time),
      ...days.map((_, day) => {
        const mark = make("td", { role: "gridcell", tabindex: "-1", "data-day": day, "data-slot": slot });
        this.marks[day].push(mark);
        return mark;
      })));
    const table = make("table", { role: "grid", "aria-label": label, "aria-multiselectable": "true" },
      make("thead", {}, head), make("tbody", {}, ...rows));
    this.frame = make("div", { class: "frame" }, table);
    this.root.replaceChildren(make("div", { class: "kinds", role: "group", "aria-label": "Activity to fill in" }, ...this.buttons),
      this.list, this.said, this.frame);
    this.listen(table);
    this.choose(this.brush || activities[0].label);
    this.focused = { day: 0, slot: Math.max(0, slots.indexOf("8:00 AM")) };
    const eight = this.marks[0][Math.max(0, this.focused.slot - 1)];
    // A cell is placed by itself, so its offset counts from beyond the frame: the row's counts within the table.
    const begun = new ResizeObserver(() => { this.frame.scrollTop = eight.parentElement.offsetTop - head.offsetHeight; });
    begun.observe(table); // the style comes after the table, and moves its rows
    for (const kind of ["pointerdown", "wheel", "keydown"]) this.frame.addEventListener(kind, () => begun.disconnect(), { once: true, passive: true });
    this.tell();
  }

  listen(table) {
    const at = (event) => {
      const mark = event.target.closest?.("td");
      return mark && { day: Number(mark.dataset.day), slot: Number(mark.dataset.slot) };
    };
    table.addEventListener("pointerdown", (event) => {
      const place = at(event);
      this.byTouch = event.pointerType === "touch";
      if (!place || this.byTouch || event.button) return;
      event.preventDefault();
      this.pulling = true;
      if (!(event.shiftKey && this.start)) this.start = place;
      this.reach(place);
    });
    table.addEventListener("pointermove", (event) => {
      if (!this.pulling) return;
      const place = at(event);
      if (place) this.reach(place);
    });
    this.released = () => {
      if (!this.pulling) return;
      this.pulling = false;
      this.fill(this.brush);
    };
    table.addEventListener("click", (event) => { // two taps: where it starts, and where it ends
      const place = at(event);
      if (!place || !this.byTouch) return;
      if (!this.tapped) this.start = place;
      this.reach(place);
      this.tapped = !this.tapped;
      if (this.tapped) this.tell(`${this.name(place)}: now tap where it ends. The same quarter again is 15 minutes.`);
      else this.fill(this.brush);
    });
    table.addEventListener("focusin", (event) => {
      const place = at(event);
      if (place && !this.tapped && !(place.day === this.focused.day && place.slot === this.focused.slot)) this.start = this.end = this.focused = place;
    });
    table.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0], PageUp: [0, -4], PageDown: [0, 4] };
    const step = steps[event.key];
    if (step) {
      const place = this.within(this.focused.day + step[0], this.focused.slot + step[1]);
      if (event.shiftKey) this.start ??= this.focused;
      else this.start = place;
      this.reach(place);
    } else if (event.key === "Enter" || event.key === " ") this.fill(this.brush);
    else if (event.key === "Delete" || event.key === "Backspace") this.fill("");
    else if (event.key.length === 1) this.letter(event.key.toLowerCase());
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  letter(letter) {
    const now = performance.now();
    const names = this.data.activities.map((each) => each.label);
    const text = now - this.word.at < KEYS_APART ? this.word.text + letter : letter;
    let found = names.find((name) => name.toLowerCase().startsWith(text));
    if (!found) { // the same letter again: the next activity that begins with it
      const from = names.indexOf(this.brush) + 1;
      found = [...names.slice(from), ...names.slice(0, from)].find((name) => name.toLowerCase().startsWith(letter));
    }
    this.word = { text: found?.toLowerCase().startsWith(text) ? text : letter, at: now };
    if (found) this.choose(found);
    this.tell(found ? `${found}. Enter fills it in.` : `No activity begins with ${text}.`);
  }

  choose(name) {
    this.brush = name;
    for (const button of this.buttons) button.setAttribute("aria-pressed", String((button.textContent === "Empty" ? "" : button.textContent) === name));
    this.list.value = name;
    this.tell();
  }

  within(day, slot) {
    const hold = (value, last) => Math.min(Math.max(value, 0), last);
    return { day: hold(day, this.data.days.length - 1), slot: hold(slot, this.data.slots.length - 1) };
  }

  reach(place) {
    this.end = this.focused = place;
    if (!this.start) this.start = place;
    this.draw();
    const mark = this.marks[place.day][place.slot];
    mark.focus({ preventScroll: true });
    const row = mark.parentElement.offsetTop, top = row - this.frame.querySelector("thead").offsetHeight, bottom = row + mark.offsetHeight;
    if (top < this.frame.scrollTop) this.frame.scrollTop = top;
    else if (bottom > this.frame.scrollTop + this.frame.clientHeight) this.frame.scrollTop = bottom - this.frame.clientHeight;
  }

  chosen() {
    const start = this.start ?? this.focused, end = this.end ?? start;
    const order = (one, other) => [Math.min(one, other), Math.max(one, other)];
    return { days: order(start.day, end.day), slots: order(start.slot, end.slot) };
  }

  fill(what) {
    const { days, slots } = this.chosen();
    const number = this.data.seen + this.waiting.length + 1;
    const made = { number, days, slots, what };
    this.waiting = [...this.waiting, made];
    this.paint(made);
    const quarters = (days[1] - days[0] + 1) * (slots[1] - slots[0] + 1);
    this.start = this.end = this.focused = this.within(days[0], slots[1] + 1); // the next one starts where this one ends
    this.tapped = false;
    const moves = this.root.getRootNode().activeElement?.tagName === "TD";
    this.draw();
    if (moves) this.reach(this.focused);
    this.tell(`${quarters * 15} minutes ${what ? `of ${what}` : "emptied"}. Next: ${this.name(this.focused)}.`);
    this.send();
  }

  paint({ days, slots, what }) {
    for (let day = days[0]; day <= days[1]; day += 1) this.cells[day].fill(what || null, slots[0], slots[1] + 1);
  }

  draw() {
    const kinds = Object.fromEntries(this.data.activities.map((each) => [each.label, each.kind]));
    const { days, slots } = this.chosen();
    const choosing = Boolean(this.start);
    this.marks.forEach((marks, day) => marks.forEach((mark, slot) => {
      const what = this.cells[day][slot];
      const first = what && (slot === 0 || this.cells[day][slot - 1] !== what);
      const within = choosing && day >= days[0] && day <= days[1] && slot >= slots[0] && slot <= slots[1];
      mark.className = `${what ? `full kind-${kinds[what] ?? "rest"}` : ""} ${first ? "first" : ""}`.trim();
      mark.textContent = first ? what : "";
      mark.setAttribute("aria-label", `${this.name({ day, slot })}: ${what ?? "empty"}`);
      mark.setAttribute("aria-selected", String(within));
      mark.tabIndex = day === this.focused.day && slot === this.focused.slot ? 0 : -1;
    }));
  }

  name({ day, slot }) {
    return `${this.data.days[day]}, ${this.data.slots[slot]}`;
  }

  tell(words) {
    this.said.textContent = words
      ?? `${this.brush || "Empty"}: drag over the quarters, or tap where it starts and where it ends. With the keyboard: arrows, `
      + "Shift for a stretch, first letters of an activity, Enter.";
  }
}

export default function ({ parentElement, ...component }) {
  const root = parentElement.querySelector(".week-grid");
  if (!weeks.has(root)) weeks.set(root, new Week(root));
  const week = weeks.get(root);
  week.take(component);
  window.addEventListener("pointerup", week.released);
  return () => window.removeEventListener("pointerup", week.released);
}
