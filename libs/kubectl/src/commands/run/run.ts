import type { JsonObject, ResourceInfo } from '@kubedrill/kube-model';
import { resources } from '@kubedrill/kube-model';
import { requireFlags } from '../../created-object.ts';
import { dryRunFlag, dryRunNote, dryRunOf } from '../../dry-run.ts';
import type { Fault } from '../../fault.ts';
import { faultText, refusal } from '../../fault.ts';
import type { FlagSet } from '../../flags.ts';
import type { Invocation, KubectlCommand } from '../../invocation.ts';
import { CommandError, usageError } from '../../invocation.ts';
import { filenameFlags } from '../../manifest-files.ts';
import { isFault } from '../../object-patch.ts';
import { overridden } from '../../overrides.ts';
import { printFlags } from '../../print-flags.ts';
import { recordFlag } from '../../record-flag.ts';
import { shownAs } from '../../resource-visit.ts';
import { ResultPrinter } from '../../result-printer.ts';
import { withTypedConfiguration } from '../../saved-configuration.ts';
import { servedSchemas } from '../../typed-order.ts';
import { attachToRun } from './attached-run.ts';
import { generatedPod, numberOf, podLabels } from './generated-pod.ts';

const text = { value: 'required' } as const;
const yesOrNo = { value: 'none' } as const;

/** What kubectl run takes for the deletion of what it has made. */
const deletionFlags: FlagSet = {
  cascade: { value: { whenBare: 'background' } },
  force: yesOrNo,
  'grace-period': { value: 'required', type: 'int' },
  now: yesOrNo,
  timeout: { value: 'required', type: 'duration' },
  wait: yesOrNo,
};

/** kubectl/pkg/cmd/run/run.go. */
export const run: KubectlCommand = {
  name: 'run',
  flags: {
    ...printFlags,
    ...recordFlag,
    ...filenameFlags,
    ...deletionFlags,
    annotations: text,
    attach: yesOrNo,
    command: yesOrNo,
    'detach-keys': text,
    'dry-run': dryRunFlag,
    env: text,
    expose: yesOrNo,
    'field-manager': text,
    image: text,
    'image-pull-policy': text,
    labels: { short: 'l', value: 'required' },
    'leave-stdin-open': yesOrNo,
    'override-type': text,
    overrides: text,
    'pod-running-timeout': { value: 'required', type: 'duration' },
    port: text,
    privileged: yesOrNo,
    quiet: { short: 'q', value: 'none' },
    restart: text,
    rm: yesOrNo,
    'save-config': yesOrNo,
    stdin: { short: 'i', value: 'none' },
    tty: { short: 't', value: 'none' },
  },
  run(invocation) {
    const { afterDash = [], console, flags, operands } = invocation;
    requireFlags(flags, 'image');
    const dryRun = dryRunOf(flags);
    const printer = new ResultPrinter(invocation, 'typed');
    const [name, ...args] = operands;
    if (name === undefined) throw usageError('run', 'NAME is required for run');
    const restartPolicy = checkedPolicy(invocation);
    const isAttached = flags.isTrue(flags.has('attach') ? 'attach' : 'stdin');
    const wish = { name, args: [...args, ...afterDash], flags, restartPolicy };
    const pod = create(invocation, resources.Pod, overridden(invocation, resources.Pod, generatedPod(wish)));
    if (isFault(pod)) throw new CommandError(faultText(pod));
    const words = `created${dryRunNote(dryRun)}`;
    const service = flags.isTrue('expose')
      ? create(invocation, resources.Service, serviceOf(name, invocation))
      : undefined;
    if (service && !isFault(service)) {
      printer.print(service, words);
      if (printer.format.kind === 'yaml') console.print('---');
    }
    if (isAttached) attachToRun(invocation, name, restartPolicy);
    else printer.print(pod, words);
    if (service && isFault(service)) console.fail(faultText(service));
  },
};

/** What cannot be, in the order in which kubectl looks for it; else the restart policy. */
function checkedPolicy({ flags }: Invocation): string {
  const image = flags.text('image');
  const isAttached = flags.isTrue(flags.has('attach') ? 'attach' : 'stdin');
  if (image === '') throw new CommandError('error: --image is required');
  if (!imageName.test(image))
    throw new CommandError(`error: Invalid image name ${JSON.stringify(image)}: invalid reference format`);
  if (flags.isTrue('tty') && !flags.isTrue('stdin'))
    throw usageError('run', '-i/--stdin is required for containers with -t/--tty=true');
  if (flags.isTrue('expose') && flags.text('port') === '')
    throw usageError('run', '--port must be set when exposing a service');
  const restart = flags.has('restart') ? flags.text('restart') : 'Always';
  if (!['', 'Always', 'OnFailure', 'Never'].includes(restart))
    throw usageError('run', `invalid restart policy: ${restart}`);
  if (flags.isTrue('rm') && !isAttached) throw usageError('run', '--rm should only be used for attached containers');
  if (isAttached && dryRunOf(flags) !== 'none')
    throw usageError(
      'run',
      "--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)",
    );
  const pull = flags.text('image-pull-policy');
  if (!['', 'Always', 'IfNotPresent', 'Never'].includes(pull))
    throw usageError('run', `invalid image pull policy: ${pull}`);
  // What is generated of an empty policy is the usual one, whoever is at the other end of standard input.
  return restart === '' ? 'Always' : restart;
}

/** github.com/distribution/reference ReferenceRegexp. */
const domain =
  '(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?';
const path = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const digest = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const imageName = new RegExp(`^(?:${domain}/)?${path}(?:/${path})*(?::\\w[\\w.-]{0,127})?(?:@${digest})?$`);

/** The Service that --expose puts before the Pod. */
function serviceOf(name: string, { flags }: Invocation): JsonObject {
  const port = numberOf(flags.text('port'));
  const labels = flags.text('labels') === '' ? {} : { labels: podLabels(name, flags) };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, ...labels },
    spec: { ports: [{ port, protocol: 'TCP', targetPort: port }], selector: podLabels(name, flags) },
    status: { loadBalancer: {} },
  };
}

/** createGeneratedObject. */
function create(invocation: Invocation, resource: ResourceInfo, object: JsonObject): JsonObject | Fault {
  const { cluster, console, flags, isNamespaceGiven, namespace } = invocation;
  const dryRun = dryRunOf(flags);
  if (dryRun === 'client')
    return isNamespaceGiven ? { ...object, metadata: { ...(object.metadata as JsonObject), namespace } } : object;
  const response = cluster.api.handle({
    verb: 'create',
    resource,
    namespace,
    body: flags.isTrue('save-config') ? withTypedConfiguration(object, servedSchemas(cluster)) : object,
    dryRun: dryRun === 'server',
    fieldManager: flags.has('field-manager') ? flags.text('field-manager') : 'kubectl-run',
  });
  console.warn(response.warnings);
  if (!response.ok) return refusal(response.status);
  return 'object' in response ? shownAs(resource, response.object) : object;
}
