// Filter by speaker, finding and confidence; step through findings, gaps and moved passages.
(() => {
  const { $, text } = app;
  const panel = $("filter");
  const [person, kind, sure, match] = ["by-person", "by-kind", "by-sure", "by-match"].map($);

  /** Whether a list such as " a b " has an entry. */
  const has = (list, entry) => (list || "").includes(` ${entry} `);

  function fits(block) {
    const { c, p, k } = block.dataset;
    return (!person?.value || has(p, person.value))
      && (!kind.value || has(k, kind.value))
      && Number(c) <= Number(sure.value)
      && (!match.checked || app.matches(block));
  }

  function apply() {
    let shown = 0;
    for (const block of app.blocks()) {
      const fit = fits(block);
      if (block.hidden === fit) block.hidden = !fit;
      shown += fit;
    }
    // A group of which rows are hidden is laid out: its height as remembered would be wrong.
    for (const group of text.querySelectorAll(".group")) {
      const left = [...group.children].filter((r) => !r.hidden).length;
      group.hidden = left === 0;
      group.classList.toggle("part", left > 0 && left < group.children.length);
    }
    const all = app.blocks().length;
    $("by-sure-v").textContent = `${sure.value}%`;
    $("filter-count").textContent = shown < all ? `${shown} of ${all}` : "";
    $("none").hidden = shown > 0 || all === 0;
    document.querySelector('[data-do="filter"]').classList.toggle("on", shown < all);
    document.body.classList.toggle("no-marks", $("no-marks").checked);
    collect();
    app.tell("filter");
  }

  panel.addEventListener("input", apply);
  panel.addEventListener("submit", (event) => event.preventDefault());
  panel.addEventListener("reset", () => setTimeout(() => { kind.value = ""; apply(); }));
  app.actions["show-all"] = () => panel.reset();
  app.actions.filter = () => {
    panel.hidden = !panel.hidden;
    document.querySelector('[data-do="filter"]').setAttribute("aria-expanded", String(!panel.hidden));
    if (!panel.hidden) panel.querySelector("select").focus();
  };
  app.applyFilter = apply;

  // What is stepped through, in order: notes; and of gaps and moved passages without a note the first of each run. In an
  // article most passages have no counterpart, so there only notes are.
  let stops = [];
  let at = -1;

  function collect() {
    const current = stops[at];
    stops = [];
    let run = "";
    for (const block of app.visible()) {
      const notes = block.querySelectorAll(".note");
      stops.push(...notes);
      const state = ["gap", "moved"].find((s) => block.classList.contains(s)) || "";
      if (app.parallel && state && state !== run && !notes.length) stops.push(block);
      run = state;
    }
    at = current ? stops.indexOf(current) : -1;
    count();
  }

  const count = () => { $("step-count").textContent = at < 0 ? String(stops.length) : `${at + 1} / ${stops.length}`; };

  function go(by) {
    if (!stops.length) return app.toast("No findings here");
    // From where the reader is, if there is no finding to start from or another row was chosen since.
    const here = app.active() || app.inView();
    const blockOf = (stop) => stop.closest(app.BLOCK);
    if (at >= 0 && blockOf(stops[at]) === here) {
      at = (at + by + stops.length) % stops.length;
    } else {
      const order = app.blocks();
      const place = new Map(order.map((b, i) => [b, i]));
      const from = place.get(here) ?? -1;
      const behind = stops.findIndex((s) => place.get(blockOf(s)) >= from);
      at = by > 0 ? Math.max(behind, 0) : ((behind < 0 ? stops.length : behind) - 1 + stops.length) % stops.length;
    }
    const stop = stops[at];
    for (const old of text.querySelectorAll(".note.now")) old.classList.remove("now");
    if (stop.matches(".note")) stop.classList.add("now");
    app.activate(blockOf(stop), { focus: true, scroll: "center" });
    count();
    app.say(stop.matches(".note") ? stop.textContent : "no counterpart");
  }

  app.actions["next-finding"] = () => go(1);
  app.actions["previous-finding"] = () => go(-1);
  app.watch((what) => { if (what === "rows") apply(); });
})();
