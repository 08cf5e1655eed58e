import type { Service } from '@kubedrill/kube-model';
import type { SpecDraft } from './service-draft.ts';
import { allocatesNodePorts, needsClusterIP, needsHealthCheck } from './service-traits.ts';

/** patchAllocatedValues and normalizeClusterIPs of pkg/registry/core/service/storage/storage.go. */

/** What the server once chose stays, although the new object leaves it out. */
export function keepAllocatedValues(service: Service, spec: SpecDraft, old: Service): void {
  if (needsClusterIP(old) && needsClusterIP(service)) {
    spec.clusterIP = spec.clusterIP || old.spec.clusterIP;
    if (!spec.clusterIPs?.length && old.spec.clusterIPs?.length) spec.clusterIPs = old.spec.clusterIPs;
  }
  if (allocatesNodePorts(old) && allocatesNodePorts(service)) keepNodePorts(spec, old);
  if (needsHealthCheck(old) && needsHealthCheck(service))
    spec.healthCheckNodePort = spec.healthCheckNodePort || old.spec.healthCheckNodePort;
}

/** By the name of the port, unless another port of the new object uses the number. */
function keepNodePorts(spec: SpecDraft, old: Service): void {
  const before = new Map(old.spec.ports?.map((port) => [port.name ?? '', port.nodePort ?? 0]));
  const used = new Set(spec.ports?.map((port) => port.nodePort ?? 0));
  for (const port of spec.ports ?? []) {
    const kept = before.get(port.name ?? '') ?? 0;
    if (!port.nodePort && kept !== 0 && !used.has(kept)) port.nodePort = kept;
  }
}

/** Keeps clusterIP and clusterIPs in step where the client changed only one of the two. */
export function normalizeClusterIPs(spec: SpecDraft, old: Service | undefined): void {
  const [singular, plural] = [spec.clusterIP ?? '', spec.clusterIPs ?? []];
  if (!old) {
    if (singular !== '' && plural.length === 0) spec.clusterIPs = [singular];
    return;
  }
  const [oldSingular, oldPlural] = [old.spec.clusterIP ?? '', old.spec.clusterIPs ?? []];
  if (oldPlural.length > 0 && plural.length === 0 && oldSingular === singular) spec.clusterIPs = oldPlural;
  if (oldSingular === singular) return;
  const isUntouched = plural.length === oldPlural.length && plural.every((ip, index) => ip === oldPlural[index]);
  if (!isUntouched) return;
  if (oldSingular !== '' && singular === '') delete spec.clusterIPs;
  else spec.clusterIPs = [singular];
}
