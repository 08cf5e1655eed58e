import type { JsonObject, KubeObject, Pod, ResourceInfo } from '@kubedrill/kube-model';
import { apiVersionOf, resources } from '@kubedrill/kube-model';
import { faultText, refusal } from '../fault.ts';
import type { Invocation, KubectlCommand } from '../invocation.ts';
import { CommandError } from '../invocation.ts';
import { printTyped } from '../object-printer.ts';
import { outputFormatOf, type ObjectFormat } from '../output-format.ts';
import { printFlags } from '../print-flags.ts';

/** What is dumped of a namespace, and the file that it is dumped to. */
const dumped: readonly (readonly [file: string, resource: ResourceInfo])[] = [
  ['events', resources.Event],
  ['replication-controllers', resources.ReplicationController],
  ['services', resources.Service],
  ['daemonsets', resources.DaemonSet],
  ['deployments', resources.Deployment],
  ['replicasets', resources.ReplicaSet],
  ['pods', resources.Pod],
];

/** kubectl/pkg/cmd/clusterinfo/clusterinfo_dump.go. */
export const clusterInfoDump: KubectlCommand = {
  name: 'cluster-info dump',
  flags: {
    ...printFlags,
    'all-namespaces': { short: 'A', value: 'none' },
    namespaces: { value: 'required' },
    'output-directory': { value: 'required' },
    'pod-running-timeout': { value: 'required', type: 'duration' },
  },
  run(invocation) {
    const { console, flags } = invocation;
    const asked = outputFormatOf(invocation);
    const format: ObjectFormat = asked.kind === 'table' ? { kind: 'json', showsManagedFields: false } : asked;
    const extension = format.kind === 'json' || format.kind === 'yaml' ? `.${format.kind}` : '.txt';
    if (format.kind === 'name')
      throw new CommandError('error: list types are not supported by name printing: *v1.NodeList');
    const dump = new Dump(invocation, format, extension);
    dump.list('nodes', resources.Node, '');
    for (const namespace of namespacesOf(invocation)) {
      for (const [file, resource] of dumped) dump.list(`${namespace}/${file}`, resource, namespace);
      dump.logs(namespace);
    }
    const directory = flags.text('output-directory');
    if (directory !== '' && directory !== '-') console.print(`Cluster info dumped to ${directory}`);
  },
};

function namespacesOf({ cluster, flags, namespace }: Invocation): readonly string[] {
  if (flags.isTrue('all-namespaces')) return cluster.view.list('Namespace').map(({ metadata }) => metadata.name);
  const named = flags.list('namespaces');
  return named.length > 0 ? named : ['kube-system', namespace];
}

class Dump {
  private readonly invocation: Invocation;
  private readonly format: ObjectFormat;
  private readonly extension: string;

  constructor(invocation: Invocation, format: ObjectFormat, extension: string) {
    this.invocation = invocation;
    this.format = format;
    this.extension = extension;
  }

  list(file: string, resource: ResourceInfo, namespace: string): void {
    const { cluster } = this.invocation;
    const { kind } = resource;
    const { items, version } = this.objects(resource, namespace);
    const document = {
      kind: `${kind}List`,
      apiVersion: apiVersionOf(resource),
      metadata: { resourceVersion: version },
      // What is decoded from a list has lost its kind.
      items: items.map((object) => ({ ...(object as object), apiVersion: undefined, kind: undefined })),
    } as unknown as JsonObject;
    const schema = cluster.api.schemaOf(kind);
    const text = printTyped(document, this.format, () => ({
      type: 'object',
      goType: `${kind}List`,
      fields: { metadata: { type: 'raw' }, items: { type: 'list', items: schema } },
    }));
    this.write(file + this.extension, text);
  }

  logs(namespace: string): void {
    const pods = this.objects(resources.Pod, namespace).items.filter((object): object is Pod => object.kind === 'Pod');
    for (const pod of pods) {
      const { initContainers = [], containers } = pod.spec;
      const text = [...initContainers, ...containers].map(({ name }) => this.log(pod, name)).join('');
      this.write(`${namespace}/${pod.metadata.name}/logs.txt`, text);
    }
  }

  private log(pod: Pod, container: string): string {
    const { name, namespace = '' } = pod.metadata;
    const log = this.invocation.cluster.logs({ namespace, pod: name, container });
    const text = log.ok
      ? log.lines.map((line) => `${line.text}\n`).join('')
      : `Request log error: ${log.status.message}\n`;
    const place = `logs for container ${container} of pod ${namespace}/${name} ====\n`;
    return `==== START ${place}${text}==== END ${place}`;
  }

  private objects(
    resource: ResourceInfo,
    namespace: string,
  ): { readonly items: readonly KubeObject[]; readonly version: string } {
    const response = this.invocation.cluster.api.handle({ verb: 'list', resource, namespace });
    if (!response.ok) throw new CommandError(faultText(refusal(response.status)));
    return 'items' in response
      ? { items: response.items, version: response.resourceVersion }
      : { items: [], version: '' };
  }

  private write(file: string, text: string): void {
    const { console, flags, host } = this.invocation;
    const directory = flags.text('output-directory');
    if (directory === '' || directory === '-') console.stdout += text;
    else host.writeFile(`${directory.replace(/\/$/, '')}/${file}`, text);
  }
}
