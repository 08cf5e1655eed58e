import type { InternalStruct } from './internal-struct.ts';
import { quantity, text } from './internal-struct.ts';

/** pkg/apis/core/types.go: names and order of fields as Kubernetes keeps them inside, and as its texts show them. References that volumes and containers share. */

export const objectFieldSelector: InternalStruct = { APIVersion: text('apiVersion'), FieldPath: text('fieldPath') };

export const resourceFieldSelector: InternalStruct = {
  ContainerName: text('containerName'),
  Resource: text('resource'),
  Divisor: quantity('divisor'),
};

export const localObjectReference: InternalStruct = { Name: text('name') };
