import type { Pod } from '@kubedrill/kube-model';
import type { ObjectView } from '../store/object-view.ts';
import type { Landing } from './flight.ts';
import type { Probe } from './flow.ts';

/** The pods at the ends of a connection, as long as they are the same ones. */
export interface ConnectionEnds {
  readonly clientUid: string | undefined;
  readonly serverUid: string | undefined;
}

export function endsOf(view: ObjectView, probe: Probe, landing: Landing): ConnectionEnds {
  const { from } = probe;
  const client = from.kind === 'pod' ? view.get('Pod', from.namespace, from.name) : undefined;
  return { clientUid: client?.metadata.uid, serverUid: podBehind(view, landing)?.metadata.uid };
}

function podBehind(view: ObjectView, { outcome }: Landing): Pod | undefined {
  if (outcome.kind !== 'delivered' || outcome.server.kind !== 'pod') return undefined;
  return view.get('Pod', outcome.server.namespace ?? '', outcome.server.name);
}

/** Whether an end that the connection had is gone, or another pod has come in its place. */
export function hasLostAnEnd(
  view: ObjectView,
  { probe, landing, clientUid, serverUid }: ConnectionEnds & { readonly probe: Probe; readonly landing: Landing },
): boolean {
  const now = endsOf(view, probe, landing);
  return now.clientUid !== clientUid || now.serverUid !== serverUid;
}
