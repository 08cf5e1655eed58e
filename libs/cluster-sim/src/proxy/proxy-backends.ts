import type { ProxyMode } from '../cluster.ts';
import { iptablesBackend } from './iptables/node-rules.ts';
import { ipvsBackend } from './ipvs/node-rules.ts';
import { nftablesBackend } from './nftables/node-rules.ts';
import type { ProxyBackend } from './proxy-backend.ts';

const backends: ReadonlyMap<ProxyMode, ProxyBackend> = new Map(
  [iptablesBackend, nftablesBackend, ipvsBackend].map((backend) => [backend.mode, backend]),
);

/** The modes that a cluster can have. */
export const proxyModes: readonly ProxyMode[] = [...backends.keys()];

export function backendOf(mode: ProxyMode): ProxyBackend {
  const backend = backends.get(mode);
  if (!backend) throw new Error(`proxy mode ${mode} has no backend`);
  return backend;
}
