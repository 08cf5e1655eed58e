/** An image name as the runtime understands it. Source: github.com/distribution/reference, ParseNormalizedNamed. */
export interface ImageReference {
  /** Registry host: 'docker.io', 'registry.k8s.io', 'localhost:5000'. */
  readonly domain: string;
  /** Path within the registry: 'library/nginx'. */
  readonly path: string;
  /** 'latest' when neither tag nor digest is given (pkg/util/parsers ParseImageName). */
  readonly tag?: string;
  readonly digest?: string;
  /** The name under which the catalogue lists it: without 'docker.io/' and 'library/'. */
  readonly repository: string;
}

export type ParsedImageReference =
  { readonly ok: true; readonly reference: ImageReference } | { readonly ok: false; readonly reason: string };

const maxNameLength = 255;

const domainComponent = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domainPattern = new RegExp(`^(?:${domainComponent}(?:\\.${domainComponent})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const pathComponent = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const identifierPattern = /^[a-f0-9]{64}$/;

const digestLengths: ReadonlyMap<string, number> = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
]);

const invalidFormat = 'invalid reference format';

export function parseImageReference(text: string): ParsedImageReference {
  if (identifierPattern.test(text)) {
    return refuse(`invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`);
  }
  const { domain, remainder } = splitDomain(text);
  const at = remainder.indexOf('@');
  const beforeDigest = at < 0 ? remainder : remainder.slice(0, at);
  const digest = at < 0 ? undefined : remainder.slice(at + 1);
  const colon = beforeDigest.indexOf(':');
  const path = colon < 0 ? beforeDigest : beforeDigest.slice(0, colon);
  const tag = colon < 0 ? undefined : beforeDigest.slice(colon + 1);
  // The upper-case test looks at everything before the tag, a digest included where there is no tag.
  const remoteName = remainder.includes(':') ? remainder.slice(0, remainder.indexOf(':')) : remainder;
  if (remoteName.toLowerCase() !== remoteName) {
    return refuse(`${invalidFormat}: repository name (${remoteName}) must be lowercase`);
  }
  if (!domainPattern.test(domain) || !path.split('/').every((part) => pathComponent.test(part)))
    return refuse(invalidFormat);
  if (tag !== undefined && !tagPattern.test(tag)) return refuse(invalidFormat);
  if (path.length > maxNameLength) return refuse(`repository name must not be more than ${maxNameLength} characters`);
  const digestFault = digest === undefined ? undefined : faultOfDigest(digest);
  if (digestFault !== undefined) return refuse(digestFault);
  const repository = domain !== 'docker.io' ? `${domain}/${path}` : path.startsWith('library/') ? path.slice(8) : path;
  const shownTag = tag ?? (digest === undefined ? 'latest' : undefined);
  return {
    ok: true,
    reference: { domain, path, repository, ...(shownTag && { tag: shownTag }), ...(digest && { digest }) },
  };
}

/** The name that containerd pulls and shows: 'docker.io/library/nginx:1.25'. */
export function canonicalName(reference: ImageReference): string {
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`;
  const digest = reference.digest === undefined ? '' : `@${reference.digest}`;
  return `${reference.domain}/${reference.path}${tag}${digest}`;
}

function splitDomain(text: string): { readonly domain: string; readonly remainder: string } {
  const slash = text.indexOf('/');
  const first = slash < 0 ? '' : text.slice(0, slash);
  const isDomain = first !== '' && (/[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first);
  const domain = !isDomain || first === 'index.docker.io' ? 'docker.io' : first;
  const remainder = isDomain ? text.slice(slash + 1) : text;
  return { domain, remainder: domain === 'docker.io' && !remainder.includes('/') ? `library/${remainder}` : remainder };
}

function faultOfDigest(digest: string): string | undefined {
  if (!digestPattern.test(digest)) return invalidFormat;
  const [algorithm = '', hex = ''] = digest.split(':');
  const length = digestLengths.get(algorithm);
  if (length === undefined) return 'unsupported digest algorithm';
  if (hex.length !== length) return 'invalid checksum digest length';
  return /^[a-f0-9]+$/.test(hex) ? undefined : 'invalid checksum digest format';
}

function refuse(reason: string): ParsedImageReference {
  return { ok: false, reason };
}
