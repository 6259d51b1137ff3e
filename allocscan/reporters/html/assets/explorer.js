// The explorer: the state stands in the address, everything else follows from it.
"use strict";

{
  const ORDER = ["path", "function", "action", "name", "family", "type", "size", "ran", "bytes", "blocks", "leaked_bytes"];
  let columns = [];
  const { make, number } = allocscan;
  const byId = (id) => document.getElementById(id);
  const scroller = byId("rows");
  const body = byId("body");
  const filterBox = byId("filter");
  const { signs } = allocscan;

  const PAUSE = 150;
  const SPARE = 6;
  const PRINTED = 2000;
  let state = { text: "", facets: {}, sort: "path", down: false };
  let view = { sites: new Uint32Array(0), count: () => [] };
  let active = -1;
  let writing = 0;

  // What is chosen can be gone back from; what is typed only as a whole, and it stands in the address after a pause.
  function change(next, { typed = false } = {}) {
    state = next;
    clearTimeout(writing);
    if (!typed) {
      history.pushState(null, "", allocscan.addressOf(state));
      update();
      return;
    }
    writing = setTimeout(settle, PAUSE);
    updateRows();
  }

  // What is typed is answered by the rows at once, by the facets and the address after a pause.
  function settle() {
    history.replaceState(null, "", allocscan.addressOf(state));
    allocscan.drawFacets(state, view, change);
  }

  // Drawing.

  const wordOf = (key, site) => allocscan.table.words[key][allocscan.table.columns[key][site]];

  function update() {
    drawHeads();
    updateRows();
    allocscan.drawFacets(state, view, change);
  }

  function updateRows() {
    const { shown, count } = allocscan.choose(state);
    view = { sites: allocscan.arrange(shown, state.sort, state.down), count };
    if (filterBox.value !== state.text) filterBox.value = state.text;
    byId("shown").textContent = counted();
    byId("clear").hidden = allocscan.addressOf({ ...state, text: "", sort: "path", down: false }) === "#";
    byId("sites").setAttribute("aria-rowcount", view.sites.length + 1);
    active = -1;
    scroller.scrollTop = 0;
    drawRows(true);
  }

  function counted() {
    const { total } = allocscan.table;
    return view.sites.length === total ? `${number(total)} sites` : `${number(view.sites.length)} of ${number(total)} sites`;
  }

  // On paper nothing can be scrolled.
  function drawForPrint() {
    const printed = Math.min(view.sites.length, PRINTED);
    if (printed < view.sites.length) byId("shown").textContent = `the first ${number(printed)} of ${counted()}`;
    drawRange(0, printed, 0);
  }

  function drawForScreen() {
    byId("shown").textContent = counted();
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
    drawRange(first, last, height);
  }

  function drawRange(first, last, height) {
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
    if (key === "action") return [make("span", { className: `action ${word}` }, make("span", { "aria-hidden": "true", text: signs[word] }), ` ${word}`)];
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
  addEventListener("beforeprint", drawForPrint);
  addEventListener("afterprint", drawForScreen);
  addEventListener("hashchange", follow);

  // A name without a value is a part of the page.
  function follow() {
    if (location.hash && !location.hash.includes("=")) return;
    state = allocscan.readAddress();
    update();
    byId("explorer")?.scrollIntoView();
  }

  // The data stands behind this script, so it is there once the page is read.
  document.addEventListener("DOMContentLoaded", () => {
    if (matchMedia("(max-width: 60rem)").matches) byId("facets-box").open = false;
    // A column that says nothing of any site is left out.
    const spare = allocscan.table.words.ran ? ["family", "size"] : [];
    columns = ORDER.filter((key) => !spare.includes(key)).filter((key) => allocscan.table.words[key]?.some(Boolean) || key === "path");
    state = allocscan.readAddress();
    update();
  });
}
