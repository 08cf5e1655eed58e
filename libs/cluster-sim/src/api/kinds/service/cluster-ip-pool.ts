import type { Random } from '../../../engine/random.ts';
import { formatAddress, parseAddress, parseRange, type AddressRange } from '../../../network/ipv4.ts';
import type { ObjectView } from '../../../store/object-view.ts';

/** pkg/registry/core/service/ipallocator: the lower part of the range is kept for addresses that users choose. */
const minStaticBand = 16;
const maxStaticBand = 256;
const staticBandStep = 16;

const addressIsTaken = 'provided IP is already allocated';
const addressIsForeign = 'the provided network does not match the current range';

/** The addresses of a Service range; which are taken is read from the stored Services. */
export class ClusterIPPool {
  readonly range: AddressRange;
  private readonly size: number;

  constructor(cidr: string) {
    const range = parseRange(cidr);
    if (!range) throw new Error(`the Service range ${cidr} is no IPv4 range`);
    this.range = range;
    // Neither the network's address nor the broadcast address.
    this.size = 2 ** 32 - range.mask - 2;
    if (this.size < 1) throw new Error(`the Service range ${cidr} has no address to give`);
  }

  /** Why a Service may not have that address. */
  refusal(view: ObjectView, address: string): string | undefined {
    if (!this.contains(address)) return addressIsForeign;
    return isTaken(view, address) ? addressIsTaken : undefined;
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

  /** What a dry run is given. */
  get dryRunAddress(): string {
    return formatAddress(this.range.base);
  }

  private free(view: ObjectView, from: number, count: number, random: Random): string | undefined {
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

function isTaken(view: ObjectView, address: string): boolean {
  return view.indexed('Service', 'ip', address).length > 0;
}
