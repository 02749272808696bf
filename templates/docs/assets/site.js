"use strict";
// Light and dark, tabs and copies of examples, and the search: all of it works without a network.
(function () {
  const root = document.documentElement;
  const kept = (() => { try { return window.localStorage; } catch { return null; } })();
  const theme = kept && kept.getItem("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;

  document.getElementById("theme").addEventListener("click", () => {
    const isDark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : window.matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
    if (kept) kept.setItem("theme", root.dataset.theme);
  });

  function copy(text, button) {
    const done = () => {
      button.textContent = "Copied";
      window.setTimeout(() => { button.textContent = "Copy"; }, 1500);
    };
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    button.focus();
    if (isCopied) done();
    else if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, () => {});
  }

  const groups = [...document.querySelectorAll("[data-tabs]")].map((group, number) => {
    const parts = [...group.querySelectorAll(".example")];
    const bar = document.createElement("div");
    const list = document.createElement("div");
    bar.className = list.className = "tabs";
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", "Languages");
    const tabs = parts.map((part, index) => {
      const tab = document.createElement("button");
      tab.type = "button";
      tab.id = `tab-${number}-${index}`;
      tab.textContent = part.getAttribute("aria-label");
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", part.id);
      part.setAttribute("role", "tabpanel");
      part.removeAttribute("aria-label");
      part.setAttribute("aria-labelledby", tab.id);
      list.append(tab);
      return tab;
    });
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    bar.append(list, button);
    group.prepend(bar);
    group.classList.add("tabbed");
    const choose = (name) => {
      const wanted = tabs.findIndex((tab) => tab.textContent === name);
      if (wanted < 0) return;
      tabs.forEach((tab, index) => {
        tab.setAttribute("aria-selected", String(index === wanted));
        tab.tabIndex = index === wanted ? 0 : -1;
        parts[index].hidden = index !== wanted;
      });
    };
    button.addEventListener("click", () => {
      copy(parts.find((part) => !part.hidden).querySelector("code").textContent, button);
    });
    tabs.forEach((tab, index) => {
      tab.addEventListener("click", () => { groups.forEach((each) => each(tab.textContent)); });
      tab.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        const next = tabs[(index + step + tabs.length) % tabs.length];
        next.click();
        next.focus();
      });
    });
    choose(tabs[0].textContent);
    return choose;
  });

  const input = document.getElementById("search");
  const found = document.getElementById("found");
  const LONGEST = 30;

  function rank(entry, words) {
    const title = entry[0].toLowerCase();
    const all = `${title} ${entry[1].toLowerCase()}`;
    if (!words.every((word) => all.includes(word))) return -1;
    return words.reduce((sum, word) => sum + (title.startsWith(word) ? 3 : title.includes(word) ? 2 : 0), 0);
  }

  function search() {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    found.replaceChildren();
    found.hidden = !words.length;
    if (!words.length) return;
    const hits = (window.FERRULE_INDEX || [])
      .map((entry) => [rank(entry, words), entry])
      .filter(([score]) => score >= 0)
      .sort((one, other) => other[0] - one[0])
      .slice(0, LONGEST);
    for (const [, entry] of hits) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      const more = document.createElement("small");
      link.href = document.body.dataset.root + entry[2];
      link.textContent = entry[0];
      more.textContent = entry[1];
      link.append(more);
      item.append(link);
      found.append(item);
    }
    if (!hits.length) {
      const none = document.createElement("li");
      none.className = "none";
      none.textContent = "Nothing found";
      found.append(none);
    }
  }

  input.addEventListener("input", search);
  document.addEventListener("keydown", (event) => {
    const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !isTyping) {
      event.preventDefault();
      input.focus();
    }
    if (event.key === "Escape") found.hidden = true;
    const links = [...found.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !found.hidden && links.length && (at >= 0 || document.activeElement === input)) {
      event.preventDefault();
      (links[at + step] || input).focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".search")) found.hidden = true;
  });
})();
