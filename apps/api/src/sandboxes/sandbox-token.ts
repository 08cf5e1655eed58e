import { createHash, createHmac } from 'node:crypto';

/** Recognisable where it leaks. */
const prefix = 'kds_';

/**
 * The token in a sandbox's kubeconfig. It follows from the platform's secret, so that a kubeconfig can be downloaded again although
 * the database holds a digest only.
 */
export class SandboxTokens {
  readonly #key: Buffer;

  constructor(secret: string) {
    this.#key = createHmac('sha256', secret).update('tokens of sandboxes').digest();
  }

  tokenOf(id: string): string {
    return `${prefix}${createHmac('sha256', this.#key).update(id).digest('base64url')}`;
  }

  digestOf(id: string): string {
    return createHash('sha256').update(this.tokenOf(id)).digest('hex');
  }
}
