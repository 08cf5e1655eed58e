import { kubectlErrorText } from '@kubedrill/cluster-sim';
import { dryRunFlag, dryRunNote, dryRunOf } from '../dry-run.ts';
import type { FoundObject } from '../found-objects.ts';
import { findObjects, selectorFlags } from '../found-objects.ts';
import type { Invocation, KubectlCommand } from '../invocation.ts';
import { CommandError } from '../invocation.ts';
import { readResourceArguments, typeText } from '../resource-arguments.ts';

/** kubectl/pkg/cmd/scale/scale.go, kubectl/pkg/scale/scale.go. */
export const scale: KubectlCommand = {
  name: 'scale',
  flags: {
    ...selectorFlags,
    replicas: { value: 'required' },
    'current-replicas': { value: 'required' },
    all: { value: 'none' },
    output: { short: 'o', value: 'required' },
    'dry-run': dryRunFlag,
  },
  run(invocation) {
    const { console, flags, operands } = invocation;
    if (!flags.has('replicas')) throw new CommandError('error: required flag(s) "replicas" not set');
    const replicas = Number(flags.text('replicas'));
    if (replicas < 0)
      throw new CommandError(
        'error: The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0',
      );
    const selection = readResourceArguments(operands);
    if (selection.objects.length === 0 && !flags.isTrue('all') && !flags.has('selector'))
      throw new CommandError('error: resource(s) were provided, but no name was specified');
    const found = findObjects(invocation, selection);
    if (found.length === 0 && console.exitCode === 0) throw new CommandError('error: no objects passed to scale');
    for (const one of found) if (!scaleOne(invocation, one, replicas)) return;
  },
};

/** The first refusal ends the command. */
function scaleOne(invocation: Invocation, { resource, object }: FoundObject, replicas: number): boolean {
  const { cluster, console, flags } = invocation;
  const { name, namespace = '' } = object.metadata;
  const dryRun = dryRunOf(flags);
  const target = { resource, namespace, name, subresource: 'scale' } as const;
  if (flags.has('current-replicas') && dryRun !== 'client') {
    const wanted = Number(flags.text('current-replicas'));
    const current = cluster.api.handle({ ...target, verb: 'get' });
    const size = current.ok && 'object' in current ? replicasOf(current.object) : wanted;
    if (size !== wanted) throw new CommandError(`error: Expected replicas to be ${wanted}, was ${size}`);
  }
  if (dryRun !== 'client') {
    const response = cluster.api.handle({
      ...target,
      verb: 'patch',
      patchType: 'merge',
      body: { spec: { replicas } },
      dryRun: dryRun === 'server',
      fieldManager: 'kubectl-scale',
    });
    console.warn(response.warnings);
    if (!response.ok) {
      console.fail(kubectlErrorText(response.status, { kind: 'other' }));
      return false;
    }
  }
  const shown = `${typeText(resource)}/${name}`;
  console.print(flags.text('output') === 'name' ? shown : `${shown} scaled${dryRunNote(dryRun)}`);
  return true;
}

function replicasOf(scale: object): number {
  const { spec } = scale as { readonly spec?: { readonly replicas?: number } };
  return spec?.replicas ?? 0;
}
