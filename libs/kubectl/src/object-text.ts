import { apiVersionOf } from '@kubedrill/kube-model';
import type { VisitedObject } from './resource-visit.ts';

/** cli-runtime/pkg/resource Info.String. */
export function objectText({ resource, name, namespace }: VisitedObject): string {
  const version = resource.group === '' ? `/${resource.version}` : apiVersionOf(resource);
  const names = `Name: ${JSON.stringify(name)}, Namespace: ${JSON.stringify(namespace)}`;
  return `Resource: "${version}, Resource=${resource.plural}", GroupVersionKind: "${version}, Kind=${resource.kind}"\n${names}`;
}
