// Search: all matches are highlighted without a change to the page, Enter steps through them.
(() => {
  const { $ } = app;
  const input = $("q");
  // More ranges than this would be slow to paint; stepping reaches all.
  const MOST_LIT = 2000;
  const canLight = typeof Highlight === "function" && CSS.highlights;

  /** Text as it is compared: case and width do not count. Folding keeps the length or is left out for a character. */
  function fold(words) {
    let out = "";
    for (const unit of words.split("")) {
      const folded = unit.normalize("NFKC").toLowerCase();
      out += folded.length === 1 ? folded : unit;
    }
    return out;
  }

  // The folded text of each segment and speaker's label, made at the first search.
  let index = null;
  function build() {
    index = app.blocks().map((block) => ({
      block,
      parts: [...block.querySelectorAll(".s")].map((s) => ({ element: s, folded: fold(s.textContent) })),
    }));
  }

  let query = "";
  let found = [];
  let matching = new Set();
  let at = -1;

  function run() {
    query = fold(input.value.trim());
    found = [];
    matching = new Set();
    at = -1;
    if (query) {
      if (!index) build();
      for (const { block, parts } of index) {
        for (const { element, folded } of parts) {
          for (let i = folded.indexOf(query); i >= 0; i = folded.indexOf(query, i + query.length)) {
            found.push({ block, element, start: i, end: i + query.length });
            matching.add(block);
          }
        }
      }
    }
    paint();
    if ($("by-match").checked) app.applyFilter();
  }

  /** The range of a match: it may run over several text nodes. */
  function range({ element, start, end }) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const r = document.createRange();
    let seen = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = node.data.length;
      if (seen <= start && start < seen + length) r.setStart(node, start - seen);
      if (seen < end && end <= seen + length) {
        r.setEnd(node, end - seen);
        break;
      }
      seen += length;
    }
    return r;
  }

  function paint() {
    $("q-count").textContent = query ? (found.length ? `${at + 1 || "–"} / ${found.length}` : "none") : "";
    if (!canLight) return;
    CSS.highlights.delete("search");
    CSS.highlights.delete("current");
    if (found.length) CSS.highlights.set("search", new Highlight(...found.slice(0, MOST_LIT).map(range)));
    if (at >= 0) {
      const current = new Highlight(range(found[at]));
      current.priority = 1;
      CSS.highlights.set("current", current);
    }
  }

  function go(by) {
    const shown = found.filter((f) => !f.block.hidden);
    if (!shown.length) return;
    if (at < 0) {
      // The first match from where the reader is.
      const here = app.inView();
      const next = shown.find((f) => f.block === here || here?.compareDocumentPosition(f.block) & Node.DOCUMENT_POSITION_FOLLOWING);
      at = found.indexOf(next || shown[0]);
    } else {
      const place = shown.indexOf(found[at]);
      at = found.indexOf(shown[(place + by + shown.length) % shown.length]);
    }
    paint();
    app.activate(found[at].block, { scroll: "center" });
  }

  let waiting = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(run, 120);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      clearTimeout(waiting);
      if (fold(input.value.trim()) !== query) run();
      go(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      input.value = "";
      run();
      input.blur();
    }
  });

  app.matches = (block) => !query || matching.has(block);
  app.focusSearch = () => { input.focus(); input.select(); };
  app.watch((what) => {
    if (what !== "rows") return;
    index = null;
    if (query) run();
  });
})();
