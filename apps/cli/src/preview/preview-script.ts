/** What runs in the page. Text that comes from content is set as text; only the brief, which the server escapes, is HTML. */
export const previewScript = String.raw`
const $ = (id) => document.getElementById(id);
const make = (tag, text, name) => { const element = document.createElement(tag); if (text !== undefined) element.textContent = text; if (name) element.className = name; return element; };
let shown, last;

async function load(keep) {
  const query = new URLSearchParams({ variant: $('variant').value, seed: $('seed').value });
  const answer = await fetch('/state?' + query);
  const state = await answer.json();
  if (!answer.ok) { $('issues').replaceChildren(make('p', state.text)); return; }
  shown = state;
  document.title = $('title').textContent = state.title;
  const view = state.view;
  options($('variant'), state.variants.map((id) => [id, id]), view ? view.variant : '');
  const list = make('ul', undefined, 'plain issues');
  for (const issue of state.issues) list.append(make('li', issue.place + ': ' + issue.message, issue.severity));
  $('issues').replaceChildren(...(state.issues.length > 0 ? [make('h2', 'Lint'), list] : []));
  if (!view) return;
  $('brief').innerHTML = view.briefHtml;
  $('start').replaceChildren(...(view.start.length === 0 ? [make('p', 'nothing')] : view.start.flatMap((file) => [make('div', file.path), make('pre', file.content)])));
  $('checks').replaceChildren(...view.checks.map((check) => make('li', check.title + ' (' + check.weight + ')')));
  $('hints').replaceChildren(...view.hints.map((hint) => make('li', hint.text + ' (costs ' + hint.cost + ', after ' + hint.afterAttempts + ' attempts)')));
  options($('example'), [['', 'what the learner starts from'], ...state.examples.map((example) => [example.name, example.name])], $('example').value);
  if (!keep) fill();
  else if (last) submit();
}

function options(select, pairs, value) {
  select.replaceChildren(...pairs.map(([id, text]) => { const option = make('option', text); option.value = id; return option; }));
  select.value = value;
}

function fill() {
  const view = shown.view;
  const example = shown.examples.find(({ name }) => name === $('example').value);
  const content = example ? example.content : undefined;
  if (view.accepts === 'answers') {
    $('entry').replaceChildren(...view.questions.flatMap((asked) => {
      const input = make('input'); input.type = 'text'; input.dataset.answer = asked.id; input.value = content ? content.answers[asked.id] ?? '' : '';
      return [make('p', asked.question + (asked.choices ? ' (' + asked.choices.join(', ') + ')' : '')), input];
    }));
    return;
  }
  if (view.accepts === 'commands') { $('entry').replaceChildren(area('commands', content ? content.commands.join('\n') : '')); return; }
  const files = content ? content.files : view.start.length > 0 ? view.start : [{ path: 'submission.yaml', content: '' }];
  $('entry').replaceChildren(...files.flatMap((file) => [make('div', file.path), area(file.path, file.content)]));
}

function area(path, text) {
  const element = make('textarea'); element.dataset.path = path; element.value = text; element.spellcheck = false; element.setAttribute('aria-label', path);
  return element;
}

function entered() {
  const areas = [...$('entry').querySelectorAll('textarea')];
  switch (shown.view.accepts) {
    case 'answers': return { kind: 'answers', answers: Object.fromEntries([...$('entry').querySelectorAll('input')].map((input) => [input.dataset.answer, input.value])) };
    case 'commands': return { kind: 'commands', commands: areas.map((element) => element.value) };
    default: return { kind: 'files', files: areas.map((element) => ({ path: element.dataset.path, content: element.value })) };
  }
}

async function submit() {
  last = true;
  const body = JSON.stringify({ variant: shown.view.variant, seed: shown.view.seed, content: entered() });
  const answer = await fetch('/submissions', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const grading = await answer.json();
  if (grading.kind !== 'graded') { $('result').replaceChildren(make('p', grading.text)); return; }
  const result = grading.result;
  const parts = [make('p', result.verdict + ': ' + result.points + ' of ' + result.maxPoints + ' points', 'verdict')];
  for (const message of result.messages) parts.push(make('pre', placeOf(message.position) + message.severity + ': ' + message.text));
  const list = make('ul', undefined, 'plain');
  for (const check of result.checks) list.append(checkItem(check));
  $('result').replaceChildren(...parts, list);
}

const placeOf = (position) => position ? position.file + (position.line ? ':' + position.line : '') + ': ' : '';

function checkItem(check) {
  const item = make('li');
  item.append(make('span', check.title + ' (' + Math.round(check.credit * check.weight * 100) / 100 + ' of ' + check.weight + ')', check.status));
  const feedback = check.feedback;
  if (!feedback) return item;
  item.append(make('div', feedback.summary, 'detail'), pair('expected', feedback.expected), pair('observed', feedback.observed));
  for (const cell of feedback.cells ?? []) item.append(pair(cell.from + ' -> ' + cell.to, (cell.hop ? cell.hop.at + ': ' + cell.hop.text : cell.observed) + (cell.source ? ' (' + cell.source.file + ':' + cell.source.line + ')' : '')));
  for (const hop of feedback.cells ? [] : feedback.hops ?? []) item.append(make('div', hop.at + ': ' + hop.text, 'detail'));
  if (feedback.source) item.append(make('pre', feedback.source.file + ':' + feedback.source.line + '  ' + feedback.source.field + '\n' + feedback.source.excerpt));
  return item;
}

function pair(name, text) {
  const element = make('div', undefined, 'detail');
  element.append(make('b', name + ' '), text);
  return element;
}

$('submit').onclick = submit;
$('example').onchange = fill;
$('variant').onchange = $('seed').onchange = () => { last = false; load(false); };
const events = new EventSource('/events');
events.onopen = () => { $('state').textContent = 'live: follows what you save'; };
events.onerror = () => { $('state').textContent = 'the preview has ended'; };
events.addEventListener('changed', () => { $('state').textContent = 'read again at ' + new Date().toLocaleTimeString(); load(true); });
load(false);
`;
