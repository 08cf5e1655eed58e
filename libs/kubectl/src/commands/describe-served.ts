import { isJsonObject } from '@kubedrill/kube-model';
import { pathOf, servedDocument } from '../discovery.ts';
import type { Invocation } from '../invocation.ts';
import { NotModelled } from '../invocation.ts';
import { refusalText } from './get/raw.ts';
import type { ServedSelection } from './get/served-objects.ts';

/** Of a type that the server has and no store knows there is nothing to describe. */
export function describeServed(invocation: Invocation, { resource, names }: ServedSelection): void {
  const { console, flags, namespace } = invocation;
  const isEverywhere = flags.isTrue('all-namespaces');
  const path = pathOf(resource, isEverywhere ? '' : namespace);
  const what = `kubectl describe ${resource.plural}`;
  for (const one of names.length === 0 ? [path] : names.map((name) => `${path}/${name}`)) {
    const { code, text } = servedDocument(invocation, one, 'application/json', what);
    if (code >= 400) {
      console.fail(refusalText(code, text));
      continue;
    }
    const document: unknown = JSON.parse(text);
    const isEmpty = isJsonObject(document) && Array.isArray(document.items) && document.items.length === 0;
    if (!isEmpty) throw new NotModelled(what);
    console.note(isEverywhere ? 'No resources found' : `No resources found in ${namespace} namespace.`);
  }
}
