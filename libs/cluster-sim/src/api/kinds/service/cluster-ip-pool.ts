import type { Random } from '../../../engine/random.ts';
import { formatAddress, parseAddress, type AddressRange } from '../../../network/ipv4.ts';
import type { ObjectView } from '../../../store/object-view.ts';

/** The lower part of the range is kept for addresses that users choose. */
const minStaticBand = 16;
const maxStaticBand = 256;
const staticBandStep = 16;

/**
 * The addresses of one range of cluster IPs: pkg/registry/core/service/ipallocator/ipallocator.go. Which are taken is read from the
 * stored IPAddresses.
 */
export class ClusterIPPool {
  readonly range: AddressRange;
  private readonly size: number;

  constructor(range: AddressRange) {
    this.range = range;
    // Neither the network's address nor the broadcast address.
    this.size = Math.max(0, 2 ** 32 - range.mask - 2);
  }

  contains(address: string): boolean {
    const offset = (parseAddress(address) ?? -1) - this.range.base;
    return offset >= 1 && offset <= this.size;
  }

  /** A free address, from the upper part of the range while there is one; undefined when the range is full. */
  next(view: ObjectView, random: Random): string | undefined {
    const band = this.staticBand();
    return (
      this.free(view, band, this.size - band, random) ?? (band === 0 ? undefined : this.free(view, 0, band, random))
    );
  }

  private free(view: ObjectView, from: number, count: number, random: Random): string | undefined {
    if (count === 0) return undefined;
    const start = random.below(count);
    for (let tried = 0; tried < count; tried += 1) {
      const address = formatAddress(this.range.base + 1 + from + ((start + tried) % count));
      if (!isTaken(view, address)) return address;
    }
    return undefined;
  }

  private staticBand(): number {
    if (this.size <= minStaticBand) return 0;
    return Math.min(Math.max(minStaticBand, Math.floor(this.size / staticBandStep)), maxStaticBand);
  }
}

export function isTaken(view: ObjectView, address: string): boolean {
  return view.get('IPAddress', '', address) !== undefined;
}
