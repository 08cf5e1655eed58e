import type { KubeObject } from '@kubedrill/kube-model';
import type { ApiStatus } from '../request.ts';
import { badRequest } from '../status.ts';

/** endpoints/handlers/rest.go checkName: the object has to be the one that the address names. */
export function misnamed(object: KubeObject, name: string): ApiStatus | undefined {
  const own = object.metadata.name;
  if (!own)
    return badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`);
  return own === name
    ? undefined
    : badRequest(`the name of the object (${own}) does not match the name on the URL (${name})`);
}
