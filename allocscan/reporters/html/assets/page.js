// What every page has: light and dark, the keyboard, and the search.
"use strict";

{
  const root = document.documentElement.dataset.root;
  const byId = (id) => document.getElementById(id);
  const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");

  for (const part of document.querySelectorAll(".top .tools button, .filter, .steps, .buttons")) part.hidden = false;

  document.querySelector("nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

  // What other scripts use as well. Whatever is shown is text.

  allocscan.signs = { allocate: "+", reallocate: "±", deallocate: "−", transfer: "⇄" };
  allocscan.number = (value) => value.toLocaleString("en");

  // Make an element; a text in place of its attributes is its class.
  allocscan.make = (name, given = {}, ...inside) => {
    const { text, ...rest } = typeof given === "string" ? { className: given } : given;
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    for (const [key, value] of Object.entries(rest)) {
      if (key in made) made[key] = value;
      else made.setAttribute(key, value);
    }
    made.append(...inside);
    return made;
  };

  // Light and dark.

  function turnTheme() {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const now = document.documentElement.dataset.theme || (dark ? "dark" : "light");
    const next = now === "dark" ? "light" : "dark";
    allocscan.setTheme(next);
    allocscan.remember("theme", next);
  }

  byId("theme").addEventListener("click", turnTheme);

  // The keyboard. Some pages add keys of their own.

  const rooms = { o: "index", e: "explorer", d: "directories", a: "allocators", t: "types", f: "functions", i: "findings", v: "versus" };
  let going = false;

  allocscan.keys = {
    "/": () => openSearch(),
    "?": () => byId("keys").showModal(),
    d: turnTheme,
    f: () => byId("filter")?.focus(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
    const room = going && rooms[event.key];
    going = event.key === "g";
    const act = room ? () => location.assign(`${root}${room}.html`) : allocscan.keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  byId("open-keys").addEventListener("click", () => byId("keys").showModal());

  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  }

  // The search: its data is loaded when it is first opened. Each entry is [text, kind, place, page].

  const { make } = allocscan;
  const MOST_FOUND = 60;
  const input = byId("search-text");
  const found = byId("search-found");
  let entries = null;
  let chosen = -1;

  allocscan.receiveNames = (names) => {
    entries = names.map(([text, kind, place, page]) => ({ text, kind, place, page, low: text.toLowerCase() }));
    showFound();
  };

  function openSearch() {
    byId("search").showModal();
    input.select();
    if (entries || document.querySelector("script[data-names]")) return;
    const script = document.createElement("script");
    script.src = `${root}data/names.js`;
    script.dataset.names = "";
    document.head.append(script);
  }

  // What begins with the text comes first, then what has a part that does, then what contains it; shorter ones first.
  function rankOf(entry, wanted) {
    const at = entry.low.indexOf(wanted);
    if (at < 0) return -1;
    const class_ = at === 0 ? 0 : /[^a-z0-9]/.test(entry.low[at - 1]) ? 1 : 2;
    return class_ * 1000 + Math.min(entry.low.length, 999);
  }

  function search(text) {
    const wanted = text.trim().toLowerCase();
    if (!wanted) return [];
    return entries
      .map((entry) => [rankOf(entry, wanted), entry])
      .filter(([rank]) => rank >= 0)
      .sort((one, other) => one[0] - other[0]);
  }

  function showFound() {
    if (!entries) return;
    const ranked = search(input.value);
    found.replaceChildren(...ranked.slice(0, MOST_FOUND).map(([, entry], number) => {
      const link = make("a", { text: entry.text, className: "code", href: root + entry.page, tabIndex: -1 });
      return make("li", { id: `found-${number}`, role: "option" }, link, make("span", { text: `${entry.kind} ${entry.place}`, className: "quiet" }));
    }));
    input.setAttribute("aria-expanded", String(ranked.length > 0));
    byId("search-said").textContent = !input.value.trim() ? "" : ranked.length > MOST_FOUND
      ? `the first ${MOST_FOUND} of ${ranked.length.toLocaleString("en")}` : ranked.length ? "" : "nothing of that name has a page";
    choose(ranked.length ? 0 : -1);
  }

  function choose(number) {
    const items = [...found.children];
    chosen = items.length ? (number + items.length) % items.length : -1;
    items.forEach((item, index) => item.setAttribute("aria-selected", String(index === chosen)));
    if (chosen < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", items[chosen].id);
    items[chosen]?.scrollIntoView({ block: "nearest" });
  }

  function follow() {
    const link = found.children[chosen]?.querySelector("a");
    if (!link) return;
    byId("search").close();
    location.assign(link.href);
  }

  const searchKeys = {
    Escape: () => byId("search").close(),
    ArrowDown: () => choose(chosen + 1),
    ArrowUp: () => choose(chosen - 1),
    Enter: follow,
  };

  input.addEventListener("input", showFound);
  input.addEventListener("keydown", (event) => {
    const act = searchKeys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  found.addEventListener("click", () => byId("search").close());
  byId("open-search").addEventListener("click", openSearch);
}
