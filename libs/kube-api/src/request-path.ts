/** Where a path leads: apiserver/pkg/endpoints/request/requestinfo.go. */
export type RequestPath =
  | {
      readonly kind: 'resource';
      /** "v1" or "apps/v1". */
      readonly groupVersion: string;
      /** '' for all namespaces and for what is in none. */
      readonly namespace: string;
      readonly plural: string;
      /** '' for the collection. */
      readonly name: string;
      /** '' for the object itself. */
      readonly subresource: string;
      /** What stands behind the subresource: '' or "/some/path", with the final slash that it came with. */
      readonly rest: string;
    }
  | { readonly kind: 'other'; readonly path: string };

/** Subresources of a Namespace; any other word behind its name is a resource in it. */
const ofNamespaces: ReadonlySet<string> = new Set(['status', 'finalize']);

export function parseRequestPath(path: string): RequestPath {
  const parts = path.split('/').filter((part) => part !== '');
  const groupVersion = parts[0] === 'api' ? parts[1] : parts[0] === 'apis' ? parts.slice(1, 3).join('/') : undefined;
  const rest = parts.slice(parts[0] === 'api' ? 2 : 3);
  if (groupVersion === undefined || rest.length === 0) return { kind: 'other', path: `/${parts.join('/')}` };
  const inNamespace = rest[0] === 'namespaces' && rest.length > 2 && !ofNamespaces.has(rest[2] ?? '');
  const [plural = '', name = '', subresource = ''] = inNamespace ? rest.slice(2) : rest;
  const behind = (inNamespace ? rest.slice(2) : rest).slice(3);
  const isOpen = subresource !== '' && path.endsWith('/');
  return {
    kind: 'resource',
    groupVersion,
    namespace: inNamespace ? (rest[1] ?? '') : '',
    plural,
    name,
    subresource,
    rest: `${behind.map((part) => `/${part}`).join('')}${isOpen ? '/' : ''}`,
  };
}
