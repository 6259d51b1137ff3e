// The explorer: the state stands in the address, everything else follows from it.
"use strict";

{
  const ORDER = ["path", "function", "action", "name", "family", "type", "size", "ran", "bytes", "blocks", "leaked_bytes"];
  let columns = [];
  const VALUES = 8;
  const FOLDERS = 12;
  const byId = (id) => document.getElementById(id);
  const scroller = byId("rows");
  const body = byId("body");
  const filterBox = byId("filter");
  const symbols = { allocate: "+", reallocate: "±", deallocate: "−", transfer: "⇄" };

  const ANY = "any";
  const PAUSE = 150;
  const SPARE = 6;
  let state = { text: "", facets: {}, sort: "path", down: false };
  let view = { sites: new Uint32Array(0), count: () => [] };
  let unfolded = new Set();
  let active = -1;
  let writing = 0;

  // The address.

  function readAddress() {
    const next = { text: "", facets: {}, sort: "path", down: false };
    for (const [key, value] of new URLSearchParams(location.hash.slice(1).replaceAll("+", "%2B"))) {
      if (key === "q") next.text = value;
      else if (key === "sort") [next.sort, next.down] = [value.replace(/^-/, ""), value.startsWith("-")];
      else if (Object.hasOwn(allocscan.table.words, key)) (next.facets[key] ??= []).push(value);
    }
    next.facets = { ...allocscan.table.unless, ...next.facets };
    for (const key of Object.keys(allocscan.table.unless)) if (next.facets[key].includes(ANY)) delete next.facets[key];
    if (!Object.hasOwn(allocscan.table.columns, next.sort)) next.sort = "path";
    return next;
  }

  function addressOf({ text, facets, sort, down }) {
    const parts = text ? [["q", text]] : [];
    const { unless } = allocscan.table;
    for (const [key, values] of Object.entries(facets)) {
      if (String(values) !== String(unless[key])) for (const value of values) parts.push([key, value]);
    }
    for (const key of Object.keys(unless)) if (!facets[key]) parts.push([key, ANY]);
    if (sort !== "path" || down) parts.push(["sort", (down ? "-" : "") + sort]);
    return "#" + parts.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&");
  }

  // What is chosen can be gone back from; what is typed only as a whole, and it stands in the address after a pause.
  function change(next, { typed = false } = {}) {
    state = next;
    clearTimeout(writing);
    if (!typed) {
      history.pushState(null, "", addressOf(state));
      update();
      return;
    }
    writing = setTimeout(settle, PAUSE);
    updateRows();
  }

  // What is typed is answered by the rows at once, by the facets and the address after a pause.
  function settle() {
    history.replaceState(null, "", addressOf(state));
    drawFacets();
  }

  // Drawing.

  function make(name, { text, ...rest } = {}, ...children) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    for (const [key, value] of Object.entries(rest)) {
      if (key in made) made[key] = value;
      else made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }

  const number = (value) => value.toLocaleString("en");
  const wordOf = (key, site) => allocscan.table.words[key][allocscan.table.columns[key][site]];

  function update() {
    drawHeads();
    updateRows();
    drawFacets();
  }

  function updateRows() {
    const { shown, count } = allocscan.choose(state);
    view = { sites: allocscan.arrange(shown, state.sort, state.down), count };
    if (filterBox.value !== state.text) filterBox.value = state.text;
    byId("shown").textContent = view.sites.length === allocscan.table.total
      ? `${number(view.sites.length)} sites` : `${number(view.sites.length)} of ${number(allocscan.table.total)} sites`;
    byId("clear").hidden = addressOf({ ...state, text: "", sort: "path", down: false }) === "#";
    byId("sites").setAttribute("aria-rowcount", view.sites.length + 1);
    active = -1;
    scroller.scrollTop = 0;
    drawRows(true);
  }

  function drawHeads() {
    byId("heads").replaceChildren(...columns.map((key) => {
      const title = allocscan.table.heads.find((head) => head.key === key).title;
      const sorted = state.sort === key ? (state.down ? "descending" : "ascending") : "none";
      const button = make("button", { type: "button", text: title });
      button.addEventListener("click", () => change({ ...state, sort: key, down: state.sort === key && !state.down }));
      return make("th", { scope: "col", "aria-sort": sorted, className: `of-${key}` }, button);
    }));
  }

  let drawn = "";

  function rowHeight() {
    return parseFloat(getComputedStyle(scroller).getPropertyValue("--row")) || 28;
  }

  // Only what can be seen is drawn; two empty rows stand for what is above and below.
  function drawRows(anew = false) {
    const height = rowHeight();
    const first = Math.max(0, Math.floor(scroller.scrollTop / height) - SPARE);
    const last = Math.min(view.sites.length, first + Math.ceil(scroller.clientHeight / height) + 2 * SPARE);
    if (!anew && drawn === `${first} ${last}`) return;
    drawn = `${first} ${last}`;
    const rows = [];
    for (let place = first; place < last; place++) rows.push(drawRow(place));
    if (!view.sites.length) rows.push(make("tr", {}, make("td", { className: "empty", colSpan: columns.length, text: "No site is like that." })));
    body.replaceChildren(blank(first * height), ...rows, blank((view.sites.length - last) * height));
  }

  function blank(height) {
    const row = make("tr", { className: "blank", "aria-hidden": "true" }, make("td"));
    row.style.height = `${height}px`;
    return row;
  }

  function drawRow(place) {
    const site = view.sites[place];
    const cells = columns.map((key) => make("td", { className: `of-${key}` }, ...cellOf(key, site)));
    return make("tr", { "aria-rowindex": place + 2, className: place === active ? "active" : "" }, ...cells);
  }

  function cellOf(key, site) {
    const word = wordOf(key, site);
    if (key === "path") return [placeOf(site, word)];
    if (key === "action") return [make("span", { className: `action ${word}` }, make("span", { "aria-hidden": "true", text: symbols[word] }), ` ${word}`)];
    return [make("span", { text: word, title: word })];
  }

  // A long file has its lines on several pages.
  function pageOf(file, line) {
    const { pages, split } = allocscan.table;
    const part = split[file] ? Math.floor((line - 1) / split[file]) : 0;
    return part ? pages[file].replace(".html#", `-${part + 1}.html#`) : pages[file];
  }

  function placeOf(site, path) {
    const file = allocscan.table.columns.path[site];
    const line = allocscan.table.columns.line[site];
    const page = pageOf(file, line);
    const said = { text: `${path}:${line}`, title: `${path}:${line}` };
    if (!page) return make("span", said);
    const outside = page.startsWith("https://");
    return make("a", { ...said, href: page.replace(/1$/, line), ...(outside ? { rel: "noreferrer" } : {}) });
  }

  // Facets.

  // What is folded away is filled when it is unfolded.
  function drawFacets() {
    const open = new Set([...document.querySelectorAll("#facets details[open]")].map((box) => box.dataset.key));
    const first = !document.querySelector("#facets details");
    const boxes = allocscan.table.heads.filter((head) => head.facet && isUseful(head)).map((head, place) => {
      const chosen = state.facets[head.key]?.length;
      const box = make("details", { open: open.has(head.key) || (first && (chosen || place < 3)) });
      box.dataset.key = head.key;
      box.append(make("summary", { text: head.title }, ...(chosen ? [make("span", { className: "chosen", text: ` ${chosen}` })] : [])));
      box.addEventListener("toggle", () => fill(box));
      if (box.open) fill(box);
      return box;
    });
    const focused = document.activeElement?.dataset?.facet;
    byId("facets").replaceChildren(...boxes);
    if (focused) document.querySelector(`[data-facet="${CSS.escape(focused)}"]`)?.focus();
  }

  function fill(box) {
    const { key } = box.dataset;
    if (box.open && box.children.length === 1) box.append(key === "directory" ? directories() : values(key));
  }

  // A facet of which all sites say the same tells nothing.
  function isUseful({ key }) {
    return allocscan.table.words[key].length > 1 || state.facets[key];
  }

  function values(key) {
    const words = allocscan.table.words[key];
    const counts = view.count(key);
    const chosen = new Set(state.facets[key] ?? []);
    const ranked = [...words.keys()].filter((word) => counts[word] || chosen.has(words[word]))
      .sort((one, other) => counts[other] - counts[one] || one - other);
    const most = unfolded.has(key) ? 200 : VALUES;
    const items = ranked.filter((word, place) => place < most || chosen.has(words[word]))
      .map((word) => item(key, words[word], words[word] || "none said", counts[word], chosen.has(words[word])));
    if (ranked.length > VALUES) items.push(make("li", {}, more(key, ranked.length)));
    return make("ul", {}, ...items);
  }

  function more(key, total) {
    const button = make("button", { type: "button", className: "more", text: unfolded.has(key) ? "fewer" : `${number(total - VALUES)} more` });
    button.dataset.facet = `${key} more`;
    button.addEventListener("click", () => {
      if (!unfolded.delete(key)) unfolded.add(key);
      drawFacets();
    });
    return button;
  }

  function item(key, value, text, count, checked) {
    const box = make("input", { type: "checkbox", checked });
    box.dataset.facet = `${key} ${value}`;
    box.addEventListener("change", () => toggle(key, value));
    return make("li", {}, make("label", { title: text }, box, make("span", { className: "word", text }), make("span", { className: "number", text: number(count) })));
  }

  function toggle(key, value) {
    const held = state.facets[key] ?? [];
    setFacet(key, held.includes(value) ? held.filter((each) => each !== value) : [...held, value]);
  }

  function setFacet(key, chosen) {
    const { [key]: _, ...others } = state.facets;
    change({ ...state, facets: chosen.length ? { ...others, [key]: chosen } : others });
  }

  // Directories are walked down: those right below the one that is chosen are offered.
  function directories() {
    const here = state.facets.directory?.[0] ?? "";
    const below = here ? `${here}/` : "";
    const totals = new Map();
    const counts = view.count("directory");
    allocscan.table.words.directory.forEach((word, place) => {
      const count = counts[place];
      if (!count || !word.startsWith(below) || word === here) return;
      const name = word.slice(below.length).split("/", 1)[0];
      totals.set(name, (totals.get(name) ?? 0) + count);
    });
    const ranked = [...totals].sort((one, other) => other[1] - one[1]);
    const shown = ranked.slice(0, unfolded.has("directory") ? 200 : FOLDERS);
    const items = shown.map(([name, count]) => folder(below + name, `${name}/`, count));
    if (here) items.unshift(folder(here.split("/").slice(0, -1).join("/"), "↑ up", null));
    if (ranked.length > FOLDERS) items.push(make("li", {}, more("directory", ranked.length)));
    return make("div", {}, ...(here ? [make("p", { className: "code here", text: below })] : []), make("ul", {}, ...items));
  }

  function folder(path, text, count) {
    const button = make("button", { type: "button", title: path || "everything" }, make("span", { className: "word", text }));
    button.dataset.facet = `directory ${path}`;
    if (count !== null) button.append(make("span", { className: "number", text: number(count) }));
    button.addEventListener("click", () => setFacet("directory", path ? [path] : []));
    return make("li", {}, button);
  }

  // Rows by the keyboard.

  function move(by) {
    if (!view.sites.length) return;
    active = Math.max(0, Math.min(view.sites.length - 1, active + by));
    const height = rowHeight();
    const top = active * height;
    const head = byId("heads").offsetHeight;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + height + head > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = top + height + head - scroller.clientHeight;
    drawRows(true);
    body.querySelector(".active a")?.focus({ preventScroll: true });
  }

  Object.assign(allocscan.keys, { n: () => move(1), p: () => move(-1) });
  scroller.addEventListener("scroll", () => drawRows());
  scroller.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    move(by);
  });
  filterBox.addEventListener("input", () => change({ ...state, text: filterBox.value }, { typed: true }));
  filterBox.addEventListener("keydown", (event) => { if (event.key === "ArrowDown") { event.preventDefault(); move(1); } });
  byId("clear").addEventListener("click", () => change({ ...state, facets: { ...allocscan.table.unless } }));
  addEventListener("resize", () => drawRows(true));
  addEventListener("hashchange", follow);

  // A name without a value is a part of the page.
  function follow() {
    if (location.hash && !location.hash.includes("=")) return;
    state = readAddress();
    update();
    byId("explorer")?.scrollIntoView();
  }

  // The data stands behind this script, so it is there once the page is read.
  document.addEventListener("DOMContentLoaded", () => {
    if (matchMedia("(max-width: 60rem)").matches) byId("facets-box").open = false;
    // A column that says nothing of any site is left out.
    const spare = allocscan.table.words.ran ? ["family", "size"] : [];
    columns = ORDER.filter((key) => !spare.includes(key)).filter((key) => allocscan.table.words[key]?.some(Boolean) || key === "path");
    state = readAddress();
    update();
  });
}
