import type { Pod } from '@kubedrill/kube-model';
import { podDomainName, podHostname } from './pod-hostname.ts';

/** One line of /etc/hosts. */
export interface HostsEntry {
  readonly address: string;
  readonly names: readonly string[];
}

const localhost: readonly HostsEntry[] = [
  { address: '127.0.0.1', names: ['localhost'] },
  // The kubelet separates these by blanks and all others by tabs.
  { address: '::1', names: ['localhost ip6-localhost ip6-loopback'] },
  { address: 'fe00::0', names: ['ip6-localnet'] },
  { address: 'fe00::0', names: ['ip6-mcastprefix'] },
  { address: 'fe00::1', names: ['ip6-allnodes'] },
  { address: 'fe00::2', names: ['ip6-allrouters'] },
];

/** /etc/hosts of a pod as the kubelet writes it: pkg/kubelet/kubelet_pods.go managedHostsFileContent. */
export function formatHostsFile(pod: Pod, clusterDomain: string): string {
  const header = `# Kubernetes-managed hosts file${pod.spec.hostNetwork ? ' (host network)' : ''}.\n`;
  const aliases = aliasEntries(pod);
  const added = aliases.length > 0 ? `\n# Entries added by HostAliases.\n${lines(aliases)}` : '';
  return header + lines([...localhost, ...ownEntries(pod, clusterDomain)]) + added;
}

/** The IPv4 address that the pod's /etc/hosts has for the name. */
export function addressInHosts(pod: Pod, clusterDomain: string, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return [...localhost, ...ownEntries(pod, clusterDomain), ...aliasEntries(pod)].find(
    ({ address, names }) => !address.includes(':') && names.some((known) => known.toLowerCase() === wanted),
  )?.address;
}

/** A line for each of the Pod's addresses; with a subdomain the name within its headless Service comes first. */
function ownEntries(pod: Pod, clusterDomain: string): readonly HostsEntry[] {
  const { status, spec } = pod;
  if (!status.podIP || spec.hostNetwork) return [];
  const full = podDomainName(pod, clusterDomain);
  const names = full === undefined ? [podHostname(pod)] : [full, podHostname(pod)];
  return (status.podIPs ?? [{ ip: status.podIP }]).map(({ ip }) => ({ address: ip, names }));
}

function aliasEntries({ spec }: Pod): readonly HostsEntry[] {
  return (spec.hostAliases ?? []).map(({ ip, hostnames }) => ({ address: ip, names: hostnames ?? [] }));
}

function lines(entries: readonly HostsEntry[]): string {
  return entries.map(({ address, names }) => `${address}\t${names.join('\t')}\n`).join('');
}
