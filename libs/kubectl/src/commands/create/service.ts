import { dns1123Subdomain, portName, portNumber } from '@kubedrill/cluster-sim';
import type { JsonObject } from '@kubedrill/kube-model';
import { resources } from '@kubedrill/kube-model';
import { commandGroup } from '../../command-group.ts';
import { creationFlags, requiredName, requireFlags, sendCreated } from '../../created-object.ts';
import type { FlagSet } from '../../flags.ts';
import type { Invocation, KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';

type ServiceType = 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';

/** kubectl/pkg/cmd/create/create_service.go: a subcommand for each type. */
export const createServiceCommands: readonly KubectlCommand[] = [
  commandGroup('create service', { aliases: ['create svc'] }),
  serviceCommand('ClusterIP', { clusterip: { value: 'required' } }),
  serviceCommand('NodePort', { 'node-port': { value: 'required', type: 'int' } }),
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
      if (type === 'ExternalName') requireFlags(invocation.flags, 'external-name');
      sendCreated(invocation, resources.Service, contentOf(invocation, type), {
        done: 'created',
        fieldManager: 'kubectl-create',
        failure: `failed to create ${type} service: `,
      });
    },
  };
}

function contentOf(invocation: Invocation, type: ServiceType): JsonObject {
  const { flags } = invocation;
  const name = requiredName(invocation, `create service ${type.toLowerCase()}`);
  const clusterIP = flags.text('clusterip');
  const tcp = flags.list('tcp');
  if (tcp.length === 0 && type !== 'ExternalName' && clusterIP !== 'None')
    throw new CommandError('error: at least one tcp port specifier must be provided');
  const externalName = flags.text('external-name');
  if (type === 'ExternalName' && dns1123Subdomain(externalName).length > 0)
    throw new CommandError(`error: invalid service external name ${externalName}`);
  const nodePort = flags.has('node-port') ? Number(flags.text('node-port')) : 0;
  const labels = { app: name };
  return {
    metadata: { name, labels },
    spec: {
      ...(tcp.length > 0 ? { ports: tcp.map((text) => servicePort(text, nodePort)) } : {}),
      selector: labels,
      type,
      ...(clusterIP === '' ? {} : { clusterIP }),
      ...(type === 'ExternalName' ? { externalName } : {}),
    },
    status: { loadBalancer: {} },
  };
}

/** "80" or "5678:8080"; the port is named after what was written (parsePorts). */
function servicePort(text: string, nodePort: number): JsonObject {
  const [port = '', target] = text.split(':');
  const number = unsignedShort(port);
  return {
    name: text.replaceAll(':', '-'),
    port: number,
    protocol: 'TCP',
    targetPort: target === undefined ? number : targetPort(target),
    ...(nodePort === 0 ? {} : { nodePort }),
  };
}

const largestShort = 65_535;

/** strconv.ParseUint(text, 10, 16). */
function unsignedShort(text: string): number {
  const fault = !/^\d+$/.test(text) ? 'invalid syntax' : Number(text) > largestShort ? 'value out of range' : undefined;
  if (fault !== undefined)
    throw new CommandError(`error: strconv.ParseUint: parsing ${JSON.stringify(text)}: ${fault}`);
  return Number(text);
}

function targetPort(text: string): number | string {
  const isNumber = /^[-+]?\d+$/.test(text);
  const problems = isNumber ? portNumber(Number(text)) : portName(text);
  if (problems.length > 0) throw new CommandError(`error: ${problems.join(',')}`);
  return isNumber ? Number(text) : text;
}
