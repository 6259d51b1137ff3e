// Sites in column form: numbers that stand for words, filtered, counted and sorted without touching the page.
"use strict";

{
  allocscan.table = { total: 0, columns: {}, words: {}, heads: [], pages: [], unless: {} };

  allocscan.receiveWords = ({ total, columns, words, pages, unless }) => {
    const table = allocscan.table;
    Object.assign(table, { total, words, heads: columns, pages, unless });
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

  // Which sites hold every word that was typed, each in whatever column.
  function typedMask(text) {
    const { total, columns } = allocscan.table;
    let mask = null;
    for (const word of text.toLowerCase().split(/\s+/).filter(Boolean)) {
      const next = new Uint8Array(total);
      for (const [key, holds] of wordsHolding(word)) {
        const column = columns[key];
        for (let site = 0; site < total; site++) next[site] |= holds[column[site]];
      }
      if (mask) for (let site = 0; site < total; site++) next[site] &= mask[site];
      mask = next;
    }
    return mask;
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

  // Every facet is counted as if nothing were chosen of it but everything of the others.
  allocscan.choose = (state) => {
    const { total, columns, words, heads } = allocscan.table;
    const mask = typedMask(state.text);
    const chosen = chosenWords(state);
    const facets = heads.filter((head) => head.facet).map((head) => head.key);
    const counts = Object.fromEntries(facets.map((key) => [key, new Uint32Array(words[key].length)]));
    const misses = new Uint8Array(total);
    const missed = new Uint8Array(total);
    chosen.forEach(([key, holds], number) => {
      const column = columns[key];
      for (let site = 0; site < total; site++) {
        if (!holds[column[site]]) {
          misses[site]++;
          missed[site] = number;
        }
      }
    });
    const numberOf = Object.fromEntries(chosen.map(([key], number) => [key, number]));
    for (const key of facets) count(counts[key], columns[key], mask, misses, missed, numberOf[key] ?? -1);
    return { counts, isShown: (site) => (!mask || mask[site]) && !misses[site] };
  };

  function count(counts, column, mask, misses, missed, own) {
    for (let site = 0; site < column.length; site++) {
      if (mask && !mask[site]) continue;
      if (misses[site] === 0 || (misses[site] === 1 && missed[site] === own)) counts[column[site]]++;
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
  allocscan.arrange = (isShown, key, down) => {
    const order = allocscan.order(key);
    const shown = new Uint32Array(order.length);
    let length = 0;
    for (const site of order) if (isShown(site)) shown[length++] = site;
    const kept = shown.subarray(0, length);
    return down ? kept.reverse() : kept;
  };
}
