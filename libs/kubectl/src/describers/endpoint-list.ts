import type { EndpointSlice } from '@kubedrill/kube-model';

const mostShown = 3;

/** formatEndpointSlices: the addresses of one port of a Service that are ready. */
export function endpointList(slices: readonly EndpointSlice[], portName: string): string {
  if (slices.length === 0) return '<none>';
  const list: string[] = [];
  let [count, more] = [0, false];
  for (const { endpoints, ports } of slices) {
    const chosen =
      (ports ?? []).length === 0 ? [undefined] : (ports ?? []).filter(({ name = '' }) => name === portName);
    for (const port of chosen)
      for (const { addresses, conditions } of endpoints ?? []) {
        // Whether there are more is asked before it is asked whether this one is ready.
        if (list.length === mostShown) more = true;
        if (conditions?.ready === false) continue;
        if (!more) list.push(port ? hostPort(addresses[0] ?? '', port.port ?? 0) : (addresses[0] ?? ''));
        count += 1;
      }
  }
  return more ? `${list.join(',')} + ${count - mostShown} more...` : list.join(',');
}

/** net.JoinHostPort. */
function hostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
