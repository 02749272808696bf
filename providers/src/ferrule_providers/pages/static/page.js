// Says what became of a button, to eyes and to screen readers, where htmx would say nothing.
"use strict";

{
  const trouble = document.getElementById("trouble");
  const said = document.getElementById("said");
  const nothingKnown = "Whether it was done is not known: look, and try again.";

  const titleOf = (text) => {
    const parsed = new DOMParser().parseFromString(text, "text/html");
    return parsed.querySelector("#main h1")?.textContent.trim();
  };

  document.addEventListener("htmx:beforeRequest", () => {
    trouble.textContent = "";
    said.textContent = "";
  });

  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, () => {
      trouble.textContent = `The service does not answer. ${nothingKnown}`;
    });
  }

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (xhr.status < 400) return;
    const title = titleOf(xhr.responseText);
    // Without a page of ours there is nothing to put in the place of this one.
    if (xhr.status < 500 && title) return;
    event.detail.shouldSwap = false;
    const words = title || "The service does not answer as it should";
    trouble.textContent = `${words} (status ${xhr.status}). ${nothingKnown}`;
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "main") document.getElementById("main").focus();
    // A region that comes with its words is not read out; this one was there before.
    said.textContent = document.querySelector("#main [data-said]")?.textContent ?? "";
  });
}
