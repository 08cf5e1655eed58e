import type { HopTeller } from '../../network/flight.ts';
import type { Ratio } from '../../network/flow.ts';
import { contains } from '../../network/ipv4.ts';
import { one, times } from '../../network/ratio.ts';
import type { Packet } from '../packet.ts';
import type { AffinityMark, HookResult, RuleWalk } from '../proxy-backend.ts';
import { hopOf, type RuleOrigin } from '../rule-origin.ts';
import { printRule } from './printer.ts';
import type { Chain, Match, Rule } from './rule.ts';

type Choice = Extract<RuleOrigin, { kind: 'choice' }>;

/** A packet somewhere in the chains, and what has happened to it at this hook. */
interface Branch {
  readonly packet: Packet;
  readonly probability: Ratio;
  readonly hops: readonly HopTeller[];
  readonly marks: readonly AffinityMark[];
  readonly choice: Choice | undefined;
  /** 'return': the chain has ended without a verdict and the caller goes on. */
  readonly verdict: 'return' | 'accept' | 'drop' | 'reject' | 'masquerade';
}

/** Lets the packet meet the chain's rules; follows every branch that the walk wants to follow. */
export function walkChain(chain: Chain, packet: Packet, walk: RuleWalk, at: string): HookResult[] {
  const start: Branch = { packet, probability: one, hops: none, marks: none, choice: undefined, verdict: 'return' };
  const ends: Branch[] = [];
  new ChainWalk(walk, at).through(chain, start, ends);
  return ends.map(resultOf);
}

function resultOf({ verdict, packet, probability, hops, marks }: Branch): HookResult {
  return {
    verdict: verdict === 'drop' || verdict === 'reject' ? verdict : 'accept',
    packet,
    probability,
    masquerade: verdict === 'masquerade',
    hops,
    marks,
  };
}

const none: readonly never[] = [];

const lowerCased: { readonly [P in Packet['protocol']]: string } = {
  TCP: 'tcp',
  UDP: 'udp',
  SCTP: 'sctp',
  ICMP: 'icmp',
};

class ChainWalk {
  private readonly walk: RuleWalk;
  private readonly at: string;

  constructor(walk: RuleWalk, at: string) {
    this.walk = walk;
    this.at = at;
  }

  /** Adds to `ends` every way in which the packet leaves the chain. */
  through(chain: Chain, start: Branch, ends: Branch[]): void {
    this.from(chain, chain.candidates?.(start.packet) ?? chain.rules, 0, start, ends);
  }

  private from(chain: Chain, rules: readonly Rule[], first: number, start: Branch, ends: Branch[]): void {
    let branch = start;
    for (let index = first; index < rules.length; index += 1) {
      const rule = rules[index];
      if (!rule || !this.matches(rule, branch.packet)) continue;
      const draw = statisticOf(rule);
      const decision = draw ? this.walk.decide({ numerator: 1, denominator: draw.oneIn }) : 'match';
      if (decision === 'pass') continue;
      const passes = decision === 'both' && draw ? scaled(branch, draw.oneIn - 1, draw.oneIn) : undefined;
      const before = ends.length;
      this.execute(chain, rule, passes && draw ? scaled(branch, 1, draw.oneIn) : branch, ends);
      const next = rule.target.kind === 'return' ? passes : this.resumed(chain, rules, index + 1, ends, before, passes);
      if (!next) return;
      branch = next;
    }
    ends.push(branch);
  }

  /**
   * Of the branches that the rule has ended in, those which go on with the chain's next rules are taken out of `ends` again.
   * The one returned has still to go on, the others have.
   */
  private resumed(
    chain: Chain,
    rules: readonly Rule[],
    next: number,
    ends: Branch[],
    before: number,
    passes: Branch | undefined,
  ): Branch | undefined {
    // One branch is by far the most common case.
    if (ends.length === before + 1 && !passes) return ends[before]?.verdict === 'return' ? ends.pop() : undefined;
    const returned: Branch[] = [];
    for (const branch of ends.splice(before)) (branch.verdict === 'return' ? returned : ends).push(branch);
    const last = passes ?? returned.shift();
    for (const other of returned) this.from(chain, rules, next, other, ends);
    return last;
  }

  private execute(chain: Chain, rule: Rule, branch: Branch, ends: Branch[]): void {
    const { target } = rule;
    const { packet } = branch;
    switch (target.kind) {
      case 'jump':
        return this.through(target.chain, this.explained(chain, rule, branch), ends);
      case 'setMark':
        ends.push({ ...branch, packet: { ...packet, marked: true } });
        return;
      case 'clearMark':
        ends.push({ ...branch, packet: { ...packet, marked: false } });
        return;
      case 'return':
      case 'none':
        ends.push(branch);
        return;
      case 'accept':
      case 'drop':
      case 'reject':
      case 'masquerade':
        ends.push({ ...this.explained(chain, rule, branch), verdict: target.kind });
        return;
      case 'dnat': {
        const translated = { ...packet, destination: target.address, destinationPort: target.port, translated: true };
        const marked = this.remembered(rule, this.explained(chain, rule, branch));
        ends.push({ ...marked, packet: translated, verdict: 'accept' });
      }
    }
  }

  private explained(chain: Chain, rule: Rule, branch: Branch): Branch {
    const { origin } = rule;
    if (!origin) return branch;
    if (origin.kind === 'choice') return { ...branch, choice: origin };
    const { at } = this;
    const { choice, packet } = branch;
    const hop: HopTeller = () =>
      hopOf(origin, { at, rule: printRule(chain.name, rule), destination: packet.destination, choice });
    return { ...branch, hops: [...branch.hops, hop] };
  }

  private remembered(rule: Rule, branch: Branch): Branch {
    const set = rule.matches.find((match) => match.kind === 'recentSet');
    if (!set) return branch;
    return { ...branch, marks: [...branch.marks, { list: set.list, client: branch.packet.source }] };
  }

  private matches(rule: Rule, packet: Packet): boolean {
    for (const match of rule.matches) if (!this.matchesOne(match, packet)) return false;
    return true;
  }

  private matchesOne(match: Match, packet: Packet): boolean {
    switch (match.kind) {
      case 'comment':
      case 'statistic':
      case 'recentSet':
      case 'accounting':
      case 'notBridged':
        return true;
      case 'source':
        return contains(match.range, packet.source) !== (match.negated ?? false);
      case 'destination':
        return contains(match.range, packet.destination) !== (match.negated ?? false);
      case 'protocol':
        return (
          lowerCased[packet.protocol] === match.protocol &&
          (match.destinationPort === undefined || match.destinationPort === packet.destinationPort)
        );
      case 'recentCheck':
        return this.walk.affinity.remembers(match.list, packet.source, match.seconds);
      case 'localAddress':
        return (
          this.walk.isLocal(match.side === 'source' ? packet.source : packet.destination) !== (match.negated ?? false)
        );
      case 'conntrack': {
        const inState = match.states.some((state) => state === 'NEW' || (state === 'DNAT' && packet.translated));
        return inState !== (match.negated ?? false);
      }
      case 'mark':
        return packet.marked !== (match.negated ?? false);
      case 'set':
        return match.set.has(packet);
      case 'virtualServer':
        return (
          packet.destination === match.address &&
          packet.destinationPort === match.port &&
          packet.protocol.toLowerCase() === match.protocol
        );
    }
  }
}

function statisticOf({ matches }: Rule): Extract<Match, { kind: 'statistic' }> | undefined {
  for (const match of matches) if (match.kind === 'statistic') return match;
  return undefined;
}

function scaled(branch: Branch, numerator: number, denominator: number): Branch {
  return { ...branch, probability: times(branch.probability, { numerator, denominator }) };
}
