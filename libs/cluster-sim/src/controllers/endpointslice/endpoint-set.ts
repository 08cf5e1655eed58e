import type { Endpoint, EndpointPort } from '@kubedrill/kube-model';

/** Endpoints by what makes them the same one: staging/src/k8s.io/endpointslice/util/endpointset.go. */
export class EndpointSet {
  private readonly endpoints = new Map<string, Endpoint>();

  get size(): number {
    return this.endpoints.size;
  }

  add(endpoint: Endpoint): void {
    this.endpoints.set(identityOf(endpoint), endpoint);
  }

  /** Takes out the endpoint that is the same as the given one. */
  take(like: Endpoint): Endpoint | undefined {
    const identity = identityOf(like);
    const found = this.endpoints.get(identity);
    if (found) this.endpoints.delete(identity);
    return found;
  }

  /** Takes out at most that many, in the order in which they came. */
  takeSome(count: number): readonly Endpoint[] {
    const taken: Endpoint[] = [];
    for (const [identity, endpoint] of this.endpoints) {
      if (taken.length >= count) break;
      taken.push(endpoint);
      this.endpoints.delete(identity);
    }
    return taken;
  }
}

function identityOf({ addresses, hostname = '', targetRef }: Endpoint): string {
  const sorted = addresses.length > 1 ? [...addresses].sort() : addresses;
  return `${sorted.join()} ${hostname} ${targetRef?.namespace ?? ''} ${targetRef?.name ?? ''}`;
}

/** NewPortMapKey: slices hold endpoints that have all their ports in common. */
export function portMapKey(ports: readonly EndpointPort[] | null): string {
  return (ports ?? [])
    .map(({ name = '', protocol = '', port = '', appProtocol = '' }) => `${name} ${protocol} ${port} ${appProtocol}`)
    .sort()
    .join();
}
