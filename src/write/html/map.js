// The map: where the window is, and jumps; in an article also the lines between linked passages.
(() => {
  const { $, data, parallel, text } = app;
  const map = $("map");
  const svg = map.querySelector("svg");
  const size = Number(svg.dataset.size);
  const here = $("here");
  const [left, right] = data.first === "en" ? ["en", "zh"] : ["zh", "en"];
  const button = document.querySelector('.tools [data-do="map"]');
  // On a narrower window, and in an article, it would cover text until it is asked for.
  const WIDE = "(min-width: 88rem)";

  function show(on) {
    map.hidden = !on;
    button.setAttribute("aria-pressed", String(on));
    if (on) follow();
  }
  app.actions.map = () => show(map.hidden);

  /** The segments that a block shows: first and last of each side, for those that it has. */
  function span(block, side) {
    const all = block.querySelectorAll(`.s[data-i^="${side}"]`);
    if (!all.length) return null;
    const index = (s) => Number(s.dataset.i.slice(2));
    return [index(all[0]), index(all[all.length - 1]) + 1];
  }

  function passagesInView(side) {
    const pane = text.querySelector(`.column[data-side="${side}"]`);
    const { top, bottom } = pane.getBoundingClientRect();
    return app.between([...pane.children].filter((b) => !b.hidden), Math.max(0, top), Math.min(innerHeight, bottom));
  }

  function follow() {
    if (map.hidden) return;
    const rows = parallel ? app.rowsInView() : [];
    const extent = [left, right].map((side) => {
      const spans = (parallel ? rows : passagesInView(side)).map((b) => span(b, side)).filter(Boolean);
      if (!spans.length) return null;
      const scale = size / Math.max(1, data[side].segments);
      return [Math.min(...spans.map((s) => s[0])) * scale, Math.max(...spans.map((s) => s[1])) * scale];
    });
    const [x, y] = extent.map((e) => e || [0, 0]);
    // Never too small to be seen.
    const LEAST = 14;
    const set = (name, value) => here.setAttribute(name, value.toFixed(1));
    set("x", x[0] - LEAST / 2);
    set("y", y[0] - LEAST / 2);
    set("width", x[1] - x[0] + LEAST);
    set("height", y[1] - y[0] + LEAST);
  }

  /** The block whose middle is nearest to a point of the map; where only one side has something, that side counts. */
  function nearest(x, y) {
    let [best, least] = [null, Infinity];
    const [across, down] = [left, right].map((s) => size / Math.max(1, data[s].segments));
    for (const block of app.visible()) {
      const a = span(block, left);
      const b = span(block, right);
      const dx = a ? ((a[0] + a[1]) / 2) * across - x : 0;
      const dy = b ? ((b[0] + b[1]) / 2) * down - y : 0;
      const distance = a && b ? Math.hypot(dx, dy) : Math.abs(dx + dy) * Math.SQRT2;
      if (distance < least) [best, least] = [block, distance];
    }
    return best;
  }

  svg.addEventListener("click", (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    if (parallel) return app.activate(nearest(point.x, point.y), { scroll: "center" });
    // Each column to its own place.
    for (const [side, at] of [[left, point.x], [right, point.y]]) {
      const scale = data[side].segments / size;
      const list = [...text.querySelectorAll(`.column[data-side="${side}"] > .passage:not([hidden])`)];
      const block = list.find((b) => span(b, side)[1] > at * scale) || list[list.length - 1];
      if (block) app.reveal(block, "center");
    }
  });

  let waiting = false;
  const later = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; follow(); lines(); });
  };
  addEventListener("scroll", later, { passive: true, capture: true });
  addEventListener("resize", later);
  app.watch(later);

  // An article.
  const canvas = $("lines");
  let linked = new Map();

  function lines() {
    if (!canvas || !canvas.getClientRects().length) return;
    const box = canvas.getBoundingClientRect();
    const places = new Map();
    const place = (id) => {
      if (!places.has(id)) {
        const block = $(id);
        places.set(id, block.hidden ? null : block.getBoundingClientRect());
      }
      return places.get(id);
    };
    const on = app.active()?.id;
    const parts = [];
    for (const [from, to] of data.links) {
      const [a, b] = [place(from), place(to)];
      if (!a || !b) continue;
      const inside = (r) => r.bottom > box.top && r.top < box.bottom;
      if (!inside(a) && !inside(b)) continue;
      const y = (r) => Math.min(box.height - 2, Math.max(2, r.top + Math.min(22, r.height / 2) - box.top));
      const [x1, x2, y1, y2] = [a.right - box.left, b.left - box.left, y(a), y(b)];
      const bend = (x1 + x2) / 2;
      const chosen = on === from || on === to;
      const state = chosen ? "on" : inside(a) && inside(b) ? "" : "off";
      parts.push([chosen, `<path class="${state}" d="M${x1} ${y1}C${bend} ${y1} ${bend} ${y2} ${x2} ${y2}"/>`]);
    }
    canvas.innerHTML = parts.sort((p, q) => p[0] - q[0]).map((p) => p[1]).join("");
  }

  /** Brings the passages that are linked with the chosen one to its height. */
  function meet(block) {
    for (const old of text.querySelectorAll(".passage.partner")) old.classList.remove("partner");
    const partners = (linked.get(block?.id) || []).map($);
    for (const partner of partners) partner.classList.add("partner");
    return partners.filter((p) => !p.hidden);
  }

  /** Scrolls the other column until a passage stands as high as the chosen one. */
  function level(block, partner) {
    const pane = partner.closest(".column");
    if (getComputedStyle(pane).overflowY !== "auto") return;
    // Again in the next frames: what comes into view takes its real height only then.
    let frames = 6;
    const pull = () => {
      const off = partner.getBoundingClientRect().top - block.getBoundingClientRect().top;
      if (Math.abs(off) > 1) pane.scrollTop += off;
      if ((frames -= 1)) requestAnimationFrame(pull); else later();
    };
    pull();
  }

  if (!parallel) {
    for (const [from, to] of data.links) {
      linked.set(from, [...(linked.get(from) || []), to]);
      linked.set(to, [...(linked.get(to) || []), from]);
    }
    app.watch((what) => {
      if (what !== "active") return;
      const block = app.active();
      const partners = meet(block);
      if (block && partners.length) level(block, partners[0]);
      later();
    });
    text.addEventListener("click", (event) => {
      const link = event.target.closest(".links a");
      if (!link) return;
      event.preventDefault();
      const from = link.closest(".passage");
      const to = $(link.getAttribute("href").slice(1));
      app.activate(from);
      level(from, to);
      later();
    });
    // The sentences of the other column that stand beside one are shown with it.
    const beside = new Map();
    for (const [en, zh] of data.sentences) {
      const all = [...en.map((i) => `en${i}`), ...zh.map((i) => `zh${i}`)];
      for (const id of all) beside.set(id, new Set([...(beside.get(id) || []), ...all]));
    }
    let shown = null;
    text.addEventListener("pointerover", (event) => {
      const sentence = event.target.closest(".s[data-i]");
      if (sentence === shown) return;
      shown = sentence;
      for (const old of text.querySelectorAll(".s.beside")) old.classList.remove("beside");
      for (const id of (sentence && beside.get(sentence.dataset.i)) || []) {
        text.querySelector(`.s[data-i="${id}"]`)?.classList.add("beside");
      }
    });
    app.linked = () => {
      const first = meet(app.active())[0];
      if (first) app.activate(first, { focus: true, scroll: "nearest" });
    };
  }

  show(parallel && matchMedia(WIDE).matches);
  lines();
})();
