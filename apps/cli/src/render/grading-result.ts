import type {
  CellFeedback,
  CheckResult,
  CommandReference,
  Feedback,
  GradingResult,
  SubmissionMessage,
} from '@kubedrill/grader';
import type { Terminal } from '../terminal.ts';
import { renderHops } from './hops.ts';

type Styles = Pick<Terminal, 'style'>;

/** A result for people: a line per check, and under each failed one why. */
export function renderResult(
  { title, result }: { readonly title: string; readonly result: GradingResult },
  { style }: Styles,
): string {
  const lines = [style('bold', title), ''];
  for (const message of result.messages) lines.push(...renderMessage(message, style));
  if (result.messages.length > 0) lines.push('');
  const width = Math.max(...result.checks.map((check) => check.title.length));
  for (const check of result.checks) lines.push(...renderCheck(check, width, style));
  if (result.limit) lines.push('', `${style('yellow', 'limited')}: ${result.limit.text} (${result.limit.bound})`);
  lines.push(
    '',
    renderVerdict(result, style),
    style(
      'dim',
      `receipt ${result.receipt.result.slice(0, 16)}  exercise ${result.receipt.exercise.slice(0, 16)}  ${result.receipt.engine}`,
    ),
  );
  return lines.join('\n');
}

function renderVerdict({ verdict, points, maxPoints }: GradingResult, style: Styles['style']): string {
  const colour = verdict === 'passed' ? 'green' : verdict === 'partial' || verdict === 'limited' ? 'yellow' : 'red';
  return `${style([colour, 'bold'], verdict)}: ${points} of ${maxPoints} points`;
}

function renderMessage({ severity, text, position }: SubmissionMessage, style: Styles['style']): readonly string[] {
  const place = position
    ? `${position.file}${position.line === undefined ? '' : `:${position.line}${position.column === undefined ? '' : `:${position.column}`}`}: `
    : '';
  const [first = '', ...rest] = text.split('\n');
  return [
    `  ${style(severity === 'error' ? 'red' : 'yellow', severity)}: ${place}${first}`,
    ...rest.map((line) => `      ${line}`),
  ];
}

function renderCheck(
  { title, status, credit, weight, feedback }: CheckResult,
  width: number,
  style: Styles['style'],
): readonly string[] {
  const mark = { passed: style('green', '✓'), failed: style('red', '✗'), notRun: style('dim', '·') }[status];
  const earned = `${formatWeight(weight * credit)}/${formatWeight(weight)}`;
  const line = `  ${mark} ${title.padEnd(width)}  ${status === 'notRun' ? style('dim', 'not run') : earned}`;
  return feedback ? [line, ...renderFeedback(feedback, style), ''] : [line];
}

function formatWeight(weight: number): string {
  return String(Math.round(weight * 100) / 100);
}

function renderFeedback(
  { summary, expected, observed, hops, source, change, command, cells }: Feedback,
  style: Styles['style'],
): readonly string[] {
  const lines = [
    `      ${summary}`,
    `      ${style('dim', 'expected')}  ${expected}`,
    `      ${style('dim', 'observed')}  ${observed}`,
  ];
  if (cells) return [...lines.slice(0, 2), ...renderCells(cells, style)];
  if (hops && hops.length > 0) lines.push(...renderHops(hops).map((hop) => `      ${style('dim', hop)}`));
  if (change)
    lines.push(`      ${style('cyan', `journal entry ${change.entry}`)}  ${change.field} (${change.request})`);
  if (command) lines.push(...renderCommand(command, style));
  if (!source) return lines;
  const number = String(source.line);
  lines.push(`      ${style('cyan', `${source.file}:${source.line}:${source.column}`)}  ${source.field}`);
  lines.push(`      ${number} | ${source.excerpt}`);
  lines.push(`      ${' '.repeat(number.length)} | ${' '.repeat(Math.max(0, source.column - 1))}${style('red', '^')}`);
  return lines;
}

/** Row, column, what differs; below it where the flow ended, and the line. */
function renderCells(cells: readonly CellFeedback[], style: Styles['style']): readonly string[] {
  return cells.flatMap(({ from, to, expected, observed, hop, source }) => [
    `      ${style('red', `${from} -> ${to}`)}  ${expected}, but ${observed}`,
    ...(hop ? [`          ${style('dim', `${hop.at}: ${hop.text}`)}`] : []),
    ...(source ? [`          ${style('cyan', `${source.file}:${source.line}`)}  ${source.excerpt.trim()}`] : []),
  ]);
}

function renderCommand(
  { number, line, text, did, field, output }: CommandReference,
  style: Styles['style'],
): readonly string[] {
  const what = did === 'changed' ? `set ${field ?? ''}` : 'failed, and nothing else has changed this';
  const said = output === '' ? [] : output.split('\n').map((printed) => `      ${style('dim', '|')} ${printed}`);
  return [
    `      ${style('cyan', `command ${number}, line ${line}`)}  ${what}`,
    `      $ ${text.split('\n', 1)[0] ?? ''}`,
    ...said,
  ];
}
