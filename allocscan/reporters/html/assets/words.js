// All words that stand before a parenthesis: how often, and where each is compared.
"use strict";

{
  allocscan.receiveKnown = ({ words, counts, firsts, pages }) => {
    const numbers = new Map(words.map((word, number) => [word, number]));
    allocscan.known = { words, counts, firsts, numbers, pages: new Map(pages) };
    allocscan.whenKnown?.();
  };

  // Which piece of the data tells of a word.
  allocscan.pieceOf = (name) => {
    const { firsts, numbers } = allocscan.known;
    return firsts.findLastIndex((first) => first <= (numbers.get(name) ?? -1));
  };

  // The page of a word, from the top of the report.
  allocscan.comparedAt = (name) => {
    const { numbers, pages } = allocscan.known;
    return pages.get(numbers.get(name)) ?? `versus/any.html#${encodeURIComponent(name)}`;
  };

  // What a search for a name finds: the name itself, and longer ones, the most frequent first.
  allocscan.found = (name) => {
    const { words, counts, numbers } = allocscan.known;
    const longer = words.flatMap((word, number) => (counts[number] && word !== name && word.endsWith(name) ? [[word, counts[number]]] : []));
    return { own: counts[numbers.get(name)] ?? 0, longer: longer.sort((one, other) => other[1] - one[1]) };
  };

  allocscan.sum = (pairs) => pairs.reduce((total, [, count]) => total + count, 0);

  allocscan.link = (text, href) => {
    if (!href) return allocscan.make("span", "", text);
    const made = allocscan.make("a", "", text);
    made.href = href.startsWith("https://") ? href : document.documentElement.dataset.root + href;
    if (href.startsWith("https://")) made.rel = "noreferrer";
    return made;
  };

  // Words and how often each stands there, the first of them.
  allocscan.list = (counted, most) => {
    const items = counted.slice(0, most).map(([word, count]) =>
      allocscan.make("li", "", allocscan.link(word, allocscan.comparedAt(word)), " ", allocscan.make("span", "quiet", allocscan.number(count))));
    if (counted.length > most) items.push(allocscan.make("li", "quiet", `and ${allocscan.number(counted.length - most)} more`));
    return allocscan.make("ul", "words code", ...items);
  };
}
