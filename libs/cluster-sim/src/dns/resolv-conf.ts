import type { Pod } from '@kubedrill/kube-model';

/** What a process's resolver is configured with: the parts of /etc/resolv.conf. */
export interface ResolvConf {
  readonly nameservers: readonly string[];
  readonly search: readonly string[];
  /** As written: "ndots:5", "edns0". */
  readonly options: readonly string[];
}

// pkg/apis/core/validation: MaxDNSNameservers, MaxDNSSearchPaths, MaxDNSSearchListChars; a DNS-1123 subdomain's length.
const maxNameservers = 3;
const maxSearchPaths = 32;
const maxSearchListLength = 2048;
const maxSearchPathLength = 253;

export interface ResolvConfContext {
  readonly clusterDomain: string;
  /** Address of the cluster's DNS Service, which the kubelet is told by --cluster-dns. */
  readonly clusterDns: string;
  /** The node's own configuration. */
  readonly host: ResolvConf;
}

/** pkg/kubelet/network/dns/dns.go GetPodDNS. */
export function resolvConfOfPod(pod: Pod, context: ResolvConfContext): ResolvConf {
  const base = baseOf(pod, context);
  const own = pod.spec.dnsConfig;
  return withinLimits(
    own
      ? {
          nameservers: unique([...base.nameservers, ...(own.nameservers ?? [])]),
          search: unique([...base.search, ...(own.searches ?? [])]),
          options: mergedOptions(base.options, own.options ?? []),
        }
      : base,
  );
}

/** The file's text, in the order in which containerd writes it. */
export function formatResolvConf(conf: ResolvConf): string {
  const lines: string[] = [];
  if (conf.search.length > 0) lines.push(`search ${conf.search.join(' ')}`);
  for (const server of conf.nameservers) lines.push(`nameserver ${server}`);
  if (conf.options.length > 0) lines.push(`options ${conf.options.join(' ')}`);
  return lines.map((line) => `${line}\n`).join('');
}

/** The file as resolvers read it: the last `search` line counts, options add up. */
export function parseResolvConf(text: string): ResolvConf {
  const nameservers: string[] = [];
  const options: string[] = [];
  let search: readonly string[] = [];
  for (const line of text.split('\n')) {
    const [keyword, ...values] = line
      .replace(/[#;].*/, '')
      .trim()
      .split(/\s+/);
    if (keyword === 'nameserver') nameservers.push(...values.slice(0, 1));
    else if (keyword === 'search' || keyword === 'domain') search = values;
    else if (keyword === 'options') options.push(...values);
  }
  return { nameservers: nameservers.slice(0, maxNameservers), search, options };
}

/** The option `ndots`; resolv.conf(5): default 1, at most 15. */
export function ndotsOf(conf: ResolvConf): number {
  return Math.min(numberOption(conf, 'ndots') ?? 1, 15);
}

/** The last value of an option such as `timeout:2`; undefined for what is no number. */
export function numberOption(conf: ResolvConf, name: string): number | undefined {
  const option = conf.options.findLast((candidate) => candidate.startsWith(`${name}:`));
  const value = option?.slice(name.length + 1);
  return value !== undefined && /^\d{1,6}$/.test(value) ? Number(value) : undefined;
}

function baseOf(pod: Pod, context: ResolvConfContext): ResolvConf {
  const policy = pod.spec.dnsPolicy ?? 'ClusterFirst';
  if (policy === 'None') return { nameservers: [], search: [], options: [] };
  // ClusterFirst of a pod in the host's network means Default: only ClusterFirstWithHostNet insists.
  if (policy === 'Default' || (policy === 'ClusterFirst' && pod.spec.hostNetwork)) return context.host;
  const domain = context.clusterDomain;
  const cluster = [`${pod.metadata.namespace ?? 'default'}.svc.${domain}`, `svc.${domain}`, domain];
  return {
    nameservers: [context.clusterDns],
    search: unique([...cluster, ...context.host.search]),
    options: ['ndots:5'],
  };
}

/** An option that the pod names again gets the pod's value. */
function mergedOptions(
  existing: readonly string[],
  own: readonly { readonly name: string; readonly value?: string }[],
): string[] {
  const merged = new Map(existing.map((option) => [option.split(':', 1)[0] ?? option, option]));
  for (const { name, value } of own) merged.set(name, value ? `${name}:${value}` : name);
  return [...merged.values()];
}

function withinLimits(conf: ResolvConf): ResolvConf {
  const search = conf.search.slice(0, maxSearchPaths).filter((path) => path.length <= maxSearchPathLength);
  while (search.join(' ').length > maxSearchListLength) search.pop();
  return { ...conf, nameservers: conf.nameservers.slice(0, maxNameservers), search };
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
