// Mending: merge, split, shift a cut, pin, undo. The state is a list of beads; rows follow it.
(() => {
  if (!app.parallel) return;
  const { $, data, text, store } = app;
  const SIDES = ["en", "zh"];
  const dock = $("dock");

  // Each segment's element, by side and index; it carries its label and its marks along.
  const segments = { en: new Map(), zh: new Map() };
  for (const element of text.querySelectorAll(".s")) {
    segments[element.dataset.i.slice(0, 2)].set(Number(element.dataset.i.slice(2)), element);
  }
  const noteAt = new Map();
  for (const note of text.querySelectorAll(".note")) {
    const at = note.dataset.at;
    noteAt.set(at, [...(noteAt.get(at) || []), note]);
  }

  /** Beads in the order of the rows: {en, zh, percent, moved, pinned, changed, row}. Never changed, only replaced. */
  const bead = ([id, en, zh, percent, moved]) => ({ en, zh, percent, moved: !!moved, pinned: false, changed: false, row: $(`r${id}`) });
  let beads = data.beads.map(bead);
  /** What was replaced, the last on top: at which index, which beads, by how many. */
  const past = [];
  let nextId = 1 + Math.max(-1, ...data.beads.map((b) => b[0]));

  const indexOf = (row) => beads.findIndex((b) => b.row === row);
  const current = () => indexOf(app.active());
  const size = (b) => b.en.length + b.zh.length;

  /** A row of its own for a bead that had none. */
  function newRow(like) {
    const row = like.cloneNode(false);
    row.id = `r${nextId}`;
    row.className = "row";
    row.tabIndex = -1;
    for (const child of like.children) row.append(child.cloneNode(child.matches(".no")));
    const number = row.querySelector(".no");
    number.href = `#r${nextId}`;
    number.firstElementChild.textContent = "";
    nextId += 1;
    return row;
  }

  /** Brings the row of a bead in line with it. */
  function draw(b) {
    const row = b.row;
    for (const side of SIDES) {
      row.querySelector(`.c[data-side="${side}"]`).replaceChildren(...b[side].map((i) => segments[side].get(i)));
    }
    const notes = SIDES.flatMap((side) => b[side].flatMap((i) => noteAt.get(side + i) || []));
    row.querySelector(".m").replaceChildren(...notes);
    const gap = !b.en.length || !b.zh.length;
    const level = b.changed ? "high" : b.percent < 70 ? "low" : b.percent < 90 ? "mid" : "high";
    const flags = { gap, moved: b.moved && !gap, pinned: b.pinned, changed: b.changed };
    row.className = ["row", level, ...Object.keys(flags).filter((f) => flags[f])].join(" ");
    row.dataset.c = b.changed ? 100 : b.percent;
    const kinds = notes.map((n) => n.dataset.kind).concat(notes.length ? ["any"] : [], gap ? ["gap"] : [], flags.moved ? ["moved"] : []);
    row.dataset.k = kinds.length ? ` ${kinds.join(" ")} ` : "";
    const number = row.querySelector(".no");
    const state = b.changed ? "mended" : `${b.percent}%`;
    number.querySelector("small").textContent = b.pinned && !b.changed ? "pinned" : state;
    number.setAttribute("aria-label", `pair, ${b.changed ? "mended" : `confidence ${b.percent}%`}${b.pinned ? ", pinned" : ""}`);
  }

  /** Puts `fresh` in the place of `count` beads from `at`, and rows with them. */
  function replace(at, count, fresh) {
    const old = beads.slice(at, at + count);
    const people = [...new Set(old.flatMap((b) => (b.row.dataset.p || "").split(" ").filter(Boolean)))];
    const last = old[old.length - 1].row;
    const [group, anchor] = [last.parentNode, last.nextSibling];
    for (const b of old) if (!fresh.some((f) => f.row === b.row)) b.row.remove();
    for (const b of fresh) {
      b.row ??= newRow(old[0].row);
      group.insertBefore(b.row, anchor);
      draw(b);
      if (b.changed) b.row.dataset.p = people.length ? ` ${people.join(" ")} ` : "";
    }
    beads.splice(at, count, ...fresh);
    return old;
  }

  function change(at, count, fresh, words, on = 0) {
    const old = replace(at, count, fresh);
    past.push({ at, old, count: fresh.length, people: old.map((b) => b.row.dataset.p) });
    finish(fresh[on].row, words);
  }

  function finish(row, words) {
    app.refresh();
    app.tell("rows");
    choose(null);
    app.activate(row, { scroll: "nearest" });
    app.say(words);
    keep();
  }

  const refuse = (words) => { app.toast(words); return false; };
  const MOVED = "This passage stands elsewhere in the other text; it cannot be mended here";

  /** Whether `b` goes on where `a` ends, on each side that both have. */
  const follows = (a, b) => SIDES.every((s) => !a[s].length || !b[s].length || a[s][a[s].length - 1] + 1 === b[s][0]);

  function mended(en, zh, row) { return { en, zh, percent: 0, moved: false, pinned: true, changed: true, row }; }

  function merge() {
    const k = current();
    if (k < 0) return;
    const [a, b] = [beads[k], beads[k + 1]];
    if (!b) return refuse("There is no next pair");
    if (a.moved || b.moved) return refuse(MOVED);
    if (!follows(a, b)) return refuse("The next pair does not go on where this one ends");
    change(k, 2, [mended([...a.en, ...b.en], [...a.zh, ...b.zh], a.row)], "merged");
  }

  // The sentence that a split is made before.
  let chosen = null;
  function choose(element) {
    chosen?.classList.remove("chosen");
    chosen = element;
    chosen?.classList.add("chosen");
  }

  const length = (side, i) => segments[side].get(i).textContent.length;

  /** How many of a side's sentences belong before the cut, if `share` of the text does; at least one on each side of it. */
  function cut(side, indices, share) {
    const lengths = indices.map((i) => length(side, i));
    const all = lengths.reduce((a, b) => a + b, 0);
    let [best, nearest, before] = [0, Infinity, 0];
    for (let n = 0; n <= indices.length; n += 1) {
      const open = indices.length > 1 && (n === 0 || n === indices.length);
      const distance = Math.abs(before / all - share);
      if (!open && distance < nearest) [best, nearest] = [n, distance];
      before += lengths[n] || 0;
    }
    return best;
  }

  function split() {
    const k = current();
    if (k < 0) return;
    const b = beads[k];
    if (b.moved) return refuse(MOVED);
    if (size(b) < 2) return refuse("One sentence cannot be split");
    let side = chosen?.dataset.i.slice(0, 2);
    let n = side ? b[side].indexOf(Number(chosen.dataset.i.slice(2))) : -1;
    if (n <= 0) {
      // Without a choice: in the middle of the side that has more sentences.
      side = b.en.length >= b.zh.length ? "en" : "zh";
      n = b[side].length > 1 ? cut(side, b[side], 0.5) : b[side].length;
    }
    const other = side === "en" ? "zh" : "en";
    const total = b[side].reduce((sum, i) => sum + length(side, i), 0);
    const share = b[side].slice(0, n).reduce((sum, i) => sum + length(side, i), 0) / total;
    // One sentence against one: each stands alone afterwards.
    const m = b[side].length === 1 ? 0 : b[other].length ? cut(other, b[other], share) : 0;
    const first = { [side]: b[side].slice(0, n), [other]: b[other].slice(0, m) };
    const second = { [side]: b[side].slice(n), [other]: b[other].slice(m) };
    change(k, 1, [mended(first.en, first.zh, b.row), mended(second.en, second.zh, null)], "split");
  }

  /** Moves the first sentence of a side to the previous pair, or its last one to the next pair. */
  function shift(side, by) {
    const k = current();
    const j = k + by;
    if (k < 0) return;
    const [b, other] = [beads[k], beads[j]];
    if (!other) return refuse(by < 0 ? "There is no previous pair" : "There is no next pair");
    if (b.moved || other.moved) return refuse(MOVED);
    if (!b[side].length) return refuse(`There is no ${side === "en" ? "English" : "Chinese"} sentence here`);
    const [first, second] = by < 0 ? [other, b] : [b, other];
    if (!follows(first, second)) return refuse("The pairs do not go on where each other ends");
    const all = [...first[side], ...second[side]];
    const n = first[side].length - by;
    const parts = [first, second].map((p, i) => {
      const lists = { en: p.en, zh: p.zh, [side]: i ? all.slice(n) : all.slice(0, n) };
      return mended(lists.en, lists.zh, p.row);
    });
    // A pair of which nothing is left goes.
    const left = parts.filter(size);
    change(Math.min(k, j), 2, left, "shifted", left.length > 1 && by < 0 ? 1 : 0);
  }

  function pin() {
    const k = current();
    if (k < 0) return;
    const b = beads[k];
    if (b.moved) return refuse(MOVED);
    const pinned = b.changed ? true : !b.pinned;
    if (b.changed) return refuse("A mended pair is pinned; undo takes the change back");
    change(k, 1, [{ ...b, pinned }], pinned ? "pinned" : "no longer pinned");
  }

  function undo() {
    const last = past.pop();
    if (!last) return refuse("Nothing to undo");
    replace(last.at, last.count, last.old);
    last.old.forEach((b, i) => { b.row.dataset.p = last.people[i]; });
    finish(last.old[0].row, "undone");
  }

  // The state outlives a reload of the page, if the browser keeps anything; an alignment that was made anew is another one.
  const KEY = (() => {
    let hash = 0;
    for (const c of JSON.stringify(data)) hash = (hash * 31 + c.codePointAt(0)) | 0;
    return `duiqi-mended:${data.en.name}:${data.zh.name}:${hash}`;
  })();

  function keep() {
    try {
      const state = beads.map((b) => [b.en, b.zh, b.percent, +b.moved, +b.pinned, +b.changed]);
      if (past.length) store?.setItem(KEY, JSON.stringify(state)); else store?.removeItem(KEY);
    } catch { /* A full store keeps nothing; the export is still there. */ }
    buttons();
  }

  function restore() {
    let state = null;
    try { state = JSON.parse(store?.getItem(KEY) || "null"); } catch { /* Not ours. */ }
    if (!Array.isArray(state)) return;
    const same = (b, [en, zh]) => b && String(b.en) === String(en) && String(b.zh) === String(zh);
    // Rows that are as they were keep their elements.
    let [head, tail] = [0, 0];
    while (head < beads.length && head < state.length && same(beads[head], state[head]) && !state[head][4]) head += 1;
    const rest = Math.min(beads.length, state.length) - head;
    while (tail < rest && same(beads[beads.length - 1 - tail], state[state.length - 1 - tail]) && !state[state.length - 1 - tail][4]) tail += 1;
    const count = beads.length - head - tail;
    if (count < 1) return;
    const old = beads.slice(head, head + count);
    const fresh = state.slice(head, state.length - tail).map(([en, zh, percent, moved, pinned, changed], i) => (
      { en, zh, percent, moved: !!moved, pinned: !!pinned, changed: !!changed, row: old[i]?.row || null }));
    const people = old.map((b) => b.row.dataset.p);
    replace(head, count, fresh);
    past.push({ at: head, old, count: fresh.length, people });
    app.refresh();
    app.tell("rows");
  }

  /** The beads that the reader has changed or pinned, as `duiqi align --pins` reads them. */
  function pins() {
    const kept = beads.filter((b) => b.pinned && !b.moved);
    const line = ({ en, zh }) => `  ${JSON.stringify({ en, zh })}`;
    const side = (s) => JSON.stringify({ name: data[s].name, segments: data[s].segments });
    const body = kept.length ? `[\n${kept.map(line).join(",\n")}\n]` : "[]";
    return { count: kept.length, json: `{"duiqi":"pins","version":1,\n"en":${side("en")},\n"zh":${side("zh")},\n"pins":${body}}\n` };
  }

  function open() {
    const { count, json } = pins();
    $("export-text").value = json;
    $("export-said").textContent = count === 1 ? "1 pair is pinned." : `${count || "No"} pairs are pinned.`;
    $("export").showModal();
  }

  app.actions.download = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([pins().json], { type: "application/json" }));
    link.download = "pins.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  app.actions.copy = async () => {
    const area = $("export-text");
    area.select();
    try { await navigator.clipboard.writeText(area.value); } catch { document.execCommand("copy"); }
    app.say("copied");
  };

  function buttons() {
    const k = dock.hidden ? -1 : current();
    const b = beads[k];
    $("dock-at").textContent = b ? `pair ${k + 1} of ${beads.length}` : "choose a pair";
    for (const button of dock.querySelectorAll("[data-mend]")) {
      const what = button.dataset.mend;
      button.disabled = what === "undo" ? !past.length : what !== "export" && !b;
      if (what === "pin") button.setAttribute("aria-pressed", String(!!b?.pinned));
    }
  }

  app.mending = () => !dock.hidden;
  app.actions.mend = () => {
    dock.hidden = !dock.hidden;
    document.body.classList.toggle("mending", !dock.hidden);
    document.querySelector('.tools [data-do="mend"]').setAttribute("aria-pressed", String(!dock.hidden));
    if (!dock.hidden && !app.active()) app.activate(app.inView() || null);
    if (dock.hidden) choose(null);
    buttons();
  };

  const operations = {
    merge, split, pin, undo, export: open,
    "en-up": () => shift("en", -1), "en-down": () => shift("en", 1),
    "zh-up": () => shift("zh", -1), "zh-down": () => shift("zh", 1),
  };
  dock.addEventListener("click", (event) => {
    const button = event.target.closest("[data-mend]");
    if (button) operations[button.dataset.mend]();
  });
  text.addEventListener("click", (event) => {
    const segment = event.target.closest(".s");
    if (app.mending() && segment) choose(segment === chosen ? null : segment);
  });
  app.chooseNext = (by) => {
    const all = [...(app.active()?.querySelectorAll(".s") || [])];
    if (all.length) choose(all[(all.indexOf(chosen) + by + all.length) % all.length]);
  };
  app.mend = (what) => operations[what]();
  app.watch((what) => { if (what === "active") buttons(); });
  app.pins = () => pins().json;
  restore();
  buttons();
})();
