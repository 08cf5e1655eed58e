import type { SandboxView } from '@kubedrill/contracts';
import type { LearnerSandbox, SandboxSnapshot } from '@kubedrill/submissions';

const route = '/api/v1/sandboxes';

export function snapshotView({ name, position, createdAt }: SandboxSnapshot): SandboxView['snapshots'][number] {
  return { name, entries: position, createdAt: createdAt.toISOString() };
}

export function sandboxView(sandbox: LearnerSandbox): SandboxView {
  const { id, exercise, nodes, proxyMode, speed, snapshots } = sandbox;
  const self = `${route}/${id}`;
  return {
    id,
    ...(exercise ? { exercise: exercise.id, variant: exercise.variant } : { nodes, proxyMode }),
    speed,
    createdAt: sandbox.createdAt.toISOString(),
    startedAt: sandbox.startedAt.toISOString(),
    lastUsedAt: sandbox.lastUsedAt.toISOString(),
    expiresAt: sandbox.expiresAt.toISOString(),
    snapshots: snapshots.map(snapshotView),
    links: { self, kubeconfig: `${self}/kubeconfig`, net: `${self}/net/` },
  };
}
