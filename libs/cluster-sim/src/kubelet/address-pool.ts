import type { Node } from '@kubedrill/kube-model';
import { formatAddress, parseRange } from '../network/ipv4.ts';
import { CopyOnWriteMap } from '../store/copy-on-write-map.ts';
import type { ObjectView } from '../store/object-view.ts';

/** The first address of a node's range names the network, the second is the bridge. */
const firstHost = 2;

/**
 * The addresses that a node gives to its Pods, as the host-local plugin does (containernetworking/plugins, plugins/ipam/host-local):
 * it goes round the range, so an address comes back only after all others have had their turn.
 */
export class AddressPool {
  private readonly last: CopyOnWriteMap<string, number>;

  constructor(last: CopyOnWriteMap<string, number> = new CopyOnWriteMap()) {
    this.last = last;
  }

  /** Undefined when the range is full, or the node has none. */
  allocate({ metadata, spec }: Node, view: ObjectView): string | undefined {
    const range = parseRange(spec.podCIDR ?? '');
    if (!range) return undefined;
    const hosts = (~range.mask >>> 0) - firstHost;
    let offset = this.last.get(metadata.name) ?? -1;
    for (let tried = 0; tried < hosts; tried += 1) {
      offset = (offset + 1) % hosts;
      const address = formatAddress(range.base + firstHost + offset);
      if (isTaken(address, view)) continue;
      this.last.set(metadata.name, offset);
      return address;
    }
    return undefined;
  }

  fork(): AddressPool {
    return new AddressPool(this.last.fork());
  }
}

function isTaken(address: string, view: ObjectView): boolean {
  return view
    .indexed('Pod', 'ip', address)
    .some(({ status }) => status.phase !== 'Succeeded' && status.phase !== 'Failed');
}
