import { kinds, type Kind } from '@kubedrill/kube-model';
import { z } from 'zod';
import { namespaceField } from './pod-set.ts';

export const kindSchema = z.enum(kinds as [Kind, ...Kind[]]);

export const objectReferenceSchema = z.strictObject({
  kind: kindSchema,
  name: z.string().min(1),
  namespace: namespaceField,
});

export type ObjectReference = z.output<typeof objectReferenceSchema>;
