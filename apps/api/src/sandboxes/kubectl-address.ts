import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { kubeconfig, loopbackCertificate, type Certificate } from '@kubedrill/kube-api';
import type { ApiConfig } from '../config.ts';

/** Where a learner's kubectl finds the sandboxes (ADR 0012). */
export interface KubectlAddress {
  /** A whole kubeconfig. `host`: the name under which the learner reached the platform. */
  kubeconfigOf(sandbox: { readonly id: string; readonly token: string; readonly host: string }): string;
  /** What the port of its own listens with; undefined: kubectl comes by the platform's public address. */
  readonly certificate: Certificate | undefined;
}

const pathOf = (id: string): string => `/sandboxes/${id}/k8s`;

/** `portOf`: of the port of its own, once it is open. */
export async function kubectlAddress(
  { publicUrl, databaseUrl }: ApiConfig,
  portOf: () => number,
): Promise<KubectlAddress> {
  if (publicUrl?.startsWith('https:')) {
    const base = publicUrl.replace(/\/$/, '');
    return {
      certificate: undefined,
      kubeconfigOf: ({ id, token }) => kubeconfig({ server: `${base}${pathOf(id)}`, token }),
    };
  }
  const certificate = await keptCertificate(path.dirname(path.resolve(databaseUrl.slice('file:'.length))));
  const fixedHost = publicUrl === undefined ? undefined : new URL(publicUrl).hostname;
  return {
    certificate,
    kubeconfigOf: ({ id, token, host }) => {
      const server = `https://${fixedHost ?? host}:${portOf()}${pathOf(id)}`;
      // The certificate is trusted itself, so it does not matter by which name it was reached.
      return kubeconfig({ server, token, certificate: certificate.cert, serverName: 'localhost' });
    },
  };
}

/** Made once, and kept beside the database: kubeconfigs that were downloaded go on working after a restart. */
async function keptCertificate(folder: string): Promise<Certificate> {
  const file = path.join(folder, 'sandbox-certificate.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Certificate;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const certificate = await loopbackCertificate();
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify(certificate), { mode: 0o600 });
  return certificate;
}
