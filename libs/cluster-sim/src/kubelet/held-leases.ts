import type { Lease } from '@kubedrill/kube-model';
import { formatTime, type Clock, type Duration, type Instant } from '../engine/time.ts';
import { microTime, uidFor } from '../events/event-object.ts';
import { sha256 } from '../proxy/sha256.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { Machines } from './machines.ts';

export interface LeaseParts {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly machines: Machines;
  readonly startTime: Instant;
  /** The node that the control plane runs on. */
  readonly controlPlane: string;
}

const second: Duration = 1000;

/** One Lease as its holder keeps it. */
interface Holding {
  readonly metadata: Pick<Lease['metadata'], 'name' | 'namespace' | 'labels' | 'ownerReferences'>;
  readonly holder: string;
  readonly seconds: number;
  readonly period: Duration;
  readonly since: Instant;
  /** When it was renewed last, at the latest. */
  readonly until: Instant;
  readonly rest?: Partial<Lease['spec']>;
}

/**
 * The Leases that kubelets and the control plane hold. A renewal is not written when it is due: what is stored is brought to the present
 * when somebody reads Leases.
 */
export class HeldLeases {
  private readonly parts: LeaseParts;
  private isRenewing = false;

  constructor(parts: LeaseParts) {
    this.parts = parts;
    parts.store.deferWrites('Lease', () => {
      this.renew();
    });
  }

  private renew(): void {
    if (this.isRenewing) return;
    this.isRenewing = true;
    for (const holding of [...this.ofNodes(), ...this.ofControlPlane()]) this.write(holding);
    this.isRenewing = false;
  }

  /** pkg/kubelet/kubelet.go: nodeLeaseDurationSeconds 40, renewed four times as often. */
  private ofNodes(): readonly Holding[] {
    const { store, machines, clock } = this.parts;
    return store
      .list('Node')
      .filter(({ metadata }) => machines.has(metadata.name))
      .map(({ metadata: { name, uid, creationTimestamp } }) => ({
        metadata: {
          name,
          namespace: 'kube-node-lease',
          ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name, uid }],
        },
        holder: name,
        seconds: 40,
        period: 10 * second,
        since: Date.parse(creationTimestamp),
        until: machines.cutAt(name) ?? clock.now(),
      }));
  }

  /** client-go/tools/leaderelection, and pkg/controlplane/apiserver for the API server's identity. */
  private ofControlPlane(): readonly Holding[] {
    const { clock, startTime, controlPlane: host } = this.parts;
    if (host === '') return [];
    const times = { since: startTime, until: clock.now() };
    const elected = (name: string): Holding => ({
      metadata: { name, namespace: 'kube-system' },
      holder: `${host}_${uidFor(name)}`,
      seconds: 15,
      period: 2 * second,
      rest: { acquireTime: microTime({ at: startTime, nanoseconds: 0 }), leaseTransitions: 0 },
      ...times,
    });
    const name = `apiserver-${base32(sha256(host).slice(0, 16)).toLowerCase()}`;
    const identity: Holding = {
      metadata: {
        name,
        namespace: 'kube-system',
        labels: { 'apiserver.kubernetes.io/identity': 'kube-apiserver', 'kubernetes.io/hostname': host },
      },
      holder: `${name}_${uidFor(name)}`,
      seconds: 3600,
      period: 10 * second,
      ...times,
    };
    return [identity, elected('kube-controller-manager'), elected('kube-scheduler')];
  }

  private write({ metadata, holder, seconds, period, since, until, rest }: Holding): void {
    const { store } = this.parts;
    const { name, namespace = '' } = metadata;
    const stored = store.get('Lease', namespace, name);
    if (!stored && !store.get('Namespace', '', namespace)) return;
    const at = since + Math.max(0, Math.floor((until - since) / period)) * period;
    const renewTime = microTime({ at, nanoseconds: 0 });
    if (stored?.spec.renewTime !== undefined && stored.spec.renewTime >= renewTime) return;
    const identity = { uid: uidFor(`${namespace}/${name}`), resourceVersion: '', creationTimestamp: formatTime(since) };
    const spec = { holderIdentity: holder, leaseDurationSeconds: seconds, ...rest, renewTime };
    store.put<Lease>({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: stored?.metadata ?? { ...metadata, ...identity },
      spec: stored ? { ...stored.spec, ...spec } : spec,
    });
  }
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648, without padding. */
function base32(bytes: Uint8Array): string {
  let text = '';
  let [rest, bits] = [0, 0];
  for (const byte of bytes) {
    rest = (rest << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += digits.charAt((rest >> (bits - 5)) & 31);
    rest &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + digits.charAt((rest << (5 - bits)) & 31);
}
