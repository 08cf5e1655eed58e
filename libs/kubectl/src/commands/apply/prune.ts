import { resourceOfManifest } from '@kubedrill/cluster-sim';
import type { JsonObject, ResourceInfo } from '@kubedrill/kube-model';
import { apiVersionOf, isJsonObject, resources } from '@kubedrill/kube-model';
import { dryRunNote, dryRunOf } from '../../dry-run.ts';
import { faultText, refusal } from '../../fault.ts';
import type { Invocation } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { klogLine } from '../../klog.ts';
import type { VisitedObject } from '../../resource-visit.ts';
import { shownAs } from '../../resource-visit.ts';
import type { ResultPrinter } from '../../result-printer.ts';
import { savedConfiguration } from '../../saved-configuration.ts';
import { deletionOf } from '../delete.ts';

/** kubectl/pkg/util/prune/prune.go. */
const defaults: readonly ResourceInfo[] = [
  resources.ConfigMap,
  resources.Endpoints,
  resources.PersistentVolumeClaim,
  resources.Pod,
  resources.ReplicationController,
  resources.Secret,
  resources.Service,
  resources.Job,
  resources.CronJob,
  resources.Ingress,
  resources.DaemonSet,
  resources.Deployment,
  resources.ReplicaSet,
  resources.StatefulSet,
  resources.Namespace,
  resources.PersistentVolume,
];

/** --prune-allowlist; empty: the default. */
export function pruneResources(texts: readonly string[]): readonly ResourceInfo[] {
  return texts.map((text) => {
    const [group = '', version = '', kind = '', ...more] = text.split('/');
    if (text.split('/').length < 3 || more.length > 0)
      throw new CommandError(`error: invalid GroupVersionKind format: ${text}, please follow <group/version/kind>`);
    const apiVersion = group === 'core' || group === '' ? version : `${group}/${version}`;
    const resource = resourceOfManifest(apiVersion, kind);
    if (!resource)
      throw new CommandError(
        `error: no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`,
      );
    return resource;
  });
}

/** kubectl/pkg/cmd/apply/prune.go: takes away what was applied once and is no longer. */
export function prune(
  invocation: Invocation,
  allowed: readonly ResourceInfo[],
  applied: readonly VisitedObject[],
  printer: ResultPrinter,
): void {
  const { cluster, console, isNamespaceGiven, namespace } = invocation;
  const chosen = allowed.length > 0 ? allowed : defaults;
  if (allowed.length === 0)
    console.note(
      klogLine(
        'W',
        cluster.clock.now(),
        'prune.go:71',
        'Deprecated: kubectl apply will no longer prune non-namespaced resources by default when used with the --namespace flag in a future release. To preserve the current behaviour, list the resources you want to target explicitly in the --prune-allowlist flag.',
      ),
    );
  const visited = new Set(applied.map(({ object }) => uidOf(object)));
  const namespaces = new Set([
    ...(isNamespaceGiven ? [namespace] : []),
    ...applied.filter(({ resource }) => resource.namespaced).map((one) => one.namespace),
  ]);
  const places = [
    ...[...namespaces].flatMap((one) =>
      chosen.filter(({ namespaced }) => namespaced).map((resource) => ({ resource, namespace: one })),
    ),
    ...chosen.filter(({ namespaced }) => !namespaced).map((resource) => ({ resource, namespace: '' })),
  ];
  for (const place of places) {
    const problem = pruneAt(invocation, place, visited, printer);
    if (problem === undefined) continue;
    const scope = place.resource.namespaced ? 'namespaced' : 'nonNamespaced';
    const version = place.resource.group === '' ? `/${place.resource.version}` : apiVersionOf(place.resource);
    console.fail(`error: error pruning ${scope} object ${version}, Kind=${place.resource.kind}: ${problem}`);
    return;
  }
}

interface PrunedPlace {
  readonly resource: ResourceInfo;
  readonly namespace: string;
}

function pruneAt(
  invocation: Invocation,
  { resource, namespace }: PrunedPlace,
  visited: ReadonlySet<string>,
  printer: ResultPrinter,
): string | undefined {
  const { cluster, flags } = invocation;
  const dryRun = dryRunOf(flags);
  const listed = cluster.api.handle({ verb: 'list', resource, namespace, labelSelector: flags.text('selector') });
  invocation.console.warn(listed.warnings);
  if (!listed.ok) return faultText(refusal(listed.status));
  for (const stored of 'items' in listed ? listed.items : []) {
    const object = shownAs(resource, stored);
    if (savedConfiguration(object) === undefined || visited.has(uidOf(object))) continue;
    const { name } = stored.metadata;
    if (dryRun !== 'client') {
      const { propagation, grace } = deletionOf(invocation);
      const gracePeriod = grace < 0 ? {} : { gracePeriodSeconds: grace };
      const options = { propagation, ...gracePeriod, dryRun: dryRun === 'server' };
      const response = cluster.api.handle({ verb: 'delete', resource, namespace, name, ...options });
      if (!response.ok) return response.status.message;
    }
    printer.print(object, `pruned${dryRunNote(dryRun)}`);
  }
  return undefined;
}

function uidOf({ metadata }: JsonObject): string {
  const uid = isJsonObject(metadata) ? metadata.uid : undefined;
  return typeof uid === 'string' ? uid : '';
}
