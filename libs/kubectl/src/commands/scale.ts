import type { JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import { requireFlags } from '../created-object.ts';
import { dryRunFlag, dryRunNote, dryRunOf } from '../dry-run.ts';
import type { Fault } from '../fault.ts';
import { fault, faultText, refusal } from '../fault.ts';
import type { Flags } from '../flags.ts';
import { durationOf } from '../go-duration.ts';
import type { Invocation, KubectlCommand } from '../invocation.ts';
import { CommandError } from '../invocation.ts';
import { filenameFlags } from '../manifest-files.ts';
import { waitUntil } from '../object-watch.ts';
import { printFlags } from '../print-flags.ts';
import { recordFlag } from '../record-flag.ts';
import { findVisits, visitAll, type VisitedObject } from '../resource-visit.ts';
import { ResultPrinter } from '../result-printer.ts';

/** kubectl/pkg/cmd/scale/scale.go, kubectl/pkg/scale/scale.go. */
export const scale: KubectlCommand = {
  name: 'scale',
  flags: {
    ...printFlags,
    ...recordFlag,
    ...filenameFlags,
    all: { value: 'none' },
    'current-replicas': { value: 'required', type: 'int' },
    'dry-run': dryRunFlag,
    replicas: { value: 'required', type: 'int' },
    'resource-version': { value: 'required' },
    selector: { short: 'l', value: 'required' },
    timeout: { value: 'required', type: 'duration' },
  },
  run(invocation) {
    const { console, flags } = invocation;
    requireFlags(flags, 'replicas');
    const dryRun = dryRunOf(flags);
    const printer = new ResultPrinter(invocation);
    const wish = readWish(flags);
    const options = { labelSelector: flags.text('selector'), allowsEmptySelector: flags.isTrue('all') };
    const targets: VisitedObject[] = [];
    const problem = visitAll(invocation, findVisits(invocation, options), options, (target) => {
      targets.push(target);
      return undefined;
    });
    if (wish.version !== '' && targets.length > 1)
      throw new CommandError('error: cannot use --resource-version with multiple resources');
    if (targets.length === 0 && !problem) throw new CommandError('error: no objects passed to scale');
    for (const target of targets) {
      const refused = dryRun === 'client' ? undefined : scaleOne(invocation, target, wish, dryRun === 'server');
      // The first refusal ends the command.
      if (refused) return console.fail(faultText(refused));
      printer.print(withReplicas(target, wish.replicas), `scaled${dryRunNote(dryRun)}`);
    }
    if (problem) console.fail(faultText(problem));
  },
};

interface Wish {
  readonly replicas: number;
  /** What there must be before; -1 for anything. */
  readonly current: number;
  readonly version: string;
}

function readWish(flags: Flags): Wish {
  const replicas = Number(flags.text('replicas'));
  const current = flags.has('current-replicas') ? Number(flags.text('current-replicas')) : -1;
  if (replicas < 0)
    throw new CommandError(
      'error: The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0',
    );
  if (current < -1) throw new CommandError('error: The --current-replicas must specify an integer of -1 or greater');
  return { replicas, current, version: flags.text('resource-version') };
}

interface Scale {
  readonly metadata: { readonly resourceVersion: string };
  readonly spec?: { readonly replicas?: number };
  readonly status?: { readonly replicas?: number };
}

function scaleOne(
  invocation: Invocation,
  { resource, namespace, name }: VisitedObject,
  wish: Wish,
  isDryRun: boolean,
): Fault | undefined {
  const { cluster, console, flags } = invocation;
  const target = { resource, namespace, name, subresource: 'scale' } as const;
  const fieldManager = 'kubectl';
  const { replicas } = wish;
  let body: JsonObject | undefined;
  if (wish.current !== -1 || wish.version !== '') {
    const read = cluster.api.handle({ ...target, verb: 'get' });
    if (!read.ok) return refusal(read.status);
    const scaled = 'object' in read ? (read.object as unknown as Scale) : undefined;
    const surprise = scaled && surpriseIn(scaled, wish);
    if (surprise) return surprise;
    body = { ...(scaled as unknown as JsonObject), spec: { replicas } };
  }
  const response = cluster.api.handle(
    body
      ? { ...target, verb: 'update', body, dryRun: isDryRun, fieldManager }
      : { ...target, verb: 'patch', patchType: 'merge', body: { spec: { replicas } }, dryRun: isDryRun, fieldManager },
  );
  console.warn(response.warnings);
  if (!response.ok) return refusal(response.status);
  const timeout = durationOf(flags.text('timeout'));
  return timeout === 0 || isDryRun ? undefined : awaitReplicas(invocation, target, replicas, timeout);
}

/** ScalePrecondition.validate. */
function surpriseIn({ metadata, spec }: Scale, { current, version }: Wish): Fault | undefined {
  const size = spec?.replicas ?? 0;
  if (current !== -1 && size !== current) return fault(`Expected replicas to be ${current}, was ${size}`);
  if (version !== '' && metadata.resourceVersion !== version)
    return fault(`Expected resource version to be ${version}, was ${metadata.resourceVersion}`);
  return undefined;
}

const pollMilliseconds = 1_000;

/** WaitForScaleHasDesiredReplicas. */
function awaitReplicas(
  { cluster }: Invocation,
  target: Pick<VisitedObject, 'resource' | 'namespace' | 'name'> & { readonly subresource: 'scale' },
  replicas: number,
  timeout: number,
): Fault | undefined {
  const deadline = cluster.clock.now() + timeout;
  let next = 0;
  let problem: Fault | undefined;
  const isReached = waitUntil(cluster, deadline, () => {
    if (cluster.clock.now() < next) return false;
    next = cluster.clock.now() + pollMilliseconds;
    const read = cluster.api.handle({ ...target, verb: 'get' });
    if (!read.ok) problem = refusal(read.status);
    const { spec, status } = read.ok && 'object' in read ? (read.object as unknown as Scale) : {};
    return problem !== undefined || spec?.replicas !== replicas || status?.replicas === replicas;
  });
  return (
    problem ?? (isReached ? undefined : fault(`timed out waiting for ${JSON.stringify(target.name)} to be synced`))
  );
}

/** updateReplicas. */
function withReplicas({ resource, object }: VisitedObject, replicas: number): JsonObject {
  if (resource.group !== 'apps' && resource.group !== '') return object;
  return { ...object, spec: { ...(isJsonObject(object.spec) ? object.spec : {}), replicas } };
}
