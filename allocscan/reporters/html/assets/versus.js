// Any name: the list of those that sites are of is filtered; what a search says of another is counted here.
"use strict";

{
  const filter = document.getElementById("filter");
  const told = document.getElementById("other");
  const known = new Set([...document.querySelectorAll("table[data-filtered] tbody th")].map((cell) => cell.textContent.trim()));
  let called = null;

  allocscan.receiveCalled = ({ words, others }) => {
    called = { words: Object.entries(words), others: new Set(others) };
    tell();
  };

  function load() {
    if (called || document.querySelector("script[data-called]")) return;
    const script = document.createElement("script");
    script.src = told.dataset.source;
    script.dataset.called = "";
    document.head.append(script);
  }

  const number = (value, noun) => `${value.toLocaleString("en")} ${noun}${value === 1 ? "" : "s"}`;

  function sentence(name) {
    const ending = called.words.filter(([word]) => word.endsWith(name));
    const places = ending.reduce((sum, [, count]) => sum + count, 0);
    const longer = ending.reduce((sum, [word, count]) => sum + (word === name ? 0 : count), 0);
    const said = `grep -o '${name}(' finds ${number(places, "place")}${longer ? `, ${longer.toLocaleString("en")} in longer names` : ""}`;
    return called.others.has(name)
      ? `${said}; some are sites, which the command below tells apart.`
      : `${said}; none is known to take memory or to give it back.`;
  }

  function tell() {
    const name = filter.value.trim();
    told.hidden = !name || known.has(name) || /\s/.test(name);
    if (told.hidden) return;
    if (called) told.textContent = sentence(name);
    else load();
  }

  filter?.addEventListener("input", tell);
  addEventListener("DOMContentLoaded", tell);
}
