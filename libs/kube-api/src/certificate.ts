import { generate } from 'selfsigned';

export interface Certificate {
  /** PEM. */
  readonly key: string;
  readonly cert: string;
}

/** A certificate of its own for a server on the loopback interface: clients are told to trust exactly that one. */
export async function loopbackCertificate(): Promise<Certificate> {
  const subject = [{ name: 'commonName', value: 'kubedrill sandbox' }];
  const altNames = [
    { type: 7 as const, ip: '127.0.0.1' },
    { type: 2 as const, value: 'localhost' },
  ];
  const extensions = [
    { name: 'basicConstraints' as const, cA: true },
    { name: 'subjectAltName' as const, altNames },
  ];
  const made = await generate(subject, { keyType: 'ec', extensions });
  return { key: made.private, cert: made.cert };
}
