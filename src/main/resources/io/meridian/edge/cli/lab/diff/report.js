"use strict";
// Written without ampersands and less-than signs, so that the page is well-formed XML too.
// Sorts a table by the column whose heading is pressed; without this script the tables stand as they are.
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = Array.from(table.tHead.rows[0].cells);
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") !== "descending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const value = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent;
      const rows = Array.from(table.tBodies[0].rows);
      rows.sort((a, b) => {
        const left = value(a);
        const right = value(b);
        const words = [left, right].some((text) => text === "" || isNaN(text));
        const order = words ? left.localeCompare(right) : Number(left) - Number(right);
        return down ? -order : order;
      });
      table.tBodies[0].append(...rows);
    });
  });
}
