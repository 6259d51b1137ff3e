// A tree of rows that folds and unfolds: each row says how deep it lies.
"use strict";

{
  const OPEN_AT_FIRST = 40;
  const rows = [...document.getElementById("tree").tBodies[0].rows];
  const depthOf = (row) => Number(row.dataset.depth);
  const folders = rows.filter((row) => "folder" in row.dataset);
  const open = new Set();

  // Rows below a folder follow it, so one pass tells which are to be seen.
  function draw() {
    let hiddenBelow = Infinity;
    for (const row of rows) {
      const depth = depthOf(row);
      if (depth <= hiddenBelow) hiddenBelow = Infinity;
      row.hidden = depth > hiddenBelow;
      if (!row.hidden && "folder" in row.dataset && !open.has(row)) hiddenBelow = depth;
      row.querySelector("button")?.setAttribute("aria-expanded", String(open.has(row)));
    }
  }

  function toggle(row) {
    if (!open.delete(row)) open.add(row);
    draw();
  }

  for (const row of folders) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "fold";
    button.setAttribute("aria-label", `Unfold ${row.cells[0].textContent.trim()}`);
    button.addEventListener("click", () => toggle(row));
    row.cells[0].prepend(button);
  }

  for (const button of document.querySelectorAll("[data-fold]")) {
    button.addEventListener("click", () => {
      open.clear();
      if (button.dataset.fold === "open") folders.forEach((row) => open.add(row));
      draw();
    });
  }

  // As much as fits on a screen is unfolded at first.
  let seen = rows.filter((row) => depthOf(row) === 0).length;
  for (const row of folders) {
    const next = rows.slice(rows.indexOf(row) + 1);
    const end = next.findIndex((other) => depthOf(other) <= depthOf(row));
    const children = (end < 0 ? next : next.slice(0, end)).filter((other) => depthOf(other) === depthOf(row) + 1).length;
    if (depthOf(row) > 1 || seen + children > OPEN_AT_FIRST) continue;
    seen += children;
    open.add(row);
  }
  draw();
}
