import { previewScript } from './preview-script.ts';

const style = `
  :root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); --dim: color-mix(in srgb, currentColor 62%, transparent); --good: #1a7f37; --bad: #cf222e; --soft: color-mix(in srgb, currentColor 6%, transparent); }
  @media (prefers-color-scheme: dark) { :root { --good: #3fb950; --bad: #ff7b72; } }
  * { box-sizing: border-box; }
  body { margin: 0; font: 15px/1.55 system-ui, sans-serif; }
  header { display: flex; gap: 1rem; align-items: baseline; flex-wrap: wrap; padding: .7rem 1.2rem; border-bottom: 1px solid var(--line); }
  header h1 { font-size: 1.05rem; margin: 0; }
  header .state { margin-left: auto; color: var(--dim); }
  main { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0 2rem; padding: 1rem 1.2rem; }
  @media (max-width: 60rem) { main { grid-template-columns: minmax(0, 1fr); } }
  h2 { font-size: .8rem; letter-spacing: .06em; text-transform: uppercase; color: var(--dim); margin: 1.4rem 0 .4rem; }
  pre, textarea, code { font: 13px/1.5 ui-monospace, monospace; }
  pre { background: var(--soft); padding: .6rem .8rem; border-radius: 6px; overflow-x: auto; margin: .4rem 0; }
  textarea, input[type=text] { width: 100%; border: 1px solid var(--line); border-radius: 6px; padding: .6rem .8rem; background: transparent; color: inherit; }
  textarea { min-height: 15rem; resize: vertical; tab-size: 2; }
  button, select, input[type=number] { font: inherit; padding: .25rem .7rem; border: 1px solid var(--line); border-radius: 6px; background: var(--soft); color: inherit; }
  button.main { background: var(--good); color: #fff; border-color: transparent; }
  input[type=number] { width: 7rem; }
  ul.plain { list-style: none; margin: 0; padding: 0; }
  ul.plain > li { padding: .35rem 0; border-top: 1px solid var(--line); }
  .issues li { color: var(--bad); } .issues .warning { color: inherit; }
  .passed::before { content: "✓ "; color: var(--good); } .failed::before { content: "✗ "; color: var(--bad); } .notRun::before { content: "· "; }
  .detail { color: var(--dim); margin: .15rem 0 0 1.1rem; } .detail b { font-weight: 600; color: inherit; }
  .verdict { font-size: 1.1rem; font-weight: 600; } .actions { display: flex; gap: .5rem; flex-wrap: wrap; margin: .6rem 0; }
  table { border-collapse: collapse; } td, th { border: 1px solid var(--line); padding: .2rem .6rem; text-align: left; }
`;

/** The whole page: it asks the server for everything that it shows. */
export const previewPage = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Preview</title><link rel="icon" href="data:,"><style>${style}</style></head>
<body>
<header>
  <h1 id="title">Preview</h1>
  <label>Variant <select id="variant"></select></label>
  <label>Seed <input id="seed" type="number" min="0" value="1"></label>
  <span class="state" id="state" role="status">connecting</span>
</header>
<main>
  <section>
    <div id="issues"></div>
    <h2>Brief</h2><div id="brief"></div>
    <h2>Starts from</h2><div id="start"></div>
    <h2>Checks</h2><ul class="plain" id="checks"></ul>
    <h2>Hints</h2><ul class="plain" id="hints"></ul>
  </section>
  <section>
    <h2>Submission</h2>
    <div class="actions"><label>Fill in <select id="example"><option value="">what the learner starts from</option></select></label></div>
    <div id="entry"></div>
    <div class="actions"><button class="main" id="submit">Submit</button></div>
    <h2>Result</h2><div id="result" aria-live="polite">Nothing is submitted yet.</div>
  </section>
</main>
<script>${previewScript}</script>
</body>
</html>
`;
