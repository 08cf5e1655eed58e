import type { Cluster } from '@kubedrill/cluster-sim';
import type { Pod, Service, StringMap } from '@kubedrill/kube-model';
import { isAlive, isReady } from '../observe/pods.ts';
import type { Diagnosis } from './diagnosis.ts';
import { diagnoseHandwrittenEndpoints } from './handwritten-endpoints.ts';
import { formatPairs, mismatches } from './label-pairs.ts';
import { nearestWord } from './nearest-word.ts';
import { diagnoseUnreadyPod } from './pod-diagnosis.ts';

/** Why a Service has not the endpoints that one would expect of it; undefined when nothing is conspicuous. */
export function diagnoseService(cluster: Cluster, namespace: string, name: string): Diagnosis | undefined {
  const service = cluster.view.get('Service', namespace, name);
  if (!service) return missingService(cluster, namespace, name);
  const { selector, type, externalName = '' } = service.spec;
  if (type === 'ExternalName')
    return at(
      service,
      ['spec', 'externalName'],
      `an ExternalName Service is an alias in the DNS and has no endpoints; ${name} stands for the name "${externalName}"`,
    );
  if (!selector || Object.keys(selector).length === 0) return diagnoseHandwrittenEndpoints(cluster, service);
  const pods = cluster.view.list('Pod', namespace).filter(isAlive);
  const matching = pods.filter((pod) => mismatches(selector, pod).length === 0);
  if (matching.length === 0) return noMatch(service, selector, pods);
  return unresolvedPort(service, matching) ?? noneReady(matching);
}

function at(service: Service, path: readonly (string | number)[], text: string): Diagnosis {
  const { namespace = '', name } = service.metadata;
  return { text, evidence: [{ kind: 'Service', namespace, name, path }] };
}

function missingService(cluster: Cluster, namespace: string, name: string): Diagnosis {
  const names = cluster.view.list('Service', namespace).map(({ metadata }) => metadata.name);
  const elsewhere = cluster.view.list('Service').find(({ metadata }) => metadata.name === name);
  const near = nearestWord(name, names);
  const text = `there is no Service "${name}" in namespace "${namespace}"`;
  if (near !== undefined) {
    const evidence = { kind: 'Service', namespace, name: near, path: ['metadata', 'name'] } as const;
    return { text: `${text}, but there is "${near}"`, evidence: [evidence] };
  }
  if (!elsewhere) return { text, evidence: [] };
  const other = elsewhere.metadata.namespace ?? '';
  const evidence = { kind: 'Service', namespace: other, name, path: ['metadata', 'namespace'] } as const;
  return { text: `${text}, but there is one in "${other}"`, evidence: [evidence] };
}

/** The Pod that fails the fewest pairs shows best what is wrong. */
function noMatch(service: Service, selector: StringMap, pods: readonly Pod[]): Diagnosis {
  const text = `the selector ${formatPairs(selector)} matches no Pod in namespace "${service.metadata.namespace ?? ''}"`;
  const ranked = pods
    .map((pod) => ({ pod, wrong: mismatches(selector, pod) }))
    .sort((a, b) => a.wrong.length - b.wrong.length || closeness(selector, b) - closeness(selector, a));
  const [nearest] = ranked;
  const key = nearest?.wrong[0];
  if (!nearest || key === undefined || Object.keys(nearest.pod.metadata.labels ?? {}).length === 0) {
    return at(service, ['spec', 'selector'], text);
  }
  const labels = nearest.pod.metadata.labels ?? {};
  const actual = Object.hasOwn(labels, key) ? `${key}=${labels[key] ?? ''}` : `no label "${key}"${listLabels(labels)}`;
  return at(service, ['spec', 'selector', key], `${text}; Pod ${nearest.pod.metadata.name} has ${actual}`);
}

function listLabels(labels: StringMap): string {
  const pairs = formatPairs(labels);
  return pairs === '' ? '' : ` but ${pairs}`;
}

/** How many of the wrong pairs look like typing errors. */
function closeness(
  selector: StringMap,
  { pod, wrong }: { readonly pod: Pod; readonly wrong: readonly string[] },
): number {
  const labels = Object.values(pod.metadata.labels ?? {});
  return wrong.filter((key) => nearestWord(selector[key] ?? '', labels) !== undefined).length;
}

function unresolvedPort(service: Service, pods: readonly Pod[]): Diagnosis | undefined {
  for (const [index, { targetPort }] of (service.spec.ports ?? []).entries()) {
    if (typeof targetPort !== 'string') continue;
    const declared = pods.flatMap(({ spec }) => spec.containers.flatMap(({ ports }) => ports ?? []));
    if (declared.some(({ name }) => name === targetPort)) continue;
    const names = declared.flatMap(({ name }) => (name === undefined ? [] : [`"${name}"`]));
    const known = names.length === 0 ? '' : ` (declared: ${[...new Set(names)].join(', ')})`;
    const text = `no container of the Pods declares a port named "${targetPort}"${known}`;
    return at(service, ['spec', 'ports', index, 'targetPort'], text);
  }
  return undefined;
}

function noneReady(pods: readonly Pod[]): Diagnosis | undefined {
  const unready = pods.find((pod) => !isReady(pod));
  if (!unready || pods.some(isReady)) return undefined;
  const why = diagnoseUnreadyPod(unready);
  const found = pods.length === 1 ? 'one Pod, which is not ready' : `${pods.length} Pods and none is ready`;
  return { text: `the selector matches ${found}: ${why.text}`, evidence: why.evidence };
}
