import { kubectlCreate } from '@kubedrill/cluster-sim';
import type { JsonObject } from '@kubedrill/kube-model';
import { resources } from '@kubedrill/kube-model';
import { creationFlags, sendCreated } from '../created-object.ts';
import type { Invocation, KubectlCommand } from '../invocation.ts';
import { CommandError } from '../invocation.ts';
import { fileFlag, manifestOptions, readManifests, reportDocuments } from '../manifests-argument.ts';

/** kubectl/pkg/cmd/create: `create -f`, and one subcommand for each kind that it makes from flags. */
export const create: KubectlCommand = {
  name: 'create',
  flags: { ...creationFlags, filename: fileFlag },
  run(invocation) {
    if (!invocation.flags.has('filename')) throw new CommandError('error: must specify one of -f and -k');
    const documents = readManifests(invocation);
    reportDocuments(invocation, kubectlCreate(invocation.cluster, documents, manifestOptions(invocation)));
  },
};

/** pkg/cmd/create/create_deployment.go. */
export const createDeployment: KubectlCommand = {
  name: 'create deployment',
  aliases: ['create deploy'],
  flags: {
    ...creationFlags,
    image: { value: 'required' },
    port: { value: 'required' },
    replicas: { short: 'r', value: 'required' },
  },
  run(invocation) {
    const { flags, afterDash } = invocation;
    const name = requiredName(invocation);
    const images = flags.all('image').flatMap((list) => list.split(','));
    if (images.length === 0) throw new CommandError('error: required flag(s) "image" not set');
    if (images.length > 1 && afterDash !== undefined)
      throw new CommandError('error: cannot specify multiple --image options and command');
    const labels = { app: name };
    const content: JsonObject = {
      metadata: { name, labels },
      spec: {
        replicas: flags.has('replicas') ? Number(flags.text('replicas')) : 1,
        selector: { matchLabels: labels },
        strategy: {},
        template: {
          metadata: { labels },
          spec: {
            containers: images.map((image, index) => ({
              name: containerName(image),
              image,
              ...(afterDash && afterDash.length > 0 ? { command: afterDash } : {}),
              ...(index === 0 && flags.has('port') ? { ports: [{ containerPort: Number(flags.text('port')) }] } : {}),
              resources: {},
            })),
          },
        },
      },
      status: {},
    };
    sendCreated(invocation, resources.Deployment, content, {
      done: 'created',
      fieldManager: 'kubectl-create',
      failure: 'failed to create deployment',
    });
  },
};

/** The image's last path element, without tag and digest. */
function containerName(image: string): string {
  return (image.split('/').at(-1) ?? '').split(/[:@]/, 1)[0] ?? '';
}

/** pkg/cmd/create/create_namespace.go. */
export const createNamespace: KubectlCommand = {
  name: 'create namespace',
  aliases: ['create ns'],
  flags: creationFlags,
  run(invocation) {
    const content = { metadata: { name: requiredName(invocation) }, spec: {}, status: {} };
    sendCreated(invocation, resources.Namespace, content, { done: 'created', fieldManager: 'kubectl-create' });
  },
};

export function requiredName({ operands }: Invocation): string {
  const [name] = operands;
  if (name === undefined || operands.length !== 1)
    throw new CommandError(`error: exactly one NAME is required, got ${operands.length}`);
  return name;
}
