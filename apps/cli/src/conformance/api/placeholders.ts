import type { ObjectView } from '@kubedrill/cluster-sim';
import { isJsonObject, type Json, type JsonObject } from '@kubedrill/kube-model';
import { isPinned } from './namespace-state.ts';
import { identifyPods, type PodIdentity } from './pod-identities.ts';

/** Names given by chance end in five of these (k8s.io/apimachinery/pkg/util/rand). */
const generatedSuffix = '[bcdfghjklmnpqrstvwxz2456789]{5}';
const uuid = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
const timestamp = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\b/g;
const serviceAddress = /\b10\.96\.\d{1,3}\.\d{1,3}\b/g;

/**
 * Replaces what is a matter of chance by the recordings' placeholders. One per case: it remembers which addresses and node
 * ports it has seen for each Service, since a second distinct value is written "<ip#2>".
 */
export class Placeholders {
  private readonly namespace: string;
  private readonly caseText: string;
  private readonly seen = new Map<string, Json[]>();
  private texts: readonly (readonly [string, string])[] = [];
  private names = new Map<string, string>();
  private identities: readonly PodIdentity[] = [];
  private readonly generated: readonly RegExp[];

  constructor(namespace: string, caseText: string) {
    this.namespace = namespace;
    this.caseText = caseText;
    this.generated = generatedNames(caseText);
  }

  /** Takes note of the pods and ReplicaSets as they are now; call before replacing in a new snapshot. */
  observe(view: ObjectView, namespaces: readonly string[]): readonly PodIdentity[] {
    this.identities = identifyPods(view, namespaces, this.namespace);
    const texts: [string, string][] = [];
    this.names = new Map();
    for (const { pod, identity } of this.identities) {
      if (pod.status.podIP && pod.spec.hostNetwork !== true) texts.push([pod.status.podIP, `<${identity}>`]);
      this.names.set(`${pod.metadata.namespace ?? ''}/${pod.metadata.name}`, identity);
    }
    for (const namespace of namespaces) {
      for (const set of view.list('ReplicaSet', namespace)) {
        const revision = set.metadata.annotations?.['deployment.kubernetes.io/revision'];
        const owner = set.metadata.ownerReferences?.[0]?.name;
        if (revision && owner) texts.push([set.metadata.name, `<rs:${owner}@${revision}>`]);
      }
    }
    // Longer texts first, so that 10.244.1.10 is not taken for 10.244.1.1.
    this.texts = texts.sort((left, right) => right[0].length - left[0].length);
    return this.identities;
  }

  podNamed(identity: string): PodIdentity | undefined {
    return this.identities.find((candidate) => candidate.identity === identity);
  }

  /** A stored object of a reply; values of a Service are counted under its name. */
  inObject(object: JsonObject): Json {
    return this.replace(object, this.serviceOf(object), []);
  }

  inState(state: JsonObject, namespace: string): Json {
    const replaced: Record<string, Json> = {};
    for (const [section, content] of Object.entries(state)) {
      replaced[section] =
        section === 'services' && isJsonObject(content)
          ? Object.fromEntries(
              Object.entries(content).map(([name, value]) => [
                name,
                this.replace(value ?? null, `${namespace}/${name}`, ['services']),
              ]),
            )
          : this.replace(content ?? null, undefined, [section]);
    }
    return replaced;
  }

  inText(text: string, service?: string): string {
    if (this.caseText.includes(text) && !text.includes(this.namespace)) return text;
    let replaced = text.replaceAll(this.namespace, '<ns>');
    for (const [value, placeholder] of this.texts) replaced = replaceWhole(replaced, value, placeholder);
    for (const name of this.generated) replaced = replaced.replace(name, '$1<gen>');
    replaced = replaced.replace(uuid, '<uid>').replace(timestamp, '<time>');
    return replaced.replace(serviceAddress, (address) => {
      if (address === '10.96.0.1' || this.caseText.includes(address)) return address;
      return service === undefined ? '<ip>' : this.numbered(`${service} ip`, 'ip', address);
    });
  }

  private serviceOf({ kind, metadata }: JsonObject): string | undefined {
    if (kind !== 'Service' || !isJsonObject(metadata) || typeof metadata['name'] !== 'string') return undefined;
    const { namespace = this.namespace, name } = metadata;
    return typeof namespace === 'string' ? `${namespace}/${name}` : undefined;
  }

  private replace(value: Json, service: string | undefined, path: readonly string[]): Json {
    if (Array.isArray(value)) return value.map((entry: Json) => this.replace(entry, service, path));
    if (isJsonObject(value)) return this.replaceFields(value, service, path);
    const field = path.at(-1);
    if (typeof value === 'number') {
      if (field !== 'nodePort' && field !== 'healthCheckNodePort') return value;
      return new RegExp(`\\b${value}\\b`).test(this.caseText)
        ? value
        : this.numbered(`${service ?? ''} ${field}`, field, value);
    }
    return typeof value === 'string' ? this.inText(value, service) : value;
  }

  private replaceFields(value: JsonObject, service: string | undefined, path: readonly string[]): Json {
    const fields = Object.entries(value).map(([key, entry]): [string, Json] => {
      if (key === 'nodeName' && typeof entry === 'string') return [key, this.nodeName(value, entry)];
      if (key === 'targetRef' && isJsonObject(entry)) return [key, this.targetReference(entry)];
      if (key === 'name' && path[0] === 'endpointSlices' && path.length === 2 && typeof entry === 'string')
        return [key, this.generatedName(entry)];
      return [key, this.replace(entry ?? null, service, [...path, key])];
    });
    return Object.fromEntries(fields);
  }

  private generatedName(name: string): string {
    return this.caseText.includes(name) ? name : name.replace(new RegExp(`-${generatedSuffix}$`), '-<gen>');
  }

  /** An endpoint's node keeps its name where the pod had been pinned to it. */
  private nodeName(endpoint: JsonObject, node: string): string {
    const target = endpoint['targetRef'];
    const pod = isJsonObject(target) ? this.podOf(target)?.pod : undefined;
    if (pod) return isPinned(pod, this.caseText) ? node : '<node>';
    return this.caseText.includes(node) ? node : '<node>';
  }

  private podOf({ namespace = this.namespace, name }: JsonObject): PodIdentity | undefined {
    if (typeof namespace !== 'string' || typeof name !== 'string') return undefined;
    const identity = this.names.get(`${namespace}/${name}`);
    return identity === undefined ? undefined : this.podNamed(identity);
  }

  private targetReference(reference: JsonObject): Json {
    const pod = reference['kind'] === 'Pod' ? this.podOf(reference) : undefined;
    const kept = Object.entries(reference).filter(
      ([field, value]) =>
        field !== 'uid' && !(field === 'namespace' && (pod !== undefined || value === this.namespace)),
    );
    return { ...Object.fromEntries(kept), ...(pod ? { name: pod.identity } : {}) };
  }

  private numbered(key: string, placeholder: string, value: Json): string {
    const values = this.seen.get(key) ?? [];
    if (!values.includes(value)) this.seen.set(key, [...values, value]);
    const index = (this.seen.get(key) ?? []).indexOf(value);
    return index === 0 ? `<${placeholder}>` : `<${placeholder}#${index + 1}>`;
  }
}

function replaceWhole(text: string, value: string, placeholder: string): string {
  if (!text.includes(value)) return text;
  return text.replace(new RegExp(`(?<![\\w.-])${escaped(value)}(?![\\w-]|\\.\\d)`, 'g'), placeholder);
}

/** The volume that the admission of every Pod adds. */
const tokenVolume = 'kube-api-access-';

/** Names that begin with a generateName of the case. */
function generatedNames(caseText: string): readonly RegExp[] {
  const fromCase = [...caseText.matchAll(/generateName["']?: *["']?([^\s"',}]+)/g)].map(([, prefix]) => prefix ?? '');
  return [...new Set([tokenVolume, ...fromCase])].map(
    (prefix) => new RegExp(`(${escaped(prefix)})${generatedSuffix}(?!\\w)`, 'g'),
  );
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
