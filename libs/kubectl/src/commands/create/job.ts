import { kubectlErrorText } from '@kubedrill/cluster-sim';
import type { CronJob, JsonObject } from '@kubedrill/kube-model';
import { resources } from '@kubedrill/kube-model';
import { creationFlags, requiredName, sendCreated } from '../../created-object.ts';
import type { Invocation, KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { readResourceArguments } from '../../resource-arguments.ts';

/** pkg/cmd/create/create_job.go. */
export const createJob: KubectlCommand = {
  name: 'create job',
  flags: { ...creationFlags, from: { value: 'required' }, image: { value: 'required' } },
  run(invocation) {
    const { flags, afterDash = [] } = invocation;
    const name = requiredName(invocation, 'create job');
    const [image, from] = [flags.text('image'), flags.text('from')];
    if ((image === '') === (from === '')) throw new CommandError('error: either --image or --from must be specified');
    if (afterDash.length > 0 && from !== '') throw new CommandError('error: cannot specify --from and command');
    const content =
      image === ''
        ? jobOf(cronJobNamed(invocation, from), name)
        : {
            metadata: { name },
            spec: jobSpec({ name, image, command: afterDash, restartPolicy: 'Never' }),
            status: {},
          };
    sendCreated(invocation, resources.Job, content, {
      done: 'created',
      fieldManager: 'kubectl-create',
      failure: 'failed to create job: ',
    });
  },
};

export interface JobFlags {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly restartPolicy: string;
}

export function jobSpec({ name, image, command, restartPolicy }: JobFlags): JsonObject {
  const container = { name, image, ...(command.length > 0 ? { command } : {}), resources: {} };
  return { template: { metadata: {}, spec: { containers: [container], restartPolicy } } };
}

function cronJobNamed({ cluster, console, namespace }: Invocation, from: string): CronJob {
  const [named] = readResourceArguments([from]).objects;
  if (!named) throw new CommandError('error: resource(s) were provided, but no name was specified');
  const { resource, name } = named;
  const response = cluster.api.handle({ verb: 'get', resource, namespace: resource.namespaced ? namespace : '', name });
  console.warn(response.warnings);
  if (!response.ok) throw new CommandError(kubectlErrorText(response.status, { kind: 'other' }));
  if (resource.kind !== 'CronJob' || !('object' in response))
    throw new CommandError(`error: unknown object type *${resource.version}.${resource.kind}`);
  return response.object as CronJob;
}

function jobOf({ metadata, spec: { jobTemplate } }: CronJob, name: string): JsonObject {
  const owner = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    name: metadata.name,
    uid: metadata.uid ?? '',
    controller: true,
  };
  const annotations = { 'cronjob.kubernetes.io/instantiate': 'manual', ...jobTemplate.metadata?.annotations };
  const labels = jobTemplate.metadata?.labels;
  return {
    metadata: { name, annotations, ...(labels ? { labels } : {}), ownerReferences: [owner] },
    spec: jobTemplate.spec as unknown as JsonObject,
    status: {},
  };
}
