import type { Evidence } from '@kubedrill/cluster-sim';
import type { TypedCommand } from '@kubedrill/kubectl';
import type { Constraints } from '../exercise/constraints.ts';
import { SandboxChanges } from '../feedback/sandbox-changes.ts';
import type { CommandReference, CommandReport, SubmissionMessage } from '../grading-result.ts';
import { forbiddenMakings } from '../submission-reading.ts';
import type { TypedSession } from './typed-session.ts';

/** How much of the output of one command, and of all of them, a result keeps. */
const longestOutput = 2_000;
const longestReports = 40_000;
const longestReference = 500;

/** What messages give as their file. */
const place = 'commands';

/** The session for the result: long outputs are cut, and the later ones left out where all together are too long. */
export function commandReports({ typed }: TypedSession): readonly CommandReport[] {
  let left = longestReports;
  const kept = (text: string): string => {
    const cut = cutTo(text, Math.min(longestOutput, left));
    left = Math.max(0, left - cut.length);
    return cut;
  };
  return typed.map(({ number, line, text, exitCode, stdout, stderr, interrupted }) => ({
    ...{ number, line, text, exitCode, stdout: kept(stdout), stderr: kept(stderr) },
    ...(interrupted ? { interrupted } : {}),
  }));
}

/** What failed in the words of the program that failed, what was warned of, and what a failure means. */
export function commandMessages({ typed }: TypedSession): readonly SubmissionMessage[] {
  const messages = typed.flatMap((command): readonly SubmissionMessage[] => {
    const said = cutTo(command.stderr.trimEnd(), longestOutput);
    const position = { file: place, line: command.line };
    if (command.interrupted)
      return [{ severity: 'warning', text: 'this command does not end by itself: it was interrupted', position }];
    if (said === '') return [];
    if (hasFailed(command)) return [{ severity: 'error', text: said, position }];
    const warnings = said.split('\n').filter((text) => text.startsWith('Warning: '));
    return warnings.map((text) => ({ severity: 'warning', text: text.slice('Warning: '.length), position }));
  });
  const failures = messages.filter(({ severity }) => severity === 'error').length;
  if (failures === 0) return messages;
  const text = `${failures} of ${typed.length} commands failed; the others were run all the same, and the checks judge what the cluster has come to`;
  return [...messages, { severity: 'warning', text }];
}

/** Kinds that commands made although the exercise does not allow them. */
export function disallowedMessages(
  { typed, journal, origins }: TypedSession,
  constraints: Constraints,
): readonly SubmissionMessage[] {
  return forbiddenMakings(constraints, journal).map(({ text, entry }) => {
    const line = typed[origins[entry] ?? -1]?.line;
    return { severity: 'error', text, ...(line === undefined ? {} : { position: { file: place, line } }) };
  });
}

/** Leads from fields of stored objects back to the commands that set them. */
export class DecidingCommands {
  private readonly session: TypedSession;
  private readonly changes: SandboxChanges;

  constructor(session: TypedSession) {
    this.session = session;
    this.changes = new SandboxChanges(session.journal);
  }

  /** The command that last changed what decided; where none did, the first that failed. */
  of(evidence: readonly Evidence[]): CommandReference | undefined {
    const { typed, origins } = this.session;
    const change = this.changes.changeOf(evidence);
    const changer = change && typed[origins[change.entry - 1] ?? -1];
    if (changer) return { ...reference(changer), did: 'changed', field: change.field };
    const failed = typed.find(hasFailed);
    return failed && { ...reference(failed), did: 'failed' };
  }
}

function reference({ number, line, text, exitCode, stdout, stderr }: TypedCommand): Omit<CommandReference, 'did'> {
  return { number, line, text, exitCode, output: cutTo(`${stdout}${stderr}`.trimEnd(), longestReference) };
}

/** Some say with their exit code alone that there is nothing, or a difference: grep, test, kubectl diff. */
function hasFailed({ exitCode, stderr }: TypedCommand): boolean {
  return exitCode !== 0 && stderr !== '';
}

function cutTo(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}\n... (cut)` : text;
}
