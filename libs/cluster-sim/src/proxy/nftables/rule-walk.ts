import type { HopTeller } from '../../network/flight.ts';
import type { Ratio } from '../../network/flow.ts';
import { contains } from '../../network/ipv4.ts';
import { one, times } from '../../network/ratio.ts';
import { fairChoice } from '../fair-choice.ts';
import type { Packet } from '../packet.ts';
import type { AffinityMark, HookResult, RuleWalk } from '../proxy-backend.ts';
import { hopOf, type RuleOrigin } from '../rule-origin.ts';
import { printElement, printRule } from './printer.ts';
import type { Chain, MapElement, MapElements, Match, Rule, SetName, Target } from './rule.ts';

/** The table's named objects, which rules refer to. */
export interface TableObjects {
  readonly sets: ReadonlyMap<SetName, ReadonlySet<string> | ReadonlyMap<string, unknown>>;
  readonly maps: MapElements;
  readonly hairpins: ReadonlySet<string>;
}

type Choice = Extract<RuleOrigin, { kind: 'choice' }>;

interface Branch {
  readonly packet: Packet;
  readonly probability: Ratio;
  readonly hops: readonly HopTeller[];
  readonly marks: readonly AffinityMark[];
  readonly choice: Choice | undefined;
  /** 'continue': no verdict yet; the next rule is looked at. */
  readonly verdict: 'continue' | 'accept' | 'drop' | 'reject' | 'masquerade';
}

/** Lets the packet meet a base chain, whose policy is to accept. */
export function walkChain(
  chain: Chain,
  packet: Packet,
  objects: TableObjects,
  walk: RuleWalk,
  at: string,
): HookResult[] {
  const start: Branch = { packet, probability: one, hops: [], marks: [], choice: undefined, verdict: 'continue' };
  return new ChainWalk(objects, walk, at).through(chain, start).map((branch) => ({
    verdict: branch.verdict === 'drop' || branch.verdict === 'reject' ? branch.verdict : 'accept',
    packet: branch.packet,
    probability: branch.probability,
    masquerade: branch.verdict === 'masquerade',
    hops: branch.hops,
    marks: branch.marks,
  }));
}

class ChainWalk {
  private readonly objects: TableObjects;
  private readonly walk: RuleWalk;
  private readonly at: string;

  constructor(objects: TableObjects, walk: RuleWalk, at: string) {
    this.objects = objects;
    this.walk = walk;
    this.at = at;
  }

  /** Results with the verdict 'continue' have come to the chain's end, and go on where the chain was called. */
  through(chain: Chain, start: Branch): Branch[] {
    let open: readonly Branch[] = [start];
    const done: Branch[] = [];
    for (const rule of chain.rules) {
      const next: Branch[] = [];
      for (const branch of open) {
        if (!this.matches(rule, branch.packet)) {
          next.push(branch);
          continue;
        }
        const { results, leaves } = this.execute(rule, branch);
        for (const result of results) (result.verdict === 'continue' && !leaves ? next : done).push(result);
      }
      open = next;
    }
    return [...done, ...open];
  }

  /** `leaves`: the rule gives this chain up (goto), so that what comes back goes to the caller. */
  private execute(rule: Rule, branch: Branch): { readonly results: readonly Branch[]; readonly leaves: boolean } {
    const { action } = rule;
    const { packet } = branch;
    const stay = (result: Branch) => ({ results: [result], leaves: false });
    switch (action.kind) {
      case 'jump':
        return { results: this.through(action.chain, branch), leaves: false };
      case 'goto':
        return { results: this.through(action.chain, this.explained(rule.origin, branch, rule)), leaves: true };
      case 'setMark':
        return stay({ ...branch, packet: { ...packet, marked: true } });
      case 'masquerade':
        return stay({ ...branch, verdict: 'masquerade' });
      case 'clearMarkAndMasquerade':
        return stay({ ...branch, packet: { ...packet, marked: false }, verdict: 'masquerade' });
      case 'drop':
      case 'reject':
        return stay({ ...this.explained(rule.origin, branch, rule), verdict: action.kind });
      case 'lookup':
        return this.lookUp(rule, action.map, action.by, branch);
      case 'dnatToOneOf':
      case 'gotoOneOf':
        return { results: this.choose(rule, branch), leaves: true };
      case 'remember':
        return stay({ ...branch, marks: [...branch.marks, { list: action.set, client: packet.source }] });
      case 'dnat':
        return stay(this.translated(action.target, branch, rule));
    }
  }

  private lookUp(
    rule: Rule,
    map: Parameters<MapElements['get']>[0],
    by: 'address' | 'port',
    branch: Branch,
  ): { readonly results: readonly Branch[]; readonly leaves: boolean } {
    const { protocol, destination, destinationPort } = branch.packet;
    // ICMP has no ports, so a packet of it has no such key.
    const key = `${by === 'address' ? `${destination} . ` : ''}${protocol.toLowerCase()} . ${destinationPort}`;
    const element = protocol === 'ICMP' ? undefined : this.objects.maps.get(map)?.get(key);
    if (!element) return { results: [branch], leaves: false };
    const known = this.explained(element.origin, branch, rule, element);
    if (element.verdict.kind === 'drop') return { results: [{ ...known, verdict: 'drop' }], leaves: true };
    return { results: this.through(element.verdict.chain, known), leaves: true };
  }

  private choose(rule: Rule, start: Branch): Branch[] {
    const branch = this.explained(rule.origin, start, rule);
    const { action } = rule;
    const count =
      action.kind === 'dnatToOneOf' ? action.targets.length : action.kind === 'gotoOneOf' ? action.chains.length : 0;
    return fairChoice(count, this.walk.decide).flatMap(({ index, probability }) => {
      const taken = { ...branch, probability: times(branch.probability, probability) };
      const target = action.kind === 'dnatToOneOf' ? action.targets[index] : undefined;
      if (target) return [this.translated(target, taken, rule)];
      const chain = action.kind === 'gotoOneOf' ? action.chains[index] : undefined;
      return chain ? this.through(chain, taken) : [];
    });
  }

  private translated({ address, port, origin }: Target, branch: Branch, rule: Rule): Branch {
    const { packet } = branch;
    const known = this.explained(origin, branch, rule);
    return {
      ...known,
      packet: { ...packet, destination: address, destinationPort: port, translated: true },
      verdict: 'accept',
    };
  }

  private explained(origin: RuleOrigin | undefined, branch: Branch, rule: Rule, element?: MapElement): Branch {
    if (!origin) return branch;
    if (origin.kind === 'choice') return { ...branch, choice: origin };
    const { at } = this;
    const { choice, packet } = branch;
    const hop: HopTeller = () => {
      const printed = element ? `${printRule(rule)} { ${printElement(element)} }` : printRule(rule);
      return hopOf(origin, { at, rule: printed, destination: packet.destination, choice });
    };
    return { ...branch, hops: [...branch.hops, hop] };
  }

  private matches({ matches }: Rule, packet: Packet): boolean {
    for (const match of matches) if (!this.matchesOne(match, packet)) return false;
    return true;
  }

  private matchesOne(match: Match, packet: Packet): boolean {
    switch (match.kind) {
      case 'new':
        return true;
      case 'destinationInSet':
        return this.objects.sets.get(match.set)?.has(packet.destination) ?? false;
      case 'destinationIn':
        return match.ranges.some((range) => contains(range, packet.destination));
      case 'source':
        return contains(match.range, packet.source) !== (match.negated ?? false);
      case 'sourceNotAmong':
        return !match.ranges.some((range) => contains(range, packet.source));
      case 'localSource':
        return this.walk.isLocal(packet.source);
      case 'marked':
        return packet.marked;
      case 'hairpin':
        return packet.translated && this.objects.hairpins.has(hairpinKey(packet));
      case 'protocol':
        return packet.protocol.toLowerCase() === match.protocol;
      case 'remembered':
        return this.walk.affinity.remembers(match.set, packet.source, match.seconds);
    }
  }
}

function hairpinKey({ source, destination, protocol, destinationPort }: Packet): string {
  return `${source} . ${destination} . ${protocol.toLowerCase()} . ${destinationPort}`;
}
