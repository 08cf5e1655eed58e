import { parseQuantity } from '@kubedrill/cluster-sim';
import type { JsonObject } from '@kubedrill/kube-model';
import { apiVersionOf, resources } from '@kubedrill/kube-model';
import { requireFlags } from '../created-object.ts';
import { dryRunFlag, dryRunNote, dryRunOf } from '../dry-run.ts';
import type { Fault } from '../fault.ts';
import { fault, faultText, refusal } from '../fault.ts';
import type { Flags } from '../flags.ts';
import type { Invocation, KubectlCommand } from '../invocation.ts';
import { CommandError } from '../invocation.ts';
import { filenameFlags } from '../manifest-files.ts';
import { printFlags } from '../print-flags.ts';
import { recordFlag } from '../record-flag.ts';
import { findVisits, shownAs, visitAll, type VisitedObject } from '../resource-visit.ts';
import { ResultPrinter } from '../result-printer.ts';
import { withConfiguration } from '../saved-configuration.ts';

const count = { value: 'required', type: 'int32' } as const;
const text = { value: 'required' } as const;

/** kubectl/pkg/cmd/autoscale/autoscale.go. */
export const autoscale: KubectlCommand = {
  name: 'autoscale',
  flags: {
    ...printFlags,
    ...recordFlag,
    ...filenameFlags,
    cpu: text,
    'cpu-percent': count,
    'dry-run': dryRunFlag,
    'field-manager': text,
    max: count,
    memory: text,
    min: count,
    name: text,
    'save-config': { value: 'none' },
  },
  run(invocation) {
    const { console, flags } = invocation;
    if (flags.has('cpu-percent'))
      console.note(
        "Flag --cpu-percent has been deprecated, Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or '500m' for milliCPU).",
      );
    requireFlags(flags, 'max');
    dryRunOf(flags);
    const bounds = boundsOf(flags);
    const metrics = metricsOf(flags);
    const printer = new ResultPrinter(invocation, 'typed');
    let scaled = 0;
    const problem = visitAll(invocation, findVisits(invocation, {}), {}, (target) => {
      const fault = autoscaleOne(invocation, target, { ...bounds, metrics }, printer);
      scaled += fault ? 0 : 1;
      return fault;
    });
    if (problem) console.fail(faultText(problem));
    else if (scaled === 0) throw new CommandError('error: no objects passed to autoscale');
  },
};

interface Bounds {
  readonly min: number;
  readonly max: number;
}

function numberOf(flags: Flags, name: string): number {
  return flags.has(name) ? Number(flags.text(name)) : -1;
}

function boundsOf(flags: Flags): Bounds {
  const [min, max] = [numberOf(flags, 'min'), numberOf(flags, 'max')];
  if (max < 1) throw new CommandError(`error: --max=MAXPODS is required and must be at least 1, max: ${max}`);
  if (max < min)
    throw new CommandError(`error: --max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`);
  return { min, max };
}

function metricsOf(flags: Flags): readonly JsonObject[] {
  const percent = numberOf(flags, 'cpu-percent');
  const [cpu, memory] = [flags.text('cpu'), flags.text('memory')];
  if (percent > 0 && cpu !== '') throw new CommandError('error: --cpu-percent and --cpu are mutually exclusive');
  return [
    ...(percent > 0 ? [metric('cpu', { type: 'Utilization', averageUtilization: percent })] : []),
    ...(cpu === '' ? [] : [metric('cpu', targetOf('cpu', cpu))]),
    ...(memory === '' ? [] : [metric('memory', targetOf('memory', memory))]),
  ];
}

function metric(name: string, target: JsonObject): JsonObject {
  return { type: 'Resource', resource: { name, target } };
}

const unitOf = { cpu: 'm', memory: 'Mi' } as const;

/** parseResourceInput: "70%", "500m", or a number in the usual unit. */
function targetOf(resource: keyof typeof unitOf, input: string): JsonObject {
  const given = input.trim();
  if (given === '') throw new CommandError('error: empty input');
  if (given.endsWith('%')) {
    const percent = given.slice(0, -1);
    if (!/^\+?\d{1,10}$/.test(percent) || Number(percent) > 2 ** 31 - 1)
      throw new CommandError(`error: invalid percentage value: ${percent}`);
    return { type: 'Utilization', averageUtilization: Number(percent) };
  }
  const isBare = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(given);
  const parsed = parseQuantity(isBare ? `${Number(given)}${unitOf[resource]}` : given);
  if (!parsed.ok)
    throw new CommandError(isBare ? `error: ${parsed.message}` : `error: invalid resource ${resource} value: ${given}`);
  return { type: 'AverageValue', averageValue: parsed.quantity.text };
}

interface Autoscaling extends Bounds {
  readonly metrics: readonly JsonObject[];
}

/** Kinds with a subresource scale. */
const scalable: readonly string[] = ['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet'];

function autoscaleOne(
  invocation: Invocation,
  target: VisitedObject,
  { min, max, metrics }: Autoscaling,
  printer: ResultPrinter,
): Fault | undefined {
  const { flags, isNamespaceGiven, namespace } = invocation;
  const { resource, name } = target;
  if (!scalable.includes(resource.kind)) {
    const version = `${resource.group}/${resource.version}`;
    return fault(
      `cannot autoscale a ${resource.kind}: could not find scale subresource for ${version}, Resource=${resource.plural} in discovery information`,
    );
  }
  const kind = resources.HorizontalPodAutoscaler;
  const autoscaler: JsonObject = {
    apiVersion: apiVersionOf(kind),
    kind: kind.kind,
    metadata: {
      name: flags.text('name') === '' ? name : flags.text('name'),
      ...(isNamespaceGiven ? { namespace } : {}),
    },
    spec: {
      scaleTargetRef: { apiVersion: apiVersionOf(resource), kind: resource.kind, name },
      maxReplicas: max,
      ...(min > 0 ? { minReplicas: min } : {}),
      ...(metrics.length > 0 ? { metrics } : {}),
    },
    status: { currentMetrics: null, desiredReplicas: 0 },
  };
  return create(invocation, autoscaler, printer);
}

function create(invocation: Invocation, autoscaler: JsonObject, printer: ResultPrinter): Fault | undefined {
  const { cluster, console, flags, namespace } = invocation;
  const dryRun = dryRunOf(flags);
  if (dryRun === 'client') {
    printer.print(autoscaler, `created${dryRunNote(dryRun)}`);
    return undefined;
  }
  const resource = resources.HorizontalPodAutoscaler;
  const response = cluster.api.handle({
    verb: 'create',
    resource,
    namespace,
    body: withConfiguration(autoscaler, flags.isTrue('save-config')),
    dryRun: dryRun === 'server',
    fieldManager: flags.has('field-manager') ? flags.text('field-manager') : 'kubectl-autoscale',
  });
  console.warn(response.warnings);
  if (!response.ok) {
    // kubectl tries the older form of autoscalers then, where what is asked for can be said in it.
    const mismatch = olderFormFault(flags);
    return mismatch === undefined
      ? refusal(response.status)
      : fault(
          `failed to create autoscaling/v2 HPA and the configuration is incompatible with autoscaling/v1: ${mismatch}`,
        );
  }
  if ('object' in response) printer.print(shownAs(resource, response.object), `autoscaled${dryRunNote(dryRun)}`);
  return undefined;
}

/** canCreateHPAV1; an error that is none prints as Go prints it. */
function olderFormFault(flags: Flags): string | undefined {
  const [cpu, memory] = [flags.text('cpu').trim(), flags.text('memory')];
  if (cpu === '') return 'empty input';
  const isPossible = memory === '' && (numberOf(flags, 'cpu-percent') >= 0 || cpu.endsWith('%'));
  return isPossible ? undefined : '%!w(<nil>)';
}
