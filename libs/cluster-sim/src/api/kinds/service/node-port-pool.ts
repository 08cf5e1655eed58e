import type { Random } from '../../../engine/random.ts';
import type { ObjectView } from '../../../store/object-view.ts';

/** pkg/registry/core/service/portallocator. */
const minStaticBand = 16;
const maxStaticBand = 128;
const staticBandStep = 32;

/** Where a dry run counts from, outside of every range. */
const lastBeforeDryRun = 32768;

export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** The ports that one request takes, on top of those that stored Services hold. */
export class NodePortOperation {
  private readonly range: PortRange;
  private readonly view: ObjectView;
  private readonly dryRun: boolean;
  private readonly allocated = new Set<number>();

  constructor(range: PortRange, view: ObjectView, dryRun: boolean) {
    this.range = range;
    this.view = view;
    this.dryRun = dryRun;
  }

  /** Takes that port; the reason where it cannot be had. */
  allocate(port: number): string | undefined {
    const { from, to } = this.range;
    // A dry run only asks whether somebody has the port: PortAllocationOperation.Allocate.
    if (!this.dryRun && (port < from || port > to))
      return `provided port is not in the valid range. The range of valid ports is ${from}-${to}`;
    if (this.isTaken(port)) return 'provided port is already allocated';
    this.allocated.add(port);
    return undefined;
  }

  /** Takes a free port, from the upper part of the range while there is one; undefined when the range is full. */
  allocateNext(random: Random): number | undefined {
    const { from, to } = this.range;
    const size = to - from + 1;
    const band = staticBand(size);
    const port = this.dryRun
      ? this.lastOfDryRun() + 1
      : (this.free(from + band, size - band, random) ?? (band === 0 ? undefined : this.free(from, band, random)));
    if (port !== undefined) this.allocated.add(port);
    return port;
  }

  private lastOfDryRun(): number {
    return this.allocated.size === 0 ? lastBeforeDryRun : Math.max(...this.allocated);
  }

  private free(from: number, count: number, random: Random): number | undefined {
    const start = random.below(count);
    for (let tried = 0; tried < count; tried += 1) {
      const port = from + ((start + tried) % count);
      if (!this.isTaken(port)) return port;
    }
    return undefined;
  }

  private isTaken(port: number): boolean {
    return this.allocated.has(port) || this.view.indexed('Service', 'nodePort', String(port)).length > 0;
  }
}

function staticBand(size: number): number {
  if (size <= minStaticBand) return 0;
  return Math.min(Math.max(minStaticBand, Math.floor(size / staticBandStep)), maxStaticBand);
}
