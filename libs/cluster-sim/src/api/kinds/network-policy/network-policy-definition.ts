import type { Json, NetworkPolicy } from '@kubedrill/kube-model';
import { deepEqual } from '../../patch/json-value.ts';
import { labelSelector, objectMeta } from '../../schema/object-meta.ts';
import { always, int32, intOrString, list, named, object, pointer, string } from '../../schema/schema.ts';
import type { KindDefinition } from '../kind-definition.ts';
import {
  networkPolicyWarnings,
  validateNetworkPolicy,
  validateNetworkPolicyUpdate,
} from './network-policy-validation.ts';

const ports = list(
  object('NetworkPolicyPort', {
    protocol: pointer(named('v1.Protocol', string)),
    port: pointer(intOrString),
    endPort: pointer(int32),
  }),
);

const peers = list(
  object('NetworkPolicyPeer', {
    podSelector: labelSelector,
    namespaceSelector: labelSelector,
    ipBlock: object('IPBlock', { cidr: always(string), except: list(string) }),
  }),
);

/** networking.k8s.io/v1 NetworkPolicy: pkg/registry/networking/networkpolicy. */
export const networkPolicyDefinition: KindDefinition<'NetworkPolicy'> = {
  kind: 'NetworkPolicy',
  schema: object('NetworkPolicy', {
    metadata: objectMeta,
    spec: always(
      object('NetworkPolicySpec', {
        podSelector: always(labelSelector),
        ingress: list(object('NetworkPolicyIngressRule', { ports, from: peers })),
        egress: list(object('NetworkPolicyEgressRule', { ports, to: peers })),
        policyTypes: list(named('v1.PolicyType', string)),
      }),
    ),
  }),
  defaults: defaultNetworkPolicy,
  strategy: {
    allowCreateOnUpdate: false,
    allowUnconditionalUpdate: true,
    prepareForCreate: (policy) => withGeneration(policy, 1),
    // reflect.DeepEqual: an empty list is another one than none, so that "ingress: []" makes a new generation with every write.
    prepareForUpdate: (policy, old) =>
      deepEqual(policy.spec as unknown as Json, old.spec as unknown as Json)
        ? policy
        : withGeneration(policy, (old.metadata.generation ?? 0) + 1),
    validateCreate: validateNetworkPolicy,
    validateUpdate: validateNetworkPolicyUpdate,
    warningsOnCreate: networkPolicyWarnings,
    warningsOnUpdate: networkPolicyWarnings,
  },
};

function withGeneration(policy: NetworkPolicy, generation: number): NetworkPolicy {
  return { ...policy, metadata: { ...policy.metadata, generation } };
}

/** pkg/apis/networking/v1/defaults.go: the types follow from the rules, but Ingress is always among them. */
function defaultNetworkPolicy(policy: NetworkPolicy): NetworkPolicy {
  const { policyTypes, ingress, egress } = policy.spec;
  const types = policyTypes?.length
    ? policyTypes
    : egress?.length
      ? (['Ingress', 'Egress'] as const)
      : (['Ingress'] as const);
  return {
    ...policy,
    spec: {
      ...policy.spec,
      policyTypes: types,
      ...(ingress ? { ingress: ingress.map(withProtocols) } : {}),
      ...(egress ? { egress: egress.map(withProtocols) } : {}),
    },
  };
}

type Rule = NonNullable<NetworkPolicy['spec']['ingress']>[number];

function withProtocols<R extends Pick<Rule, 'ports'>>(rule: R): R {
  if (!rule.ports?.some(({ protocol }) => protocol === undefined)) return rule;
  return { ...rule, ports: rule.ports.map((port) => ({ ...port, protocol: port.protocol ?? 'TCP' })) };
}
