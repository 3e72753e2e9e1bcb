"use strict";
// The page is complete without this: scripts filter, search, step, mend and draw. No listener sits on a row; all events are
// caught at the document.
const app = (() => {
  const root = document.documentElement;
  root.classList.remove("no-js");
  const $ = (id) => document.getElementById(id);
  const data = JSON.parse($("data").textContent);
  const parallel = data.relation === "parallel";
  const text = $("text");
  /** Height of the bar that covers the text, with a little more. */
  const BAR = 60;
  const BLOCK = parallel ? ".row" : ".passage";

  // Rows change when a reader mends; the list is made anew then.
  let blocks = [...text.querySelectorAll(BLOCK)];
  let active = null;
  const changed = [];

  const visible = () => blocks.filter((b) => !b.hidden);

  /** Tells those who cannot see what has changed. */
  const say = (words) => { $("say").textContent = words; };

  let toasting = 0;
  /** Says something to everybody, for a while. */
  function toast(words) {
    const box = $("toast");
    box.textContent = words;
    box.hidden = false;
    say(words);
    clearTimeout(toasting);
    toasting = setTimeout(() => { box.hidden = true; }, 4000);
  }

  /** Brings a block into view: its upper third, or its pane's. */
  function reveal(block, where = "nearest") {
    block.scrollIntoView({ block: where });
    // What content-visibility had only guessed is laid out now, so the place is right the second time.
    if (where !== "nearest") requestAnimationFrame(() => block.scrollIntoView({ block: where }));
  }

  /** Makes a block the one that keys act on. Its marks can be reached with the Tab key, those of others cannot. */
  function activate(block, { focus = false, scroll = "" } = {}) {
    if (active && active !== block) {
      active.classList.remove("on");
      for (const mark of active.querySelectorAll("mark.a")) mark.removeAttribute("tabindex");
    }
    active = block;
    if (block) {
      block.classList.add("on");
      for (const mark of block.querySelectorAll("mark.a")) mark.tabIndex = 0;
      if (scroll) reveal(block, scroll);
      if (focus) block.focus({ preventScroll: true });
    }
    for (const f of changed) f("active");
  }

  /** The next visible block, or the previous one; of the same column in an article. */
  function step(by) {
    const column = !parallel && (active || text).closest(".column");
    const list = column ? visible().filter((b) => b.parentNode === column) : visible();
    if (!list.length) return;
    const at = active ? list.indexOf(active) : -1;
    const next = at < 0 ? firstInView(list) : list[Math.min(list.length - 1, Math.max(0, at + by))];
    activate(next, { focus: true, scroll: "nearest" });
  }

  /** The first of some elements, which stand in order, of which `past` holds; their number if it holds of none. */
  function search(list, past) {
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (past(list[middle].getBoundingClientRect())) high = middle; else low = middle + 1;
    }
    return low;
  }

  /** Those of some elements that lie between two heights of the window; the last one if all lie above. */
  function between(list, top, bottom) {
    const first = Math.min(search(list, (r) => r.bottom > top), list.length - 1);
    return list.slice(Math.max(0, first), Math.max(first + 1, search(list, (r) => r.top >= bottom)));
  }

  /** The visible rows in the window. Groups are asked first: to ask a row that is not laid out would lay it out. */
  function rowsInView() {
    const groups = between([...text.querySelectorAll(".group:not([hidden])")], BAR, innerHeight);
    return between(groups.flatMap((g) => [...g.children].filter((r) => !r.hidden)), BAR, innerHeight);
  }

  const firstInView = (list) => (parallel ? rowsInView() : between(list, BAR, innerHeight))[0];

  // Marks that belong together are lit together.
  function light(mark) {
    for (const lit of text.querySelectorAll("mark.lit")) lit.classList.remove("lit");
    if (!mark) return;
    // The number of a shared anchor is unique on the page.
    for (const other of text.querySelectorAll(`mark[data-g="${mark.dataset.g}"]`)) other.classList.add("lit");
  }
  const anchorOf = (event) => event.target instanceof Element && event.target.closest("mark[data-g]");
  let lit = null;
  for (const kind of ["pointerover", "focusin"]) {
    text.addEventListener(kind, (event) => {
      const mark = anchorOf(event) || null;
      if (mark !== lit) light((lit = mark));
    });
  }
  text.addEventListener("pointerleave", () => light((lit = null)));

  text.addEventListener("click", (event) => {
    const block = event.target.closest(BLOCK);
    if (!block || event.target.closest("a") || String(getSelection())) return;
    activate(block);
  });

  // Light and dark: what the system says, until the reader says otherwise.
  const store = (() => {
    try {
      sessionStorage.setItem("duiqi", "1");
      return sessionStorage;
    } catch { return null; }
  })();
  const setTheme = (theme) => {
    root.dataset.theme = theme;
    store?.setItem("duiqi-theme", theme);
  };
  const dark = () => getComputedStyle(root).colorScheme === "dark";
  if (store?.getItem("duiqi-theme")) root.dataset.theme = store.getItem("duiqi-theme");

  const actions = {
    theme: () => setTheme(dark() ? "light" : "dark"),
    help: () => $("help").showModal(),
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) actions[button.dataset.do]?.(button);
  });

  return {
    $, data, parallel, text, actions, store, between, rowsInView, say, toast, reveal, activate, step, visible, BLOCK,
    blocks: () => blocks,
    active: () => active,
    /** Calls `f` when rows are mended ("rows"), filtered ("filter") or chosen ("active"). */
    watch: (f) => changed.push(f),
    tell: (what) => { for (const f of changed) f(what); },
    refresh() { blocks = [...text.querySelectorAll(BLOCK)]; },
    /** Goes to the first or the last block. */
    end(last) {
      const list = visible();
      if (list.length) activate(list[last ? list.length - 1 : 0], { focus: true, scroll: "center" });
    },
    inView: () => firstInView(visible()),
  };
})();
