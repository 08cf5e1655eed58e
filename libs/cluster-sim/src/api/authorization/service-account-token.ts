import { sha256 } from '../../proxy/sha256.ts';
import type { JsonObject } from '@kubedrill/kube-model';

/** What a token names besides its account. */
export interface NamedObject {
  readonly name: string;
  readonly uid: string;
}

export interface TokenClaims {
  readonly audiences: readonly string[];
  readonly id: string;
  readonly namespace: string;
  readonly account: NamedObject;
  /** The Pod, with its node, the Secret or the Node that the token is bound to. */
  readonly bound: Readonly<Partial<Record<'pod' | 'node' | 'secret', NamedObject>>>;
  /** Seconds since 1970. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly warnAfter: number | undefined;
}

/** kubeadm's --service-account-issuer, which is also the audience of tokens that name none. */
export const issuer = 'https://kubernetes.default.svc.cluster.local';

/** Bytes of a signature by a key of RSA with 2,048 bits. */
const signatureSize = 256;

/**
 * A JSON Web Token as pkg/serviceaccount/claims.go and jwt.go make it, with its fields in the order of their names. The cluster has
 * no key: the signature follows from the text, and nobody checks it.
 */
export function serviceAccountToken(claims: TokenClaims): string {
  const { audiences, id, namespace, account, bound, issuedAt, expiresAt, warnAfter } = claims;
  const kubernetes = {
    namespace,
    ...(bound.node ? { node: { ...bound.node } } : {}),
    ...(bound.pod ? { pod: { ...bound.pod } } : {}),
    ...(bound.secret ? { secret: { ...bound.secret } } : {}),
    serviceaccount: { ...account },
    ...(warnAfter === undefined ? {} : { warnafter: warnAfter }),
  };
  const payload: JsonObject = {
    aud: [...audiences],
    exp: expiresAt,
    iat: issuedAt,
    iss: issuer,
    jti: id,
    'kubernetes.io': kubernetes,
    nbf: issuedAt,
    sub: `system:serviceaccount:${namespace}:${account.name}`,
  };
  const header = { alg: 'RS256', kid: base64Url([...sha256(issuer)]) };
  const signed = [header, payload].map((part) => base64Url(bytesOf(JSON.stringify(part)))).join('.');
  return `${signed}.${base64Url(signatureOf(signed))}`;
}

/** The claims of a token that was signed here; undefined for any other text. */
export function claimsOf(token: string): JsonObject | undefined {
  const parts = token.split('.');
  const [header = '', payload = '', signature] = parts;
  if (parts.length !== 3 || signature !== base64Url(signatureOf(`${header}.${payload}`))) return undefined;
  return JSON.parse(textOf(payload)) as JsonObject;
}

function textOf(encoded: string): string {
  let escaped = '';
  let [bits, held] = [0, 0];
  for (const character of encoded) {
    bits = ((bits << 6) | alphabet.indexOf(character)) & 0x3fff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    escaped += `%${((bits >> held) & 0xff).toString(16).padStart(2, '0')}`;
  }
  return decodeURIComponent(escaped);
}

function signatureOf(text: string): readonly number[] {
  const bytes: number[] = [];
  for (let block = 0; bytes.length < signatureSize; block += 1) bytes.push(...sha256(`${block}.${text}`));
  return bytes;
}

/** Of UTF-8. */
function bytesOf(text: string): readonly number[] {
  const escaped = encodeURIComponent(text).matchAll(/%([0-9A-F]{2})|[^%]/g);
  return [...escaped].map(([character, hex]) => (hex === undefined ? character.charCodeAt(0) : parseInt(hex, 16)));
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** RFC 4648, section 5, without padding. */
function base64Url(bytes: readonly number[]): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const [first = 0, second, third] = bytes.slice(index, index + 3);
    const bits = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    const length = second === undefined ? 2 : third === undefined ? 3 : 4;
    for (let digit = 0; digit < length; digit += 1) text += alphabet.charAt((bits >> (18 - 6 * digit)) & 63);
  }
  return text;
}
