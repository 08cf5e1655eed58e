import type { Packet } from '../packet.ts';
import type { Chain, Rule } from './rule.ts';

/**
 * A chain with a rule for every address and port of every Service. Each such rule names a destination port, so only those
 * of the packet's port and address (or of any address) can match; looking at all of them would grow with the cluster.
 */
export class DispatchChain implements Chain {
  readonly name: string;
  private readonly sources: readonly (readonly Rule[])[];
  private readonly last: readonly Rule[];
  private index: Map<string, Rule[]> | undefined;

  /** `sources`: each Service's rules. `last`: rules behind those of the Services, which every packet meets. */
  constructor(name: string, sources: readonly (readonly Rule[])[], last: readonly Rule[] = []) {
    this.name = name;
    this.sources = sources;
    this.last = last;
  }

  get rules(): readonly Rule[] {
    return [...this.sources.flat(), ...this.last];
  }

  candidates(packet: Packet): readonly Rule[] {
    this.index ??= this.buildIndex();
    if (this.index.size === 0) return this.last;
    const byAddress = this.index.get(`${packet.destination}/32:${packet.destinationPort}`);
    const byPort = this.index.get(`:${packet.destinationPort}`);
    if (!byAddress && !byPort) return this.last;
    return [...(byAddress ?? []), ...(byPort ?? []), ...this.last];
  }

  private buildIndex(): Map<string, Rule[]> {
    const index = new Map<string, Rule[]>();
    for (const source of this.sources) {
      for (const rule of source) {
        const key = keyOf(rule);
        const rules = index.get(key);
        if (rules) rules.push(rule);
        else index.set(key, [rule]);
      }
    }
    return index;
  }
}

function keyOf(rule: Rule): string {
  let address = '';
  let port = 0;
  for (const match of rule.matches) {
    if (match.kind === 'destination' && match.range.mask === 0xffffffff) address = match.range.text;
    if (match.kind === 'protocol') port = match.destinationPort ?? 0;
  }
  return `${address}:${port}`;
}
