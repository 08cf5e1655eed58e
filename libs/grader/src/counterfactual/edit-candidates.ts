import { isJsonObject, type FieldPath, type Json, type JsonObject } from '@kubedrill/kube-model';
import { editDistance } from '../feedback/nearest-word.ts';
import type { ManifestEdit } from './manifest-edit.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Edits of one document, each of a single field, whether they help or not. */
export function editCandidates(document: number, value: JsonObject, vocabulary: Vocabulary): readonly ManifestEdit[] {
  return new Candidates(document, value, vocabulary).all();
}

/** Values of fields that have only a few; a word of another field is no candidate for them. */
const enumerations: Readonly<Record<string, readonly Json[]>> = {
  type: ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'],
  protocol: ['TCP', 'UDP', 'SCTP'],
  sessionAffinity: ['None', 'ClientIP'],
  externalTrafficPolicy: ['Cluster', 'Local'],
  internalTrafficPolicy: ['Cluster', 'Local'],
  clusterIP: ['None'],
  dnsPolicy: ['ClusterFirst', 'Default', 'None', 'ClusterFirstWithHostNet'],
  trafficDistribution: ['PreferSameZone', 'PreferSameNode'],
};

/** Fields whose change makes another object of it, or none. */
const fixedFields = new Set(['apiVersion', 'kind']);
const portFields = new Set([
  'port',
  'targetPort',
  'nodePort',
  'containerPort',
  'endPort',
  'healthCheckNodePort',
  'hostPort',
]);
const labelFields = new Set(['labels', 'matchLabels', 'selector']);
/** A word may be as far from what is written as this share of its letters, or it is another word. */
const likeness = 0.5;

class Candidates {
  private readonly document: number;
  private readonly root: JsonObject;
  private readonly vocabulary: Vocabulary;
  private readonly edits: ManifestEdit[] = [];

  constructor(document: number, root: JsonObject, vocabulary: Vocabulary) {
    this.document = document;
    this.root = root;
    this.vocabulary = vocabulary;
  }

  all(): readonly ManifestEdit[] {
    this.visit(this.root, []);
    if (this.root.kind === 'Service') this.serviceFields();
    if (this.root.kind === 'EndpointSlice') this.sliceFields();
    if (this.root.kind === 'NetworkPolicy') this.policyFields();
    this.namespaceField();
    return this.edits;
  }

  private visit(value: Json, path: FieldPath): void {
    if (Array.isArray(value)) {
      (value as readonly Json[]).forEach((item, index) => this.member(item, [...path, index]));
      return;
    }
    if (!isJsonObject(value)) {
      this.scalar(value, path);
      return;
    }
    for (const [key, member] of Object.entries(value))
      if (member !== undefined && (path.length > 0 || !fixedFields.has(key))) this.member(member, [...path, key]);
    if (isLabelMap(path) && !isSelectorOfTerms(value)) this.labels(value, path);
  }

  private member(value: Json, path: FieldPath): void {
    const isFrame = path.length === 1 || (path.length === 2 && path[0] === 'metadata' && path[1] === 'name');
    if (!isFrame) this.edits.push({ document: this.document, path, kind: 'remove', before: value });
    this.visit(value, path);
  }

  private scalar(before: Json, path: FieldPath): void {
    for (const after of new Set(this.alternatives(before, path)))
      if (after !== before) this.edits.push({ document: this.document, path, kind: 'replace', before, after });
  }

  private alternatives(before: Json, path: FieldPath): readonly Json[] {
    const key = String(path.at(-1));
    const { numbers, openPorts, words, names, hosts, labels } = this.vocabulary;
    if (typeof before === 'boolean') return [!before];
    if (path.length === 2 && key === 'name' && path[0] === 'metadata') return names;
    if (key === 'externalName') return hosts;
    if (isLabelMap(path.slice(0, -1))) {
      const sameKey = labels.filter(([name]) => name === key).map(([, value]) => value);
      return [...sameKey, ...labels.map(([, value]) => value)];
    }
    if (portFields.has(key)) return [...openPorts, ...numbers, ...(key === 'targetPort' ? this.portNames() : [])];
    const few = enumerations[key];
    if (few?.includes(before)) return few;
    if (typeof before === 'number') return [...numbers, before + 1, before - 1];
    if (typeof before !== 'string') return [];
    const alike = words.filter((word) => isLike(word, before));
    return [...alike, ...this.withOtherNumbers(before), ...this.withOtherHosts(before)];
  }

  /** "http://web/", or a bare name of a Service, with another host in it. */
  private withOtherHosts(text: string): readonly string[] {
    const { hosts } = this.vocabulary;
    const inUrl = /:\/\/([^:/\s]+)/.exec(text)?.[1];
    const named =
      inUrl ?? hosts.find((host) => text === host || text.startsWith(`${host}.`) || text.startsWith(`${host}:`));
    const host = named === undefined || inUrl !== undefined ? named : /^[^:/\s]+/.exec(text)?.[0];
    return host === undefined ? [] : hosts.map((other) => text.replace(host, other));
  }

  /** "-listen=:5678" with another number in it, or open to everybody instead of on the loopback alone. */
  private withOtherNumbers(text: string): readonly string[] {
    const found = /(?<![\d.])\d{2,5}(?![\d.])/.exec(text);
    const others = found ? this.vocabulary.numbers.map((number) => text.replace(found[0], String(number))) : [];
    const opened = text.replace(/127\.0\.0\.1|localhost/, '0.0.0.0');
    return opened === text ? others : [opened, ...others];
  }

  private portNames(): readonly string[] {
    return this.vocabulary.words.filter((word) => /^[a-z][a-z0-9-]{0,14}$/.test(word));
  }

  private labels(map: JsonObject, path: FieldPath): void {
    for (const after of this.vocabulary.labelSets)
      this.edits.push({ document: this.document, path, kind: 'replace', before: map, after });
    for (const [key, value] of this.vocabulary.labels) if (!Object.hasOwn(map, key)) this.add([...path, key], value);
  }

  private add(path: FieldPath, after: Json): void {
    this.edits.push({ document: this.document, path, kind: 'add', after });
  }

  private serviceFields(): void {
    const spec = objectAt(this.root, 'spec');
    const { labels, numbers } = this.vocabulary;
    for (const field of ['type', 'sessionAffinity', 'externalTrafficPolicy', 'internalTrafficPolicy', 'clusterIP'])
      if (!Object.hasOwn(spec, field)) for (const value of enumerations[field] ?? []) this.add(['spec', field], value);
    this.addWhereAbsent(spec, ['spec', 'publishNotReadyAddresses'], [true]);
    const timeouts = numbers.map((timeoutSeconds) => ({ clientIP: { timeoutSeconds } }));
    if (spec.sessionAffinity === 'ClientIP') this.addWhereAbsent(spec, ['spec', 'sessionAffinityConfig'], timeouts);
    this.addWhereAbsent(spec, ['spec', 'selector'], [...labels.map(([key, value]) => ({ [key]: value }))]);
    listAt(spec, 'ports').forEach((port, index) => {
      if (isJsonObject(port)) this.portEntry(port, ['spec', 'ports', index]);
    });
  }

  private addWhereAbsent(parent: JsonObject, path: FieldPath, values: Iterable<Json>): void {
    if (!Object.hasOwn(parent, String(path.at(-1)))) for (const value of new Set(values)) this.add(path, value);
  }

  private portEntry(port: JsonObject, path: FieldPath): void {
    const { numbers, openPorts } = this.vocabulary;
    this.addWhereAbsent(port, [...path, 'targetPort'], [...openPorts, ...this.portNames()]);
    this.addWhereAbsent(port, [...path, 'nodePort'], numbers.filter(isNodePort));
    this.addWhereAbsent(port, [...path, 'protocol'], ['UDP']);
    this.addWhereAbsent(port, [...path, 'name'], this.portNames());
  }

  /** The label by which a slice belongs to a Service. */
  private sliceFields(): void {
    const labels = objectAt(objectAt(this.root, 'metadata'), 'labels');
    const hasLabels = Object.keys(labels).length > 0;
    for (const name of this.vocabulary.names) {
      if (hasLabels) this.addWhereAbsent(labels, ['metadata', 'labels', serviceNameLabel], [name]);
      else this.addWhereAbsent(objectAt(this.root, 'metadata'), ['metadata', 'labels'], [{ [serviceNameLabel]: name }]);
    }
  }

  private policyFields(): void {
    const spec = objectAt(this.root, 'spec');
    const types = listAt(spec, 'policyTypes');
    for (const type of ['Ingress', 'Egress'])
      if (types.length > 0 && !types.includes(type)) this.add(['spec', 'policyTypes', types.length], type);
    for (const [direction, side] of [
      ['ingress', 'from'],
      ['egress', 'to'],
    ] as const)
      listAt(spec, direction).forEach((rule, index) => {
        if (isJsonObject(rule)) this.policyRule(rule, ['spec', direction, index], side);
      });
  }

  private policyRule(rule: JsonObject, path: FieldPath, side: 'from' | 'to'): void {
    const { openPorts, numbers, labels } = this.vocabulary;
    const entries = (field: string, items: readonly Json[]): void => {
      const present = listAt(rule, field);
      for (const item of items)
        if (present.length > 0) this.add([...path, field, present.length], item);
        else this.addWhereAbsent(rule, [...path, field], [[item]]);
    };
    entries(
      'ports',
      [...new Set([...openPorts, ...numbers])].map((port) => ({ port })),
    );
    const selectors = labels.map(([key, value]) => ({ matchLabels: { [key]: value } }));
    entries(
      side,
      selectors.flatMap((selector) => [{ podSelector: selector }, { namespaceSelector: selector }]),
    );
  }

  private namespaceField(): void {
    this.addWhereAbsent(
      objectAt(this.root, 'metadata'),
      ['metadata', 'namespace'],
      this.vocabulary.namespaces.slice(1),
    );
  }
}

const serviceNameLabel = 'kubernetes.io/service-name';

function objectAt(parent: JsonObject, key: string): JsonObject {
  const value = parent[key];
  return isJsonObject(value) ? value : {};
}

function listAt(parent: JsonObject, key: string): readonly Json[] {
  const value = parent[key];
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function isLabelMap(path: FieldPath): boolean {
  return labelFields.has(String(path.at(-1)));
}

/** A workload's selector has its pairs one level deeper. */
function isSelectorOfTerms(selector: JsonObject): boolean {
  return Object.hasOwn(selector, 'matchLabels') || Object.hasOwn(selector, 'matchExpressions');
}

const isNodePort = (number: number): boolean => number >= 30_000 && number <= 32_767;

function isLike(word: string, before: string): boolean {
  const length = Math.max(word.length, before.length);
  return length > 0 && editDistance(word, before) <= Math.ceil(length * likeness);
}
