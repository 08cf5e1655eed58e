import type { JsonObject } from '@kubedrill/kube-model';
import { resources } from '@kubedrill/kube-model';
import { creationFlags, sendCreated } from '../created-object.ts';
import type { FlagSet } from '../flags.ts';
import type { Invocation, KubectlCommand } from '../invocation.ts';
import { CommandError } from '../invocation.ts';
import { requiredName } from './create.ts';

type ServiceType = 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';

/** kubectl/pkg/cmd/create/create_service.go: a subcommand for each type. */
export const createServiceCommands: readonly KubectlCommand[] = [
  serviceCommand('ClusterIP', { clusterip: { value: 'required' } }),
  serviceCommand('NodePort', { 'node-port': { value: 'required' } }),
  serviceCommand('LoadBalancer', {}),
  serviceCommand('ExternalName', { 'external-name': { value: 'required' } }),
];

function serviceCommand(type: ServiceType, own: FlagSet): KubectlCommand {
  const word = type.toLowerCase();
  return {
    name: `create service ${word}`,
    aliases: [`create svc ${word}`],
    flags: { ...creationFlags, tcp: { value: 'required' }, ...own },
    run(invocation) {
      sendCreated(invocation, resources.Service, contentOf(invocation, type), {
        done: 'created',
        fieldManager: 'kubectl-create',
        failure: `failed to create ${type} service`,
      });
    },
  };
}

function contentOf(invocation: Invocation, type: ServiceType): JsonObject {
  const { flags } = invocation;
  const name = requiredName(invocation);
  const clusterIP = flags.text('clusterip');
  const isPortless = type === 'ExternalName' || clusterIP === 'None';
  if (type === 'ExternalName' && !flags.has('external-name'))
    throw new CommandError('error: required flag(s) "external-name" not set');
  const tcp = flags.all('tcp').flatMap((list) => list.split(','));
  if (tcp.length === 0 && !isPortless)
    throw new CommandError('error: at least one tcp port specifier must be provided');
  const nodePort = flags.has('node-port') ? Number(flags.text('node-port')) : 0;
  const labels = { app: name };
  return {
    metadata: { name, labels },
    spec: {
      ...(tcp.length > 0 ? { ports: tcp.map((text) => servicePort(text, nodePort)) } : {}),
      selector: labels,
      type,
      ...(clusterIP === '' ? {} : { clusterIP }),
      ...(type === 'ExternalName' ? { externalName: flags.text('external-name') } : {}),
    },
    status: { loadBalancer: {} },
  };
}

/** "80" or "5678:8080"; the port is named after what was written (parsePorts). */
function servicePort(text: string, nodePort: number): JsonObject {
  const [port = '', target = port] = text.split(':');
  const isNumber = (word: string): boolean => /^[-+]?\d+$/.test(word);
  if (!isNumber(port)) throw new CommandError(`error: strconv.Atoi: parsing ${JSON.stringify(port)}: invalid syntax`);
  return {
    name: text.replace(':', '-'),
    port: Number(port),
    protocol: 'TCP',
    targetPort: isNumber(target) ? Number(target) : target,
    ...(nodePort === 0 ? {} : { nodePort }),
  };
}
