import { z } from 'zod';
import { exerciseId, instant, variantId } from './identifier.ts';

export const sandboxId = z
  .uuid()
  .meta({ description: 'Id of a sandbox', example: '01990f5c-2b10-7f3e-8a44-5a0b6f7c9d10' });

export const snapshotName = z
  .string()
  .min(1)
  .max(50)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, { error: 'lower-case letters, digits and single dashes' })
  .meta({ description: 'Name of a snapshot, unique in its sandbox', example: 'before-the-policy' });

const proxyMode = z
  .enum(['iptables', 'nftables', 'ipvs'])
  .meta({ description: "kube-proxy's mode", example: 'iptables' });
const nodes = z.int().min(1).max(20).meta({ description: 'How many nodes the cluster has', example: 3 });
const speed = z
  .int()
  .min(1)
  .max(60)
  .meta({ description: "How fast the cluster's clock runs, as a multiple of real time", example: 1 });

/** All of it optional: without an exercise the cluster is empty. */
export const createSandbox = z
  .strictObject({
    exercise: exerciseId.optional(),
    variant: variantId.optional(),
    nodes: nodes.optional(),
    proxyMode: proxyMode.optional(),
    speed: speed.default(1),
  })
  .refine((body) => (body.exercise === undefined) === (body.variant === undefined), {
    error: 'give exercise and variant, or neither',
  })
  .refine((body) => body.exercise === undefined || (body.nodes === undefined && body.proxyMode === undefined), {
    error: 'nodes and proxyMode are those of the exercise: leave them out',
  })
  .meta({ id: 'CreateSandbox', description: 'A simulated cluster: empty, or in the initial state of an exercise' });

const snapshotView = z
  .object({
    name: snapshotName,
    entries: z.int().min(0).meta({ description: 'Entries of the journal that it holds', example: 12 }),
    createdAt: instant,
  })
  .meta({ id: 'SandboxSnapshot' });

export const sandboxView = z
  .object({
    id: sandboxId,
    exercise: exerciseId.optional(),
    variant: variantId.optional(),
    nodes: nodes.optional().meta({ description: 'Only without an exercise' }),
    proxyMode: proxyMode.optional().meta({ description: 'Only without an exercise' }),
    speed,
    createdAt: instant,
    startedAt: instant.meta({ description: 'When its clock began: at its creation, or at its last reset' }),
    lastUsedAt: instant,
    expiresAt: instant.meta({ description: 'When it ends unless it is used again' }),
    snapshots: z.array(snapshotView),
    links: z.object({
      self: z.string().meta({ example: '/api/v1/sandboxes/01990f5c-2b10-7f3e-8a44-5a0b6f7c9d10' }),
      kubeconfig: z.string().meta({ example: '/api/v1/sandboxes/01990f5c-2b10-7f3e-8a44-5a0b6f7c9d10/kubeconfig' }),
      net: z.string().meta({
        description: 'Append <node name or address>:<port>/ for what answers there from outside of the cluster',
        example: '/api/v1/sandboxes/01990f5c-2b10-7f3e-8a44-5a0b6f7c9d10/net/',
      }),
    }),
  })
  .meta({ id: 'Sandbox' });

export const sandboxList = z.object({ items: z.array(sandboxView) }).meta({ id: 'SandboxList' });

export const createSnapshot = z.strictObject({ name: snapshotName }).meta({ id: 'CreateSnapshot' });

export type CreateSandbox = z.output<typeof createSandbox>;
export type SandboxView = z.output<typeof sandboxView>;
export type CreateSnapshot = z.output<typeof createSnapshot>;
