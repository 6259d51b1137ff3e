// The state of the explorer as the fragment of an address: what is typed and chosen, and the order.
"use strict";

{
  const ANY = "any";

  allocscan.readAddress = () => {
    const next = { text: "", facets: {}, sort: "path", down: false };
    for (const [key, value] of new URLSearchParams(location.hash.slice(1).replaceAll("+", "%2B"))) {
      if (key === "q") next.text = value;
      else if (key === "sort") [next.sort, next.down] = [value.replace(/^-/, ""), value.startsWith("-")];
      else if (Object.hasOwn(allocscan.table.words, key)) (next.facets[key] ??= []).push(value);
    }
    next.facets = { ...allocscan.table.unless, ...next.facets };
    for (const key of Object.keys(allocscan.table.unless)) if (next.facets[key].includes(ANY)) delete next.facets[key];
    if (!Object.hasOwn(allocscan.table.columns, next.sort)) next.sort = "path";
    return next;
  };

  allocscan.addressOf = ({ text, facets, sort, down }) => {
    const parts = text ? [["q", text]] : [];
    const { unless } = allocscan.table;
    for (const [key, values] of Object.entries(facets)) {
      if (String(values) !== String(unless[key])) for (const value of values) parts.push([key, value]);
    }
    for (const key of Object.keys(unless)) if (!facets[key]) parts.push([key, ANY]);
    if (sort !== "path" || down) parts.push(["sort", (down ? "-" : "") + sort]);
    return "#" + parts.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&");
  };
}
