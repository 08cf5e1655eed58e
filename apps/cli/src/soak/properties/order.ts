import type { Cluster } from '@kubedrill/cluster-sim';
import { isJsonObject, type Json, type JsonObject, type Kind } from '@kubedrill/kube-model';
import type { Draw } from '../draw.ts';
import { manifestText } from '../manifest-text.ts';
import { firstDifference } from '../first-difference.ts';
import { anyCluster, problemIn, type Property } from '../property.ts';
import { shapeOf } from '../settled-shape.ts';
import { soundObject } from '../sound/sound-object.ts';
import { play, type Step } from '../step.ts';

/** Without kinds that others are scheduled on, and without Endpoints, which clash with those of the controller. */
const orderedKinds: readonly Kind[] = [
  ...(['Deployment', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'Service', 'Service'] as const),
  ...(['Pod', 'ConfigMap', 'Secret', 'NetworkPolicy', 'Ingress', 'ServiceAccount', 'EndpointSlice'] as const),
];

export const order: Property = {
  name: 'order',
  title: 'Neither the order of the documents nor when they come changes the settled state',
  weight: 5,
  examine(draw, surroundings) {
    const start = anyCluster(draw, surroundings);
    const documents = unrelatedDocuments(draw);
    const steps = documents.map((document): Step => ({ do: 'apply', text: manifestText(document, 0) }));
    const reordered = draw.shuffled(documents.map((_, index) => index));
    // Whole seconds, as Kubernetes' times are: in which part of a second something starts decides how old it looks.
    const pauses = draw.list(steps.length, steps.length, () => (draw.percent(50) ? 0 : 1000 * draw.between(1, 3)));
    const problemOf = (replayed: readonly Step[]): string | undefined =>
      problemIn(() => {
        const shuffled = reordered.flatMap((index) => replayed[index] ?? []);
        return difference(settledShape(start, replayed, []), settledShape(start, shuffled, pauses));
      });
    const problem = problemOf(steps);
    const { length: manifests } = documents;
    return problem === undefined ? { manifests } : { manifests, counterexample: { problem, steps, problemOf } };
  },
};

/** Objects of different names, none of which takes what another one wants: no adoption, no place. */
function unrelatedDocuments(draw: Draw): readonly JsonObject[] {
  return draw.list(2, 6, (index) => {
    const kind = draw.pick(orderedKinds);
    const name = `${draw.pick(['web', 'x'])}${index}`;
    const document = withoutRelations(soundObject(draw, kind, name)) as JsonObject;
    return kind === 'Pod' ? { ...document, metadata: { name, labels: { app: name } } } : document;
  });
}

/** Fields by which Pods find or avoid each other and nodes. */
const relations: ReadonlySet<string> = new Set(['affinity', 'topologySpreadConstraints', 'hostNetwork']);

function withoutRelations(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutRelations);
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !relations.has(key));
  return Object.fromEntries(kept.map(([key, member]) => [key, withoutRelations(member ?? null)]));
}

function settledShape(start: Cluster, steps: readonly Step[], pauses: readonly number[]): readonly string[] {
  const cluster = start.fork();
  steps.forEach((step, index) => {
    play(cluster, step);
    const pause = pauses[index] ?? 0;
    if (pause > 0) cluster.advance(pause);
  });
  const report = cluster.settle();
  return report.kind === 'settled' ? shapeOf(cluster) : [`does not settle: ${report.bound}`];
}

function difference(first: readonly string[], second: readonly string[]): string | undefined {
  const [missing, added] = [first.filter((one) => !second.includes(one)), second.filter((one) => !first.includes(one))];
  if (missing.length === 0 && added.length === 0 && first.length === second.length) return undefined;
  const lines = missing.map((one, index) => firstDifference(one, added[index])).concat(added.slice(missing.length));
  return `the settled state differs:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
