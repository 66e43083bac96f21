/** The page's style sheet: system fonts, light and dark by the reader's setting, nothing loaded from anywhere. */
export const style = `
:root { color-scheme: light dark; --bg: #fbfbfc; --card: #fff; --text: #1c2128; --dim: #5b6470; --line: #dde1e6; --accent: #0b62d6;
  --block: #c62828; --fail: #b45309; --warn: #8a6d00; --error: #8e24aa; --skip: #5b6470; --pass: #1b7f3b; --mark: #fde7e7; --code: #f3f4f6; }
@media (prefers-color-scheme: dark) { :root { --bg: #0f1318; --card: #171c23; --text: #e4e8ee; --dim: #9aa4b1; --line: #2b323c; --accent: #6aa9ff;
  --block: #ff7b72; --fail: #f0a35e; --warn: #e3c04f; --error: #d78bff; --skip: #9aa4b1; --pass: #5bd182; --mark: #3d2026; --code: #10151b; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
main, header { max-width: 1180px; margin: 0 auto; padding: 0 20px; }
header { padding-top: 28px; }
h1 { font-size: 22px; margin: 0 0 4px; } h2 { font-size: 16px; margin: 0 0 10px; } p { margin: 0 0 8px; }
.dim { color: var(--dim); } .block { color: var(--block); } .fail { color: var(--fail); } .warn { color: var(--warn); }
.error { color: var(--error); } .skip { color: var(--skip); } .pass { color: var(--pass); }
.bar { display: flex; height: 14px; border-radius: 7px; overflow: hidden; margin: 14px 0 6px; background: var(--line); }
.bar i { display: block; min-width: 2px; } .bar .block { background: var(--block); } .bar .fail { background: var(--fail); } .bar .warn { background: var(--warn); }
.bar .error { background: var(--error); } .bar .skip { background: var(--skip); } .bar .pass { background: var(--pass); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; padding: 0; margin: 0 0 18px; list-style: none; }
.legend b { font-variant-numeric: tabular-nums; }
.grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 16px; margin: 0 0 18px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; min-width: 0; }
.chart { width: 100%; border-collapse: collapse; } .chart th { text-align: left; font-weight: 400; padding: 2px 8px 2px 0; width: 55%; overflow-wrap: anywhere; }
.chart td { padding: 2px 0; } .chart button { all: unset; cursor: pointer; overflow-wrap: anywhere; } .chart button:hover, .chart button:focus-visible { color: var(--accent); text-decoration: underline; }
.chart .n { text-align: right; width: 3.5em; font-variant-numeric: tabular-nums; } .meter { display: flex; height: 10px; border-radius: 5px; overflow: hidden; }
.meter i { display: block; } .meter .block { background: var(--block); } .meter .other { background: var(--fail); }
form { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 8px; padding: 10px 0; background: var(--bg); border-bottom: 1px solid var(--line); margin-bottom: 12px; }
input, select, form button { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 6px 10px; max-width: 100%; }
input[type=search] { flex: 1 1 220px; } :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
#count { align-self: center; color: var(--dim); }
details.result { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--skip); border-radius: 8px; margin: 0 0 8px; }
details.result.block { border-left-color: var(--block); color: inherit; } details.result.fail { border-left-color: var(--fail); color: inherit; }
details.result.warn { border-left-color: var(--warn); color: inherit; } details.result.error { border-left-color: var(--error); color: inherit; }
details.result.skip { color: inherit; }
summary { cursor: pointer; padding: 9px 12px; display: flex; flex-wrap: wrap; gap: 2px 12px; align-items: baseline; } summary .what { font-weight: 600; overflow-wrap: anywhere; }
summary .where { color: var(--dim); margin-left: auto; overflow-wrap: anywhere; } .badge { font-size: 12px; font-weight: 700; text-transform: uppercase; letter-spacing: .04em; }
.body { padding: 0 12px 12px; } .message { white-space: pre-wrap; overflow-wrap: anywhere; }
pre { background: var(--code); border: 1px solid var(--line); border-radius: 8px; padding: 8px 0; margin: 8px 0; overflow-x: auto; font: 13px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
pre span { display: block; padding: 0 12px; white-space: pre; } pre span.hit { background: var(--mark); } pre b { color: var(--dim); font-weight: 400; display: inline-block; min-width: 4ch; text-align: right; margin-right: 14px; user-select: none; }
code { font: 13px ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; } .problems li { margin: 0 0 6px; overflow-wrap: anywhere; }
[hidden] { display: none !important; } footer { color: var(--dim); padding: 20px 0 40px; }
@media print { form { display: none; } details.result { break-inside: avoid; } }
`
