// Makes the heads of tables into buttons that sort their rows. Without this script the tables stand as they are.
"use strict";
for (const table of document.querySelectorAll("table.sorts")) {
	const body = table.tBodies[0];
	const heads = [...table.tHead.rows[0].cells];
	const key = (row, at) => row.cells[at].dataset.v ?? row.cells[at].textContent.trim();
	heads.forEach((head, at) => {
		const button = document.createElement("button");
		button.type = "button";
		button.append(...head.childNodes);
		head.append(button);
		button.addEventListener("click", () => {
			const up = head.getAttribute("aria-sort") === "descending" || !head.hasAttribute("aria-sort") && !head.classList.contains("number");
			const rows = [...body.rows];
			const numbers = head.classList.contains("number");
			const missing = (row) => !("v" in row.cells[at].dataset) && numbers && Number.isNaN(Number(key(row, at)));
			rows.sort((a, b) => {
				if (missing(a) || missing(b)) return missing(a) - missing(b);
				const d = numbers ? Number(key(a, at)) - Number(key(b, at)) : key(a, at).localeCompare(key(b, at), document.documentElement.lang);
				return up ? d : -d;
			});
			heads.forEach((other) => other.removeAttribute("aria-sort"));
			head.setAttribute("aria-sort", up ? "ascending" : "descending");
			body.append(...rows);
		});
	});
}
