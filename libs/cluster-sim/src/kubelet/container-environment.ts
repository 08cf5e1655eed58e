import type { ConfigMap, Container, EnvFromSource, EnvVar, Node, Pod, Secret } from '@kubedrill/kube-model';
import { labelOf } from '../controllers/label-selector.ts';
import { parseQuantity } from '../api/quantity.ts';
import type { ObjectView } from '../store/object-view.ts';
import { secretData } from './secret-data.ts';
import { expand } from './variable-expansion.ts';

type Variables = Record<string, string>;

export type EnvironmentResult =
  | { readonly ok: true; readonly env: Readonly<Variables> }
  /** kubelet: CreateContainerConfigError with this message. */
  | { readonly ok: false; readonly message: string };

export interface EnvironmentSources {
  readonly view: ObjectView;
  readonly pod: Pod;
  readonly address: string;
  readonly services: ReadonlyMap<string, string>;
}

/** pkg/kubelet/kubelet_pods.go makeEnvironmentVariables. */
export function environmentOf(container: Container, sources: EnvironmentSources): EnvironmentResult {
  const building = new EnvironmentBuilding(container, sources);
  for (const source of container.envFrom ?? []) building.addAll(source);
  for (const variable of container.env ?? []) building.add(variable);
  const { missing, own } = building;
  return missing === undefined ? { ok: true, env: own } : { ok: false, message: missing };
}

class EnvironmentBuilding {
  readonly own: Variables = {};
  /** The first thing that is not there. */
  missing: string | undefined;
  private readonly container: Container;
  private readonly sources: EnvironmentSources;

  constructor(container: Container, sources: EnvironmentSources) {
    this.container = container;
    this.sources = sources;
  }

  addAll({ prefix = '', configMapRef, secretRef }: EnvFromSource): void {
    const data = secretRef ? decoded(this.secret(secretRef)) : configMapRef && this.configMap(configMapRef)?.data;
    for (const [key, value] of Object.entries(data ?? {})) this.own[prefix + key] = value;
  }

  add({ name, value, valueFrom }: EnvVar): void {
    const resolved = value ? this.expanded(value) : valueFrom ? this.resolved(valueFrom) : '';
    if (resolved !== undefined) this.own[name] = resolved;
  }

  private expanded(value: string): string {
    return expand(value, (name) => labelOf(this.own, name) ?? this.sources.services.get(name));
  }

  private resolved({ fieldRef, configMapKeyRef, secretKeyRef, resourceFieldRef }: ValueFrom): string | undefined {
    if (fieldRef) return fieldOf(fieldRef.fieldPath, this.sources);
    if (resourceFieldRef) return resourceOf(resourceFieldRef, this.container, this.sources);
    if (configMapKeyRef) return this.keyOf(configMapKeyRef, 'ConfigMap', this.configMap(configMapKeyRef)?.data);
    return secretKeyRef && this.keyOf(secretKeyRef, 'Secret', decoded(this.secret(secretKeyRef)));
  }

  private keyOf(
    { name = '', key, optional = false }: Reference & { readonly key: string },
    kind: 'ConfigMap' | 'Secret',
    data: Readonly<Variables> | undefined,
  ): string | undefined {
    const found = labelOf(data, key);
    if (found === undefined && !optional)
      this.missing ??= `couldn't find key ${key} in ${kind} ${this.sources.pod.metadata.namespace ?? ''}/${name}`;
    return found;
  }

  private configMap({ name = '', optional = false }: Reference): ConfigMap | undefined {
    const { view, pod } = this.sources;
    const found = view.get('ConfigMap', pod.metadata.namespace ?? '', name);
    if (!found && !optional) this.missing ??= `configmap "${name}" not found`;
    return found;
  }

  private secret({ name = '', optional = false }: Reference): Secret | undefined {
    const { view, pod } = this.sources;
    const found = view.get('Secret', pod.metadata.namespace ?? '', name);
    if (!found && !optional) this.missing ??= `secret "${name}" not found`;
    return found;
  }
}

function decoded(secret: Secret | undefined): Readonly<Variables> | undefined {
  return secret && secretData(secret);
}

type ValueFrom = NonNullable<EnvVar['valueFrom']>;

interface Reference {
  readonly name?: string;
  readonly optional?: boolean;
}

/** pkg/fieldpath and podFieldSelectorRuntimeValue. */
export function fieldOf(path: string, { view, pod, address }: EnvironmentSources): string {
  const { metadata, spec } = pod;
  const subscript = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path);
  if (subscript)
    return labelOf(metadata[subscript[1] === 'labels' ? 'labels' : 'annotations'], subscript[2] ?? '') ?? '';
  switch (path) {
    case 'metadata.name':
      return metadata.name;
    case 'metadata.namespace':
      return metadata.namespace ?? '';
    case 'metadata.uid':
      return metadata.uid;
    case 'metadata.labels':
      return mapText(metadata.labels);
    case 'metadata.annotations':
      return mapText(metadata.annotations);
    case 'spec.nodeName':
      return spec.nodeName ?? '';
    case 'spec.serviceAccountName':
      return spec.serviceAccountName ?? '';
    case 'status.hostIP':
    case 'status.hostIPs':
      return internalAddress(view.get('Node', '', spec.nodeName ?? '')) ?? '';
    case 'status.podIP':
    case 'status.podIPs':
      return address;
    default:
      return '';
  }
}

function mapText(map: Readonly<Record<string, string>> | undefined): string {
  return Object.entries(map ?? {})
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join('\n');
}

export function internalAddress(node: Node | undefined): string | undefined {
  return node?.status.addresses?.find(({ type }) => type === 'InternalIP')?.address;
}

/** pkg/api/v1/resource ExtractContainerResourceValue; what has no limit has the node's allocatable amount. */
function resourceOf(
  { resource }: { readonly resource: string },
  container: Container,
  { view, pod }: EnvironmentSources,
): string {
  const [list = '', name = ''] = resource.split(/\.(.*)/s);
  const declared = list === 'limits' ? container.resources?.limits : container.resources?.requests;
  const allocatable = view.get('Node', '', pod.spec.nodeName ?? '')?.status.allocatable;
  const quantity = labelOf(declared, name) ?? (list === 'limits' ? labelOf(allocatable, name) : undefined) ?? '0';
  const parsed = parseQuantity(quantity);
  return parsed.ok ? String(Math.ceil(Number(parsed.quantity.nano) / 1e9)) : '0';
}
