// The page of a file: from site to site, a card on each, and addresses of lines.
"use strict";

{
  const sites = [...document.querySelectorAll("pre.source .site")];
  const at = document.getElementById("at");
  const outside = document.getElementById("outside");
  let current = -1;

  const lineOf = (element) => element.closest("[id^=L]");

  // From site to site.

  function go(number) {
    if (!sites.length) return;
    current = (number + sites.length) % sites.length;
    sites[current].focus();
    sites[current].scrollIntoView({ block: "center" });
    at.textContent = `${current + 1} of ${sites.length}`;
  }

  // The next one is that below what is being read.
  function step(direction) {
    if (current >= 0) return go(current + direction);
    const line = document.querySelector(":target[id^=L]");
    const below = line ? sites.findIndex((site) => line.compareDocumentPosition(site) & Node.DOCUMENT_POSITION_FOLLOWING) : 0;
    go(direction > 0 ? Math.max(below, 0) : below - 1);
  }

  Object.assign(allocscan.keys, { n: () => step(1), p: () => step(-1) });
  document.getElementById("next").addEventListener("click", () => step(1));
  document.getElementById("previous").addEventListener("click", () => step(-1));
  document.addEventListener("focusin", (event) => {
    const number = sites.indexOf(event.target);
    if (number >= 0) current = number;
  });

  // A click beside the text gives the line an address.

  document.querySelector("pre.source")?.addEventListener("click", (event) => {
    const line = event.target.closest("[id^=L]");
    if (line && event.target === line && event.offsetX < parseFloat(getComputedStyle(line).paddingLeft)) location.hash = line.id;
  });

  const outsideStart = outside?.href.replace(/1$/, "");
  function aimOutside() {
    const line = /^#L(\d+)$/.exec(location.hash);
    if (outside) outside.href = outsideStart + (line ? line[1] : "1");
  }
  addEventListener("hashchange", aimOutside);
  aimOutside();

  // The card says what the table below says of a site.

  const card = document.createElement("div");
  card.className = "card";
  card.id = "card";
  card.setAttribute("role", "tooltip");
  card.hidden = true;
  document.body.append(card);

  const headings = [...(document.getElementById("site-table")?.tHead.rows[0].cells ?? [])].map((cell) => cell.textContent);
  let closing = 0;

  function fill(numbers) {
    card.replaceChildren(...numbers.map((number) => {
      const list = document.createElement("dl");
      [...document.getElementById(`s${number}`).cells].forEach((cell, column) => {
        if (!column || !cell.textContent.trim()) return;
        const [term, said] = [document.createElement("dt"), document.createElement("dd")];
        term.textContent = headings[column];
        said.className = cell.className;
        said.append(...[...cell.childNodes].map((child) => child.cloneNode(true)));
        list.append(term, said);
      });
      return list;
    }));
  }

  function show(site) {
    clearTimeout(closing);
    fill(site.dataset.s.split(" "));
    card.hidden = false;
    const box = site.getBoundingClientRect();
    const room = document.documentElement.clientWidth - card.offsetWidth - 8;
    const below = box.bottom + card.offsetHeight + 8 < innerHeight;
    card.style.left = `${Math.max(8, Math.min(box.left, room)) + scrollX}px`;
    card.style.top = `${(below ? box.bottom + 4 : Math.max(4, box.top - card.offsetHeight - 4)) + scrollY}px`;
    site.setAttribute("aria-describedby", "card");
  }

  function hide() {
    card.hidden = true;
    for (const site of document.querySelectorAll("[aria-describedby=card]")) site.removeAttribute("aria-describedby");
  }

  function hideSoon() {
    clearTimeout(closing);
    closing = setTimeout(hide, 250);
  }

  for (const site of sites) {
    site.addEventListener("mouseenter", () => show(site));
    site.addEventListener("mouseleave", hideSoon);
    site.addEventListener("focus", () => show(site));
    site.addEventListener("blur", hideSoon);
  }
  card.addEventListener("mouseenter", () => clearTimeout(closing));
  card.addEventListener("mouseleave", hideSoon);
  card.addEventListener("focusin", () => clearTimeout(closing));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
}
