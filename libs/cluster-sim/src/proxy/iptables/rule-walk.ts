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
  const start: Branch = { packet, probability: one, hops: [], marks: [], choice: undefined, verdict: 'return' };
  return new ChainWalk(walk, at).through(chain, start).map((branch) => ({
    verdict: branch.verdict === 'drop' || branch.verdict === 'reject' ? branch.verdict : 'accept',
    packet: branch.packet,
    probability: branch.probability,
    masquerade: branch.verdict === 'masquerade',
    hops: branch.hops,
    marks: branch.marks,
  }));
}

class ChainWalk {
  private readonly walk: RuleWalk;
  private readonly at: string;

  constructor(walk: RuleWalk, at: string) {
    this.walk = walk;
    this.at = at;
  }

  through(chain: Chain, start: Branch): Branch[] {
    return this.from(chain, chain.candidates?.(start.packet) ?? chain.rules, 0, start);
  }

  private from(chain: Chain, rules: readonly Rule[], first: number, start: Branch): Branch[] {
    const finished: Branch[] = [];
    let branch = start;
    for (let index = first; index < rules.length; index += 1) {
      const rule = rules[index];
      if (!rule || !this.matches(rule, branch.packet)) continue;
      const draw = rule.matches.find((match) => match.kind === 'statistic');
      const decision = draw ? this.walk.decide({ numerator: 1, denominator: draw.oneIn }) : 'match';
      if (decision === 'pass') continue;
      const taken = decision === 'both' && draw ? scaled(branch, 1, draw.oneIn) : branch;
      const results = this.execute(chain, rule, taken);
      const returned = results.filter((result) => result.verdict === 'return');
      finished.push(...results.filter((result) => result.verdict !== 'return'));
      if (rule.target.kind === 'return') return [...finished, ...returned];
      if (decision === 'both' && draw) {
        for (const other of returned) finished.push(...this.from(chain, rules, index + 1, other));
        branch = scaled(branch, draw.oneIn - 1, draw.oneIn);
        continue;
      }
      const [next, ...others] = returned;
      for (const other of others) finished.push(...this.from(chain, rules, index + 1, other));
      if (!next) return finished;
      branch = next;
    }
    finished.push(branch);
    return finished;
  }

  private execute(chain: Chain, rule: Rule, branch: Branch): Branch[] {
    const { target } = rule;
    const { packet } = branch;
    switch (target.kind) {
      case 'jump':
        return this.through(target.chain, this.explained(chain, rule, branch));
      case 'setMark':
        return [{ ...branch, packet: { ...packet, marked: true } }];
      case 'clearMark':
        return [{ ...branch, packet: { ...packet, marked: false } }];
      case 'return':
      case 'none':
        return [branch];
      case 'accept':
      case 'drop':
      case 'reject':
      case 'masquerade':
        return [{ ...this.explained(chain, rule, branch), verdict: target.kind }];
      case 'dnat': {
        const translated = { ...packet, destination: target.address, destinationPort: target.port, translated: true };
        const marked = this.remembered(rule, this.explained(chain, rule, branch));
        return [{ ...marked, packet: translated, verdict: 'accept' }];
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
        return true;
      case 'source':
        return contains(match.range, packet.source) !== (match.negated ?? false);
      case 'destination':
        return contains(match.range, packet.destination) !== (match.negated ?? false);
      case 'protocol':
        return (
          packet.protocol.toLowerCase() === match.protocol &&
          (match.destinationPort === undefined || match.destinationPort === packet.destinationPort)
        );
      case 'recentCheck':
        return this.walk.affinity.remembers(match.list, packet.source, match.seconds);
      case 'localAddress':
        return this.walk.isLocal(match.side === 'source' ? packet.source : packet.destination);
      case 'conntrack': {
        const inState = match.states.some((state) => state === 'NEW' || (state === 'DNAT' && packet.translated));
        return inState !== (match.negated ?? false);
      }
      case 'mark':
        return packet.marked !== (match.negated ?? false);
    }
  }
}

function scaled(branch: Branch, numerator: number, denominator: number): Branch {
  return { ...branch, probability: times(branch.probability, { numerator, denominator }) };
}
