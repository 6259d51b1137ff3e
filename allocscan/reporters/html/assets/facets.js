// The facets of the explorer: what sites can be chosen by, and how many there are of each.
"use strict";

{
  const VALUES = 8;
  const FOLDERS = 12;
  const { make, number } = allocscan;
  const byId = (id) => document.getElementById(id);
  const unfolded = new Set();
  let [state, view, change] = [];

  allocscan.drawFacets = (...given) => {
    [state, view, change] = given;
    draw();
  };

  // What is folded away is filled when it is unfolded.
  function draw() {
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
      draw();
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
}
