import type { IPAddress, ObjectKey, Service } from '@kubedrill/kube-model';
import { formatTime } from '../../../engine/time.ts';
import { randomUid } from '../../uid.ts';
import type { Companions, StrategyContext } from '../kind-definition.ts';

const allocator = 'ipallocator.k8s.io';

const none: readonly string[] = [];

function addressesOf({ spec }: Service): readonly string[] {
  if (spec.type === 'ExternalName' || spec.clusterIPs?.[0] === 'None') return none;
  return spec.clusterIPs ?? none;
}

export function addressKeysOf(service: Service): readonly ObjectKey[] {
  return addressesOf(service).map((name) => ({ kind: 'IPAddress', namespace: '', name }));
}

/** Each cluster IP is registered as an IPAddress that refers to its Service: createIPAddress of ipallocator.go. */
export function addressChanges(
  service: Service,
  old: Service | undefined,
  context: StrategyContext,
): Companions | undefined {
  const [addresses, before] = [addressesOf(service), old ? addressesOf(old) : none];
  if (addresses.length === before.length && addresses.every((address) => before.includes(address))) return undefined;
  return {
    added: addresses
      .filter((address) => !before.includes(address))
      .map((address) => registration(service, address, context)),
    removed: old ? addressKeysOf(old).filter(({ name }) => !addresses.includes(name)) : [],
  };
}

/** As it is stored, without what the store gives it. */
function registration({ metadata }: Service, address: string, { random, now }: StrategyContext): IPAddress {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IPAddress',
    metadata: {
      name: address,
      uid: randomUid(random),
      resourceVersion: '',
      creationTimestamp: formatTime(now),
      labels: { 'ipaddress.kubernetes.io/ip-family': 'IPv4', 'ipaddress.kubernetes.io/managed-by': allocator },
    },
    spec: { parentRef: { resource: 'services', namespace: metadata.namespace, name: metadata.name } },
  };
}
