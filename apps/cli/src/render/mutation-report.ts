import {
  formatIssue,
  type AuthoredExercise,
  type ContentIssue,
  type MutationFinding,
  type MutationReport,
} from '@kubedrill/content';
import type { Terminal } from '../terminal.ts';

/** What has been found of one exercise, in all its variants and seeds. */
export interface ExerciseMutations {
  readonly authored: AuthoredExercise;
  readonly reports: readonly MutationReport[];
  readonly findings: readonly MutationFinding[];
  /** Explanations that explain nothing. */
  readonly stale: readonly ContentIssue[];
}

const editsShown = 3;

/** A line for the exercise; below it each place with its edits, what they changed or which checks they failed. */
export function renderMutations({ authored, reports, findings, stale }: ExerciseMutations, terminal: Terminal): void {
  const { id, accepts } = authored.exercise.frame;
  const isFine = findings.length === 0 && stale.length === 0;
  const mark = isFine ? terminal.style('green', '✓') : terminal.style('red', '✗');
  terminal.out(`${mark} ${id}: ${accepts === 'answers' ? 'predictions have nothing to mutate' : summaryOf(reports)}`);
  for (const group of groupsOf(findings)) renderGroup(group, terminal);
  for (const issue of stale) terminal.out(`  ${formatIssue(issue)}`);
}

function summaryOf(reports: readonly MutationReport[]): string {
  const sum = (count: (report: MutationReport) => number): number =>
    reports.reduce((total, report) => total + count(report), 0);
  const explained = sum(({ accepted }) => accepted.filter((count) => count > 0).length);
  const parts = [`${sum(({ tried }) => tried)} mutants, ${sum(({ refused }) => refused)} of them refused`];
  if (explained > 0) parts.push(`${explained} findings explained`);
  const leftOut = sum((report) => report.leftOut);
  if (leftOut > 0) parts.push(`${leftOut} left out`);
  return parts.join('; ');
}

function groupsOf(findings: readonly MutationFinding[]): readonly (readonly MutationFinding[])[] {
  const groups = new Map<string, MutationFinding[]>();
  for (const finding of findings) {
    const key = `${finding.kind} ${finding.file}:${finding.line} ${finding.place.replace(/^\S+ \S+/, '')}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()];
}

function renderGroup(group: readonly MutationFinding[], terminal: Terminal): void {
  const [first] = group;
  if (!first) return;
  const { kind, file, line, place, differences, failed } = first;
  const what = kind === 'hole' ? 'hole: full marks all the same' : 'too strict: it changes nothing and loses marks';
  terminal.out(`  ${file}:${line}: ${what}: ${place}`);
  const variants = [...new Set(group.map(({ variant }) => variant))].join(', ');
  const edits = [...new Set(group.map(({ edit }) => edit))];
  const more = edits.length > editsShown ? `; and ${edits.length - editsShown} more` : '';
  terminal.out(`      ${edits.slice(0, editsShown).join('; ')}${more} (variant ${variants})`);
  for (const { question, before, after } of differences)
    terminal.out(`      ${question}: ${before}\n        now: ${after}`);
  for (const { id, observed } of failed) terminal.out(`      ${id}: ${observed}`);
}
