import { runAt, type PreparedInstance } from '@kubedrill/grader';
import type { ContentIssue } from './content-issue.ts';
import { readBlock, type ConsoleCommand } from './sections/section-block.ts';
import { asOnTerminal, linesOf } from './sections/terminal-text.ts';

/** A brief with what its consoles print in the instance's own cluster. */
export interface ObservedBrief {
  readonly text: string;
  /** What went wrong with its commands: a fault of the exercise. */
  readonly complaints: readonly string[];
}

interface Console {
  readonly commands: readonly ConsoleCommand[];
  /** Of the first line inside, counted from 1. */
  readonly first: number;
  readonly problem?: string;
}

/** More than this of one output nobody reads through. */
const mostLines = 120;

/**
 * Types the commands of all `console` blocks, in order, in the initial cluster of the instance, and puts what they print below them.
 * A brief without such blocks stays as it is and costs nothing.
 */
export function observedBrief(brief: string, prepared: () => PreparedInstance): ObservedBrief {
  const consoles = consolesIn(brief);
  if (consoles.length === 0) return { text: brief, complaints: [] };
  const { baseline, instance } = prepared();
  const cluster = baseline.fork();
  const workstation = { namespace: instance.namespace, files: new Map<string, string>() };
  const lines = brief.split('\n');
  const complaints: string[] = [];
  const shown: string[] = [];
  let next = 0;
  for (const { commands } of consoles) {
    for (const { place, script, line, output } of commands) {
      shown.push(...lines.slice(next, output.first - 1));
      next = output.first - 1;
      const result = runAt(cluster, workstation, place, script);
      cluster.settle();
      if (!result) complaints.push(`line ${line}: there is no host, node or Pod "${place}"`);
      const observed = linesOf(result ? asOnTerminal(result) : '');
      if (result && observed.length === 0) complaints.push(`line ${line}: prints nothing`);
      if (observed.length > mostLines)
        complaints.push(`line ${line}: prints ${observed.length} lines, more than ${mostLines}: cut it down`);
      shown.push(...observed);
    }
  }
  return { text: [...shown, ...lines.slice(next)].join('\n'), complaints };
}

/** Consoles of a brief that nothing can run, or that hold outputs already. */
export function lintBrief(file: string, brief: string): readonly ContentIssue[] {
  return consolesIn(brief).flatMap(({ commands, first, problem }): readonly ContentIssue[] => {
    const issueAt = (line: number, message: string): ContentIssue => ({
      severity: 'error',
      file,
      line,
      column: 1,
      message,
    });
    if (problem !== undefined) return [issueAt(first, problem)];
    return commands.flatMap(({ output }) =>
      output.lines.length === 0 ? [] : [issueAt(output.first, 'outputs of a console are filled in: leave them out')],
    );
  });
}

function consolesIn(brief: string): readonly Console[] {
  const lines = brief.split('\n');
  const consoles: Console[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    if (lines[at] !== '```console') continue;
    const end = lines.indexOf('```', at + 1);
    const close = end < 0 ? lines.length : end;
    const block = readBlock('console', lines.slice(at + 1, close), at + 2);
    const first = at + 2;
    if (typeof block === 'string') consoles.push({ first, commands: [], problem: block });
    else if (block.kind === 'console') consoles.push({ first, commands: block.commands });
    at = close;
  }
  return consoles;
}
