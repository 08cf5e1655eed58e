import type { Cluster, VantagePoint } from '@kubedrill/cluster-sim';
import type { Source } from '../exercise/source.ts';
import { describePodSet, podsOf } from './pods.ts';

/** Every place that a source stands for at this moment; none when no Pod of it lives. */
export function vantagePointsOf(cluster: Cluster, source: Source): readonly VantagePoint[] {
  if (source.node !== undefined) return [{ kind: 'node', name: source.node }];
  if (source.nodes !== undefined)
    return cluster.view.list('Node').map(({ metadata }) => ({ kind: 'node', name: metadata.name }));
  if (source.external !== undefined) return [{ kind: 'external', name: source.external }];
  return podsOf(cluster, source).map(({ metadata }) => ({
    kind: 'pod',
    namespace: source.namespace,
    name: metadata.name,
    ...(source.container === undefined ? {} : { container: source.container }),
  }));
}

export function describeVantagePoint(point: VantagePoint): string {
  switch (point.kind) {
    case 'pod':
      return `Pod ${point.namespace}/${point.name}`;
    case 'node':
      return `node ${point.name}`;
    case 'external':
      return `outside host ${point.name}`;
  }
}

export function describeSource(source: Source): string {
  if (source.node !== undefined) return `node ${source.node}`;
  if (source.nodes !== undefined) return 'every node';
  if (source.external !== undefined) return `outside host ${source.external}`;
  return describePodSet(source);
}
