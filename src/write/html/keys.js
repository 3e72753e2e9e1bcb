// Keys, and what is open when the page loads.
(() => {
  const { $, actions } = app;

  const keys = {
    j: () => app.step(1),
    k: () => app.step(-1),
    n: actions["next-finding"],
    p: actions["previous-finding"],
    N: actions["previous-finding"],
    "/": () => app.focusSearch(),
    f: actions.filter,
    m: actions.map,
    t: actions.theme,
    "?": actions.help,
    Home: () => app.end(false),
    End: () => app.end(true),
    l: () => app.linked?.(),
    e: () => actions.mend?.(),
    Escape: () => {
      if (!$("filter").hidden) actions.filter();
      else if (app.mending?.()) actions.mend();
      else app.activate(null);
    },
  };
  const mending = {
    a: "merge", s: "split", x: "pin", u: "undo", o: "export",
    "[": "en-up", "]": "en-down", "{": "zh-up", "}": "zh-down",
  };

  addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest("input:not([type=checkbox]), select, textarea, dialog");
    if (event.key === "Escape" && event.target instanceof Element && event.target.closest("#filter")) return keys.Escape();
    if (typing || event.altKey || event.isComposing) return;
    const wants = (f) => { event.preventDefault(); f(); };
    if (event.ctrlKey || event.metaKey) {
      if (event.key === "z" && app.mending?.()) wants(() => app.mend("undo"));
      return;
    }
    if (app.mending?.()) {
      if (mending[event.key]) return wants(() => app.mend(mending[event.key]));
      if (event.key === "ArrowRight") return wants(() => app.chooseNext(1));
      if (event.key === "ArrowLeft") return wants(() => app.chooseNext(-1));
    }
    if (keys[event.key]) wants(keys[event.key]);
  });

  app.applyFilter();
  const target = location.hash.length > 1 && $(decodeURIComponent(location.hash.slice(1)));
  if (target && target.matches(app.BLOCK)) app.activate(target, { scroll: "center" });
})();
