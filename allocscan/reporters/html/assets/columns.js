// Sites in column form: numbers that stand for words, filtered, counted and sorted without touching the page.
"use strict";

{
  allocscan.table = { total: 0, columns: {}, words: {}, heads: [], pages: [], split: {}, unless: {} };

  allocscan.receiveWords = ({ total, columns, words, pages, split, unless }) => {
    const table = allocscan.table;
    Object.assign(table, { total, words, heads: columns, pages, split, unless });
    for (const key of [...Object.keys(words), "line"]) table.columns[key] = new Uint32Array(total);
    table.low = {};
    for (const { key, searched } of columns) if (searched) table.low[key] = words[key].map((word) => word.toLowerCase());
  };

  allocscan.receiveSites = ({ first, columns }) => {
    for (const [key, { runs, each }] of Object.entries(columns)) {
      const column = allocscan.table.columns[key];
      if (each) column.set(each, first);
      else unpack(runs, column, first);
    }
  };

  function unpack(runs, column, first) {
    let at = first;
    for (let number = 0; number < runs.length; number += 2) {
      column.fill(runs[number], at, at + runs[number + 1]);
      at += runs[number + 1];
    }
  }

  // For each searched column, which of its words hold a text.
  function wordsHolding(text) {
    const { low } = allocscan.table;
    return Object.entries(low)
      .map(([key, words]) => [key, Uint8Array.from(words, (word) => word.includes(text))])
      .filter(([, holds]) => holds.includes(1));
  }

  // Which sites hold every word that was typed, each in whatever column; null when nothing was.
  function typedMask(text) {
    const masks = text.toLowerCase().split(/\s+/).filter(Boolean).map(maskOf);
    if (!masks.length) return null;
    const mask = masks[0].slice();
    for (const other of masks.slice(1)) for (let site = 0; site < mask.length; site++) mask[site] &= other[site];
    return mask;
  }

  // The last few words are remembered, for most are typed on.
  const remembered = new Map();

  function maskOf(word) {
    if (!remembered.has(word)) {
      if (remembered.size > 8) remembered.delete(remembered.keys().next().value);
      remembered.set(word, findMask(word));
    }
    return remembered.get(word);
  }

  function findMask(word) {
    const { total, columns } = allocscan.table;
    const mask = new Uint8Array(total);
    for (const [key, holds] of wordsHolding(word)) mark(mask, columns[key], holds);
    return mask;
  }

  function mark(mask, column, holds) {
    for (let site = 0; site < column.length; site++) mask[site] |= holds[column[site]];
  }

  // For each facet that something is chosen of, which words of it are.
  function chosenWords(state) {
    return Object.entries(state.facets).map(([key, values]) => {
      const words = allocscan.table.words[key] ?? [];
      const chosen = key === "directory"
        ? (word) => values.some((value) => word === value || word.startsWith(`${value}/`))
        : (word) => values.includes(word);
      return [key, Uint8Array.from(words, chosen)];
    });
  }

  // Which sites are shown, and how many there would be of each word of a facet if nothing were chosen of that facet
  // itself. Facets are counted when they are asked for: most are folded away.
  allocscan.choose = (state) => {
    const { total, columns, words } = allocscan.table;
    const shown = typedMask(state.text) ?? new Uint8Array(total).fill(1);
    const typed = shown.slice();
    const chosen = chosenWords(state);
    const misses = new Uint8Array(total);
    const missed = new Uint8Array(total);
    chosen.forEach(([key, holds], number) => narrow(columns[key], holds, number, shown, misses, missed));
    const count = (key) => {
      const counts = new Uint32Array(words[key].length);
      const own = chosen.findIndex(([other]) => other === key);
      if (own < 0) countAll(counts, columns[key], shown);
      else countUnless(counts, columns[key], typed, misses, missed, own);
      return counts;
    };
    return { shown, count };
  };

  function narrow(column, holds, number, shown, misses, missed) {
    for (let site = 0; site < column.length; site++) {
      if (holds[column[site]]) continue;
      shown[site] = 0;
      misses[site]++;
      missed[site] = number;
    }
  }

  function countAll(counts, column, shown) {
    for (let site = 0; site < column.length; site++) counts[column[site]] += shown[site];
  }

  // What only the facet itself leaves out counts as well.
  function countUnless(counts, column, typed, misses, missed, own) {
    for (let site = 0; site < column.length; site++) {
      if (typed[site] && (misses[site] === 0 || (misses[site] === 1 && missed[site] === own))) counts[column[site]]++;
    }
  }

  // All sites in the order of a column, kept until another is asked for. Words are numbered as they sort.
  let ordered = { key: "", order: null };

  allocscan.order = (key) => {
    const { total, columns } = allocscan.table;
    if (ordered.key === key && ordered.order?.length === total) return ordered.order;
    const order = new Uint32Array(total);
    if (key === "path") for (let site = 0; site < total; site++) order[site] = site;
    else place(columns[key], order);
    ordered = { key, order };
    return order;
  };

  // Sort by counting: equal ones keep their places.
  function place(column, order) {
    let largest = 0;
    for (const value of column) largest = Math.max(largest, value);
    const next = new Uint32Array(largest + 2);
    for (const value of column) next[value + 1]++;
    for (let value = 0; value <= largest; value++) next[value + 1] += next[value];
    for (let site = 0; site < column.length; site++) order[next[column[site]]++] = site;
  }

  // The sites that are shown, in order.
  allocscan.arrange = (shown, key, down) => {
    const order = allocscan.order(key);
    const found = new Uint32Array(order.length);
    let length = 0;
    for (let place = 0; place < order.length; place++) {
      found[length] = order[place];
      length += shown[order[place]];
    }
    const kept = found.subarray(0, length);
    return down ? kept.reverse() : kept;
  };
}
