import { replay } from '@kubedrill/cluster-sim';
import type { PreparedInstance } from '../prepared-instance.ts';
import { keptState } from '../scenario/kept-state.ts';
import type { ScenarioInput } from '../scenario/run-scenario.ts';
import type { SubmittedSandbox } from '../submission-content.ts';
import { exerciseSandboxCluster } from './sandbox-cluster.ts';

/** A learner's cluster as it was when he submitted it. Throws when its journal does not replay: a fault of the platform. */
export function replayedSandbox(
  { instance, manifests }: PreparedInstance,
  { startTime, until, journal }: SubmittedSandbox,
): Pick<ScenarioInput, 'cluster' | 'kept'> {
  const cluster = exerciseSandboxCluster(instance, manifests, startTime);
  const kept = keptState(cluster, instance.constraints);
  for (const entry of journal) replay(cluster, entry);
  cluster.advance(Math.max(0, until - cluster.clock.now()));
  return { cluster, kept };
}
