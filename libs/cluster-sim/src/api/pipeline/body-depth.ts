import type { Json } from '@kubedrill/kube-model';
import type { ApiStatus } from '../request.ts';
import { failure } from '../status.ts';

/** No object comes near it; Go's decoder gives up at 10000, which JavaScript's stack does not reach. */
const maxDepth = 500;

/** Why a body is not read at all. What is in no schema (patches, unknown parts) is walked recursively, so its depth has a bound. */
export function nestedTooDeep(body: Json): ApiStatus | undefined {
  if (!isDeeper(body, maxDepth)) return undefined;
  const message = `Request entity is too large: it is nested deeper than ${maxDepth} levels`;
  return failure(413, 'RequestEntityTooLarge', message);
}

function isDeeper(value: Json | undefined, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((member: Json | undefined) => isDeeper(member, depth - 1));
}
