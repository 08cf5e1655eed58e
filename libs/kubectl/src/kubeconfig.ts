import type { Json, JsonObject } from '@kubedrill/kube-model';
import { isJsonObject, parseManifests } from '@kubedrill/kube-model';
import type { Flags } from './flags.ts';
import type { CommandHost } from './invocation.ts';
import { CommandError } from './invocation.ts';
import { formatYaml } from './yaml-text.ts';

/** client-go/tools/clientcmd/api: what kubectl knows about clusters, users and their contexts, each by name. */
export interface Kubeconfig {
  readonly clusters: Map<string, JsonObject>;
  readonly users: Map<string, JsonObject>;
  readonly contexts: Map<string, JsonObject>;
  currentContext: string;
}

export type KubeconfigPart = 'clusters' | 'users' | 'contexts';

/** What an element of each list is called, and the order of its fields in the Go type. */
const elementNames: Readonly<Record<KubeconfigPart, string>> = {
  clusters: 'cluster',
  users: 'user',
  contexts: 'context',
};
const fieldOrder: Readonly<Record<KubeconfigPart, readonly string[]>> = {
  clusters: [
    'server',
    'tls-server-name',
    'insecure-skip-tls-verify',
    'certificate-authority',
    'certificate-authority-data',
    'proxy-url',
  ],
  users: [
    'client-certificate',
    'client-certificate-data',
    'client-key',
    'client-key-data',
    'token',
    'tokenFile',
    'username',
    'password',
  ],
  contexts: ['cluster', 'user', 'namespace'],
};

/** --kubeconfig, $KUBECONFIG (its first file), or the file in the home directory. */
export function kubeconfigPath(flags: Flags, host: CommandHost): string {
  if (flags.text('kubeconfig') !== '') return flags.text('kubeconfig');
  const named = host.variable('KUBECONFIG').split(':')[0] ?? '';
  return named === '' ? `${host.variable('HOME')}/.kube/config` : named;
}

/** Empty where there is no file; one that is named has to be there. */
export function readKubeconfig(flags: Flags, host: CommandHost): Kubeconfig {
  const path = kubeconfigPath(flags, host);
  const content = host.readFile(path);
  if (content === undefined && flags.text('kubeconfig') !== '')
    throw new CommandError(`error: stat ${path}: no such file or directory`);
  return parsed(path, content ?? '');
}

function parsed(path: string, content: string): Kubeconfig {
  const { documents, issues } = parseManifests([{ path, content }]);
  const [issue] = issues;
  if (issue) throw new CommandError(`error: error loading config file "${path}": ${issue.message}`);
  const value = documents[0]?.value ?? {};
  const current = value['current-context'];
  return {
    clusters: namedElements(value, 'clusters'),
    users: namedElements(value, 'users'),
    contexts: namedElements(value, 'contexts'),
    currentContext: typeof current === 'string' ? current : '',
  };
}

function namedElements(value: JsonObject, part: KubeconfigPart): Map<string, JsonObject> {
  const elements = value[part];
  const found = new Map<string, JsonObject>();
  if (!Array.isArray(elements)) return found;
  for (const element of elements as readonly Json[]) {
    if (!isJsonObject(element) || typeof element['name'] !== 'string') continue;
    const content = element[elementNames[part]];
    found.set(element['name'], isJsonObject(content) ? content : {});
  }
  return found;
}

export function writeKubeconfig(flags: Flags, host: CommandHost, config: Kubeconfig): void {
  host.writeFile(kubeconfigPath(flags, host), formatYaml(kubeconfigDocument(config)));
}

/** Fields in the order of the Go types, lists in that of their names. */
export function kubeconfigDocument({ clusters, users, contexts, currentContext }: Kubeconfig): JsonObject {
  return {
    kind: 'Config',
    apiVersion: 'v1',
    clusters: listed('clusters', clusters),
    users: listed('users', users),
    contexts: listed('contexts', contexts),
    'current-context': currentContext,
  };
}

function listed(part: KubeconfigPart, elements: ReadonlyMap<string, JsonObject>): Json {
  if (elements.size === 0) return null;
  const order = fieldOrder[part];
  return [...elements]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, content]): JsonObject => {
      const known = order.filter((field) => content[field] !== undefined && content[field] !== '');
      const others = Object.keys(content).filter((field) => !order.includes(field));
      const fields = [...known, ...others].map((field) => [field, content[field]] as const);
      return { name, [elementNames[part]]: Object.fromEntries(fields) };
    });
}

/** What a command is to use: client-go/tools/clientcmd/client_config.go and its validation. */
export interface ChosenContext {
  readonly namespace: string;
  readonly server: string;
  readonly user: string;
}

export function chosenContext(flags: Flags, config: Kubeconfig): ChosenContext {
  const name = flags.text('context') || config.currentContext;
  const context = config.contexts.get(name);
  if (name !== '' && !context)
    throw new CommandError(`Error in configuration: context was not found for specified context: ${name}`);
  const user = flags.text('user') || textOf(context, 'user');
  if (flags.has('user') && !config.users.has(user)) throw new CommandError(`error: auth info "${user}" does not exist`);
  const cluster = flags.text('cluster') || textOf(context, 'cluster');
  const server = flags.text('server') || textOf(config.clusters.get(cluster), 'server');
  if (flags.has('cluster') && server === '') throw new CommandError(`error: no server found for cluster "${cluster}"`);
  if (server === '')
    throw new CommandError(
      'The connection to the server localhost:8080 was refused - did you specify the right host or port?',
    );
  return { namespace: textOf(context, 'namespace') || 'default', server, user };
}

export function textOf(element: JsonObject | undefined, field: string): string {
  const value = element?.[field];
  return typeof value === 'string' ? value : '';
}

/** What kubeadm writes, with a token in place of certificates. */
export interface KubeconfigNames {
  readonly cluster: string;
  readonly context: string;
  readonly server: string;
  readonly namespace?: string;
}

export function initialKubeconfig({ cluster, context, server, namespace = 'default' }: KubeconfigNames): string {
  const user = 'kubernetes-admin';
  return formatYaml(
    kubeconfigDocument({
      clusters: new Map([[cluster, { server }]]),
      users: new Map([[user, { token: 'kubernetes-admin' }]]),
      contexts: new Map([[context, { cluster, user, ...(namespace === 'default' ? {} : { namespace }) }]]),
      currentContext: context,
    }),
  );
}
