import type { NetworkPolicy } from '@kubedrill/kube-model';
import { matcherOf, type LabelMatcher } from '../../controllers/label-selector.ts';
import type { PolicyDirection } from '../flow.ts';
import { peerMatcher, type PeerMatcher } from './peer-matcher.ts';
import { portMatcher, type PortMatcher } from './port-matcher.ts';

export interface CompiledRule {
  readonly matchesPeer: PeerMatcher;
  readonly matchesPort: PortMatcher;
}

/** A policy ready to be asked. */
export interface CompiledPolicy {
  readonly policy: NetworkPolicy;
  readonly selects: LabelMatcher;
  /** By direction, for those in which it isolates: no rules mean that nothing is allowed. */
  readonly rules: { readonly [D in PolicyDirection]?: readonly CompiledRule[] };
}

const compiled = new WeakMap<NetworkPolicy, CompiledPolicy>();

/** Once for each stored version of a policy, for all clusters that were forked with it. */
export function compilePolicy(policy: NetworkPolicy): CompiledPolicy {
  const known = compiled.get(policy);
  if (known) return known;
  const { podSelector, policyTypes = [], ingress = [], egress = [] } = policy.spec;
  const namespace = policy.metadata.namespace ?? '';
  const result: CompiledPolicy = {
    policy,
    selects: matcherOf(podSelector),
    rules: {
      ...(policyTypes.includes('Ingress') && {
        ingress: ingress.map(({ from, ports }) => ruleOf(peerMatcher(from, namespace), portMatcher(ports))),
      }),
      ...(policyTypes.includes('Egress') && {
        egress: egress.map(({ to, ports }) => ruleOf(peerMatcher(to, namespace), portMatcher(ports))),
      }),
    },
  };
  compiled.set(policy, result);
  return result;
}

function ruleOf(matchesPeer: PeerMatcher, matchesPort: PortMatcher): CompiledRule {
  return { matchesPeer, matchesPort };
}
