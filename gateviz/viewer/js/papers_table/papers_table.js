// The table of the papers' experiments: a group of rows for each, under what is said of it. The server sends every text.

import { make, write } from "../page/elements.js";
import { createMount } from "../page/mounts.js";

export default createMount((parent) => {
  const status = make("p", { className: "status", attributes: { role: "status" } });
  const table = make("table");
  const root = make("div", { attributes: { "data-gateviz": "papers-table", role: "region", tabindex: "0" }, children: [status, table] });
  let drawn = "";
  parent.append(root);
  return {
    receive({ data }) {
      write(status, data.status);
      root.setAttribute("aria-label", data.title);
      const wanted = JSON.stringify([data.columns, data.groups]);
      if (wanted !== drawn) table.replaceChildren(drawHead(data.columns), ...data.groups.map((group) => drawGroup(group, data.columns.length)));
      drawn = wanted;
    },
    dispose: () => root.remove(),
  };
});

function drawHead(columns) {
  const cells = columns.map((text) => make("th", { text, attributes: { scope: "col" } }));
  return make("thead", { children: [make("tr", { children: cells })] });
}

function drawGroup({ title, said, rows }, width) {
  const paragraphs = said.map(([what, text]) => make("p", { children: what ? [make("b", { text: what }), ` ${text}`] : [text] }));
  const head = make("th", { attributes: { scope: "rowgroup", colspan: width }, children: [make("b", { text: title }), ...paragraphs] });
  return make("tbody", { children: [head, ...rows.map((row) => row.map((text) => make("td", { text })))].map((cells) => make("tr", { children: [cells].flat() })) });
}
