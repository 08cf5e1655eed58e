import type { Cluster } from '@kubedrill/cluster-sim';
import { isJsonObject, kinds, type Json, type Kind, type KubeObject } from '@kubedrill/kube-model';

/** What chance, the clock and the order of arrival give: numbers, addresses, places and times. */
const incidental: ReadonlySet<string> = new Set(
  (
    'uid resourceVersion generation observedGeneration managedFields creationTimestamp deletionTimestamp nodeName hostname targetRef zone hints ' +
    'podIP podIPs hostIP hostIPs ip addresses clusterIP clusterIPs loadBalancer nodePort healthCheckNodePort ' +
    'startTime completionTime startedAt finishedAt time lastTransitionTime lastUpdateTime lastProbeTime acquireTime renewTime containerID restartCount ' +
    'lastState message endpoints.kubernetes.io/last-change-trigger-time'
  ).split(' '),
);

/** Events tell what happened on the way, IPAddresses which ones chance gave to the Services. */
const onTheWay: ReadonlySet<Kind> = new Set(['Event', 'IPAddress']);

/** The objects without what is incidental, in an order of their own: two clusters in the same state have the same. */
export function shapeOf({ view }: Cluster): readonly string[] {
  const objects = kinds.filter((kind) => !onTheWay.has(kind)).flatMap((kind): readonly KubeObject[] => view.list(kind));
  return objects.map((object) => JSON.stringify(essence(object as unknown as Json))).sort();
}

const uid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function essence(value: Json): Json {
  if (typeof value === 'string') return value.replace(/^kube-api-access-.*/, 'kube-api-access').replace(uid, 'uid');
  if (Array.isArray(value)) {
    const elements = value.map((element: Json) => JSON.stringify(essence(element)));
    return elements.sort();
  }
  if (!isJsonObject(value)) return value;
  const isGenerated = value['generateName'] !== undefined;
  const isKept = (key: string): boolean => !incidental.has(key) && !(isGenerated && key === 'name');
  const members = Object.entries(value).filter(([key, member]) => member !== undefined && isKept(key));
  const essentials = members.map(([key, member]) => [key, essence(member ?? null)] as const);
  return Object.fromEntries(essentials.filter(([, member]) => !isEmpty(member)));
}

/** As annotations are when what they said was incidental. */
function isEmpty(value: Json): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}
