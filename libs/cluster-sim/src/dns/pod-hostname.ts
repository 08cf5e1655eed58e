import type { Pod } from '@kubedrill/kube-model';

const maxHostname = 63;

/** pkg/kubelet/kubelet_pods.go GeneratePodHostNameAndDomain: the name of a Pod within its own network. */
export function podHostname({ metadata, spec }: Pod): string {
  const name = spec.hostnameOverride ?? (spec.hostname || metadata.name);
  return name.length <= maxHostname ? name : name.slice(0, maxHostname).replace(/[-.]+$/, '');
}

/** The name below the Service that `subdomain` names; undefined without one. */
export function podDomainName(pod: Pod, clusterDomain: string): string | undefined {
  const { subdomain, hostnameOverride } = pod.spec;
  if (!subdomain || hostnameOverride !== undefined) return undefined;
  return `${podHostname(pod)}.${subdomain}.${pod.metadata.namespace ?? ''}.svc.${clusterDomain}`;
}

/** What `hostname` prints (pkg/kubelet/util/util.go GetNodenameForKernel); a Pod in its node's network has the node's name. */
export function kernelHostname(pod: Pod, clusterDomain: string): string {
  const { hostNetwork, nodeName, setHostnameAsFQDN } = pod.spec;
  if (hostNetwork) return nodeName ?? pod.metadata.name;
  return (setHostnameAsFQDN ? podDomainName(pod, clusterDomain) : undefined) ?? podHostname(pod);
}
