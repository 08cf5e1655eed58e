import { parseQuantity } from '@kubedrill/cluster-sim';
import type { Container, EnvFromSource, EnvVar, Pod } from '@kubedrill/kube-model';
import type { Sheet } from './sheet.ts';

/** describeContainerEnvFrom and describeContainerEnvVars; values of fields are known of Pods only. */
export function describeEnvironment(sheet: Sheet, container: Container, pod: Pod | undefined): void {
  const { env = [], envFrom = [] } = container;
  if (envFrom.length > 0) sheet.line('Environment Variables from:', 2);
  for (const source of envFrom) describeSource(sheet, source);
  sheet.line(`Environment:${env.length === 0 ? '\t<none>' : ''}`, 2);
  for (const variable of env) describeVariable(sheet, variable, container, pod);
}

function describeSource(sheet: Sheet, { prefix = '', configMapRef, secretRef }: EnvFromSource): void {
  const from = configMapRef ? 'ConfigMap' : secretRef ? 'Secret' : '';
  const { name = '', optional = false } = configMapRef ?? secretRef ?? {};
  const how = prefix === '' ? from : `${from} with prefix '${prefix}'`;
  sheet.row([name, how, `Optional: ${optional}`], 3);
}

function describeVariable(
  sheet: Sheet,
  { name, value = '', valueFrom }: EnvVar,
  container: Container,
  pod: Pod | undefined,
): void {
  if (!valueFrom) {
    const [first = '', ...rest] = value.split('\n');
    sheet.field(name, first, 3);
    for (const line of rest) sheet.line(`\t${line}`, 3);
    return;
  }
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = valueFrom;
  if (fieldRef) {
    const { apiVersion = '', fieldPath } = fieldRef;
    sheet.field(name, `${pod ? fieldValue(pod, fieldPath) : ''} (${apiVersion}:${fieldPath})`, 3);
  } else if (resourceFieldRef)
    sheet.field(name, `${shownAmount(container, resourceFieldRef)} (${resourceFieldRef.resource})`, 3);
  else if (secretKeyRef) {
    const { key, name: secret = '', optional = false } = secretKeyRef;
    sheet.field(name, `<set to the key '${key}' in secret '${secret}'>\tOptional: ${optional}`, 3);
  } else if (configMapKeyRef) {
    const { key, name: map = '', optional = false } = configMapKeyRef;
    sheet.field(name, `<set to the key '${key}' of config map '${map}'>\tOptional: ${optional}`, 3);
  }
}

/** EnvValueRetriever: the client knows of two fields what they are called inside. */
function fieldValue({ metadata }: Pod, path: string): string {
  if (path === 'metadata.name') return metadata.name;
  return path === 'metadata.namespace' ? (metadata.namespace ?? '') : '';
}

interface ResourceField {
  readonly resource: string;
  readonly divisor?: string;
}

function shownAmount(container: Container, field: ResourceField): string {
  const amount = resourceFieldValue(container, field);
  const isOfNode = amount === '0' && (field.resource === 'limits.cpu' || field.resource === 'limits.memory');
  return isOfNode ? 'node allocatable' : (amount ?? '');
}

/** kubectl/pkg/util/resource ExtractContainerResourceValue; undefined: no resource that a container has. */
export function resourceFieldValue({ resources = {} }: Container, field: ResourceField): string | undefined {
  const found = /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.+)$/.exec(field.resource);
  if (!found) return undefined;
  const amounts = found[1] === 'limits' ? resources.limits : resources.requests;
  const divisor = nanoOf(field.divisor ?? '0');
  return String(divideUp(nanoOf(amounts?.[found[2] ?? ''] ?? '0'), divisor === 0n ? nanoOf('1') : divisor));
}

function nanoOf(text: string): bigint {
  const parsed = parseQuantity(text);
  return parsed.ok ? parsed.quantity.nano : 0n;
}

function divideUp(value: bigint, divisor: bigint): bigint {
  return (value + divisor - 1n) / divisor;
}
