// A name that has no page of its own: what a search finds of it, from the piece of the data that tells of it.
"use strict";

{
  const FEW = 12;
  const { make, link, number, signs } = allocscan;
  const byId = (id) => document.getElementById(id);
  const loaded = new Map();

  const asked = () => new URLSearchParams(`name=${location.hash.slice(1)}`).get("name").replace(/[^\p{L}\p{M}\p{N}_$]/gu, "");

  allocscan.receivePiece = ({ places, records }) => {
    for (const [name, record] of records) loaded.set(name, { places, ...record });
    show(asked());
  };

  // Load what tells of the name, then show it; of a name that no word is, only longer ones are known.
  function seek() {
    const name = asked();
    if (!allocscan.known || !name) return;
    const page = allocscan.known.pages.get(allocscan.known.numbers.get(name));
    if (page) return location.replace(link("", page).href);
    if (loaded.has(name) || !allocscan.known.numbers.has(name)) return show(name);
    const script = document.createElement("script");
    script.src = `${document.documentElement.dataset.root}data/versus-${allocscan.pieceOf(name)}.js`;
    document.head.append(script);
  }

  const plural = (count, noun) => `${number(count)} ${noun}${count === 1 ? "" : "s"}`;

  function place(places, at, line) {
    const [path, start] = places[at];
    return make("span", "code", link(`${path}:${line}`, start && start + line));
  }

  function action(name) {
    return make("span", `action ${name}`, make("span", { text: signs[name], "aria-hidden": "true" }), ` ${name}`);
  }

  function group(title, count, items) {
    const made = make("details", "", make("summary", "", `${title} `, make("span", "quiet", number(count))), make("ul", "examples", ...items));
    made.open = items.length <= FEW;
    if (count > items.length) made.append(make("p", "quiet", `and ${number(count - items.length)} more.`));
    return made;
  }

  const section = (title, groups) => (groups.length ? [make("h2", "", title), ...groups] : []);

  function wrong({ wrong = [], places }, longer) {
    const groups = wrong.map(([reason, count, found]) =>
      [count, group(reason, count, found.map(([at, line, text]) => make("li", "", place(places, at, line), " ", make("code", "", text))))]);
    if (longer.length) groups.push([allocscan.sum(longer), longerNames(longer)]);
    return groups.sort((one, other) => other[0] - one[0]).map(([, made]) => made);
  }

  function longerNames(longer) {
    const made = make("details", "", make("summary", "", "part of a longer name ", make("span", "quiet", number(allocscan.sum(longer)))), allocscan.list(longer, 60));
    made.open = true;
    return made;
  }

  function missed({ missed = [], places }) {
    return missed.map(([way, count, found]) => group(way, count, found.map(([at, line, what, text, href]) =>
      make("li", "", place(places, at, line), " ", make("span", "", action(what), " ", make("span", "code", link(text, href)))))));
  }

  function behind({ behind = [] }) {
    const rows = behind.map(([text, href, sites, chain]) =>
      make("li", "", make("span", "code", link(text, href)), " ", make("span", "", make("span", "code", chain.join(" → ")), " ", make("span", "quiet", plural(sites, "site")))));
    return rows.length ? [make("ul", "examples", ...rows)] : [];
  }

  function draw(numbers) {
    const longest = Math.max(1, ...numbers);
    [...byId("compared").children].forEach((bar, at) => {
      bar.querySelector("rect").setAttribute("width", (100 * numbers[at]) / longest);
      bar.querySelector(".number").textContent = number(numbers[at]);
    });
  }

  function sentence(places, right, sites, lost, reached) {
    const found = places ? `The search finds ${plural(places, "place")}; ` : "The search finds nothing";
    const known = !places ? "" : right ? `${number(right)} of them ${right === 1 ? "is a site" : "are sites"} of this name` : "none of them is a site of this name";
    const misses = sites ? `. It misses ${number(lost)} of ${plural(sites, "site")}` : "";
    return `${found}${known}${misses}${reached ? `; ${number(reached)} more stand behind wrappers` : ""}.`;
  }

  function show(name) {
    const record = loaded.get(name) ?? { places: [] };
    const { own, longer } = allocscan.found(name);
    const { right = 0, sites = 0, told = [] } = record;
    const [places, reached] = [own + allocscan.sum(longer), (record.behind ?? []).reduce((sum, each) => sum + each[2], 0)];
    document.title = document.title.replace(/^.*(?= versus grep)/, name);
    byId("sought").textContent = `grep -n '${name}('`;
    byId("lead").textContent = sentence(places, right, sites, sites - right, reached);
    byId("links").hidden = !told.length;
    byId("links").lastElementChild.replaceChildren(...told.flatMap(([text, href], at) => [at ? ", " : "", link(text, href)]));
    byId("compared").hidden = !places && !sites && !reached;
    draw([right, places - right, sites - right, reached]);
    byId("groups").replaceChildren(
      ...section("Wrong", wrong(record, longer)), ...section("Missed", missed(record)), ...section("Behind wrappers", behind(record)));
    byId("answer").hidden = false;
  }

  allocscan.whenKnown = seek;
  addEventListener("hashchange", seek);
}
