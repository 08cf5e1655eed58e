import { sha256 } from '@kubedrill/cluster-sim';
import type { JsonObject } from '@kubedrill/kube-model';
import { resources } from '@kubedrill/kube-model';
import { creationFlags, requiredName, requireFlags, sendCreated } from '../../created-object.ts';
import type { Invocation, KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';

/** pkg/cmd/create/create_deployment.go. */
export const createDeployment: KubectlCommand = {
  name: 'create deployment',
  aliases: ['create deploy'],
  flags: {
    ...creationFlags,
    image: { value: 'required' },
    port: { value: 'required', type: 'int32' },
    replicas: { short: 'r', value: 'required', type: 'int32' },
  },
  run(invocation) {
    const { flags, afterDash = [] } = invocation;
    requireFlags(flags, 'image');
    const name = requiredName(invocation, 'create deployment');
    const images = flags.list('image');
    if (images.length > 1 && afterDash.length > 0)
      throw new CommandError('error: cannot specify multiple --image options and command');
    const labels = { app: name };
    const content: JsonObject = {
      metadata: { name, labels },
      spec: {
        replicas: flags.has('replicas') ? Number(flags.text('replicas')) : 1,
        selector: { matchLabels: labels },
        strategy: {},
        template: { metadata: { labels }, spec: { containers: containersOf(invocation, images) } },
      },
      status: {},
    };
    sendCreated(invocation, resources.Deployment, content, {
      done: 'created',
      fieldManager: 'kubectl-create',
      failure: 'failed to create deployment: ',
    });
  },
};

function containersOf({ cluster, flags, afterDash = [] }: Invocation, images: readonly string[]): JsonObject[] {
  const port = flags.has('port') ? Number(flags.text('port')) : -1;
  return images.map((image, index) => ({
    name: containerName(image, cluster.clock.now()),
    image,
    ...(afterDash.length > 0 ? { command: afterDash } : {}),
    ...(index === 0 && port >= 0 ? { ports: [{ containerPort: port }] } : {}),
    resources: {},
  }));
}

/** The image's last path element, without tag and digest; what would be no DNS label gets a suffix of chance. */
function containerName(image: string, moment: number): string {
  const name = (image.split('/').at(-1) ?? '').split(/[:@]/, 1)[0] ?? '';
  return /[_.]/.test(name) ? `${name.replace(/[_.]/g, '-')}-${suffix(`${image} ${moment}`)}` : name;
}

const suffixLength = 5;
/** apimachinery/pkg/util/rand. */
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

function suffix(seed: string): string {
  return [...sha256(seed).slice(0, suffixLength)].map((byte) => alphabet.charAt(byte % alphabet.length)).join('');
}
