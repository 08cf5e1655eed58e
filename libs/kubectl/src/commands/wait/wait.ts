import type { Fault } from '../../fault.ts';
import { faultText, isNotFound } from '../../fault.ts';
import { durationOf } from '../../go-duration.ts';
import type { Invocation, KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { filenameFlags } from '../../manifest-files.ts';
import { waitUntil } from '../../object-watch.ts';
import { printFlags } from '../../print-flags.ts';
import {
  findVisits,
  selectionOf,
  visitAll,
  visitFlags,
  withoutMissing,
  type VisitOptions,
} from '../../resource-visit.ts';
import { ResultPrinter } from '../../result-printer.ts';
import { readConditions, type WaitCondition } from './conditions.ts';
import { meetsCondition } from './met-condition.ts';

const standardTimeout = 30_000;
const week = 168 * 3_600_000;
const creationPoll = 500;

/** kubectl/pkg/cmd/wait/wait.go. */
export const wait: KubectlCommand = {
  name: 'wait',
  flags: {
    ...printFlags,
    ...filenameFlags,
    ...visitFlags,
    for: { value: 'required' },
    local: { value: 'none' },
    timeout: { value: 'required', type: 'duration' },
  },
  run(invocation) {
    const { cluster, console, flags } = invocation;
    const printer = new ResultPrinter(invocation);
    const conditions = readConditions(flags.all('for'));
    const given = flags.has('timeout') ? durationOf(flags.text('timeout')) : standardTimeout;
    const timeout = given < 0 ? week : given;
    const deadline = cluster.clock.now() + timeout;
    const { all: _all, ...selection } = selectionOf(invocation);
    const options: VisitOptions = {
      ...selection,
      allowsEmptySelector: flags.isTrue('all'),
      latest: true,
      isLocal: flags.isTrue('local'),
    };
    const kinds = conditions.map(({ kind }) => kind);
    if (kinds.includes('create')) awaitCreation(invocation, options, deadline);
    let visited = 0;
    const problem = visitAll(invocation, findVisits(invocation, options), options, (target) => {
      visited += 1;
      return meetAll(conditions, (condition) => {
        const met = meetsCondition(invocation, target, condition, { timeout, deadline });
        if (met.kind !== 'met') return met;
        printer.print(met.object, 'condition met');
        return undefined;
      });
    });
    const isForDelete = kinds.includes('delete');
    const left = isForDelete ? withoutMissing(problem) : problem;
    if (left) console.fail(faultText(left));
    else if (visited === 0 && !isForDelete) throw new CommandError('error: no matching resources found');
  },
};

function meetAll(
  conditions: readonly WaitCondition[],
  meet: (condition: WaitCondition) => Fault | undefined,
): Fault | undefined {
  for (const condition of conditions) {
    const problem = meet(condition);
    if (problem) return problem;
  }
  return undefined;
}

/** Until all that is named is there. */
function awaitCreation(invocation: Invocation, options: VisitOptions, deadline: number): void {
  let isFound = false;
  let problem: Fault | undefined;
  let next = 0;
  waitUntil(invocation.cluster, deadline, () => {
    const now = invocation.cluster.clock.now();
    if (now < next) return false;
    next = now + creationPoll;
    problem = visitAll(invocation, findVisits(invocation, options), options, () => {
      isFound = true;
      return undefined;
    });
    return problem ? !isNotFound(problem) : isFound;
  });
  if (problem && !isNotFound(problem)) throw new CommandError(faultText(problem));
  if (problem || !isFound) throw new CommandError('error: timed out waiting for the condition');
}
