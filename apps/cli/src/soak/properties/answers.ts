import type { ApiResponse, Cluster, SettleReport, Trace } from '@kubedrill/cluster-sim';
import type { Pod } from '@kubedrill/kube-model';
import { anyCluster, problemIn, type Counterexample, type Property } from '../property.ts';
import { idleStep, manifestSteps } from '../scenario.ts';
import { play, state, type Step } from '../step.ts';
import { addUpToOne } from './probabilities.ts';

const codes: ReadonlySet<number> = new Set([200, 201, 400, 403, 404, 405, 409, 413, 415, 422, 429, 500]);

export const answers: Property = {
  name: 'answers',
  title: 'Nothing that a client sends throws, hangs or is answered with nonsense',
  weight: 100,
  examine(draw, surroundings) {
    const start = anyCluster(draw, surroundings);
    const cluster = start.fork();
    const steps: Step[] = [];
    let manifests = 0;
    const goesWrong = (next: Step): string | undefined => {
      steps.push(next);
      return problemIn(() => wrongAnswer(cluster, next, play(cluster, next)));
    };
    const problemOf = (replayed: readonly Step[]): string | undefined => {
      const fork = start.fork();
      return problemIn(
        () => replayed.map((step) => wrongAnswer(fork, step, play(fork, step))).find(Boolean) ?? unwritable(fork),
      );
    };
    const counterexample = (problem: string): Counterexample => ({ problem, steps, problemOf });
    for (const rounds = draw.between(1, 9); manifests < rounds;) {
      manifests += 1;
      const next = [...manifestSteps(draw, surroundings.schemas)];
      if (draw.percent(15)) next.push(idleStep(draw, cluster));
      for (const step of next) {
        const problem = goesWrong(step);
        if (problem !== undefined) return { manifests, counterexample: counterexample(problem) };
      }
    }
    const problem = problemIn(() => unwritable(cluster));
    return problem === undefined ? { manifests } : { manifests, counterexample: counterexample(problem) };
  },
};

/** Who owns which field is worked out only when an object is written down. */
function unwritable(cluster: Cluster): undefined {
  state(cluster);
  return undefined;
}

function wrongAnswer(cluster: Cluster, step: Step, answer: unknown): string | undefined {
  JSON.stringify(answer);
  if (step.do === 'request') {
    const response = answer as ApiResponse;
    const code = response.ok ? response.code : response.status.code;
    return codes.has(code) ? undefined : `the API server answers with code ${code}`;
  }
  if (step.do === 'trace' && !addUpToOne((answer as Trace).outcomes))
    return 'the probabilities of a trace do not add up to 1';
  if (step.do === 'settle' || step.do === 'advance') return endlessWork(cluster, answer as SettleReport);
  if (step.do === 'exec' || step.do === 'workstation') {
    const { exitCode } = answer as { readonly exitCode: number };
    if (!Number.isInteger(exitCode) || exitCode < 0 || exitCode > 255) return `a command exits with ${exitCode}`;
  }
  return undefined;
}

/** A manifest may ask for too much, or for Pods that never rest; that controllers never come to an end is a fault of theirs. */
function endlessWork({ view }: Cluster, report: SettleReport): string | undefined {
  if (report.kind === 'settled' || report.bound === 'maxObjects' || report.bound === 'maxPods') return undefined;
  if (report.bound === 'maxSettleTime' && view.list('Pod').some(isRestless)) return undefined;
  return `controllers come to no end: ${report.bound} is hit`;
}

/** It ends, however long its grace period lets it, or its containers crash, one or the other before all have backed off. */
function isRestless({ metadata, status }: Pod): boolean {
  const { containerStatuses = [], initContainerStatuses = [] } = status;
  return (
    metadata.deletionTimestamp !== undefined ||
    [...containerStatuses, ...initContainerStatuses].some(({ restartCount }) => restartCount > 0)
  );
}
