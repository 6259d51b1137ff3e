// Lists that are filtered as one types, and sorted by a click on a heading.
"use strict";

{
  const lists = [...document.querySelectorAll("table[data-filtered]")];
  const filter = document.getElementById("filter");
  const told = document.getElementById("filtered");

  const rowsOf = (table) => [...table.tBodies[0].rows];
  const texts = new Map(lists.flatMap(rowsOf).map((row) => [row, row.textContent.toLowerCase()]));

  function narrow() {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [row, text] of texts) {
      row.hidden = !words.every((word) => text.includes(word));
      shown += !row.hidden;
    }
    hideEmpty();
    told.textContent = words.length ? `${shown.toLocaleString("en")} of ${texts.size.toLocaleString("en")}` : "";
    history.replaceState(null, "", words.length ? `#q=${encodeURIComponent(filter.value)}` : "#");
  }

  // A list of which nothing is left goes with its heading.
  function hideEmpty() {
    const left = new Set([...texts.keys()].filter((row) => !row.hidden).flatMap((row) => [row.closest(".group"), row.closest("section")]));
    for (const each of document.querySelectorAll(".group, section:has(table[data-filtered])")) each.hidden = !left.has(each);
  }

  if (filter) {
    filter.addEventListener("input", narrow);
    const asked = new URLSearchParams(location.hash.slice(1).replaceAll("+", "%2B")).get("q");
    if (asked) {
      filter.value = asked;
      narrow();
    }
  }

  const numberOf = (text) => Number(text.replaceAll(",", ""));

  function valueOf(row, column) {
    return row.cells[column].textContent.trim();
  }

  function sortBy(table, column, heading) {
    const numeric = heading.classList.contains("number");
    const down = heading.getAttribute("aria-sort") === (numeric ? "descending" : "ascending");
    const direction = numeric === down ? 1 : -1;
    const compare = numeric
      ? (one, other) => numberOf(valueOf(one, column)) - numberOf(valueOf(other, column))
      : (one, other) => valueOf(one, column).localeCompare(valueOf(other, column));
    const sorted = rowsOf(table).sort((one, other) => direction * compare(one, other));
    table.tBodies[0].append(...sorted);
    for (const each of table.tHead.rows[0].cells) each.setAttribute("aria-sort", "none");
    heading.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
  }

  for (const table of document.querySelectorAll("table[data-sorted]")) {
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = heading.textContent;
      heading.replaceChildren(button);
      heading.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => sortBy(table, column, heading));
    });
  }
}
