#include "report/audit_html_style.h"

namespace portolan::report {

// Colours carry risk and nothing else. Fonts are those of the reader's system, for the page loads
// nothing. On paper there is no background, nothing is cut, and folded paths are open.
const std::string_view kAuditHtmlStyle = R"(
:root {
  color-scheme: light dark;
  --paper: #fdfdfc; --ink: #1d2329; --faint: #5f6b76; --line: #dfe3e6; --soft: #f2f4f5;
  --critical: #a50e3a; --high: #b8430b; --medium: #8a6100; --low: #2b6391; --info: #5f6b76;
  --good: #2c6e49;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181c; --ink: #e4e8eb; --faint: #97a3ad; --line: #2d353c; --soft: #1d2328;
    --critical: #ff6b8e; --high: #ff935c; --medium: #e0b345; --low: #78b4e6; --info: #97a3ad;
    --good: #6cc394;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1rem; margin: 0; }
p { margin: .35rem 0; }
a { color: inherit; }
code { font: .86em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  overflow-wrap: anywhere; }
.faint { color: var(--faint); fill: var(--faint); }
.critical { --risk: var(--critical); } .high { --risk: var(--high); }
.medium { --risk: var(--medium); } .low { --risk: var(--low); } .info { --risk: var(--info); }
.unknown { --risk: var(--ink); } .pass { --risk: var(--good); }
.counts { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1.25rem 0 0; padding: 0;
  list-style: none; }
.counts li { flex: 1 1 6rem; padding: .5rem .75rem; background: var(--soft);
  border-top: 3px solid var(--risk); border-radius: 3px; color: var(--faint); }
.counts b { display: block; font-size: 1.6rem; line-height: 1.2; color: var(--risk);
  font-variant-numeric: tabular-nums; }
.counts .none b { color: var(--faint); font-weight: 400; }
.counts .none { border-top-color: var(--line); }
.picture { overflow-x: auto; }
.chart { display: block; width: 100%; min-width: 44rem; height: auto; font-size: 14px; }
.chart .node { fill: var(--soft); stroke: var(--faint); }
.chart .name { fill: var(--ink); font-weight: 600; }
.chart .name .faint { font-weight: 400; font-size: 12px; fill: var(--faint); }
.chart .small { fill: var(--faint); font-size: 12px; }
.chart a:hover .pill { fill: var(--soft); }
.chart .way { fill: none; stroke: var(--risk); stroke-width: 2; opacity: .8; }
.chart .on { stroke: var(--line); }
.chart .pill { fill: var(--paper); stroke: var(--risk); }
.chart .service { fill: var(--risk);
  font: 13px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
article { padding: .9rem 0 .9rem 1rem; border-left: 3px solid var(--risk);
  border-bottom: 1px solid var(--line); }
article:first-of-type { border-top: 1px solid var(--line); }
.label { color: var(--risk); }
.label::after { content: " · "; color: var(--faint); }
.where { color: var(--faint); font-size: .92em; margin: .1rem 0 .4rem; }
dl { display: grid; grid-template-columns: 4.5rem 1fr; gap: .2rem .5rem; margin: .5rem 0 0; }
dt { color: var(--faint); } dd { margin: 0; min-width: 0; }
summary { cursor: pointer; color: var(--faint); }
ol { margin: .25rem 0; padding-left: 1.5rem; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .5rem .25rem 0; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; }
th.number, td.number { text-align: right; white-space: nowrap; }
thead th { color: var(--faint); font-weight: 400; }
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #000; --faint: #444; --line: #ccc;
    --soft: #fff; --critical: #a50e3a; --high: #b8430b; --medium: #8a6100; --low: #2b6391;
    --info: #444; --good: #2c6e49; }
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  h2 { break-after: avoid; }
  article, tr, .chart { break-inside: avoid; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
  .chart { min-width: 0; }
  .counts li { border-left: 1px solid var(--line); }
}
)";

}  // namespace portolan::report
