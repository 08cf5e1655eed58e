import { describe, expect, it } from '@jest/globals';
import { createCluster } from '@kubedrill/cluster-sim';
import { runOnWorkstation } from '../src/workstation.ts';

const manifests = `
apiVersion: v1
kind: ConfigMap
metadata: {name: app, labels: {tier: back, app: web}}
data: {mode: prod, file: "a\\nb\\n"}
---
apiVersion: v1
kind: Secret
metadata: {name: key}
stringData: {user: admin}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: open}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Ingress, Egress]
  ingress:
  - ports: [{port: 80}, {port: 8000, endPort: 8010, protocol: UDP}]
    from: [{podSelector: {matchLabels: {role: front}}, namespaceSelector: {}}, {ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]
  - {}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader}
rules:
- {apiGroups: ["", apps], resources: [deployments/scale], verbs: [get, list]}
- {apiGroups: [""], resources: [pods], resourceNames: [a], verbs: [get]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  tls: [{hosts: [a.example], secretName: key}]
  rules: [{host: a.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: nope, port: {number: 80}}}}]}}]
---
apiVersion: v1
kind: LimitRange
metadata: {name: bounds}
spec: {limits: [{type: Container, max: {memory: 1Gi}, default: {cpu: 500m}}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 50%, selector: {matchLabels: {app: web}}}
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: high}
value: 1000
description: first
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: outer}
spec: {controller: example.com/outer}
`;

/** Layouts and words from kubectl/pkg/describe/describe.go. */
describe('kubectl describe', () => {
  it.each<[string, string]>([
    [
      'cm app',
      'Name:         app\nNamespace:    default\nLabels:       app=web\n              tier=back\nAnnotations:  <none>\n\nData\n====\nfile:\n----\na\nb\n\n\nmode:\n----\nprod\n\n\nBinaryData\n====\n\nEvents:  <none>\n',
    ],
    [
      'secret key',
      'Name:         key\nNamespace:    default\nLabels:       <none>\nAnnotations:  <none>\n\nType:  Opaque\n\nData\n====\nuser:  5 bytes\n',
    ],
    [
      'role reader',
      'Name:         reader\nLabels:       <none>\nAnnotations:  <none>\nPolicyRule:\n  Resources               Non-Resource URLs  Resource Names  Verbs\n  ---------               -----------------  --------------  -----\n  deployments/scale       []                 []              [get list]\n  deployments.apps/scale  []                 []              [get list]\n  pods                    []                 [a]             [get]\n',
    ],
    [
      'ingress web',
      'Name:             web\nLabels:           <none>\nNamespace:        default\nAddress:          \nIngress Class:    <none>\nDefault backend:  <default>\nTLS:\n  key terminates a.example\nRules:\n  Host        Path  Backends\n  ----        ----  --------\n  a.example   \n              /   nope:80 (<error: services "nope" not found>)\nAnnotations:  <none>\nEvents:       <none>\n',
    ],
    [
      'limits bounds',
      'Name:       bounds\nNamespace:  default\nType        Resource  Min  Max  Default Request  Default Limit  Max Limit/Request Ratio\n----        --------  ---  ---  ---------------  -------------  -----------------------\nContainer   cpu       -    -    500m             500m           -\nContainer   memory    -    1Gi  1Gi              1Gi            -\n',
    ],
    [
      'pdb web',
      'Name:           web\nNamespace:      default\nMin available:  50%\nSelector:       app=web\nStatus:\n    Allowed disruptions:  0\n    Current:              0\n    Desired:              0\n    Total:                0\nEvents:                   <none>\n',
    ],
    [
      'pc high',
      'Name:              high\nValue:             1000\nGlobalDefault:     false\nPreemptionPolicy:  PreemptLowerPriority\nDescription:       first\nAnnotations:       kubectl.kubernetes.io/last-applied-configuration={"apiVersion":"scheduling.k8s.io/v1","description":"first","kind":"PriorityClass","metadata":{"annotations":{},"name":"high"},"value":1000}\n\nEvents:  <none>\n',
    ],
    [
      'ingressclass outer',
      'Name:         outer\nLabels:       <none>\nAnnotations:  <none>\nController:   example.com/outer\nEvents:       <none>\n',
    ],
    [
      'netpol open | grep -v "^Created"',
      'Name:         open\nNamespace:    default\nLabels:       <none>\nAnnotations:  <none>\nSpec:\n  PodSelector:     app=web\n  Allowing ingress traffic:\n    To Port: 80/TCP\n    To Port Range: 8000-8010/UDP\n    From:\n      NamespaceSelector: <none>\n      PodSelector: role=front\n    From:\n      IPBlock:\n        CIDR: 10.0.0.0/8\n        Except: 10.1.0.0/16\n    ----------\n    To Port: \u003cany> (traffic allowed to all ports)\n    From: \u003cany> (traffic not restricted by source)\n  Allowing egress traffic:\n    <none> (Selected pods are isolated for egress connectivity)\n  Policy Types: Ingress, Egress\n',
    ],
    ['cm nope', ''],
    ['cm ap | head -1', 'Name:         app\n'],
  ])('describe %s', (words, stdout) => {
    const files = new Map([['/root/m.yaml', manifests]]);
    const cluster = createCluster();
    const run = (line: string): string => runOnWorkstation(cluster, { namespace: 'default', files }, line).stdout;
    run('kubectl apply -f m.yaml');
    cluster.settle();
    expect(run(`kubectl describe ${words}`)).toBe(stdout);
  });
});
