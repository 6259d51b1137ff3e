// Light or dark, before anything is drawn: the reader's choice, or else the system's.
"use strict";

const allocscan = {};
document.documentElement.classList.add("scripted");

allocscan.remembered = (key) => {
  try { return localStorage.getItem(`allocscan.${key}`); } catch { return null; }
};

allocscan.remember = (key, value) => {
  try { localStorage.setItem(`allocscan.${key}`, value); } catch { /* It is forgotten with the page. */ }
};

allocscan.setTheme = (theme) => {
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
};

allocscan.setTheme(allocscan.remembered("theme"));
