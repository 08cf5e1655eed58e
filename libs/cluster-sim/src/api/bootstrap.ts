import type { EndpointSubset } from '@kubedrill/kube-model';
import { formatAddress, parseRange } from '../network/ipv4.ts';
import type { Change, Draft } from '../engine/controller.ts';

export interface BootstrapOptions {
  readonly serviceRange: string;
  /** Where the API server itself listens: the first node, as with kubeadm. */
  readonly apiServerAddress: string;
}

/** The name of the range that the cluster was made with. */
export const defaultServiceCIDR = 'kubernetes';

const apiServerPort = 6443;
/** kubeadm gives cluster DNS the tenth address of the Service range. */
const dnsAddressOffset = 10;

const namespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/** What is there before anybody comes: pkg/controlplane/controller, and the Service of kubeadm's cluster DNS. In order of creation. */
export function bootstrapObjects(options: BootstrapOptions): readonly Change[] {
  const { serviceRange, apiServerAddress } = options;
  const objects: readonly Draft[] = [
    serviceCIDR(serviceRange),
    ...namespaces.map((name) => namespaceOf(name)),
    ...namespaces.map((namespace) => defaultServiceAccount(namespace)),
    apiServerService(options),
    apiServerEndpoints(options),
    apiServerSlice(apiServerAddress),
    dnsService(addressIn(serviceRange, dnsAddressOffset)),
  ];
  return objects.map((object) => ({ verb: 'create', object }));
}

function addressIn(serviceRange: string, offset: number): string {
  const range = parseRange(serviceRange);
  if (!range) throw new Error(`the Service range ${serviceRange} is no IPv4 range`);
  return formatAddress(range.base + offset);
}

function namespaceOf(name: string): Draft {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name }, spec: {} };
}

function defaultServiceAccount(namespace: string): Draft {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } };
}

/** pkg/controlplane/controller/defaultservicecidr. */
export function serviceCIDR(range: string): Draft {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'ServiceCIDR',
    metadata: { name: defaultServiceCIDR },
    spec: { cidrs: [range] },
  };
}

/** pkg/controlplane/controller/kubernetesservice. */
const apiServerLabels = { component: 'apiserver', provider: 'kubernetes' };

export function apiServerService({ serviceRange }: BootstrapOptions): Draft {
  const clusterIP = addressIn(serviceRange, 1);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kubernetes', namespace: 'default', labels: apiServerLabels },
    spec: {
      type: 'ClusterIP',
      clusterIP,
      clusterIPs: [clusterIP],
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      ports: [{ name: 'https', protocol: 'TCP', port: 443, targetPort: apiServerPort }],
      sessionAffinity: 'None',
    },
  };
}

function apiServerEndpoints(options: BootstrapOptions): Draft {
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      name: 'kubernetes',
      namespace: 'default',
      labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' },
    },
    subsets: [apiServerSubset(options)],
  };
}

export function apiServerSubset({ apiServerAddress }: BootstrapOptions): EndpointSubset {
  return {
    addresses: [{ ip: apiServerAddress }],
    ports: [{ name: 'https', port: apiServerPort, protocol: 'TCP' }],
  };
}

function apiServerSlice(address: string): Draft {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: 'kubernetes',
      namespace: 'default',
      labels: { 'kubernetes.io/service-name': 'kubernetes' },
    },
    addressType: 'IPv4',
    endpoints: [{ addresses: [address], conditions: { ready: true } }],
    ports: [{ name: 'https', port: apiServerPort, protocol: 'TCP' }],
  };
}

/** cmd/kubeadm/app/phases/addons/dns/manifests.go. */
function dnsService(clusterIP: string): Draft {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'kube-dns',
      namespace: 'kube-system',
      labels: {
        'k8s-app': 'kube-dns',
        'kubernetes.io/cluster-service': 'true',
        'kubernetes.io/name': 'CoreDNS',
      },
      annotations: { 'prometheus.io/port': '9153', 'prometheus.io/scrape': 'true' },
    },
    spec: {
      type: 'ClusterIP',
      clusterIP,
      clusterIPs: [clusterIP],
      selector: { 'k8s-app': 'kube-dns' },
      ports: [
        { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
        { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
        { name: 'metrics', port: 9153, protocol: 'TCP', targetPort: 9153 },
      ],
    },
  };
}
