import type { Cluster } from '@kubedrill/cluster-sim';
import { isJsonObject, type Json, type JsonObject, type StringMap } from '@kubedrill/kube-model';
import type { ExerciseInstance } from '../exercise/instance.ts';

/** What a learner may have meant: the values that occur in the exercise and in what was built. */
export interface Vocabulary {
  readonly numbers: readonly number[];
  /** Numbers on which a process of some Pod accepts connections. */
  readonly openPorts: readonly number[];
  readonly words: readonly string[];
  /** Words of the checks that may be an object's name. */
  readonly names: readonly string[];
  /** What Services and hosts are called by clients, short and long. */
  readonly hosts: readonly string[];
  /** Label pairs of Pods and Namespaces, and of the documents. */
  readonly labels: readonly (readonly [key: string, value: string])[];
  /** All labels of a Pod together. */
  readonly labelSets: readonly StringMap[];
  readonly namespaces: readonly string[];
}

/** Each of them bounds the number of edits to be tried. */
const most = { numbers: 40, words: 150, names: 30, hosts: 40, labels: 30, labelSets: 10, namespaces: 8, pods: 60 };

/** Where well-known images listen that say nothing of it in their manifests. */
const usualPorts = [80, 443, 53, 3000, 3306, 5000, 5432, 5678, 6379, 8000, 8080, 8443, 9000, 9090, 27017];

export function vocabularyOf(
  { checks, cluster: setup, namespace }: ExerciseInstance,
  documents: readonly JsonObject[],
  cluster: Cluster,
): Vocabulary {
  const words = new Set<string>();
  const numbers = new Set<number>();
  collect(checks as unknown as Json, words, numbers);
  const names = [...words].filter((word) => objectName.test(word));
  for (const value of [setup, documents] as unknown as readonly Json[]) collect(value, words, numbers);
  const pods = cluster.view.list('Pod').slice(0, most.pods);
  const services = cluster.view.list('Service').map(({ metadata }) => metadata);
  for (const { name } of [...pods.map(({ metadata }) => metadata), ...services]) words.add(name);
  const labelSets = distinct(pods.map(({ metadata }) => own(metadata.labels)));
  const spaces = cluster.view.list('Namespace').map(({ metadata }) => metadata);
  const addresses = pods.flatMap(({ status }) => status.podIP ?? []);
  const domain = cluster.options.clusterDomain;
  return {
    numbers: [...numbers].slice(0, most.numbers),
    openPorts: openPorts(cluster, addresses, [...numbers, ...usualPorts]),
    words: [...words].slice(0, most.words),
    names: names.slice(0, most.names),
    hosts: [
      ...cluster.options.externalHosts.flatMap(({ dnsNames = [], address }) => [...dnsNames, address]),
      ...services.flatMap(({ name, namespace: of = '' }) => [name, `${name}.${of}`, `${name}.${of}.svc.${domain}`]),
    ].slice(0, most.hosts),
    labels: pairs([...labelSets, ...spaces.map(({ labels }) => own(labels)), ...documents.flatMap(labelMaps)]),
    labelSets: labelSets.slice(0, most.labelSets),
    namespaces: [namespace, ...spaces.map(({ name }) => name)]
      .filter((name) => !name.startsWith('kube-'))
      .slice(0, most.namespaces),
  };
}

const objectName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

function distinct(maps: readonly StringMap[]): readonly StringMap[] {
  return [...new Map(maps.map((map) => [JSON.stringify(map), map])).values()];
}

/** Without the labels that controllers write. */
function own(map: StringMap | undefined): StringMap {
  return Object.fromEntries(Object.entries(map ?? {}).filter(([key]) => !generated.has(key)));
}

const embeddedNumber = /\d{2,5}/g;

function collect(value: Json, words: Set<string>, numbers: Set<number>): void {
  if (typeof value === 'number') numbers.add(value);
  else if (typeof value === 'string') {
    words.add(value);
    // "-listen=:5678", "http://web:8080/"
    for (const [number] of value.matchAll(embeddedNumber)) numbers.add(Number(number));
  } else if (Array.isArray(value)) for (const item of value as readonly Json[]) collect(item, words, numbers);
  else if (isJsonObject(value)) for (const member of Object.values(value)) collect(member ?? null, words, numbers);
}

function openPorts(cluster: Cluster, addresses: readonly string[], candidates: readonly number[]): readonly number[] {
  const [node] = cluster.options.nodes;
  if (!node) return [];
  const from = { kind: 'node', name: node.name } as const;
  return [...new Set(candidates)].filter((port) =>
    addresses.some((host) => {
      const { outcomes } = cluster.trace({ from, host, port, protocol: 'TCP' });
      return outcomes.some(({ outcome }) => outcome.kind === 'delivered');
    }),
  );
}

function pairs(maps: readonly StringMap[]): Vocabulary['labels'] {
  const found = maps.flatMap((map) => Object.entries(map));
  return [...new Map(found.map((pair) => [pair.join('='), pair])).values()].slice(0, most.labels);
}

/** Labels that controllers write. */
const generated = new Set(['pod-template-hash', 'controller-revision-hash', 'statefulset.kubernetes.io/pod-name']);

/** Every map of a document that stands under a key for labels. */
function labelMaps(document: Json): readonly StringMap[] {
  if (Array.isArray(document)) return (document as readonly Json[]).flatMap(labelMaps);
  if (!isJsonObject(document)) return [];
  return Object.entries(document).flatMap(([key, value]) => {
    const isMap = ['labels', 'matchLabels', 'selector'].includes(key) && isJsonObject(value);
    const texts = isMap ? Object.entries(value).filter(([, text]) => typeof text === 'string') : [];
    return [...(texts.length > 0 ? [Object.fromEntries(texts) as StringMap] : []), ...labelMaps(value ?? null)];
  });
}
