// Any name: what is typed leads to what a search finds of words that are not in the list.
"use strict";

{
  const MOST = 24;
  const { make, link, number } = allocscan;
  const filter = document.getElementById("filter");
  const told = document.getElementById("other");
  const listed = new Set([...document.querySelectorAll("table[data-filtered] tbody th")].map((cell) => cell.textContent.trim()));

  function load() {
    if (document.querySelector("script[data-known]")) return;
    const script = document.createElement("script");
    script.src = told.dataset.source;
    script.dataset.known = "";
    document.head.append(script);
  }

  // Other words that hold the text: those that begin with it, then the most frequent.
  function matching(text) {
    const { words, counts } = allocscan.known;
    const low = text.toLowerCase();
    const begins = (word) => word.toLowerCase().startsWith(low);
    return words
      .flatMap((word, at) => (word !== text && word.toLowerCase().includes(low) && !listed.has(word) ? [[word, counts[at]]] : []))
      .sort((one, other) => begins(other[0]) - begins(one[0]) || other[1] - one[1]);
  }

  function sentence(name) {
    const { own, longer } = allocscan.found(name);
    const places = own + allocscan.sum(longer);
    const said = make("p", "", make("code", "", `grep -n '${name}('`), ` finds ${number(places)} place${places === 1 ? "" : "s"}`);
    if (longer.length) said.append(own ? `, ${number(allocscan.sum(longer))} of them in longer names` : ", all in longer names");
    said.append(". ");
    if (places) said.append(link("What they are", allocscan.comparedAt(name)));
    return said;
  }

  function tell() {
    const name = filter.value.trim();
    told.hidden = !name || !/^[\p{L}\p{M}\p{N}_$]+$/u.test(name);
    if (told.hidden) return;
    if (!allocscan.known) return load();
    const found = matching(name);
    told.replaceChildren(...(listed.has(name) ? [] : [sentence(name)]), ...(found.length ? [allocscan.list(found, MOST)] : []));
    told.hidden = !told.childElementCount;
  }

  function follow(event) {
    const name = filter.value.trim();
    if (event.key === "Enter" && name && allocscan.known) location.assign(link("", allocscan.comparedAt(name)).href);
  }

  allocscan.whenKnown = tell;
  filter?.addEventListener("input", tell);
  filter?.addEventListener("keydown", follow);
  addEventListener("DOMContentLoaded", tell);
}
