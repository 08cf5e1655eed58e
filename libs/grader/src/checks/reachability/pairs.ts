import type { Cluster, Probe } from '@kubedrill/cluster-sim';
import type { Source } from '../../exercise/source.ts';
import type { Target } from '../../exercise/target.ts';
import type { Diagnosis } from '../../feedback/diagnosis.ts';
import { diagnosePodSet } from '../../feedback/pod-diagnosis.ts';
import { diagnoseService } from '../../feedback/service-diagnosis.ts';
import { describeTarget, destinationsOf, probeOf } from '../../observe/destinations.ts';
import { describeSource, describeVantagePoint, vantagePointsOf } from '../../observe/vantage-points.ts';

export interface Pair {
  readonly fromLabel: string;
  readonly toLabel: string;
  readonly probe: Probe;
}

/** All pairs of a set. `gap`: a source or target that stands for nothing, so that the question could not be asked in full. */
export function pairsOf(
  cluster: Cluster,
  sources: readonly Source[],
  targets: readonly Target[],
): { readonly pairs: readonly Pair[]; readonly gap?: Diagnosis } {
  const pairs: Pair[] = [];
  let gap: Diagnosis | undefined;
  for (const source of sources) {
    const points = vantagePointsOf(cluster, source);
    if (points.length === 0) gap ??= emptySource(cluster, source);
    for (const target of targets) {
      const destinations = destinationsOf(cluster, target);
      if (destinations.length === 0) gap ??= emptyTarget(cluster, target);
      for (const from of points) {
        for (const destination of destinations) {
          const probe = probeOf(from, target, destination);
          pairs.push({ fromLabel: describeVantagePoint(from), toLabel: destination.label, probe });
        }
      }
    }
  }
  return gap ? { pairs, gap } : { pairs };
}

function emptySource(cluster: Cluster, source: Source): Diagnosis {
  const why = diagnosePodSet(cluster, source);
  return { text: `nobody is there to ask: ${describeSource(source)}; ${why.text}`, evidence: why.evidence };
}

function emptyTarget(cluster: Cluster, target: Target): Diagnosis {
  const service = target.service ?? target.loadBalancer;
  const why =
    service === undefined ? diagnosePodSet(cluster, target) : diagnoseService(cluster, target.namespace, service);
  return {
    text: `there is no address of ${describeTarget(target)}${why ? `; ${why.text}` : ''}`,
    evidence: why?.evidence ?? [],
  };
}
