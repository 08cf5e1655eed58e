import { formatTime } from '@kubedrill/cluster-sim';
import type { Json, JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import type { Fault } from '../fault.ts';
import { faultText, isNotFound, refusal, several, withSource } from '../fault.ts';
import type { Invocation, KubectlCommand } from '../invocation.ts';
import { CommandError, NotModelled, usageError } from '../invocation.ts';
import { filenameFlags, hasFiles } from '../manifest-files.ts';
import type { VisitedObject } from '../resource-visit.ts';
import { fetchObject, findVisits, shownAs, visitAll } from '../resource-visit.ts';
import { withoutConfiguration } from '../saved-configuration.ts';
import { unifiedHunks } from '../unified-diff.ts';
import { formatYaml } from '../yaml-text.ts';
import { warnIfDeleting } from './apply/apply.ts';
import { threeWayPatch } from './apply/client-side.ts';

/** kubectl/pkg/cmd/diff/diff.go. */
export const diff: KubectlCommand = {
  name: 'diff',
  usageExitCode: 2,
  flags: {
    ...filenameFlags,
    concurrency: { value: 'required', type: 'int' },
    'field-manager': { value: 'required' },
    'force-conflicts': { value: 'none' },
    prune: { value: 'none' },
    'prune-allowlist': { value: 'required' },
    selector: { short: 'l', value: 'required' },
    'server-side': { value: 'none' },
    'show-managed-fields': { value: 'none' },
    'show-secrets': { value: 'none' },
  },
  run(invocation) {
    try {
      showDifferences(invocation);
    } catch (error) {
      // 1 is for differences: helpers.go CheckDiffErr.
      throw error instanceof CommandError ? new CommandError(error.message, { exitCode: error.exitCode + 1 }) : error;
    }
  },
};

function showDifferences(invocation: Invocation): void {
  const { console, flags, host, operands } = invocation;
  if (operands.length > 0) throw usageError('diff', `Unexpected args: [${operands.join(' ')}]`);
  if (!hasFiles(invocation)) throw new CommandError('error: must specify one of -f and -k');
  if (flags.isTrue('force-conflicts') && !flags.isTrue('server-side'))
    throw new CommandError('error: --force-conflicts only works with --server-side');
  if (flags.isTrue('prune')) throw new NotModelled('kubectl diff --prune');
  if (host.variable('KUBECTL_EXTERNAL_DIFF') !== '') throw new NotModelled('KUBECTL_EXTERNAL_DIFF');
  const versions = new Map<string, Versions>();
  const options = { labelSelector: flags.text('selector'), stopsAtFault: true };
  const visits = findVisits(invocation, options);
  const problem = visitAll(invocation, visits, options, (target) => {
    const compared = compare(invocation, target);
    if ('kind' in compared) return compared;
    versions.set(fileName(target), compared);
    return undefined;
  });
  const failed = problem ?? several(visits.faults);
  if (failed) throw new CommandError(faultText(failed));
  const text = [...versions]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, { live, merged }]) => fileDifference(invocation, name, live, merged))
    .join('');
  console.stdout += text;
  if (text !== '') console.fail('');
}

/** As YAML; '' of what is not there. */
interface Versions {
  readonly live: string;
  readonly merged: string;
}

function fileName({ resource, namespace, name }: VisitedObject): string {
  const group = resource.group === '' ? '' : `${resource.group}.`;
  return `${group}${resource.version}.${resource.kind}.${namespace}.${name}`;
}

const directories = { live: '/tmp/LIVE-1', merged: '/tmp/MERGED-1' };

/** What `diff -u -N` of two directories says of a file. */
function fileDifference({ cluster }: Invocation, name: string, live: string, merged: string): string {
  const hunks = unifiedHunks(live, merged);
  if (hunks === '') return '';
  const [from, to] = [`${directories.live}/${name}`, `${directories.merged}/${name}`];
  const time = `${formatTime(cluster.clock.now()).replace('T', ' ').replace('Z', '')}.000000000 +0000`;
  return `diff -u -N ${from} ${to}\n--- ${from}\t${time}\n+++ ${to}\t${time}\n${hunks}`;
}

function compare(invocation: Invocation, target: VisitedObject): Versions | Fault {
  const live = fetchObject(invocation, target);
  if ('kind' in live && !isNotFound(live)) return live;
  const existing = 'kind' in live ? undefined : live;
  const merged = mergedObject(invocation, target, existing);
  if ('kind' in merged) return merged;
  if (existing) warnIfDeleting(invocation, existing.object);
  return shownVersions(invocation, existing?.object, merged.object);
}

type Merged = { readonly object: JsonObject } | Fault;

function mergedObject(invocation: Invocation, target: VisitedObject, live: VisitedObject | undefined): Merged {
  const { flags } = invocation;
  const isServerSide = flags.isTrue('server-side');
  const { resource, namespace, name, object } = target;
  const defaultManager = isServerSide ? 'kubectl' : 'kubectl-client-side-apply';
  const options = {
    resource,
    namespace,
    dryRun: true,
    fieldManager: flags.has('field-manager') ? flags.text('field-manager') : defaultManager,
    fieldValidation: 'Warn',
  } as const;
  if (isServerSide) {
    const force = flags.isTrue('force-conflicts');
    return send(invocation, target, { ...options, verb: 'patch', patchType: 'apply', name, body: object, force });
  }
  if (!live) return send(invocation, target, { ...options, verb: 'create', body: object });
  const computed = threeWayPatch(invocation, live, withoutConfiguration(object));
  if ('kind' in computed) return withSource('patching', target.source, computed);
  const { patch } = computed;
  if (Object.keys(patch).length === 0) return live;
  const sent = send(invocation, target, {
    ...options,
    verb: 'patch',
    patchType: 'strategic',
    name,
    body: withVersion(patch, live.object),
  });
  return 'kind' in sent ? withSource('patching', target.source, sent) : sent;
}

function send(
  { cluster, console }: Invocation,
  { resource }: VisitedObject,
  request: Parameters<Invocation['cluster']['api']['handle']>[0],
): Merged {
  const response = cluster.api.handle(request);
  console.warn(response.warnings);
  if (!response.ok) return refusal(response.status);
  return { object: 'object' in response ? shownAs(resource, response.object) : {} };
}

/** patcher.go addResourceVersion: what is compared must not change meanwhile. */
function withVersion(patch: JsonObject, live: JsonObject): JsonObject {
  const metadata = isJsonObject(patch.metadata) ? patch.metadata : {};
  const { resourceVersion } = isJsonObject(live.metadata) ? live.metadata : {};
  return { ...patch, metadata: { ...metadata, ...(resourceVersion === undefined ? {} : { resourceVersion }) } };
}

function shownVersions({ flags }: Invocation, live: JsonObject | undefined, merged: JsonObject): Versions {
  const shown = (object: JsonObject): JsonObject => {
    const { managedFields: _, ...metadata } = isJsonObject(object.metadata) ? object.metadata : {};
    return flags.isTrue('show-managed-fields') ? object : { ...object, metadata };
  };
  const isSecret = merged.kind === 'Secret' && merged.apiVersion === 'v1' && !flags.isTrue('show-secrets');
  const [from, to] = isSecret ? masked(live, merged) : [live, merged];
  return { live: from ? formatYaml(shown(from)) : '', merged: formatYaml(shown(to)) };
}

const mask = '***';

/** diff.go Masker: differences show, values do not. */
function masked(live: JsonObject | undefined, merged: JsonObject): [JsonObject | undefined, JsonObject] {
  const before = isJsonObject(live?.data) ? live.data : undefined;
  const after = isJsonObject(merged.data) ? merged.data : undefined;
  const hide = (own: JsonObject, other: JsonObject | undefined, words: string): JsonObject => {
    const entries = Object.entries(own).map(([key, value]): [string, Json] => {
      const isChanged = other?.[key] !== undefined && other[key] !== value;
      return [key, isChanged ? `${mask} (${words})` : mask];
    });
    return Object.fromEntries(entries);
  };
  return [
    live && before ? { ...live, data: hide(before, after, 'before') } : live,
    after ? { ...merged, data: hide(after, before, 'after') } : merged,
  ];
}
