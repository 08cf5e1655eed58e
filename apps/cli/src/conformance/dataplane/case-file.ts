import type { PatchType, ProxyMode, Subresource } from '@kubedrill/cluster-sim';
import type { Json, JsonObject, Protocol } from '@kubedrill/kube-model';
import { readDuration } from '../durations.ts';
import { countsOf, listOf, numberOf, objectOf, oneOrMore, textOf } from '../recorded-json.ts';

/** A case of the data-plane recordings: see their FORMAT.md. */
export interface DataplaneCase {
  readonly name: string;
  readonly nodes: number;
  readonly proxyMode: ProxyMode;
  readonly egressMasquerade: boolean;
  readonly steps: readonly DataplaneStep[];
}

export interface DataplaneStep {
  readonly action: DataplaneAction;
  /** The Pods after the step, by the recording's names; absent: the step changed no object. */
  readonly podsAfter?: ReadonlyMap<string, RecordedPod>;
  readonly servicesAfter?: ReadonlyMap<string, RecordedService>;
}

export interface RecordedPod {
  readonly node: string;
  readonly ip: string;
  readonly terminating: boolean;
}

export interface RecordedService {
  readonly clusterIP: string;
  readonly ports: readonly { readonly port: number; readonly protocol: Protocol; readonly nodePort?: number }[];
}

export type DataplaneAction =
  | { readonly kind: 'apply'; readonly text: string }
  | { readonly kind: 'delete'; readonly targets: readonly { readonly target: string; readonly grace?: number }[] }
  | {
      readonly kind: 'patch';
      readonly target: string;
      readonly type: PatchType;
      readonly subresource?: Subresource;
      readonly body: Json;
    }
  | {
      readonly kind: 'annotate' | 'label';
      readonly changes: readonly { readonly target: string; readonly set: JsonObject }[];
    }
  | { readonly kind: 'scale'; readonly target: string; readonly replicas: number }
  | { readonly kind: 'sleep'; readonly seconds: number }
  | { readonly kind: 'route'; readonly on: string; readonly destination: string; readonly via: string }
  | { readonly kind: 'kubeProxy'; readonly node: string; readonly state: 'running' | 'stopped' }
  /** `part`: where a case has several dumps. */
  | { readonly kind: 'dump'; readonly part?: string }
  | { readonly kind: 'probe'; readonly probe: RecordedProbe; readonly expected: ExpectedOutcomes }
  | { readonly kind: 'open'; readonly id: string; readonly probe: RecordedProbe; readonly answer: string }
  | { readonly kind: 'use'; readonly id: string; readonly answer: string };

export interface RecordedProbe {
  readonly from: string;
  readonly to: JsonObject;
  /** What `to` was then: "10.96.91.54:80/TCP". */
  readonly resolved: string;
  readonly protocol: Protocol | 'ICMP';
  readonly count: number;
  /** Milliseconds. */
  readonly timeout: number;
  /** One UDP socket for all requests. */
  readonly sameSocket: boolean;
}

export interface ExpectedOutcomes {
  /** "delivered pod/web-0", "unreachable ENETUNREACH", "refused" -> count. */
  readonly outcomes: ReadonlyMap<string, number>;
  readonly sourceSeen: ReadonlyMap<string, number>;
  readonly portSeen: ReadonlyMap<string, number>;
  readonly sourceSeenPerPod: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

const defaultTimeout = 1_500;

export function readDataplaneCase(document: Json | undefined): DataplaneCase {
  const file = objectOf(document, 'a case');
  const lab = file.lab === undefined ? {} : objectOf(file.lab, 'lab');
  const proxyMode = file.proxyMode;
  if (proxyMode !== 'iptables' && proxyMode !== 'nftables' && proxyMode !== 'ipvs')
    throw new Error(`proxyMode ${JSON.stringify(proxyMode)} is unknown`);
  return {
    name: textOf(file.name, 'name'),
    nodes: numberOf(file.nodes, 'nodes'),
    proxyMode,
    egressMasquerade: lab.egressMasquerade !== false,
    steps: listOf(file.steps, 'steps').map((step) => readStep(objectOf(step, 'a step'))),
  };
}

function readStep(step: JsonObject): DataplaneStep {
  return {
    action: readAction(step),
    ...(step.podsAfter === undefined ? {} : { podsAfter: mapOf(step.podsAfter, 'podsAfter', readPod) }),
    ...(step.servicesAfter === undefined
      ? {}
      : { servicesAfter: mapOf(step.servicesAfter, 'servicesAfter', readService) }),
  };
}

function mapOf<T>(value: Json, what: string, read: (entry: JsonObject) => T): ReadonlyMap<string, T> {
  return new Map(
    Object.entries(objectOf(value, what)).map(([name, entry]) => [name, read(objectOf(entry, `${what} ${name}`))]),
  );
}

function readPod(pod: JsonObject): RecordedPod {
  return { node: textOf(pod.node, 'node'), ip: textOf(pod.ip, 'ip'), terminating: pod.terminating === true };
}

function readService(service: JsonObject): RecordedService {
  return {
    clusterIP: typeof service.clusterIP === 'string' ? service.clusterIP : '',
    ports: listOf(service.ports ?? [], 'ports').map((entry) => {
      const { port, protocol, nodePort } = objectOf(entry, 'a port');
      return {
        port: numberOf(port, 'port'),
        protocol: textOf(protocol, 'protocol') as Protocol,
        ...(typeof nodePort === 'number' ? { nodePort } : {}),
      };
    }),
  };
}

function readAction(step: JsonObject): DataplaneAction {
  if (step.apply !== undefined) return { kind: 'apply', text: textOf(step.apply, 'apply') };
  if (step.delete !== undefined) return { kind: 'delete', targets: oneOrMore(step.delete).map(readDeletion) };
  if (step.patch !== undefined) return readPatch(objectOf(step.patch, 'patch'));
  if (step.annotate !== undefined) return readChanges('annotate', step.annotate);
  if (step.label !== undefined) return readChanges('label', step.label);
  if (step.scale !== undefined) {
    const { target, replicas } = objectOf(step.scale, 'scale');
    return { kind: 'scale', target: textOf(target, 'target'), replicas: numberOf(replicas, 'replicas') };
  }
  if (step.sleep !== undefined) return { kind: 'sleep', seconds: numberOf(step.sleep, 'sleep') };
  if (step.dump !== undefined) return { kind: 'dump', ...(typeof step.dump === 'string' ? { part: step.dump } : {}) };
  return readNetworkAction(step);
}

function readNetworkAction(step: JsonObject): DataplaneAction {
  if (step.route !== undefined) {
    const { on, dst, via } = objectOf(step.route, 'route');
    return { kind: 'route', on: textOf(on, 'on'), destination: textOf(dst, 'dst'), via: textOf(via, 'via') };
  }
  if (step.kubeProxy !== undefined) {
    const { node, state } = objectOf(step.kubeProxy, 'kubeProxy');
    if (state !== 'running' && state !== 'stopped') throw new Error('kubeProxy is running or stopped');
    return { kind: 'kubeProxy', node: textOf(node, 'node'), state };
  }
  const expected = objectOf(step.expected, 'expected');
  if (step.probe !== undefined)
    return {
      kind: 'probe',
      probe: readProbe(objectOf(step.probe, 'probe'), step.resolved),
      expected: readExpected(expected),
    };
  const answer = textOf(expected.answer, 'answer');
  if (step.open !== undefined) {
    const open = objectOf(step.open, 'open');
    return { kind: 'open', id: textOf(open.id, 'id'), probe: readProbe(open, step.resolved), answer };
  }
  if (step.use !== undefined) return { kind: 'use', id: textOf(objectOf(step.use, 'use').id, 'id'), answer };
  throw new Error(`a step has no action that is known: ${Object.keys(step).join(', ')}`);
}

function readDeletion(entry: Json): { readonly target: string; readonly grace?: number } {
  if (typeof entry === 'string') return { target: entry };
  const { target, grace } = objectOf(entry, 'delete');
  return { target: textOf(target, 'target'), ...(typeof grace === 'number' ? { grace } : {}) };
}

function readPatch({ target, type = 'merge', subresource, body = null }: JsonObject): DataplaneAction {
  if (type !== 'strategic' && type !== 'merge' && type !== 'json')
    throw new Error(`patch type ${JSON.stringify(type)} is unknown`);
  return {
    kind: 'patch',
    target: textOf(target, 'target'),
    type,
    ...(subresource === 'status' || subresource === 'scale' ? { subresource } : {}),
    body,
  };
}

function readChanges(kind: 'annotate' | 'label', value: Json): DataplaneAction {
  const changes = oneOrMore(value).map((entry) => {
    const { target, set } = objectOf(entry, kind);
    return { target: textOf(target, 'target'), set: objectOf(set, 'set') };
  });
  return { kind, changes };
}

function readProbe(probe: JsonObject, resolved: Json | undefined): RecordedProbe {
  const { from, to, protocol = 'TCP', count = 1, timeout, sameSocket } = probe;
  return {
    from: textOf(from, 'from'),
    to: objectOf(to, 'to'),
    resolved: textOf(resolved, 'resolved'),
    protocol: textOf(protocol, 'protocol') as RecordedProbe['protocol'],
    count: numberOf(count, 'count'),
    timeout: timeout === undefined ? defaultTimeout : readDuration(textOf(timeout, 'timeout')),
    sameSocket: sameSocket === true,
  };
}

function readExpected({ outcomes, sourceSeen, portSeen, sourceSeenPerPod }: JsonObject): ExpectedOutcomes {
  const flat = Object.entries(objectOf(outcomes, 'outcomes')).flatMap(([kind, value]): [string, number][] =>
    typeof value === 'number'
      ? [[kind, value]]
      : [...countsOf(value, kind)].map(([what, count]): [string, number] => [`${kind} ${what}`, count]),
  );
  return {
    outcomes: new Map(flat),
    sourceSeen: countsOf(sourceSeen, 'sourceSeen'),
    portSeen: countsOf(portSeen, 'portSeen'),
    sourceSeenPerPod: new Map(
      Object.entries(objectOf(sourceSeenPerPod ?? {}, 'sourceSeenPerPod')).map(([pod, sources]) => [
        pod,
        countsOf(sources, pod),
      ]),
    ),
  };
}
