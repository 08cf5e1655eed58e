import { nearestWord } from '@kubedrill/grader';
import {
  kinds,
  resources,
  type Endpoints,
  type Kind,
  type KubeObject,
  type Pod,
  type Service,
} from '@kubedrill/kube-model';
import { UsageError } from '../command.ts';

/** The kind that a word of kubectl's means: "svc", "services", "Service". */
export function kindOf(word: string): Kind {
  const lower = word.toLowerCase();
  const found = kinds.find((kind) => namesOf(kind).includes(lower));
  if (found) return found;
  const near = nearestWord(lower, kinds.flatMap(namesOf));
  throw new UsageError(`there is no kind "${word}"${near === undefined ? '' : `; did you mean "${near}"?`}`);
}

function namesOf(kind: Kind): readonly string[] {
  const { plural, singular, shortNames } = resources[kind];
  return [plural, singular, ...shortNames];
}

type Row = readonly string[];

/** As `kubectl get -A -o wide`, in short: the columns that matter for Services and networking. */
export function renderTable(kind: Kind, objects: readonly KubeObject[], now: number): string {
  if (objects.length === 0) return 'No resources found';
  const { namespaced } = resources[kind];
  const rows = objects.map((object): Row => [
    ...(namespaced ? [object.metadata.namespace ?? ''] : []),
    object.metadata.name,
    ...cellsOf(object),
    `${Math.max(0, Math.floor((now - Date.parse(object.metadata.creationTimestamp)) / 1000))}s`,
  ]);
  return align([[...(namespaced ? ['NAMESPACE'] : []), 'NAME', ...columnsOf(kind), 'AGE'], ...rows]);
}

function align(rows: readonly Row[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}

function columnsOf(kind: Kind): Row {
  switch (kind) {
    case 'Pod':
      return ['READY', 'STATUS', 'RESTARTS', 'IP', 'NODE'];
    case 'Service':
      return ['TYPE', 'CLUSTER-IP', 'EXTERNAL-IP', 'PORT(S)', 'SELECTOR'];
    case 'Endpoints':
      return ['ENDPOINTS'];
    case 'EndpointSlice':
      return ['ADDRESSTYPE', 'PORTS', 'ENDPOINTS'];
    case 'Deployment':
    case 'ReplicaSet':
      return ['READY', 'SELECTOR'];
    case 'Node':
      return ['INTERNAL-IP'];
    default:
      return [];
  }
}

function cellsOf(object: KubeObject): Row {
  switch (object.kind) {
    case 'Pod':
      return podCells(object);
    case 'Service':
      return serviceCells(object);
    case 'Endpoints':
      return [endpointsCell(object)];
    case 'EndpointSlice': {
      const addresses = (object.endpoints ?? []).flatMap((endpoint) => endpoint.addresses);
      return [
        object.addressType,
        (object.ports ?? []).map(({ port }) => port ?? '*').join(',') || '<unset>',
        addresses.join(',') || '<unset>',
      ];
    }
    case 'Deployment':
    case 'ReplicaSet':
      return [
        `${object.status.readyReplicas ?? 0}/${object.spec.replicas}`,
        pairs(object.spec.selector.matchLabels ?? {}),
      ];
    case 'Node':
      return [object.status.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '<none>'];
    default:
      return [];
  }
}

function podCells({ spec, status, metadata }: Pod): Row {
  const containers = status.containerStatuses ?? [];
  const waiting = containers.find(({ state }) => state.waiting)?.state.waiting?.reason;
  const phase = metadata.deletionTimestamp === undefined ? (waiting ?? status.phase ?? 'Unknown') : 'Terminating';
  const restarts = containers.reduce((sum, { restartCount }) => sum + restartCount, 0);
  return [
    `${containers.filter(({ ready }) => ready).length}/${spec.containers.length}`,
    phase,
    String(restarts),
    status.podIP ?? '<none>',
    spec.nodeName ?? '<none>',
  ];
}

function serviceCells({ spec, status }: Service): Row {
  const ingress = (status.loadBalancer.ingress ?? []).map(({ ip, hostname }) => ip ?? hostname ?? '').join(',');
  const external =
    spec.type === 'ExternalName'
      ? spec.externalName
      : spec.type === 'LoadBalancer'
        ? ingress || '<pending>'
        : spec.externalIPs?.join(',');
  const ports = (spec.ports ?? []).map(
    ({ port, nodePort, protocol }) => `${port}${nodePort === undefined ? '' : `:${nodePort}`}/${protocol}`,
  );
  return [
    spec.type,
    spec.clusterIP ?? '<none>',
    external ?? '<none>',
    ports.join(',') || '<none>',
    pairs(spec.selector ?? {}),
  ];
}

/** Lists show at most 3 and then "+ N more...", as kubectl's tables do. */
function endpointsCell({ subsets = [] }: Endpoints): string {
  const all = subsets.flatMap(({ addresses = [], ports = [] }) =>
    addresses.flatMap(({ ip }) => ports.map(({ port }) => `${ip}:${port}`)),
  );
  if (all.length === 0) return '<none>';
  return all.length > 3 ? `${all.slice(0, 3).join(',')} + ${all.length - 3} more...` : all.join(',');
}

function pairs(labels: Readonly<Record<string, string>>): string {
  return (
    Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(',') || '<none>'
  );
}
