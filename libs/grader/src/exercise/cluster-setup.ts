import { ipvsSchedulers } from '@kubedrill/cluster-sim';
import { z } from 'zod';
import { durationSchema } from './duration.ts';
import { portNumber } from './target.ts';

const stringMap = z.record(z.string(), z.string());

const nodeSchema = z.strictObject({
  name: z.string().min(1),
  address: z.ipv4(),
  labels: stringMap.optional(),
  taints: z
    .array(
      z.strictObject({
        key: z.string(),
        value: z.string().optional(),
        effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
      }),
    )
    .optional(),
  podCapacity: z.int().min(1).max(1000).optional(),
});

const externalHostSchema = z.strictObject({
  name: z.string().min(1),
  address: z.ipv4(),
  routesToCluster: z.boolean().optional().describe('Reaches the pod and Service networks. Default false'),
  natAddress: z.ipv4().optional().describe('Its packets arrive with this source address'),
  dnsNames: z.array(z.string()).optional(),
  listens: z
    .array(
      z.strictObject({
        port: portNumber,
        protocol: z.enum(['TCP', 'UDP']).default('TCP'),
        body: z.string().optional(),
      }),
    )
    .optional(),
});

/** Replaces what an image does in this exercise. */
const imageOverrideSchema = z.strictObject({
  image: z.string().min(1).describe('The image as manifests name it, tag included: "shop/cart:1.4"'),
  listens: z
    .array(
      z.strictObject({
        port: portNumber,
        protocol: z.enum(['TCP', 'UDP', 'SCTP']).default('TCP'),
        address: z.enum(['0.0.0.0', '127.0.0.1']).default('0.0.0.0'),
        http: z
          .strictObject({ status: z.int().min(100).max(599).default(200), body: z.string().default('') })
          .optional()
          .describe('What it answers to every HTTP request; absent: it accepts and says nothing'),
      }),
    )
    .default([]),
  exit: z
    .strictObject({ after: durationSchema, code: z.int().min(0).max(255) })
    .optional()
    .describe('When the process ends by itself'),
  startup: durationSchema.optional().describe('Until when it does not listen yet'),
});

export type ImageOverride = z.output<typeof imageOverrideSchema>;

/** The cluster that an exercise starts with. `manifests` name files of the exercise's folder. */
export const clusterSetupSchema = z.strictObject({
  nodes: z
    .union([z.int().min(1).max(500), z.array(nodeSchema).min(1).max(500)])
    .default(3)
    .describe('How many nodes, or the nodes themselves'),
  proxyMode: z.enum(['iptables', 'nftables', 'ipvs']).default('iptables'),
  ipvsScheduler: z.enum(ipvsSchedulers).optional().describe('How mode ipvs chooses a backend; rr without it'),
  loadBalancer: z
    .enum(['none', 'cloud', 'localhost'])
    .default('none')
    .describe('Whether a provider serves Services of type LoadBalancer'),
  images: z.array(imageOverrideSchema).default([]),
  externalHosts: z.array(externalHostSchema).default([]),
  manifests: z.array(z.string()).default([]).describe('Files of the folder, applied and settled before the submission'),
});

export type ClusterSetup = z.output<typeof clusterSetupSchema>;
