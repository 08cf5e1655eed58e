import type { Pod } from '@kubedrill/kube-model';

export interface HostsEntry {
  readonly address: string;
  readonly names: readonly string[];
}

/** /etc/hosts as the kubelet writes it: pkg/kubelet/kubelet_pods.go managedHostsFileContent. IPv4 only. */
export function hostsOfPod(pod: Pod, clusterDomain: string): readonly HostsEntry[] {
  const { hostname, subdomain, hostAliases } = pod.spec;
  const entries: HostsEntry[] = [{ address: '127.0.0.1', names: ['localhost'] }];
  const address = pod.status.podIP;
  const name = hostname ?? pod.metadata.name;
  if (address && !pod.spec.hostNetwork) {
    const full = `${name}.${subdomain ?? ''}.${pod.metadata.namespace ?? ''}.svc.${clusterDomain}`;
    entries.push({ address, names: subdomain ? [full, name] : [name] });
  }
  for (const { ip, hostnames } of hostAliases ?? []) entries.push({ address: ip, names: hostnames ?? [] });
  return entries;
}

export function addressInHosts(entries: readonly HostsEntry[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  return entries.find(({ names }) => names.some((known) => known.toLowerCase() === wanted))?.address;
}
